"""A .bib file as text: decoded, its braces found."""

from __future__ import annotations

from functools import cached_property

from ...diagnostics import Diagnostic
from ..decoding import read_decoded
from ..source import Source
from .braces import closing_braces


class BibSource(Source, frozen=True):
    @cached_property
    def closing(self) -> dict[int, int]:
        return closing_braces(self.text)


def read_source(content: bytes, path: str) -> tuple[BibSource, list[Diagnostic]]:
    """Decode a .bib file; any encoding but UTF-8 is reported."""
    source, diagnostics = read_decoded(content, path)
    return BibSource(source.path, source.text), diagnostics
