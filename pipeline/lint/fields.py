"""Rules on the fields of a reference: enough to find the work, and no date after the check."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from ..diagnostics import Diagnostic
from ..language.dates import find_day
from ..model.references import Date, Reference, plain
from ..numbering import NumberedBrief
from ..styles import House

_Groups = tuple[tuple[str, ...], ...]

# For each CSL type: what a reader needs to find the work. Any name of a group will do.
_WHO = ("author", "editor", "container-author", "translator")
_WHEN = ("issued", "status")
_TITLE = ("title",)
_CONTAINER = ("container-title",)
_WHEN_IF_PRINTED = (*_WHEN, "accessed", "URL")  # a URL without a date has a rule of its own
_PLACE_IN_JOURNAL = ("volume", "issue", "page", "number", "DOI", "URL", "status")
NEEDED: Mapping[str, _Groups] = {
    "article-journal": (_WHO, _TITLE, _CONTAINER, _WHEN, _PLACE_IN_JOURNAL),
    "article-magazine": (_TITLE, _CONTAINER, _WHEN),
    "article-newspaper": (_TITLE, ("container-title", "publisher"), _WHEN),
    "book": (_WHO, _TITLE, ("publisher",), _WHEN),
    "chapter": (_WHO, _TITLE, _CONTAINER, _WHEN),
    "document": (
        _TITLE,
        ("URL", "DOI", "publisher", "container-title", "note", "archive"),
        _WHEN_IF_PRINTED,
    ),
    "paper-conference": (_WHO, _TITLE, ("container-title", "event-title"), _WHEN),
    "patent": (_TITLE, ("number",), _WHEN),
    "report": (("author", "editor", "publisher"), _TITLE, _WHEN),
    "thesis": (("author",), _TITLE, ("publisher",), _WHEN),
    "manuscript": (("author", "editor"), _TITLE),
    "webpage": (_TITLE, ("URL",)),
    "dataset": (_TITLE, ("URL", "DOI", "publisher"), _WHEN_IF_PRINTED),
    "software": (_TITLE, ("URL", "DOI", "publisher", "version")),
}
# An article not yet in a volume, or on arXiv with its number in the journal field.
_UNPLACED = re.compile(
    r"\barxiv\b.*\d|\b(?:forthcoming|in press|to appear|accepted|à paraître|im erscheinen"
    r"|en prensa)\b",
    re.IGNORECASE,
)
WORDS: Mapping[str, str] = {
    "container-title": "journal or book",
    "issued": "date",
    "publisher": "publisher or institution",
    "volume": "volume, pages or DOI",
    "URL": "url or publisher",
}
# A web page may change at the same address; a work printed with page numbers does not.
FETCHED = frozenset(
    (
        *("article-magazine", "article-newspaper", "bill", "broadcast", "dataset", "document"),
        *("entry", "entry-dictionary", "entry-encyclopedia", "figure", "graphic", "interview"),
        *("legislation", "manuscript", "map", "motion_picture", "pamphlet", "post"),
        *("post-weblog", "report", "review", "software", "song", "speech", "standard", "webpage"),
    )
)
_FIXED = ("DOI", "page", "archive-url")
# What is found at these addresses does not change.
LASTING = re.compile(
    r"https?://(?:www\.|dx\.|export\.)?(?:doi\.org|arxiv\.org/abs|hdl\.handle\.net|jstor\.org/stable|"
    r"web\.archive\.org/web/\d|perma\.cc)/?",
    re.IGNORECASE,
)
SAYS_WHEN = re.compile(
    r"\b(?:accessed|retrieved|viewed|visited|consulté|abgerufen|zugriff|consultado|acesso)\b",
    re.IGNORECASE,
)


def missing_field(reference: Reference, house: House) -> Iterator[Diagnostic]:
    has = {*reference.fields, *reference.names, *reference.dates}
    if not has:
        message = f"`{reference.key}` has nothing that could be printed"
        hint = "give it a title; if it is a @set, cite its members"
        yield Diagnostic("missing-field", message, reference.span, hint)
        return
    for group in _needed(reference):
        if has.isdisjoint(group):
            message = f"`{reference.key}` ({reference.type}) has no {_words(group)}"
            yield Diagnostic("missing-field", message, reference.span)


def _needed(reference: Reference) -> Iterator[tuple[str, ...]]:
    """Yield the groups of variables of which a reference must have one each."""
    kind = reference.entry_type
    for group in NEEDED.get(reference.type, (_TITLE,)):
        if kind == "periodical" and group != _TITLE:
            continue
        if group in (_WHO, _PLACE_IN_JOURNAL) and _is_of_a_newspaper(reference):
            continue
        if group == _PLACE_IN_JOURNAL and any(
            _UNPLACED.search(plain(reference.fields.get(name, ())))
            for name in ("container-title", "note")
        ):
            continue
        if kind == "inbook" and group == _CONTAINER and _is_part(reference):
            continue  # BibTeX's @inbook has the title of the book
        yield group
    if reference.type == "report" and kind != "manual" and _by_persons(reference):
        yield ("publisher",)


def _is_of_a_newspaper(reference: Reference) -> bool:
    """Say whether an article has a month or a day: readers find it without an author or pages."""
    issued = reference.dates.get("issued")
    dated = issued is not None and any(len(part) > 1 for part in issued.parts)
    return reference.type == "article-journal" and dated


def _is_part(reference: Reference) -> bool:
    return not reference.fields.keys().isdisjoint(("page", "chapter-number"))


def _words(group: tuple[str, ...]) -> str:
    if group[0] in WORDS:
        return WORDS[group[0]]
    return " or ".join(group[:2])


def _by_persons(reference: Reference) -> bool:
    names = reference.names.get("author", ())
    return bool(names) and not any(name.literal for name in names if name.literal != "others")


def no_access_date(reference: Reference, house: House) -> Iterator[Diagnostic]:
    if (
        reference.type in FETCHED
        and "URL" in reference.fields
        and reference.fields.keys().isdisjoint(_FIXED)
        and not reference.dates.get("accessed")
        and not LASTING.match(plain(reference.fields["URL"]))
        and not SAYS_WHEN.search(plain(reference.fields.get("note", ())))
    ):
        yield Diagnostic(
            "no-access-date",
            f"`{reference.key}` is on the web, but does not say when it was read",
            reference.span,
            "add urldate = {2026-01-28}" if reference.entry_type else "add `accessed` (RIS: Y2)",
        )


def after_check(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """A fact-check cannot rest on what was not there when it was made."""
    checked = numbered.brief.front.checked_on
    if checked is None:
        return
    for reference in numbered.bibliography:
        for variable, code, word, names in (
            ("issued", "published-after-check", "published", ("date", "year")),
            ("accessed", "accessed-after-check", "read", ("urldate", "urlyear", "note")),
        ):
            day = first_day(reference.dates.get(variable))
            if variable == "accessed" and variable not in reference.dates:
                day = _read_on(reference)
            if day and day > checked:
                yield Diagnostic(
                    code,
                    f"`{reference.key}` was {word} on {day}, after the brief was checked "
                    f"({checked})",
                    reference.place(*names),
                )


def _read_on(reference: Reference) -> datetime.date | None:
    """Return the day in a note that says when a source was read: "Accessed 15 March 2026"."""
    note = plain(reference.fields.get("note", ()))
    says = SAYS_WHEN.search(note)
    return find_day(note[says.end() :]) if says else None


def first_day(date: Date | None) -> datetime.date | None:
    """Return the first day that a date can mean."""
    if date is None or not date.parts or not date.parts[0]:
        return None
    year, month, day = (*date.parts[0], 1, 1)[:3]
    try:
        return datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
