"""Rules on the references that a brief cites: what today reaches print unseen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from pipeline.diagnostics import Diagnostic, Span
from pipeline.numbering import NumberedBrief
from pipeline.references import Date, Name, Reference, plain
from pipeline.styles import House

# For each CSL type: what a reader needs to find the work. Any name of a group will do.
_WHO, _WHEN = ("author", "editor", "container-author"), ("issued", "status")
NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "article-journal": (_WHO, ("title",), ("container-title",), _WHEN),
    "article-magazine": (("title",), ("container-title",), _WHEN),
    "article-newspaper": (("title",), ("container-title", "publisher"), _WHEN),
    "book": (_WHO, ("title",), ("publisher",), _WHEN),
    "chapter": (_WHO, ("title",), ("container-title",), _WHEN),
    "paper-conference": (_WHO, ("title",), ("container-title", "event-title"), _WHEN),
    "report": (("author", "editor", "publisher"), ("title",), _WHEN),
    "thesis": (("author",), ("title",), ("publisher",), _WHEN),
    "webpage": (("title",), ("URL",)),
    "dataset": (("title",), ("URL", "DOI", "publisher")),
    "legislation": (("title",),),
}
DOI = re.compile(r"10\.\d{4,9}/\S+")
URL = re.compile(r"(?:https?|ftp)://[^\s<>{}|\\^`\"]+\.[^\s<>{}|\\^`\"]+", re.IGNORECASE)
ORGANISATION = re.compile(
    r"\b(agency|association|authority|bank|board|bureau|centre|center|commission|committee|"
    r"company|corporation|council|department|foundation|fund|government|group|institut[eo]?|"
    r"ministry|ministère|ministerium|nations|network|observatory|office|organi[sz]ation|"
    r"parliament|press|research|secretariat|service|society|statistics|trust|union|university)\b",
    re.IGNORECASE,
)
FETCHED = ("webpage", "article-newspaper", "post", "post-weblog", "dataset")


def missing_field(reference: Reference, house: House) -> Iterator[Diagnostic]:
    has = {*reference.fields, *reference.names, *reference.dates}
    if not has:
        message = f"`{reference.key}` has nothing that could be printed"
        hint = "give it a title; of a @set, cite the members"
        yield Diagnostic("missing-field", message, reference.span, hint)
        return
    for group in NEEDED.get(reference.type, ()):
        if has.isdisjoint(group):
            yield Diagnostic(
                "missing-field",
                f"`{reference.key}` ({reference.type}) has no {' or '.join(group[:2])}",
                reference.span,
            )


def no_access_date(reference: Reference, house: House) -> Iterator[Diagnostic]:
    if (
        "URL" in reference.fields
        and reference.type in FETCHED
        and not reference.dates.get("accessed")
    ):
        yield Diagnostic(
            "no-access-date",
            f"`{reference.key}` is read on the web, but does not say when",
            reference.span,
            "add urldate = {2026-01-28}",
        )


def bad_identifier(reference: Reference, house: House) -> Iterator[Diagnostic]:
    doi, url = (plain(reference.fields.get(name, ())) for name in ("DOI", "URL"))
    if doi and not DOI.fullmatch(doi):
        hint = "a DOI begins with 10. and has a slash: 10.1257/jep.20.4.157"
        yield Diagnostic("bad-doi", f"`{doi[:60]}` is no DOI", reference.span, hint)
    if url and not URL.fullmatch(url):
        hint = "give the whole address, from https:// on"
        yield Diagnostic("bad-url", f"`{url[:60]}` is no URL", reference.span, hint)


def organisation_as_person(reference: Reference, house: House) -> Iterator[Diagnostic]:
    """BibTeX reads `Reserve Bank of Australia` as Australia, R. B. of."""
    for name in (name for names in reference.names.values() for name in names):
        whole = _whole(name)
        if not name.literal and name.given and ORGANISATION.search(whole):
            yield Diagnostic(
                "organisation-as-person",
                f"`{whole}` is read as a person whose family name is `{name.family}`",
                reference.span,
                f"put a second pair of braces round it: {{{{{whole}}}}}",
            )


def _whole(name: Name) -> str:
    parts = (
        name.given,
        name.dropping_particle,
        name.non_dropping_particle,
        name.family,
    )
    return " ".join(part for part in parts if part)


def after_check(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """A fact-check cannot rest on what was not there when it was made."""
    checked = numbered.brief.front.checked_on
    if checked is None:
        return
    for reference in numbered.bibliography:
        for name, code, word in (
            ("issued", "published-after-check", "published"),
            ("accessed", "accessed-after-check", "read"),
        ):
            day = _first_day(reference.dates.get(name))
            if day and day > checked:
                yield Diagnostic(
                    code,
                    f"`{reference.key}` was {word} on {day}, after the brief was checked "
                    f"({checked})",
                    reference.span,
                )


def _first_day(date: Date | None) -> datetime.date | None:
    """Return the first day that a date can mean."""
    if date is None or not date.parts or not date.parts[0]:
        return None
    year, month, day = (*date.parts[0], 1, 1)[:3]
    try:
        return datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None


def same_work(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """One work under two keys is printed twice, under two numbers."""
    seen: dict[tuple[str, str], Reference] = {}
    for reference in numbered.bibliography:
        for name, value in _identities(reference):
            first = seen.setdefault((name, value), reference)
            if first is not reference:
                yield Diagnostic(
                    "same-work",
                    f"`{reference.key}` and `{first.key}` have the same {name}",
                    reference.span,
                    f"cite one of them; the other stands at {_place(first.span)}",
                )
                break


def _identities(reference: Reference) -> Iterator[tuple[str, str]]:
    for name in ("DOI", "URL"):
        if value := plain(reference.fields.get(name, ())).lower().rstrip("/"):
            yield name, re.sub(r"^https?://(?:www\.)?", "", value)
    title = re.sub(r"\W+", " ", reference.title.lower()).strip()
    year = (
        str(reference.dates["issued"].parts[0][:1])
        if _first_day(reference.dates.get("issued"))
        else ""
    )
    if len(title.split()) > 3:
        yield "title and year", f"{title} {year} {reference.type}"


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}"
