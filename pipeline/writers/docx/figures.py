"""Figures in Word: a picture in a paragraph of its own, between its title, source and notes."""

from __future__ import annotations

from msgspec.structs import replace

from ...model import Figure
from ...ooxml import FIGURE_SEQUENCE, w
from ...xml import Element
from .captions import above, below
from .context import Context
from .figure_frames import frame_inset, indents, set_apart
from .pictures import is_wide, picture_runs
from .runs import paragraph


def figure_to_elements(figure: Figure, context: Context, indent: int) -> list[Element]:
    """Return a figure with its texts; one wider than the text begins in the gutter."""
    gutter = context.template.gutter
    if not indent and is_wide(figure.image, context):
        template = replace(context.template, text_width=context.template.text_width + gutter)
        context, indent = replace(context, template=template), -gutter
    inside = frame_inset(context.house)
    template = context.template
    fitted = replace(template, text_width=template.text_width - 2 * inside)
    picture = picture_runs(figure.image, replace(context, template=fitted), context.run_format)
    content = context.bookmarks.block(figure, picture)
    if not figure.caption:
        content = context.bookmarks.anchor(figure.anchor, content)
    following = below(figure, context, indent)
    kept = w("keepNext") if following else None
    found = [
        *above(figure, FIGURE_SEQUENCE, context, indent),
        paragraph("Figure", content, kept, indents(indent, context.house)),
        *following,
    ]
    return set_apart(found, context.house)
