"""A .bib file as text: decoded, its lines and braces found."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from ...diagnostics import Diagnostic, Span
from ...text import controls_left_out, without_controls
from .braces import closing_braces

UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Source(Struct, frozen=True, dict=True):
    """The text of one .bib file, every line ended by a line feed."""

    path: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]

    @cached_property
    def closing(self) -> dict[int, int]:
        return closing_braces(self.text)

    def span(self, offset: int, length: int = 1) -> Span:
        line = bisect_right(self._line_starts, offset)
        return Span.on_line(self.path, line, offset - self._line_starts[line - 1] + 1, length)

    def stretch(self, start: int, end: int) -> Span:
        """Return the span from one offset to another, over any number of lines."""
        length = len(self.text[start:end].partition("\n")[0])
        first, last = self.span(start, length), self.span(end, 0)
        return Span(self.path, first.line, first.column, length, last.line, last.column)


def read_source(content: bytes, path: str) -> tuple[Source, list[Diagnostic]]:
    """Decode a .bib file; any encoding but UTF-8 is reported."""
    text, message = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    diagnostics = []
    if message:
        hint = "save the file as UTF-8"
        diagnostics.append(
            Diagnostic(
                "bibtex-encoding", message, Span.on_line(path, _first_line(content), 1, 1), hint
            )
        )
    if found := controls_left_out(text):
        message, offset = found
        diagnostics.append(
            Diagnostic("control-character", message, Source(path, text).span(offset))
        )
    return Source(path, without_controls(text)), diagnostics


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text, and a message on its encoding, "" for UTF-8."""
    if encoding := UTF16.get(content[:2]) or _utf16_without_mark(content[:2]):
        text = content.decode(encoding, "replace").removeprefix("\ufeff")
        return text, f"the file is {encoding[:6].upper()}, not UTF-8"
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decoded_by_line(content)


def _utf16_without_mark(start: bytes) -> str:
    """A file begins with an ASCII letter or sign, so that one of its first two bytes is zero."""
    match start.find(0):
        case 0:
            return "utf-16-be"
        case 1:
            return "utf-16-le"
        case _:
            return ""


def _decoded_by_line(content: bytes) -> tuple[str, str]:
    """Read each line as UTF-8, or else as what old Windows and Unix programs wrote.

    Libraries are pasted together from files of several encodings: one line in Latin-1 must
    not spoil the accents of all others.
    """
    lines, encodings = [], set()
    for line in re.split(rb"(?<=[\r\n])", content):
        for encoding in ("utf-8", "cp1252", "latin-1"):
            try:
                lines.append(line.decode(encoding))
            except UnicodeDecodeError:
                continue
            if not line.isascii():
                encodings.add(encoding)
            break
    legacy = "Latin-1" if "latin-1" in encodings else "Windows-1252 (cp1252)"
    partly = "some lines of the file are not UTF-8 and were" if "utf-8" in encodings else ""
    return "".join(lines), f"{partly or 'the file is not UTF-8 and was'} read as {legacy}"


def _first_line(content: bytes) -> int:
    """Return the number of the first line that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return before.count(b"\n") + 1
    return 1
