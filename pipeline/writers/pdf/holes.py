"""Holes at the feet of pages: text flows on ahead of a figure or table that did not fit.

WeasyPrint has no floats that move to the top of the next page. After a layout, the blocks of the
brief are put in another order: text of the same section stands before the figure, up to the next
heading. Numbers, and the order of figures among themselves, stay. Lengths are in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise, takewhile
from typing import Any

from msgspec.structs import replace
from weasyprint.formatting_structure import boxes

from ...diagnostics import Span
from ...model import (
    Block,
    Brief,
    Chart,
    Figure,
    Footnote,
    FootnoteReference,
    List,
    Paragraph,
    Table,
    walk,
)

_HOLE = 0.09  # of the height of a page: what nobody would call a hole
_LEAST = 80.0  # four lines: a paragraph or list may be divided so that as much stands on a page
_Place = tuple[int, int]  # line and column of a block


def without_hole(document: Any, brief: Brief) -> Brief | None:
    """Return a brief with the first hole of its layout filled that can be; None if none can."""
    pages = [page._page_box for page in document.pages]
    heights = _heights(pages)
    for page, following in pairwise(pages):
        hole = _room(page)
        if hole <= _HOLE * page.height:
            continue
        places = {_place(block.span): i for i, block in enumerate(brief.blocks)}
        first = places.get(_begun(following), -1)
        if first >= 0 and (blocks := _moved(brief.blocks, first, hole, heights)):
            return replace(brief, blocks=blocks)
    return None


def _moved(
    blocks: tuple[Block, ...], first: int, hole: float, heights: Mapping[_Place, float]
) -> tuple[Block, ...]:
    """Return blocks with the text after the figures from `first` on before them, as much as fits
    into the hole; () if none does."""
    floats = tuple(takewhile(_may_move, blocks[first:]))
    text: list[Block] = []
    for block in blocks[first + len(floats) :] if floats else ():
        if not isinstance(block, Paragraph | List) or hole < _LEAST:
            break
        text.append(block)
        hole -= heights.get(_place(block.span), hole)
    if not text:
        return ()
    rest = blocks[first + len(floats) + len(text) :]
    return (*blocks[:first], *text, *floats, *rest)


def _may_move(block: Block) -> bool:
    """Say whether a block may stand behind text that follows it: the numbers of its footnotes would
    be out of order."""
    return isinstance(block, Figure | Chart | Table) and not any(
        isinstance(node, Footnote | FootnoteReference) for node in walk(block)
    )


def _place(span: Span) -> _Place:
    return span.line, span.column


def _place_of(box: Any) -> _Place | None:
    """Return where the block of a box was written: see `PrintPage.place`."""
    written = box.element.get("data-place", "") if box.element is not None else ""
    if not written or not isinstance(box, boxes.BlockLevelBox):
        return None
    line, column, *_ = written.split(":", 2)
    return int(line), int(column)


def _in_flow(page: Any) -> Iterator[Any]:
    for kid in page.children:
        if not isinstance(kid, boxes.MarginBox | boxes.FootnoteAreaBox):
            yield from kid.descendants()


def _begun(page: Any) -> _Place:
    """Return the place of the first block of a page, one that no block has if it has none."""
    return next(filter(None, map(_place_of, _in_flow(page))), (0, 0))


def _room(page: Any) -> float:
    """Return the height that is empty at the foot of a page."""
    notes = [kid for kid in page.children if isinstance(kid, boxes.FootnoteAreaBox)]
    bottom = page.content_box_y() + page.height
    if notes and notes[0].children:
        bottom = notes[0].position_y
    leaves = (
        box.position_y + box.height
        for box in _in_flow(page)
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox)
    )
    return float(bottom - max(leaves, default=bottom))


def _heights(pages: list[Any]) -> Mapping[_Place, float]:
    """Return the height of each block, with its margins, over all pages."""
    found: dict[_Place, float] = {}
    for page in pages:
        for box in _in_flow(page):
            if place := _place_of(box):
                found[place] = found.get(place, 0.0) + float(box.margin_height())
    return found
