"""Captions: "Figure 2. Words", the number a field that Word counts and cross-references repeat."""

from __future__ import annotations

from ...labels import cross_reference_term
from ...model import Chart, Figure, Table
from ...ooxml import sequence_field
from ...xml import Element
from .context import Context
from .fields import field_runs
from .inlines import inlines_to_runs
from .runs import RunFormat, text_runs


def caption_runs(
    captioned: Figure | Chart | Table, sequence: str, context: Context
) -> list[Element]:
    """Return a caption, the bookmark of its anchor round the digits alone."""
    label = RunFormat(style="Strong", bold=True, right_to_left=context.right_to_left)
    words = cross_reference_term(captioned.anchor, context.lang)
    number = field_runs(sequence_field(sequence), context.number(captioned.anchor), label)
    return context.bookmarks.block(
        captioned,
        [
            *text_runs(f"{words}\N{NO-BREAK SPACE}", label),
            *context.bookmarks.anchor(captioned.anchor, number),
            *text_runs(".", label),
            *text_runs(" ", context.run_format),
            *inlines_to_runs(captioned.caption, context),
        ],
    )
