"""The columns of a PDF's pages: a destination belongs with the lines of its own column."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Anchor
from .links import Destination
from .text import Line, Page

GUTTER = 15.0  # points between two columns at the least
_REFERENCES = Anchor("other", "bibliography")
Slot = tuple[int, int]  # a page and a column on it, both from 0, in reading order


class Columns:
    """The lines of each page, by column. What stands across both is in the first."""

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
                    begins = piece.right if from_right else piece.left
                    slot = (number, 0) if count == 1 else self._slot(number, begins)
                    self._lines.setdefault(slot, []).append(piece)

    def _slot(self, page: int, left: float) -> Slot:
        return page, int((left > self._middles[page]) != self._from_right)

    def slot(self, found: Destination) -> Slot:
        if self._count == 1 or (self._from_right and _is_across(found.anchor)):
            return found.page, 0  # of a destination, only the left edge is known
        return self._slot(found.page, found.left)

    def slots(self, found: Destination) -> Iterator[Slot]:
        """Yield the columns in which a caption may stand: its own, and the first. From right to
        left, nothing tells what stands across both, as footnotes do, from what is in the second."""
        own = self.slot(found)
        yield own
        if self._from_right and own[1]:
            yield found.page, 0

    def sides(self, slot: Slot) -> tuple[float, float]:
        """Return the places between which a column stands."""
        middle, end = self._middles[slot[0]], float("inf")
        if self._count == 1:
            return -end, end
        return (middle, end) if bool(slot[1]) != self._from_right else (-end, middle)

    def lines(self, slot: Slot) -> list[Line]:
        return self._lines.get(slot, [])

    def between(self, first: Slot, last: Slot) -> Iterator[Slot]:
        """Yield the columns from one to another, in reading order."""
        for page in range(first[0], last[0] + 1):
            for column in range(self._count):
                if first <= (page, column) <= last:
                    yield page, column


def _is_across(anchor: Anchor) -> bool:
    """Say whether a block always stands across both columns: footnotes, the reference list."""
    return anchor.kind == "footnote" or anchor == _REFERENCES


def _apart(line: Line, middle: float) -> Iterator[Line]:
    """Yield what stands left and right of the middle of a page: where both columns have one line,
    pdfium joins them."""
    before = None
    for i, (character, (x, _)) in enumerate(zip(line.text, line.centres, strict=True)):
        if not character.strip():
            continue
        if before is not None and _is_gutter(min(before, x), max(before, x), middle):
            yield Line(line.page, line.first, line.text[:i])
            yield Line(line.page, line.first + i, line.text[i:])
            return
        before = x
    yield line


def _is_gutter(left: float, right: float, middle: float) -> bool:
    return left < middle < right and right - left > GUTTER
