"""One entry of a .bib file as written: nothing resolved, nothing decoded."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ...diagnostics import Diagnostic, Span
from .source import BibSource


class Field(Struct, frozen=True):
    """The value of a field as written, with braces and `#`, and the place of the field."""

    value: str
    start: int  # the offset of the field's name in its file
    end: int  # the offset after the value


class Entry(Struct, frozen=True):
    """`fields` holds the fields by lower-cased name."""

    type: str  # lower case
    key: str
    fields: Mapping[str, Field]
    source: BibSource
    start: int  # offsets of the entry in its file
    end: int
    key_offset: int
    macros: int  # how many @string definitions stood before it
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def span(self) -> Span:
        return self.source.span(self.key_offset, self.key_offset + max(len(self.key), 1))

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def name_span(self, name: str) -> Span:
        """Return where the name of a field stands; the key of the entry if it is inherited."""
        found = self.fields.get(name)
        return self.source.span(found.start, found.start + len(name)) if found else self.span
