"""One entry of a .bib file, as it was written: nothing resolved, nothing decoded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from ...diagnostics import Diagnostic, Span
from .source import Source


class Entry(Struct, frozen=True):
    """`fields` holds values as written, braces and `#` included, by lower-cased name."""

    type: str  # lower case
    key: str
    fields: Mapping[str, str]
    source: Source
    start: int  # offsets of the entry in its file
    end: int
    key_offset: int
    macros: int  # how many @string definitions stood before it
    troubles: tuple[Diagnostic, ...] = ()

    @property
    def span(self) -> Span:
        return self.source.span(self.key_offset, max(len(self.key), 1))

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def field_span(self, name: str) -> Span:
        """Return where a field stands; the key of the entry if it is inherited."""
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?=\s*=)", re.IGNORECASE)
        found = pattern.search(self.source.text, self.key_offset, self.end)
        return self.source.span(found.start(), len(name)) if found else self.span
