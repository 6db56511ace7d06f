"""In columns with many footnotes, some move to the next page, away from their calls.

`columns_layout` looks for a height of the columns that leaves room for their footnotes: it
subtracts the height of the footnotes of each attempt from the next, until a height is repeated. If
attempts alternate between two heights, it may stop at the taller columns, whose footnotes do not
fit. Here the least room that suffices is searched for: less room means taller columns, which have
at least as many footnotes. It may also stop at the shorter ones, above a hole.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout.block import remove_placeholders

from .footnote_area import height_of_footnotes

_CLOSE = 12.0  # CSS pixels: less than a line
_HOLE = 40.0  # two lines


def keeping_footnotes(lay_out: Any) -> Any:
    def columns_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, within: Any, *values: Any
    ) -> Any:
        area, moved = context.current_footnote_area, len(context.reported_footnotes)
        bottom, height = context.page_bottom, area.height
        before = 0 if height == "auto" else area.margin_height()

        def attempt(room: float) -> Any:
            """Undo the last attempt, and make one with room for footnotes of that height."""
            if result[0]:
                remove_placeholders(context, [result[0]], *values[1:3])
            context.page_bottom = bottom
            context.room_for_footnotes = area.height = room
            space = bottom_space + area.margin_height() - before
            found = lay_out(context, box, space, skip_stack, within, *values)
            context.room_for_footnotes = None
            return found

        result = lay_out(context, box, bottom_space, skip_stack, within, *values)
        little, enough, room = 0.0, bottom - box.position_y - bottom_space, 0.0
        if len(context.reported_footnotes) == moved:
            found, goes_on, *_ = result
            hole = found and goes_on and _hole(context, found, bottom_space)
            if not (hole and area.children and hole > _HOLE):
                return result
            little = height_of_footnotes(context)
            enough = little + hole
        while enough - little > _CLOSE:
            room = (little + enough) / 2
            result = attempt(room)
            needed = height_of_footnotes(context)
            little, enough = (
                (max(little, needed), room) if needed <= room else (room, min(enough, needed))
            )
        if room != enough:
            result = attempt(enough)
        area.height = height_of_footnotes(context)
        context.page_bottom = bottom + before - area.margin_height()
        return result

    return columns_layout


def _hole(context: Any, box: Any, bottom_space: float) -> float:
    """Return the height between the columns of a box and the footnotes of its page."""
    return float(context.page_bottom - bottom_space - box.position_y - box.margin_height())
