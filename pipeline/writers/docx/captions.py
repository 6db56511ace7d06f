"""Captions: "Figure 2. Words", the number a field that Word counts and cross-references repeat."""

from __future__ import annotations

from ...labels import cross_reference_term
from ...model import Chart, Figure, Table
from ...ooxml import sequence_field
from .inlines import inlines_to_runs
from .runs import Dress, field_run, text_run
from .writing import Writing


def caption_runs(captioned: Figure | Chart | Table, sequence: str, writing: Writing) -> str:
    """Return a caption, the bookmark of its anchor round the digits alone."""
    label = Dress(style="Strong", bold=True, right_to_left=writing.right_to_left)
    words = cross_reference_term(captioned.anchor, writing.lang)
    number = field_run(sequence_field(sequence), writing.number(captioned.anchor), label)
    return writing.block(
        captioned,
        text_run(f"{words}\N{NO-BREAK SPACE}", label)
        + writing.anchored(captioned.anchor, number)
        + text_run(".", label)
        + text_run(" ", writing.dress)
        + inlines_to_runs(captioned.caption, writing),
    )
