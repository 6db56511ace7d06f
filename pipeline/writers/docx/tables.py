"""Tables: as wide as the text, the header row repeated on each page, no row broken over two."""

from __future__ import annotations

from ...model import Alignment, Cell, Row, Table, plain
from ...numeric_columns import aligned_columns
from ...ooxml import TABLE_SEQUENCE, w
from ...table_sizes import (
    is_joined,
    is_tall,
    is_wide,
    lines_of,
    longest_lines,
    longest_words,
)
from ...xml import Element
from .captions import above, below
from .changes import in_change, with_kept_ends, with_row
from .context import Context
from .inlines import inlines_to_runs
from .runs import paragraph, style_of, with_properties

_NARROWEST, _WIDEST = 4, 60  # characters that a column is taken to hold
_CHARACTER = 0.56  # width of a character, bold ones and capitals among them, in its size
SHORT = 8  # rows of a table that is not broken over two pages
PADDING, _TIGHT = 170, 80  # twips left and right of the text of a cell; in a table that is tight
_JUSTIFICATION = {"left": "left", "center": "center", "right": "right"}
_MIRRORED = {"left": "right", "center": "center", "right": "left"}  # 17.18.44: left is "start"


def table_to_elements(table: Table, context: Context, indent: int) -> list[Element]:
    """Return a table below its caption; `indent` is how far in it stands, in twips.

    A wide one begins in the gutter, as all do on pages in landscape.
    """
    turned = context.template.text_width == context.template.turned_width
    if (is_wide(table) or turned) and not indent:
        indent = -context.template.gutter
    size = context.house.sizes["small"] + 1
    alignments = tuple(column.alignment for column in aligned_columns(table, context.lang))
    widths = column_widths(table, context.template.text_width - indent, size)
    last = len(table.rows) - 1
    edges = (0, last - 1)
    found = above(table, TABLE_SEQUENCE, context, indent)
    following = below(table, context, indent)
    rows = []
    for i, row in enumerate(table.rows):
        # No row stands alone at the foot or the head of a page, and a short table is whole.
        whole = last < SHORT or i in edges
        kept = whole or is_joined(table.rows[i + 1]) if i < last else bool(following)
        if change := table.changes[i] if table.changes else None:
            written = _row(row, alignments, widths, in_change(context, change), kept=kept)
            rows.append(with_row(written, change, context))
        else:
            rows.append(_row(row, alignments, widths, context, kept=kept))
    if table.has_head:
        rows[:0] = [_row(row, alignments, widths, context, head=True) for row in table.head]
    padding = cell_padding(table, context.template.text_width - indent, size)
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return [*found, w("tbl", _properties(table, indent, padding, context), grid, *rows), *following]


def _properties(table: Table, indent: int, padding: int, context: Context) -> Element:
    """Return `w:tblPr` (17.4.59), with what is read out for the table."""
    words = plain(table.caption)
    heads = (" ".join(lines_of(cell)) for row in table.head for cell in row)
    columns = "; ".join(filter(None, heads))
    if indent:
        width = w("tblW", w=context.template.text_width - indent, type="dxa")
    else:
        width = w("tblW", w=5000, type="pct")
    head, row_heads = table.has_head, table.has_row_heads
    shown = {"firstRow": int(head), "lastRow": 0, "firstColumn": int(row_heads), "lastColumn": 0}
    look = 0x0400 | 0x0020 * head | 0x0080 * row_heads  # 17.18.45, and noVBand
    return w(
        "tblPr",
        w("tblStyle", val="BriefTable"),
        w("bidiVisual") if context.right_to_left else None,
        width,
        w("tblInd", w=indent, type="dxa") if indent else None,
        _margins(padding) if padding != PADDING else None,
        w("tblLook", val=f"{look:04X}", **shown, noHBand=1, noVBand=1),
        w("tblCaption", val=words or context.term("table")),
        w("tblDescription", val=columns or words),
    )


def _margins(padding: int) -> Element:
    sides = (w(side, w=padding // 2, type="dxa") for side in ("left", "right"))
    return w("tblCellMar", *sides)


def column_widths(table: Table, width: int, size: float) -> list[int]:
    """Share the width among the columns: each gets what its longest word needs, and of what is
    left as much as its longest line needs. `size` is that of the text, in points."""
    character = round(size * 20 * _CHARACTER)
    padding = cell_padding(table, width, size)
    words, lines = longest_words(table), longest_lines(table)
    least = [round(max(word, _NARROWEST) * character) + padding for word in words]
    most = [
        round(max(word, min(line, _WIDEST), _NARROWEST) * character) + padding
        for word, line in zip(words, lines, strict=True)
    ]
    left = width - sum(least)
    if left < 0:
        return [width * need // sum(least) for need in least]
    wanted = [high - low for low, high in zip(least, most, strict=True)]
    if sum(wanted) <= left:
        return [width * need // sum(most) for need in most]
    return [low + left * more // sum(wanted) for low, more in zip(least, wanted, strict=True)]


def cell_padding(table: Table, width: int, size: float) -> int:
    """Return the room beside the text of a cell: less in a table that would break words."""
    character = round(size * 20 * _CHARACTER)
    least = (max(word, _NARROWEST) * character + PADDING for word in longest_words(table))
    return PADDING if sum(least) <= width else _TIGHT


def _row(
    cells: Row,
    alignments: tuple[Alignment, ...],
    widths: list[int],
    context: Context,
    head: bool = False,
    kept: bool = False,
) -> Element:
    """Return a row; one that is `kept` stands on the page of the next one."""
    sides = _MIRRORED if context.right_to_left else _JUSTIFICATION
    row = []
    for place, (cell, alignment) in enumerate(zip(cells, alignments, strict=True)):
        if not cell.across:
            continue
        if cell.across > 1:
            alignment = "center" if head else ""
        properties = (
            w("keepNext") if kept else None,
            w("jc", val=sides[alignment]) if alignment else None,
        )
        text = _cell(cell, context, "TableHeading" if head else "TableText", properties)
        width = sum(widths[place : place + cell.across])
        row.append(w("tc", _cell_properties(cell, width), *with_kept_ends(text, context)))
    whole = None if is_tall(cells) else w("cantSplit")
    return w("tr", w("trPr", whole, w("tblHeader") if head else None), *row)


def _cell_properties(cell: Cell, width: int) -> Element:
    """Return `w:tcPr` (17.4.70); a cell that reaches down goes on in those below it."""
    merged = "restart" if cell.down > 1 else "continue"
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=cell.across) if cell.across > 1 else None,
        w("vMerge", val=merged) if cell.down != 1 else None,
    )


def _cell(
    cell: Cell, context: Context, style: str, properties: tuple[Element | None, ...]
) -> list[Element]:
    if cell.is_reached:
        return [paragraph(style, (), *properties)]
    if not cell.blocks:
        content = context.bookmarks.block(cell, inlines_to_runs(cell.inlines, context))
        return [paragraph(style, content, *properties)]
    return [
        with_properties(found, *properties) if style_of(found) == style else found
        for found in context.write_blocks(cell.blocks, context, style)
    ]
