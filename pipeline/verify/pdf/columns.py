"""The columns of a PDF's pages: a destination belongs with the lines of its own column."""

from __future__ import annotations

from collections.abc import Iterator

from .links import Destination
from .text import Line, Page

GUTTER = 15.0  # points between two columns at the least
Slot = tuple[int, int]  # a page and a column on it, both from 0, in reading order


class Columns:
    """The lines of each page, by column. What stands across both is in that at the left."""

    def __init__(
        self, pages: list[Page], bodies: list[list[Line]], count: int, from_right: bool
    ) -> None:
        self._middles = [page.width / 2 for page in pages]
        self._count = count
        self._from_right = from_right
        self._lines: dict[Slot, list[Line]] = {}
        for number, lines in enumerate(bodies):
            for line in lines:
                for piece in [line] if count == 1 else _apart(line, self._middles[number]):
                    slot = (number, 0) if count == 1 else self._slot(number, piece.left)
                    self._lines.setdefault(slot, []).append(piece)

    def _slot(self, page: int, left: float) -> Slot:
        return page, int((left > self._middles[page]) != self._from_right)

    def slot(self, found: Destination) -> Slot:
        return (found.page, 0) if self._count == 1 else self._slot(found.page, found.left)

    def lines(self, slot: Slot) -> list[Line]:
        return self._lines.get(slot, [])

    def between(self, first: Slot, last: Slot) -> Iterator[Slot]:
        """Yield the columns from one to another, in reading order."""
        for page in range(first[0], last[0] + 1):
            for column in range(self._count):
                if first <= (page, column) <= last:
                    yield page, column


def _apart(line: Line, middle: float) -> Iterator[Line]:
    """Yield what stands left and right of the middle of a page: where both columns have one line,
    pdfium joins them."""
    before = None
    for i, (character, (x, _)) in enumerate(zip(line.text, line.centres, strict=True)):
        if not character.strip():
            continue
        if before is not None and before < middle < x and x - before > GUTTER:
            yield Line(line.page, line.first, line.text[:i])
            yield Line(line.page, line.first + i, line.text[i:])
            return
        before = x
    yield line
