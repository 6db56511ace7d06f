"""Texts that spans point into."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from ..diagnostics import Diagnostic, Span
from ..text import controls_left_out, without_controls

LINE_END = re.compile(r"\r\n?")


class Source(Struct, frozen=True, dict=True):
    """A text by offset and by line. Line ends are "\\n"."""

    path: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line."""
        lengths = (len(line) + 1 for line in self.text.split("\n")[:-1])
        return list(accumulate(lengths, initial=0))

    def line_end(self, line: int) -> int:
        """Return the offset after the last character of a line (counted from 0)."""
        if line + 1 < len(self.starts):
            return self.starts[line + 1] - 1
        return len(self.text)

    def line(self, line: int) -> str:
        return self.text[self.starts[line] : self.line_end(line)]

    def span(self, start: int, end: int) -> Span:
        """Return the span from one offset to another."""
        start = min(max(start, 0), len(self.text))
        line = bisect_right(self.starts, start) - 1
        column, line_end = start - self.starts[line] + 1, self.line_end(line)
        if end <= line_end:
            return Span.on_line(self.path, line + 1, column, max(end - start, 0))
        end = min(end, len(self.text))
        last = bisect_right(self.starts, end) - 1
        length = len(self.text[start:line_end].rstrip())
        return Span(self.path, line + 1, column, length, last + 1, end - self.starts[last] + 1)

    def around(self, *spans: Span) -> Span:
        """Return the shortest span that holds all of these."""
        return self.span(
            min(self.starts[span.line - 1] + span.column - 1 for span in spans),
            max(self.starts[span.end_line - 1] + span.end_column - 1 for span in spans),
        )

    def line_span(self, start: int) -> Span:
        """Return the span from an offset to the end of its line, without spaces at the end."""
        line = bisect_right(self.starts, start) - 1
        return self.span(start, start + len(self.text[start : self.line_end(line)].rstrip()))


def read_text(text: str, path: str) -> tuple[Source, list[Diagnostic]]:
    """Return a text as it came from a file; control characters are left out, and reported."""
    source = Source(path, LINE_END.sub("\n", text.removeprefix("\ufeff")))
    found = controls_left_out(source.text)
    if not found:
        return source, []
    message, offset = found
    diagnostic = Diagnostic("control-character", message, source.span(offset, offset + 1))
    return Source(path, without_controls(source.text)), [diagnostic]
