"""What is printed above and below the text of a brief: front-matter facts, worded and in order.

Writers print a `TitleBlock`; none of them chooses, orders or words a fact.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from .direction import set_apart
from .language.dates import long_date
from .language.terms import between_items, bracketed, detailed, listed, term
from .model import Brief, Change, FrontMatter, Inlines, Person, plain

_T = TypeVar("_T")
BETWEEN_FACTS = " · "
# What a reference docx may name in braces: `{{title}}`.
FIELDS = (
    *("title", "subtitle", "date", "checked-on", "authors", "edition", "reviewers", "disclaimer"),
    *("series", "number", "keywords", "contact", "licence", "review-by", "supersedes"),
)


class Fact(Struct, frozen=True):
    """One fact of the line below the authors: "Checked on 28 January 2026"."""

    key: str  # of the front matter
    text: str
    fields: frozenset[str]  # of a reference docx: one that names any of them prints this itself
    day: datetime.date | None = None  # that the text names, as `long_date` words it


class ImprintLine(Struct, frozen=True):
    """One line below the list of references, or on the first page: "Licence" and "CC BY 4.0"."""

    field: str
    label: str
    text: str


class TitleBlock(Struct, frozen=True):
    """Lines in the order in which they are printed; an empty one is left out."""

    title: Inlines
    subtitle: Inlines
    authors: tuple[str, ...]
    facts: tuple[Fact, ...]
    disclaimer: Inlines
    imprint: tuple[ImprintLine, ...]  # below the list of references


def title_block(brief: Brief) -> TitleBlock:
    """Return the title block of a brief. An empty title stands for the name of the brief."""
    front = brief.front
    return TitleBlock(
        title=front.title,
        subtitle=front.subtitle,
        authors=tuple(_authors(front.authors, front.lang)),
        facts=tuple(replace(f, text=set_apart(f.text, front.lang)) for f in _facts(front)),
        disclaimer=front.disclaimer,
        imprint=tuple(
            ImprintLine(name, term(name, front.lang).rstrip(" :：\N{NO-BREAK SPACE}"), text)
            for name, text in (
                ("supersedes", _superseded(front)),
                ("contact", front.contact),
                ("licence", front.licence),
            )
            if text
        ),
    )


def between_authors(lang: str) -> str:
    """Return what stands between authors: "; ", as commas stand within."""
    return between_items(lang) if _has_brackets(lang) else "; "


def _authors(people: Sequence[Person], lang: str) -> Iterator[str]:
    """Yield "Ann Lee, Weather Office", in Chinese and Japanese "Ann Lee（Weather Office）".

    An office that some share is named once: "Ann Lee, Bo Smith (Weather Office)".
    """
    about = [(said, [*group]) for said, group in groupby(people, lambda one: _said_of(one, lang))]
    has_brackets = _has_brackets(lang) or any(said and len(group) > 1 for said, group in about)
    for said, group in about:
        names = [set_apart(person.name, lang) for person in group]
        if not said:
            yield from names
        elif has_brackets:
            yield listed(names, lang) + bracketed(said, lang)
        else:
            yield detailed((*names, said), lang)


def _has_brackets(lang: str) -> bool:
    """Say whether a language sets what it says of a person in brackets, without a space."""
    return not bracketed("x", lang).startswith(" ")


def versions(old: _T, new: _T) -> tuple[tuple[_T, Change | None], ...]:
    """Return what a redline prints where one edition says `old` and the other `new`."""
    if old == new:
        return ((new, None),)
    both: tuple[tuple[_T, Change | None], ...] = ((old, "deleted"), (new, "inserted"))
    return tuple((said, change) for said, change in both if said)


def versions_of_facts(
    old: Sequence[Fact], new: Sequence[Fact]
) -> list[tuple[tuple[Sequence[Fact], Change | None], ...]]:
    """Return the versions of each fact, or of the whole line if it does not have the same facts."""
    if [fact.key for fact in old] != [fact.key for fact in new]:
        return [versions(old, new)]
    return [versions([was], [now]) for was, now in zip(old, new, strict=True)]


def versions_of_lines(
    old: Sequence[ImprintLine], new: Sequence[ImprintLine]
) -> list[tuple[tuple[ImprintLine, Change | None], ...]]:
    """Return the versions of each line of an imprint."""
    lines = [{line.field: line for line in side} for side in (old, new)]
    names = dict.fromkeys((*lines[1], *lines[0]))
    nothing = ImprintLine("", "", "")
    found = (versions(*(each.get(name, nothing) for each in lines)) for name in names)
    return [tuple((line, change) for line, change in each if line.field) for each in found]


def field_values(brief: Brief) -> Mapping[str, str]:
    """Return a text for each of `FIELDS`, "" for what the brief does not say."""
    front = brief.front
    return {
        "title": brief.title,
        "subtitle": plain(front.subtitle),
        "date": long_date(front.created, front.lang) if front.created else "",
        "checked-on": long_date(front.checked_on, front.lang) if front.checked_on else "",
        "authors": between_authors(front.lang).join(title_block(brief).authors),
        "edition": front.edition,
        "reviewers": _reviewers(front),
        "disclaimer": plain(front.disclaimer),
        "series": front.series,
        "number": front.number,
        "keywords": keywords(front),
        "contact": front.contact,
        "licence": front.licence,
        "review-by": long_date(front.review_by, front.lang) if front.review_by else "",
        "supersedes": _superseded(front),
    }


def _facts(front: FrontMatter) -> Iterator[Fact]:
    lang = front.lang
    if words := series_and_number(front):
        key = "series" if front.series else "number"
        yield Fact(key, words, frozenset({"series", "number"}))
    if front.date and front.date != front.checked_on:
        yield Fact("date", long_date(front.date, lang), frozenset({"date"}), front.date)
    if day := front.checked_on:
        fields = {"checked-on"} if front.date else {"checked-on", "date"}
        words = term("checked-on", lang).format(date=long_date(day, lang))
        yield Fact("checked-on", words, frozenset(fields), day)
    if front.edition:
        words = term("edition", lang).format(edition=front.edition)
        yield Fact("edition", words, frozenset({"edition"}))
    if names := _reviewers(front):
        words = term("reviewed-by", lang).format(names=names)
        yield Fact("reviewers", words, frozenset({"reviewers"}))
    if day := front.review_by:
        words = term("review-by", lang).format(date=long_date(day, lang))
        yield Fact("review-by", words, frozenset({"review-by"}), day)


def series_and_number(front: FrontMatter) -> str:
    return " ".join(filter(None, (front.series, front.number)))


def keywords(front: FrontMatter) -> str:
    return listed((set_apart(word, front.lang) for word in front.keywords), front.lang)


def _superseded(front: FrontMatter) -> str:
    return "; ".join(front.superseded_titles)


def _reviewers(front: FrontMatter) -> str:
    """Return "Bo Lee (economist, 19 November 2026), Ann Smith"."""
    return listed((_with_brackets(person, front.lang) for person in front.reviewers), front.lang)


def _with_brackets(person: Person, lang: str) -> str:
    return set_apart(person.name, lang) + bracketed(_said_of(person, lang), lang)


def _said_of(person: Person, lang: str) -> str:
    """Return what the front matter says of a person, besides their name."""
    about = (set_apart(person.role, lang), set_apart(person.affiliation, lang))
    return detailed((*about, long_date(person.date, lang) if person.date else ""), lang)
