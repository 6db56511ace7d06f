"""Each new footnote lays out all footnotes of its page again, and may be taken not to fit.

1. `_update_footnote_area` copies and lays out every footnote of the page whenever one is added or
   taken away: the time grows with the square of their number. Here each is laid out once, and
   heights are added up.
2. It compares two sums of floats exactly. A second footnote can seem to overflow the area by a
   rounding error, and the page ends half empty. Here they are compared as in the rest of the
   layout, with a tolerance.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.formatting_structure import build
from weasyprint.layout.block import block_level_layout

from .moved_footnotes import AS_IF


def update(context: Any) -> bool:
    """Give the area the height of its footnotes; return whether they overflow it."""
    area = context.current_footnote_area
    in_column = context.in_column and context.in_column != AS_IF
    if area.height != "auto" and not in_column:
        context.page_bottom += area.margin_height()
    area.children = context.current_page_footnotes
    height = height_of_footnotes(context)
    area.height = min(height, area.max_height)
    if in_column and (room := getattr(context, "room_for_footnotes", None)) is not None:
        area.height = room  # see `column_footnotes`
        return False
    if not in_column:
        context.page_bottom -= area.margin_height()
    return bool(context.overflows(area.height, height))


def height_of_footnotes(context: Any) -> float:
    """Return the height of the footnotes of a page; the margin below the last one is left out."""
    measured = [_measured(context, footnote) for footnote in context.current_page_footnotes]
    return sum(map(sum, measured)) - (measured[-1][1] if measured else 0)


def _measured(context: Any, footnote: Any) -> tuple[float, float]:
    """Return the height of a footnote alone in its area, and the margin below it.

    It is laid out once for each width of a page.
    """
    known: dict[Any, tuple[float, float]] = context.__dict__.setdefault("measured_footnotes", {})
    area = context.current_footnote_area
    key = footnote, area.page.width
    if key not in known:
        alone = build.create_anonymous_boxes(area.copy_with_children([footnote]).deepcopy())
        alone = block_level_layout(context, alone, -inf, None, area.page)[0]
        known[key] = alone.height, alone.children[0].margin_bottom
    return known[key]
