"""From a brief as it is read to one that the writers take: each stage has a module of its own."""

from __future__ import annotations

from msgspec.structs import replace

from ..csl import DEFAULT, CitationStyle
from ..diagnostics import Diagnostic
from ..labels import with_back_references
from ..language.typography import typeset
from ..marks import SEPARATE, Marks, in_language
from ..model import Brief
from ..model.references import Library
from ..numbering import NumberedBrief, number
from ..placement import place_marks
from ..resolving import resolve_citations


def prepare(
    brief: Brief,
    library: Library,
    marks: Marks = SEPARATE,
    back_references: bool = True,
    citation_style: CitationStyle = DEFAULT,
) -> tuple[NumberedBrief, list[Diagnostic]]:
    """Return the brief as it is printed, and what in it points to nothing."""
    marks = in_language(marks, brief.front.lang)
    resolved, unknown = resolve_citations(brief, library)
    numbered, dangling = number(typeset(resolved), library, marks)
    if back_references:
        numbered = with_back_references(numbered)
    numbered = replace(place_marks(numbered, marks), citation_style=citation_style)
    return numbered, [*unknown, *dangling]
