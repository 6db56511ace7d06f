"""What is said of a figure or table in Word: above it title and subtitle, below it source and
notes, each a paragraph with a style of its own."""

from __future__ import annotations

from ...model import Chart, Figure, Inlines, Table
from ...ooxml import w
from ...xml import Element
from .context import Context
from .inlines import caption_runs, inlines_to_runs
from .runs import inset, paragraph


def above(
    captioned: Figure | Chart | Table, sequence: str, context: Context, indent: int
) -> list[Element]:
    """Return the title, with its number, and the subtitle, on the page of what follows."""
    found = []
    if captioned.caption:
        runs = caption_runs(captioned, sequence, context)
        close = w("spacing", after=0) if captioned.subtitle else None
        found.append(paragraph("Caption", runs, w("keepNext"), close, inset(indent)))
    if captioned.subtitle:
        found.append(_line("FigureSubtitle", captioned.subtitle, captioned, context, indent))
    return found


def below(captioned: Figure | Chart | Table, context: Context, indent: int) -> list[Element]:
    lines = ("FigureSource", captioned.source), ("FigureNotes", captioned.notes)
    return [_line(style, said, captioned, context, indent) for style, said in lines if said]


def _line(
    style: str, said: Inlines, captioned: Figure | Chart | Table, context: Context, indent: int
) -> Element:
    runs = context.bookmarks.block(captioned, inlines_to_runs(said, context))
    return paragraph(style, runs, inset(indent))
