"""What the front matter says of a brief: people, dates, its series, what it replaces."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from ..direction import has_letters_from_right
from ..model import FrontMatter, Person, plain
from .forms import letters, spelled
from .messages import quote
from .readback import Readback

Worded = Callable[[datetime.date], str]

_SHORT, _SURE = 90, 60  # characters: what a cover never cuts off, and what it leaves of the rest


class Fact(Struct, frozen=True):
    """Facts that follow each other as they are printed, and each of them as a reference docx that
    names it prints it."""

    text: str
    bare: tuple[str, ...]


def facts_of(
    front: FrontMatter,
    phrases: Mapping[str, str],
    worded: Worded,
    shown: frozenset[str],
    about: Sequence[tuple[str, str, str]],
    is_redline: bool,
) -> Iterator[Fact]:
    """Yield the facts of the groups that the house shows: "authors", "facts", "about", "imprint".
    `about` are the lines of the first page, by what they say: "keywords" and their label.

    Those of one line follow each other, but in a redline, where older ones stand between them.
    """
    if "authors" in shown:
        yield from map(_plain, _authors(front.authors, worded))
    if "facts" in shown:
        line = [*_line(front, phrases, worded)]
        if is_redline:
            yield from line
        else:
            texts = " ".join(fact.text for fact in line)
            yield Fact(texts, tuple(bare for fact in line for bare in fact.bare))
    if "about" in shown:
        for name, label, text in about:
            own = " ".join(front.keywords) if name == "keywords" else text
            yield Fact(f"{label} {own}", (own,))
    if "imprint" in shown:
        said = (
            *(("supersedes", title) for title in front.superseded_titles[:1]),
            *(("", title) for title in front.superseded_titles[1:]),
            ("contact", front.contact),
            ("licence", front.licence),
        )
        for name, text in said:
            if text:
                yield Fact(f"{phrases.get(name, '')} {text}", (text,))


def _line(front: FrontMatter, phrases: Mapping[str, str], worded: Worded) -> Iterator[Fact]:
    yield _plain(f"{front.series} {front.number}".strip())
    if front.date and front.date != front.checked_on:
        yield _plain(worded(front.date))
    if day := front.checked_on:
        yield Fact(phrases["checked-on"].format(date=worded(day)), (worded(day),))
    if front.edition:
        yield Fact(phrases["edition"].format(edition=front.edition), (front.edition,))
    if people := tuple(_person(person, worded) for person in front.reviewers):
        yield Fact(phrases["reviewed-by"].format(names=" ".join(people)), people)
    if day := front.review_by:
        yield Fact(phrases["review-by"].format(date=worded(day)), (worded(day),))


def _plain(text: str) -> Fact:
    return Fact(text, (text,))


def _authors(people: Sequence[Person], worded: Worded) -> Iterator[str]:
    """Yield the names of each group of authors, and what is said of them all."""
    for said, group in groupby(people, lambda person: _about(person, worded)):
        yield " ".join((*(person.name for person in group), said))


def _person(person: Person, worded: Worded) -> str:
    """Return all that is said of a person; what stands between is not compared."""
    return f"{person.name} {_about(person, worded)}"


def _about(person: Person, worded: Worded) -> str:
    day = worded(person.date) if person.date else ""
    return " ".join((person.role, person.affiliation, day))


def said_on_cover(front: FrontMatter, worded: Worded) -> Iterator[str]:
    """Yield what the cover of a brief says below the name of the house."""
    yield f"{front.series} {front.number}".strip()
    yield plain(front.title)
    yield plain(front.subtitle)
    yield " ".join(person.name for person in front.authors)
    if front.created:
        yield worded(front.created)


def lost_from_cover(expected: Sequence[str], found: Readback) -> Iterator[str]:
    """Yield each text that is not on the cover, with which a file begins, or not in its place.
    Of a long text the beginning is enough: it stands in full in the title block."""
    if found.shuffled or any(map(has_letters_from_right, expected)):
        return
    if found.pages is None:
        form, words = letters, found.words
    else:  # the last line of its page may look like a foot
        form, words = spelled, (found.words[0], found.words[found.pages + 1])
    begins = form("".join(words))[: sum(len(form(text)) for text in expected)]
    place = 0
    for text in expected[1:]:
        start = form(text if len(text) <= _SHORT else text[:_SURE])
        at = begins.find(start, place)
        if at < 0:
            yield f"{quote(text)}, which the front matter says, is not in its place on the cover"
        place = max(place, at + len(start))


def lost_facts(expected: Sequence[Fact], found: Readback, path: str) -> Iterator[str]:
    """Yield each fact that a file does not say. A Word file may have them in its margins."""
    if found.shuffled:
        return
    is_drawn, is_word_file = found.pages is not None, path.endswith(".docx")
    form = spelled if is_drawn else letters
    whole = form("".join((*found.words, *found.margins)))
    for fact in expected:
        if is_drawn and has_letters_from_right(fact.text):
            continue
        if form(fact.text) not in whole and not is_word_file:
            yield f"{quote(fact.text.strip())}, which the front matter says, is missing"
        for bare in fact.bare if is_word_file else ():
            if form(bare) not in whole:
                yield f"{quote(bare)}, which the front matter says, is missing"
