"""Words that are printed without an author having written them, by language. Terms follow CSL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .tags import primary

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ja", "ar", "zh")


def language(lang: str) -> str:
    """Return which of `LANGUAGES` serves a language tag; English where none does."""
    return primary(lang) if has_terms(lang) else "en"


def has_terms(lang: str) -> bool:
    return primary(lang) in LANGUAGES


def term(name: str, lang: str) -> str:
    """Return the word for `name` ("figure", "references", …) in a language."""
    return table("terms")[name][language(lang)]


def translations(name: str) -> tuple[str, ...]:
    """Return the words for `name` in every language that has them, not only in `LANGUAGES`."""
    return tuple(table("terms")[name].values())


def table(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return a table of `terms.json`: by term, then by language.

    "terms" are printed as they stand. "locators" are short forms, "singular|plural" (`%` marks
    where the value stands, if not after a space), and in "xx-words" other words that authors write,
    plurals after a `+`. What is not among them is printed as typed, as "annex II" is.
    """
    return _tables()[name]


@cache
def _tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = Path(__file__).with_name("terms.json").read_text("utf-8")
    tables: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(text)
    return tables
