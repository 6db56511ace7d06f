"""Columns: characters of a line as spans count them, and code units as editors count them.

The protocol counts lines and code units from 0 (LSP 3.17, "Position"): UTF-16, or what client and
server agree on. Spans count characters from 1, without control characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..diagnostics import Span
from ..text import without_controls

_LINE_ENDS = re.compile(r"(\r\n|\r|\n)")  # those of the protocol
_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Position(NamedTuple):
    line: int
    character: int


class SourceText:
    """The text of a file by lines. `encoding` is that of the protocol: "utf-16"."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text_and_ends = _LINE_ENDS.split(text)  # of each line in turn
        self._codec, self._size = _CODECS[encoding]

    def line(self, number: int) -> str:
        """Return a line as spans count it, "" if there is none."""
        return without_controls(self._raw(number))

    def piece(self, span: Span) -> str:
        """Return the text of a span on its first line."""
        return self.line(span.line)[max(span.column - 1, 0) :][: span.length]

    def whole(self, span: Span) -> list[tuple[int, int, str]]:
        """Return each line of a span: its number, the column where it begins, its text."""
        found = []
        for number in range(span.line, max(span.end_line, span.line) + 1):
            first = span.column if number == span.line else 1
            last = span.end_column - 1 if number == span.end_line else None
            found.append((number, first, self.line(number)[first - 1 : last]))
        return found

    def before(self, line: int, column: int, longest: int) -> str:
        """Return the text of a paragraph before a place: `longest` characters or fewer."""
        text = self.line(line)[: column - 1]
        while len(text) < longest and line > 1 and self.line(line - 1).strip():
            line -= 1
            text = f"{self.line(line)}\n{text}"
        return text[-longest:]

    def position(self, line: int, column: int) -> Position:
        """Return where an editor has a place; what is about the whole file is at its start."""
        if line < 1:
            return Position(0, 0)
        before = self._raw(line)[: self._offset(line, column)]
        return Position(line - 1, len(self._encoded(before)) // self._size)

    def place(self, position: Position) -> tuple[int, int]:
        """Return the line and the column of a position; beyond the end of a line, its end."""
        raw = self._raw(position.line + 1)
        units = self._encoded(raw)[: position.character * self._size]
        before = units.decode(self._codec, "ignore")
        return position.line + 1, len(without_controls(before)) + 1

    def range(self, span: Span) -> tuple[Position, Position]:
        """Return what an editor underlines: the first line of a span, one character at least."""
        if span.line < 1:
            return Position(0, 0), Position(0, 0)
        column = max(span.column, 1)
        return (
            self.position(span.line, column),
            self.position(span.line, column + max(span.length, 1)),
        )

    def edited(self, edits: Iterable[tuple[Span, str]]) -> str:
        """Return the text with other words in place of some spans, which lie on one line each."""
        lines = self._text_and_ends[:]
        for span, words in sorted(edits, reverse=True):
            at = 2 * (span.line - 1)
            first = self._offset(span.line, span.column)
            last = self._offset(span.line, span.column + span.length)
            lines[at] = lines[at][:first] + words + lines[at][last:]
        return "".join(lines)

    def _offset(self, line: int, column: int) -> int:
        """Return how many characters of a line, with those left out, are before a column."""
        raw = self._raw(line)
        if without_controls(raw) == raw:
            return max(column - 1, 0)
        places = [at for at, sign in enumerate(raw) if without_controls(sign)]
        return places[column - 1] if column <= len(places) else len(raw)

    def _raw(self, number: int) -> str:
        at = 2 * (number - 1)
        return self._text_and_ends[at] if 0 <= at < len(self._text_and_ends) else ""

    def _encoded(self, text: str) -> bytes:
        return text.encode(self._codec, "surrogatepass")
