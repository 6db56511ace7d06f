"""The cells of a grid table in which cells reach over several columns or rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec import Struct

_ACROSS, _DOWN = frozenset("-=:+"), frozenset("|+")
LARGEST = 200_000  # characters of a table that is searched for such cells


class GridCell(NamedTuple):
    """A cell by the lines and columns of characters that its borders stand in."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(Struct, frozen=True):
    """The cells of a table by row and column, and where the borders of these stand."""

    cells: dict[tuple[int, int], GridCell]
    rows: list[int]  # lines
    columns: list[int]  # characters

    def spans(self, cell: GridCell) -> tuple[int, int]:
        """Return how many columns and rows a cell reaches over."""
        ends = bisect_left(self.columns, cell.right), bisect_left(self.rows, cell.bottom)
        starts = bisect_left(self.columns, cell.left), bisect_left(self.rows, cell.top)
        return ends[0] - starts[0], ends[1] - starts[1]

    def boundaries(self) -> list[int]:
        """Return the rows above which a border runs through the whole table."""
        crossed = {
            row
            for (first, _), cell in self.cells.items()
            for row in range(first + 1, first + self.spans(cell)[1])
        }
        return [row for row in range(1, len(self.rows) - 1) if row not in crossed]


def read_grid(lines: Sequence[str]) -> Grid | None:
    """Return the cells of lines of one length, None if they are not filled with cells.

    Corners are `+`, borders `-`, `=` and `|`. Every cell begins at the lower left or the upper
    right corner of one before it, or at the first corner.
    """
    width = len(lines[0])
    if len(lines) < 3 or len(lines) * width > LARGEST or any(len(line) != width for line in lines):
        return None
    found: dict[tuple[int, int], GridCell] = {}
    waiting = {(0, 0)}
    while waiting:
        corner = min(waiting)
        waiting.remove(corner)
        cell = _cell(lines, *corner)
        if cell:
            found[corner] = cell
            corners = {(cell.top, cell.right), (cell.bottom, cell.left)}
            waiting |= {c for c in corners if c not in found}
    filled = sum((c.bottom - c.top) * (c.right - c.left) for c in found.values())
    if filled != (len(lines) - 1) * (width - 1) or _has_loose_corners(lines, found.values()):
        return None
    rows = sorted({0, len(lines) - 1, *(cell.bottom for cell in found.values())})
    columns = sorted({0, width - 1, *(cell.right for cell in found.values())})
    places = {
        (bisect_left(rows, cell.top), bisect_left(columns, cell.left)): cell
        for cell in found.values()
    }
    return Grid(places, rows, columns)


def _has_loose_corners(lines: Sequence[str], cells: Collection[GridCell]) -> bool:
    """Say whether a `+` stands in a border where no cell has a corner: its line is broken."""
    corners = {(line, at) for c in cells for line in c[::2] for at in c[1::2]}
    sides = {(line, at) for c in cells for line in range(c.top, c.bottom) for at in c[1::2]}
    return any(lines[line][at] == "+" for line, at in sides - corners)


def _cell(lines: Sequence[str], top: int, left: int) -> GridCell | None:
    """Return the smallest cell below and right of a corner."""
    last, width = len(lines) - 1, len(lines[0])
    if top == last or left == width - 1 or lines[top][left] != "+":
        return None
    for right in range(left + 1, width):
        if lines[top][right] == "+" and right > left + 1:
            for bottom in range(top + 1, last + 1):
                drawn = lines[bottom][left : right + 1]
                if not _DOWN.issuperset(drawn[0] + drawn[-1]):
                    break
                if bottom > top + 1 and drawn[0] == drawn[-1] == "+" and _ACROSS.issuperset(drawn):
                    return GridCell(top, left, bottom, right)
        if lines[top][right] not in _ACROSS:
            break
    return None
