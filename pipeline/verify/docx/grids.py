"""The tables of a Word file as grids (17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..grids import Grid, Place
from .contract import qualified
from .pieces import Paragraph
from .styles import value


class _Open(Struct):
    """A cell to which rows below may add."""

    row: int
    column: int
    across: int
    down: int
    text: str


def grids(roots: Sequence[Element], everything: Sequence[Paragraph]) -> Iterator[Grid]:
    """Yield the tables of some parts."""
    texts = {id(paragraph.element): paragraph.text for paragraph in everything}
    for root in roots:
        for table in root.iter(qualified("w:tbl")):
            yield _grid(table, texts)


def _grid(table: Element, texts: dict[int, str]) -> Grid:
    found: list[_Open] = []
    above: dict[int, _Open] = {}  # by column: what a cell that continues adds to
    for number, row in enumerate(table.findall(qualified("w:tr"))):
        column, reached = 0, dict[int, _Open]()
        for cell in row.findall(qualified("w:tc")):
            properties = cell.find(qualified("w:tcPr"))
            merged = None if properties is None else properties.find(qualified("w:vMerge"))
            said = "" if properties is None else value(properties, "w:gridSpan")
            across = int(said) if said.isdecimal() and len(said) < 6 else 1
            own = " ".join(texts.get(id(p), "") for p in cell.iter(qualified("w:p")))
            goes_on = merged is not None and merged.get(qualified("w:val"), "continue") != "restart"
            if goes_on and column in above and above[column].across == across:
                above[column].down += 1
                above[column].text += own
                reached[column] = above[column]
            else:
                found.append(_Open(number, column, across, 1, own))
                if merged is not None:
                    reached[column] = found[-1]
            column += across
        above = reached
    return tuple(Place(c.row, c.column, c.across, c.down, c.text) for c in found)
