"""Key figures as a strip across the page: a table whose cells are the items of their list."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace

from ...model import Inlines, LineBreak, List, ListItem, Paragraph, Part, Strong, Text, plain
from ...ooxml import KEY_FIGURES_TABLE, w
from ...xml import Element
from .context import Context
from .inlines import inlines_to_runs
from .runs import paragraph

_MOST = 4  # in a row


def strip_of(part: Part) -> tuple[Paragraph, ...]:
    """Return the key figures of a part if they make a strip: a list of single paragraphs."""
    if part.kind != "figures" or len(part.blocks) != 1 or not isinstance(part.blocks[0], List):
        return ()
    found = [_single(item) for item in part.blocks[0].items]
    return tuple(filter(None, found)) if all(found) else ()


def _single(item: ListItem) -> Paragraph | None:
    match item.blocks:
        case (Paragraph() as found,) if item.checked is None:
            return found
        case _:
            return None


def strip(items: tuple[Paragraph, ...], words: str, context: Context) -> Element:
    """Return the table, from the gutter to the end of the lines. `words` are read out for it, or
    else its numbers.

    From right to left it is as long as the lines: LibreOffice 7.4 would use the other margin.
    """
    gutter = 0 if context.right_to_left else context.template.gutter
    rows = ceil(len(items) / _MOST)
    columns = ceil(len(items) / rows)
    width = context.template.text_width + gutter
    cell = width // columns
    written = [_cell(item, cell, context) for item in items]
    written += [_empty(cell)] * (rows * columns - len(items))
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=KEY_FIGURES_TABLE),
            w("bidiVisual") if context.right_to_left else None,
            w("tblW", w=width, type="dxa"),
            w("tblInd", w=-gutter, type="dxa") if gutter else None,
            w("tblLayout", type="fixed"),
            w("tblLook", val="0000", **dict.fromkeys(("firstRow", "firstColumn"), 0)),
            w("tblCaption", val=words or _numbers(items)),
        ),
        w("tblGrid", *(w("gridCol", w=cell) for _ in range(columns))),
        *(
            w("tr", w("trPr", w("cantSplit")), *written[row * columns : (row + 1) * columns])
            for row in range(rows)
        ),
    )


def _cell(item: Paragraph, width: int, context: Context) -> Element:
    runs = inlines_to_runs(_number_above(item.inlines), context, context.run_format)
    content = context.bookmarks.block(item, runs)
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph("KeyFigures", content))


def _empty(width: int) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph("KeyFigures", ()))


def _number_above(inlines: Inlines) -> Inlines:
    """Return an item with its number on a line of its own."""
    match inlines:
        case (Strong() as number, Text(text=text) as words, *rest):
            below = replace(words, text=text.lstrip(" "))
            return (number, LineBreak(span=words.span), below, *rest)
        case _:
            return inlines


def _numbers(items: tuple[Paragraph, ...]) -> str:
    return "; ".join(plain(item.inlines[:1]) for item in items)
