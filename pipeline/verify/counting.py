"""Which number each thing in a brief must have, counted by the proof's own code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import (
    Anchor,
    Brief,
    Chart,
    CrossReference,
    Equation,
    Figure,
    Footnote,
    Heading,
    Paragraph,
    Table,
)
from .grammar import MarkSettings
from .items import footnote_form, written
from .order import everything
from .sentences import Position, positions


def numbers_of(brief: Brief, settings: MarkSettings) -> dict[Anchor, str]:
    """Return the number of each heading, figure, table, equation, paragraph and footnote by its
    anchor."""
    labels: dict[Anchor, str] = {}
    figures = tables = equations = footnotes = paragraphs = 0
    form = footnote_form(settings)
    section: list[int] = []
    silent = 0  # the level of the unnumbered heading that we are below, 0 for none
    for node in everything(brief):
        match node:
            case Heading(level=level):
                if silent and level > silent:
                    continue
                silent = 0 if node.numbered else level
                if node.numbered:
                    section = [*section, *[0] * level][:level]
                    section[-1] += 1
                    # A skipped level, which no brief has that was read, shows as 1 (as in Word).
                    labels[node.anchor] = ".".join(str(max(1, count)) for count in section)
            case Figure(anchor=anchor) | Chart(anchor=anchor) if node.caption:
                figures += 1
                labels[anchor] = str(figures)
            case Table(anchor=anchor) if node.caption:
                tables += 1
                labels[anchor] = str(tables)
            case Equation(anchor=Anchor() as anchor):
                equations += 1
                labels[anchor] = str(equations)
            case Paragraph(anchor=Anchor() as anchor):
                paragraphs += 1
                labels[anchor] = str(paragraphs)
            case Footnote(anchor=anchor):
                footnotes += 1
                labels[anchor] = written(footnotes, form)
            case _:
                pass
    return labels


def labelled(
    brief: Brief, labels: Mapping[Anchor, str], short: frozenset[str]
) -> Iterator[tuple[Anchor, Position]]:
    """Yield the anchor of each number that is printed with its label, and where that stands.

    `short`: the last letters of abbreviations.
    """
    places = positions(brief, short)
    for node in everything(brief):
        match node:
            case Figure(anchor=anchor) | Chart(anchor=anchor) | Table(anchor=anchor):
                if anchor in labels:
                    yield anchor, "start"
            case CrossReference(anchor=anchor, number_only=False) if anchor in labels:
                yield anchor, places.get(id(node), "any")
            case _:
                pass
