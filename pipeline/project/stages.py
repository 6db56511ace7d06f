"""From a brief as it is read to one that the writers take: each stage has a module of its own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from ..csl import DEFAULT, CitationStyle
from ..diagnostics import Diagnostic
from ..labels import have_two_forms, with_back_references
from ..language.sentences import with_sentence_starts
from ..language.typography import typeset
from ..marks import SEPARATE, Marks, in_language
from ..model import AnchorKind, Brief
from ..model.references import Library
from ..numbering import NumberedBrief, number
from ..placement import place_marks
from ..resolving import resolve_citations

NO_LABELS: Mapping[AnchorKind, str] = {}


def prepare(
    brief: Brief,
    library: Library,
    marks: Marks = SEPARATE,
    back_references: bool = True,
    citation_style: CitationStyle = DEFAULT,
    labels: Mapping[AnchorKind, str] = NO_LABELS,
) -> tuple[NumberedBrief, list[Diagnostic]]:
    """Return the brief as it is printed, and what in it points to nothing."""
    marks = in_language(marks, brief.front.lang)
    resolved, unknown = resolve_citations(brief, library)
    printed = typeset(resolved)
    if have_two_forms(brief.front.lang, labels):
        printed = with_sentence_starts(printed)
    numbered, dangling = number(printed, library, marks)
    numbered = replace(numbered, labels=labels)
    if back_references:
        numbered = with_back_references(numbered)
    numbered = replace(place_marks(numbered, marks), citation_style=citation_style)
    return numbered, [*unknown, *dangling]
