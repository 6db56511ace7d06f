"""Tables as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...model import Blocks, Cell, Row, Table
from ...numeric_columns import Column, aligned_columns
from ...table_sizes import is_joined, is_tall, is_wide, least_width
from .captions import below_to_html, caption_to_html
from .inlines import inlines_to_html
from .markup import element
from .page import Page

WriteBlocks = Callable[[Blocks, Page], str]

_FULL_WIDTH, _COLUMN_WIDTH = 46, 23  # of the printed page and one of its columns, in em
_SHORT_TABLE = 6  # rows; a table with more may break across pages


def table_to_html(table: Table, page: Page, write_blocks: WriteBlocks) -> str:
    """Return a table; `write_blocks` writes what its cells hold."""

    def content(cell: Cell) -> str:
        return inlines_to_html(cell.inlines, page) + write_blocks(cell.blocks, page)

    parts = [caption_to_html("caption", table, page)]
    columns = aligned_columns(table, page.lang)
    if table.has_head:
        heads = [_row(row, columns, None, content) for row in table.head]
        parts.append(element("thead", page.lines(heads)))
    kept = (*map(is_joined, table.rows[1:]), False)
    rows = [
        _row(row, columns, place, content, kept[place], table.has_row_heads)
        for place, row in enumerate(table.rows)
    ]
    if rows:
        parts.append(element("tbody", page.lines(rows)))
    attributes = {
        "id": page.id(table.anchor),
        "class": _table_class(table, page.house.captions_at(table)),
        **page.place(table.span),
    }
    found = page.table(table, element("table", page.lines(parts), attributes))
    if below := below_to_html(table, page):
        return element("div", page.lines((found, below)), {"class": "with-notes"})
    return found


def _table_class(table: Table, caption_at: str) -> str | None:
    """Return the classes by which style sheets know the size of a table."""
    short = len(table.rows) <= _SHORT_TABLE and not any(map(is_tall, table.rows))
    classes = {
        "wide": is_wide(table),
        "tight": least_width(table) > _FULL_WIDTH,
        "long-words": least_width(table, tight=True) > _FULL_WIDTH,
        "short": short,
        "caption-below": caption_at == "below",
    }
    return _classes(classes)


def _classes(applying: Mapping[str, bool]) -> str | None:
    return " ".join(name for name, applies in applying.items() if applies) or None


def stands_across(table: Table) -> bool:
    """Say whether a table is too wide for one of two columns of the printed page."""
    return is_wide(table) or least_width(table) > _COLUMN_WIDTH


def _row(
    row: Row,
    columns: Sequence[Column],
    place: int | None,
    content: Callable[[Cell], str],
    kept: bool = False,
    has_head: bool = False,
) -> str:
    """Return a row; `place` is its place below the head of the table, None for a row of that. One
    that is `kept` stands on the page of the next one; one that `has_head` begins with its own."""

    def scope(cell: Cell, column: int) -> str:
        if not cell.has_content:
            return ""
        if place is None:
            return "col"
        return "row" if has_head and column == 0 else ""

    cells = (
        _cell(
            scope(cell, i),
            cell,
            column,
            "" if place is None else column.behind[place],
            content(cell),
        )
        for i, (cell, column) in enumerate(zip(row, columns, strict=True))
        if not cell.is_reached
    )
    printed = [i for i, cell in enumerate(row) if not cell.is_reached]
    classes = {
        "tall": is_tall(row),
        "kept": kept,
        "inside-start": bool(printed) and printed[0] > 0,
        "inside-end": bool(printed) and printed[-1] + row[printed[-1]].across < len(row),
    }
    return element("tr", "".join(cells), {"class": _classes(classes)})


def _cell(scope: str, cell: Cell, column: Column, behind: str, content: str) -> str:
    """Return a cell; what it is the head of is its `scope`, "" for none (HTML, 4.9.11)."""
    alignment = column.alignment
    if cell.across > 1:
        alignment = "center" if scope == "col" else ""
    if scope == "row" and cell.down > 1:
        scope = "rowgroup"
    attributes = {
        "scope": scope or None,
        "colspan": str(cell.across) if cell.across > 1 else None,
        "rowspan": str(cell.down) if cell.down > 1 else None,
        "class": _classes({f"align-{alignment}": bool(alignment), "numeric": column.numeric}),
        "data-behind": behind or None,
    }
    return element("th" if scope else "td", content, attributes)
