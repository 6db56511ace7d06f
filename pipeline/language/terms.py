"""Words that are printed without an author having written them, by language. Terms follow CSL."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from .csl_locale import csl_translations
from .files import language_of, written


def term(name: str, lang: str) -> str:
    """Return the word for `name` ("figure", "references", …) in a language."""
    return language_of(lang).terms[name]


def listed(items: Iterable[str], lang: str) -> str:
    """Return the items of a list as one text: "Rain, Snow", in Japanese "雨、雪"."""
    return between_items(lang).join(items)


def between_items(lang: str) -> str:
    language = language_of(lang)
    return language.items or f"{language.comma} "


def detailed(facts: Iterable[str], lang: str) -> str:
    """Return the facts about one thing as one text, without those that say nothing."""
    return between_details(lang).join(filter(None, facts))


def between_details(lang: str) -> str:
    language = language_of(lang)
    return language.details or f"{language.comma} "


def bracketed(text: str, lang: str) -> str:
    """Return a text in brackets, as it stands behind a name: " (economist)"; "" for nothing."""
    before, after = language_of(lang).brackets[:-1], language_of(lang).brackets[-1]
    return f"{before}{text}{after}" if text else ""


@cache
def translations(name: str) -> tuple[str, ...]:
    """Return the words for `name` in every language that has a file or a CSL locale."""
    found = (terms[name] for terms in written("terms") if name in terms)
    return tuple(dict.fromkeys((*found, *csl_translations(name))))


def numbered_term(name: str, lang: str) -> tuple[str, str]:
    """Return what stands before and after a number: ("Figure ", ""), in Japanese ("第", "節")."""
    language = language_of(lang)
    if form := language.numbered.get(name):
        before, _, after = form.partition("{number}")
        return before, after
    return f"{language.terms[name]} ", ""


def numbered_within(name: str, lang: str) -> tuple[str, str]:
    """Return what stands around a number within a sentence: ("Figure ", ""), French "figure "."""
    before, after = numbered_term(name, lang)
    if language_of(lang).small_labels:
        before = before[:1].lower() + before[1:]
    return before, after


def numbered(name: str, number: str, lang: str) -> str:
    """Return a number with its word: "Figure 2", in Japanese "第2節"."""
    before, after = numbered_term(name, lang)
    return f"{before}{number}{after}"
