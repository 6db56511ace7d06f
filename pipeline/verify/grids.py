"""Tables as grids: which places each cell of a table takes, and what it says.

Words in the right order can still stand in the wrong column, where a cell reaches too far or not
far enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from math import ceil

from msgspec import Struct

from ..model import (
    Brief,
    Cell,
    Chart,
    Citation,
    CrossReference,
    Deleted,
    DeletedBlocks,
    Footnote,
    FootnoteReference,
    Image,
    Inserted,
    InsertedBlocks,
    List,
    ListItem,
    Math,
    Paragraph,
    Part,
    Table,
    plain,
    walk,
)
from .forms import letters, visible
from .messages import quote

_MINUS = re.compile(r"^\s*[-−–]+(?=\s?[^\W\d_]?\d)")
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_Changed = Inserted | Deleted | InsertedBlocks | DeletedBlocks
_PrintsMore = Citation | CrossReference | Footnote | FootnoteReference | Image | Math


class Place(Struct, frozen=True):
    """A cell: its row and column from 0, over how many it reaches, and its text.

    `text` is None where a cell prints numbers, pictures or blocks of its own.
    """

    row: int
    column: int
    across: int
    down: int
    text: str | None


Grid = tuple[Place, ...]  # the cells of a table in order


def grids_of(brief: Brief) -> Iterator[Grid]:
    """Yield the tables of a brief; none of a redline, whose rows come and go."""
    nodes = list(walk(brief))
    if any(isinstance(n, _Changed) or (isinstance(n, Table) and n.changes) for n in nodes):
        return
    for node in nodes:
        if isinstance(node, Table):
            rows = (*(node.head if node.has_head else ()), *node.rows)
            yield tuple(
                Place(row, column, cell.across, cell.down, _text(cell))
                for row, cells in enumerate(rows)
                for column, cell in enumerate(cells)
                if not cell.is_reached
            )


def strips_of(brief: Brief) -> Iterator[Grid]:
    """Yield the key figures of a brief that a Word file has as a table: up to four in a row, in
    rows of equal length."""
    for node in walk(brief):
        match node:
            case Part(kind="figures", blocks=(List(items=items),)) if items:
                if all(_is_single(item) for item in items):
                    columns = ceil(len(items) / ceil(len(items) / 4))
                    lacking = -len(items) % columns
                    texts = [
                        *(_text(Cell((), item.blocks, span=item.span)) for item in items),
                        *[""] * lacking,
                    ]
                    yield tuple(
                        Place(*divmod(place, columns), 1, 1, text)
                        for place, text in enumerate(texts)
                    )
            case _:
                pass


def _is_single(item: ListItem) -> bool:
    return len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph) and item.checked is None


def chart_grids_of(brief: Brief) -> Iterator[Grid]:
    """Yield the data of the charts of a brief: heads of columns, then a row for each category.

    Of a number only its digits and its sign are known: its other signs are those of a language.
    """
    for node in walk(brief):
        if isinstance(node, Chart):
            rows = [[node.heading, *(series.name for series in node.series)]]
            for place, category in enumerate(node.categories):
                rows.append([category, *(_digits(s.values[place]) for s in node.series)])
            yield placed([[(1, 1, text) for text in row] for row in rows])


def _digits(value: float | None) -> str:
    return "" if value is None else f"{Decimal(repr(value)):f}".removesuffix(".0")


def wrong_charts(expected: Sequence[Grid], found: Sequence[Grid]) -> Iterator[str]:
    """Yield each chart whose data are not stated as the brief has them."""
    if len(expected) != len(found):
        yield f"the data of {len(expected)} charts are stated {len(found)} times"
    for wanted, read in zip(expected, found, strict=False):
        if [*map(_bare, wanted)] != [*map(_bare, read)]:
            yield f"the data of a chart, {named(wanted)}, are not stated as they are"


def _bare(cell: Place) -> tuple[int, int, str]:
    """Return a cell with its place, without signs that part digits."""
    text = _MINUS.sub("m", cell.text or "")
    return cell.row, cell.column, letters(text)


def _text(cell: Cell) -> str | None:
    inside = chain.from_iterable(map(walk, (*cell.inlines, *cell.blocks)))
    if any(isinstance(node, _PrintsMore) for node in inside):
        return None
    if not all(isinstance(block, Paragraph) for block in cell.blocks):
        return None
    lines = (block.inlines for block in cell.blocks if isinstance(block, Paragraph))
    return " ".join(map(plain, (cell.inlines, *lines)))


def placed(rows: Sequence[Sequence[tuple[int, int, str]]]) -> Grid:
    """Return the grid of rows of cells, each with how far it reaches across and down: each takes
    the first place that is free (HTML, 4.9.12)."""
    taken: set[tuple[int, int]] = set()
    found: list[Place] = []
    for row, cells in enumerate(rows):
        column = 0
        for across, down, text in cells:
            while (row, column) in taken:
                column += 1
            down = min(down, len(rows) - row)
            reached = ((row + i, column + j) for i in range(down) for j in range(across))
            taken.update(reached)
            found.append(Place(row, column, across, down, text))
    return tuple(found)


def wrong_grids(expected: Sequence[Grid], found: Sequence[Grid]) -> Iterator[str]:
    """Yield each table whose cells do not stand where the brief has them.

    The tables of which more cells are known come first: another one might take their twin.
    """
    left = list(found)
    for grid in sorted(expected, key=lambda grid: sum(cell.text is None for cell in grid)):
        twin = next((place for place, other in enumerate(left) if _agree(grid, other)), None)
        if twin is None:
            yield f"no table has the cells of {named(grid)} in its places"
        else:
            del left[twin]


def named(grid: Grid) -> str:
    """Return what tells a table from others in a message."""
    words = next((cell.text for cell in grid if cell.text), "")
    return f"the one that begins with {quote(words)}"


def _agree(one: Grid, other: Grid) -> bool:
    return len(one) == len(other) and all(
        (a.row, a.column, a.across, a.down) == (b.row, b.column, b.across, b.down)
        and (a.text is None or _valued(a.text) == _valued(b.text or ""))
        for a, b in zip(one, other, strict=True)
    )


def _valued(text: str) -> str:
    """Return the letters and digits of a cell, and the signs that give a number its value."""
    signed = _MINUS.sub("m", visible(text))
    return letters(_POINT.sub(lambda sign: "p" if sign[0] == "." else "c", signed))
