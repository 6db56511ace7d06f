"""The rows of tables as a PDF draws them: cell after cell, each in its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from ..direction import has_letters_from_right
from .forms import UNKNOWN, spelled
from .grids import Grid, Place, named
from .messages import quote
from .readback import Spots

_MOST = 100  # letters of a cell: a row with longer ones may go on over the page
_UNKNOWN = f"[{UNKNOWN}]"
_SAME = 1.0  # points that lines at one height may differ


class _Row(Struct, frozen=True):
    """A row that a page has once, and where each of its cells in one column begins and ends."""

    page: int
    height: float  # of its first letter
    columns: dict[int, tuple[float, float]]


def wrong_rows(expected: Sequence[Grid], pages: Sequence[Spots]) -> Iterator[str]:
    """Yield each row of a table that is not drawn as the brief has it, and each table with a cell
    that stands in the column of others.

    Rows with marks, lists or long texts are left out: their words are looked for one by one.
    """
    if not pages:
        return
    for grid in expected:
        found: list[_Row] = []
        for _, row in groupby(grid, key=lambda cell: cell.row):
            cells = [*row]
            said = [_spelled(cell) for cell in cells]
            if None in said or sum(map(bool, said)) < 2:
                continue
            texts = [text or "" for text in said]
            places = [*_places("".join(texts), pages)]
            if not places and not _reaches_down(grid, cells[0].row):
                words = " ".join(cell.text or "" for cell in cells)
                yield f"the row {quote(words)} of a table is not drawn in one piece"
            elif len(places) == 1:
                found.append(_row(cells, texts, pages[places[0][0]], *places[0]))
        if any(map(_overlap, _stretches(found))):
            yield f"cells of {named(grid)}, a table, stand in the columns of others"


def _reaches_down(grid: Grid, row: int) -> bool:
    """Say whether a cell in a row reaches over others: it may be drawn beside any of them."""
    return any(cell.down > 1 and cell.row <= row < cell.row + cell.down for cell in grid)


def _spelled(cell: Place) -> str | None:
    """Return the letters of a cell, None where they are not sure, or too many."""
    text = cell.text
    if text is None or has_letters_from_right(text) or re.search(_UNKNOWN, text):
        return None
    found = spelled(text)
    return found if len(found) <= _MOST else None


def _places(text: str, pages: Sequence[Spots]) -> Iterator[tuple[int, int]]:
    """Yield the number of each page that has a text, and where there."""
    for number, page in enumerate(pages):
        at = page.text.find(text)
        while at >= 0:
            yield number, at
            at = page.text.find(text, at + 1)


def _row(cells: Sequence[Place], texts: Sequence[str], page: Spots, number: int, at: int) -> _Row:
    height = page.places[at][1]
    columns = {}
    for cell, text in zip(cells, texts, strict=True):
        across = [x for x, _ in page.places[at : at + len(text)]]
        if across and cell.across == 1:
            columns[cell.column] = (min(across), max(across))
        at += len(text)
    return _Row(number, height, columns)


def _stretches(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the rows that stand one below the other: a table may go on in the next column of the
    page, or on the next page."""
    stretch: list[_Row] = []
    for row in rows:
        if stretch and (row.page != stretch[-1].page or row.height > stretch[-1].height + _SAME):
            yield stretch
            stretch = []
        stretch.append(row)
    yield stretch


def _overlap(rows: Sequence[_Row]) -> bool:
    """Say whether a cell stands beside or right of one that has a higher column."""
    columns: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        for column, sides in row.columns.items():
            columns.setdefault(column, []).append(sides)
    edge = float("-inf")
    for column in sorted(columns):
        if min(left for left, _ in columns[column]) < edge:
            return True
        edge = max(right for _, right in columns[column])
    return False
