"""Find the mistakes that editors look for. The tables below list the rules.

In: a brief as it was read, and the references that it cites. Out: diagnostics. A rule checks one
thing and changes nothing; rules that are off in `CODES` run only if a house style enables them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from ..diagnostics import Diagnostic
from ..model import Brief, FrontMatter
from ..model.references import Library, Reference
from ..numbering import NumberedBrief
from ..styles import House
from . import (
    accessible,
    citations,
    dialects,
    entries,
    fields,
    formulas,
    identifiers,
    names,
    prose,
    reading_level,
    same_work,
    slips,
    text,
    unread,
)

BRIEF_RULES: Sequence[Callable[[Brief, House], Iterator[Diagnostic]]] = (
    text.missing_title,
    text.missing_alt,
    text.repeated_alt,
    formulas.words_in_formula,
    formulas.math_as_image,
    unread.unread_markup,
    dialects.foreign_signs,
    citations.hand_typed_mark,
    text.hand_typed_number,
    citations.mark_after_stop,
    citations.summary_without_citation,
    citations.single_source,
    prose.left_over,
    prose.repeated_word,
    prose.typed_reference,
    prose.repeated_heading,
    prose.empty_section,
    prose.repeated_cite,
    prose.unclosed_citation,
    prose.unclosed_quote,
    text.word_budget,
)
# Asked for by `brief check --accessibility`: what only the author can supply.
ACCESSIBILITY_RULES: Sequence[Callable[[Brief, House], Iterator[Diagnostic]]] = (
    accessible.weak_alt,
    accessible.weak_link_text,
    accessible.unnamed_table,
    accessible.headless_table,
    accessible.unexplained_abbreviation,
    accessible.colour_words,
    accessible.unmarked_language,
)
REFERENCE_RULES: Sequence[Callable[[Reference, House], Iterator[Diagnostic]]] = (
    fields.missing_field,
    fields.no_access_date,
    identifiers.bad_identifier,
    slips.reversed_pages,
    slips.accessed_before_published,
    slips.title_in_capitals,
    slips.site_name_in_title,
    slips.repeated_author,
    slips.doi_and_url_differ,
    slips.left_over,
    names.organisation_as_person,
    names.names_run_together,
)
BIBLIOGRAPHY_RULES: Sequence[Callable[[NumberedBrief], Iterator[Diagnostic]]] = (
    fields.after_check,
    same_work.same_work,
    entries.left_out_by_style,
    slips.locator_outside_pages,
    slips.two_spellings,
)


def lint_text(brief: Brief, house: House) -> list[Diagnostic]:
    """Return what the rules find in the text of a brief, as its author wrote it."""
    return [found for rule in BRIEF_RULES for found in rule(brief, house)]


def lint_accessibility(brief: Brief, house: House) -> list[Diagnostic]:
    """Return what the author should supply for those who do not see the brief."""
    return [found for rule in ACCESSIBILITY_RULES for found in rule(brief, house)]


def lint_reading_level(brief: Brief, house: House) -> list[Diagnostic]:
    """Return how hard a brief is to read, and its longest sentences."""
    return [*reading_level.reading_level(brief, house)]


def lint_references(numbered: NumberedBrief, house: House) -> list[Diagnostic]:
    """Return what the rules find in the references that a brief cites."""
    return [
        *(f for rule in REFERENCE_RULES for r in numbered.bibliography for f in rule(r, house)),
        *(found for rule in BIBLIOGRAPHY_RULES for found in rule(numbered)),
    ]


def overdue(front: FrontMatter, today: datetime.date) -> list[Diagnostic]:
    """Return a finding for a brief whose next review is due. The day is the clock's: what depends
    on it is no part of a build."""
    day = front.review_by
    if day is None or today <= day:
        return []
    hint = "review it, and state a later day"
    place = front.place("review-by")
    return [Diagnostic("review-overdue", f"its review was due by {day.isoformat()}", place, hint)]


def uncited(library: Library, briefs: Sequence[NumberedBrief]) -> list[Diagnostic]:
    """Return a finding for each file with references that none of the briefs cites."""
    cited = {reference.key for numbered in briefs for reference in numbered.bibliography}
    files: dict[str, list[str]] = {}
    for key, span in library.spans.items():
        if key not in cited:
            files.setdefault(span.path, []).append(key)
    return [
        Diagnostic("uncited-reference", f"no brief cites {_listed(keys)}", library.spans[keys[0]])
        for keys in files.values()
    ]


def _listed(keys: Sequence[str]) -> str:
    """Return the first three keys, and how many there are besides."""
    shown = ", ".join(f"`{key}`" for key in keys[:3])
    return f"{shown} and {len(keys) - 3} more" if len(keys) > 3 else shown
