"""Locators: what stands before "4" in "p. 4", as it is printed and as authors write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from .files import language_of

_SEVERAL = re.compile(r"\d[a-z]?\s*[-–,&]\s*\d|[ivxlc]\s*[-–]\s*[ivxlc]| (?:and|et|und|y|e) ")
_COUNT = (
    r"[0-9０-９]+[A-Za-z]?(?:\s*[-–—~〜～・、,，]\s*[0-9０-９]+)*|[〇一二三四五六七八九十百千]+"
)


def locator_text(label: str, value: str, lang: str, several: bool = False) -> str:
    """Return a locator as printed: "p. 4", "pp. 3–5". `label` is a CSL locator term: "page".

    `several`: the author wrote the plural, as in "pp. 12 ff.".
    """
    one, many = language_of(lang).locators[label].forms
    form = many if several or is_several(value) else one
    value = re.sub(r"(?<=\w)--?(?=\w)", "–", value)
    return form.replace("%", value) if "%" in form else f"{form} {value}"


def is_several(value: str) -> bool:
    """Say whether a value shows that it is more than one page: "3–5"."""
    return bool(_SEVERAL.search(value))


def locator_label(word: str, lang: str) -> tuple[str, bool] | None:
    """Return the CSL locator term that a word of a citation means, and whether it is its plural.

    "pp." is ("page", True). The language of the brief comes first (German `S. 3` is a page); the
    English forms are known in every language, as authors expect.
    """
    own = _words(language_of(lang).tag).get(word.lower())
    found = own or _words("en").get(word.lower())
    # Elsewhere than in German a capital S is a page of somebody who writes German: as typed.
    return None if found == ("section", False) and word in ("S.", "S") else found


@cache
def locator_words(lang: str) -> Mapping[str, str]:
    """Return the words for authors to choose from, each with its CSL locator term.

    {"p.": "page", "pp.": "page", …}: those of the language, and the English ones where it counts
    with units.
    """
    found: dict[str, str] = {}
    for tag in (language_of(lang).tag, "en"):
        named = set(found.values())
        for label, locator in language_of(tag).locators.items():
            if label not in named and "%" not in locator.short:
                found |= dict.fromkeys(locator.forms, label)
    return found


@cache
def _words(lang: str) -> dict[str, tuple[str, bool]]:
    """Return what each word of a language means, with a full stop and without."""
    words: dict[str, tuple[str, bool]] = {}
    for label, locator in language_of(lang).locators.items():
        one, many = locator.forms
        others = locator.words.split("|")
        for form in (one, f"+{many}" if many != one else "", *others):
            if word := form.removeprefix("+").replace("%", "").strip().lower():
                found = label, form.startswith("+") and one != many
                words |= {word: found, word.rstrip("."): found}
    return words


def counted_locator(text: str, lang: str) -> tuple[str, str, int] | None:
    """Return the term, the value and the length of a locator with its unit: `第3章`, `12-19頁`."""
    for label, pattern in _units(language_of(lang).tag):
        if found := pattern.match(text):
            return label, found["value"], found.end()
    return None


@cache
def _units(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_patterns(lang))


def _patterns(lang: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield what matches each locator in a language that counts with units."""
    for label, locator in language_of(lang).locators.items():
        before, unit, after = locator.forms[0].partition("%")
        if not unit:
            continue
        words = [word for word in locator.words.split("|") if word]
        value = rf"\s*(?P<value>{_COUNT})\s*"
        named = "|".join(map(re.escape, dict.fromkeys((after or before, *words))))
        optional = f"(?:{re.escape(before)})?" if before else ""
        yield label, re.compile(f"{optional}{value}(?:{named})" if after else f"(?:{named}){value}")
