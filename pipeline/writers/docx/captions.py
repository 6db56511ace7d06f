"""What is said of a figure or table in Word: title and subtitle, source and notes, each a paragraph
with a style of its own."""

from __future__ import annotations

from ...model import Chart, Figure, Inlines, Table
from ...ooxml import FIGURE_SEQUENCE, TABLE_SEQUENCE, w
from ...xml import Element
from .context import Context
from .figure_frames import frame_borders, frame_inset
from .inlines import caption_runs, inlines_to_runs
from .runs import inset, paragraph
from .word_styles import borders

_CLOSE, _APART = 80, 240  # twips from a title to what it belongs to, and to what follows


def above(
    captioned: Figure | Chart | Table, sequence: str, context: Context, indent: int
) -> list[Element]:
    """Return what stands above, on the page of what follows: title and subtitle, if the house does
    not want them below."""
    if _has_title_below(captioned, context):
        return []
    return _title(captioned, sequence, context, indent)


def below(captioned: Figure | Chart | Table, context: Context, indent: int) -> list[Element]:
    """Return what stands below: source and notes, and before them the title if the house wants."""
    lines = ("FigureSource", captioned.source), ("FigureNotes", captioned.notes)
    found = [_line(style, said, captioned, context, indent) for style, said in lines if said]
    if not _has_title_below(captioned, context):
        return found
    sequence = TABLE_SEQUENCE if isinstance(captioned, Table) else FIGURE_SEQUENCE
    return [*_title(captioned, sequence, context, indent, is_last=not found), *found]


def _has_title_below(captioned: Figure | Chart | Table, context: Context) -> bool:
    return context.house.captions_at(captioned) == "below"


def _title(
    captioned: Figure | Chart | Table,
    sequence: str,
    context: Context,
    indent: int,
    is_last: bool = False,
) -> list[Element]:
    """Return the title, with its number, and the subtitle: on the page of what follows, unless it
    `is_last`."""
    is_below = _has_title_below(captioned, context)
    loose = w("keepNext", val=0) if is_last else None
    found = []
    if captioned.caption:
        runs = caption_runs(captioned, sequence, context)
        keep = loose if is_last and not captioned.subtitle else w("keepNext")
        before = _CLOSE if is_below else None
        after = 0 if captioned.subtitle else _APART if is_last else None
        space = w("spacing", before=before, after=after) if is_below or after == 0 else None
        found.append(paragraph("Caption", runs, keep, space, *_frame(captioned, context, indent)))
    if captioned.subtitle:
        found.append(_line("FigureSubtitle", captioned.subtitle, captioned, context, indent, loose))
    return found


def _line(
    style: str,
    said: Inlines,
    captioned: Figure | Chart | Table,
    context: Context,
    indent: int,
    keep: Element | None = None,
) -> Element:
    runs = context.bookmarks.block(captioned, inlines_to_runs(said, context))
    return paragraph(style, runs, keep, *_frame(captioned, context, indent))


def _frame(
    captioned: Figure | Chart | Table, context: Context, indent: int
) -> tuple[Element | None, ...]:
    """Return the indent, and for a figure the frame that its paragraphs share."""
    edges = frame_borders(context.house)
    if isinstance(captioned, Table) or not edges or "Figure" in context.given_styles:
        return (inset(indent),)
    inside = frame_inset(context.house)
    return borders(edges), w("ind", left=indent + inside, right=inside) if inside else inset(indent)
