"""The tables of a page as grids."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..grids import Grid, placed
from .tree import classes, is_hidden, tag, text_of

_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_LONGEST = 20_000  # characters of a cell
_MOST = 1000  # columns or rows that a cell may reach over, as browsers have it


def grids(root: Element) -> Iterator[Grid]:
    """Yield the tables of a page, without those that state the data of charts."""
    of_charts = {*_of_charts(root)}
    yield from (_grid(found) for found in root.iter("table") if found not in of_charts)


def chart_grids(root: Element) -> Iterator[Grid]:
    """Yield the tables that state the data of charts."""
    yield from map(_grid, _of_charts(root))


def _of_charts(root: Element) -> Iterator[Element]:
    for found in root.iter("details"):
        if "chart-data" in classes(found):
            yield from found.iter("table")


def _grid(table: Element) -> Grid:
    return placed([[_cell(c) for c in row if tag(c) in _CELLS] for row in _rows(table)])


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if tag(child) == "tr":
            yield child
        elif tag(child) in _GROUPS:
            yield from (row for row in child if tag(row) == "tr")


def _cell(cell: Element) -> tuple[int, int, str]:
    text = "" if is_hidden(cell) else text_of(cell, _LONGEST)
    return _reach(cell, "colspan"), _reach(cell, "rowspan"), text


def _reach(cell: Element, name: str) -> int:
    said = cell.get(name, "1")
    return min(max(int(said), 1), _MOST) if said.isdecimal() and len(said) < 6 else 1
