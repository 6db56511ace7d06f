"""Months and dates: read in any language that we know months of, written in that of the brief."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from .files import language_of, written

# EDTF numbers of seasons (ISO 8601-2, 4.8), by the words that `.bib` files have.
SEASONS: Mapping[str, int] = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
# What people write that is not the beginning of a month's name.
_FURTHER: Mapping[str, int] = {"mrt": 3, "mrz": 3}

_WEEKDAY = r"(?:[^\W\d]+\.?,? )?"
_YEAR = r"(?P<year>\d{4})"
_MARKS = "\u0300-\u036f\u064b-\u0655\u0900-\u0963"  # of letters; for Python they are no letters
_NAME = rf"(?P<month>[^\W\d](?:[^\W\d]|[{_MARKS}])*)\.?"
_NUMBER = r"(?P<month>\d{1,2})"
_DAY = r"(?P<day>\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|er|\.?[ºª°]|\.)?"
_OF = r"(?: of| del?)?"
_IN = "ב?"  # Hebrew: "in January"
_OF_YEAR = r"(?: [гр]\.)?"  # Russian, Ukrainian: "of the year"
_FORMS = (
    rf"{_YEAR}-{_NUMBER}-{_DAY}(?:[T ].*)?",
    rf"(?<![\d.]){_DAY}\. ?{_NUMBER}\. ?{_YEAR}",  # with dots, the day is first everywhere
    rf"{_WEEKDAY}{_DAY}{_ORDINAL}{_OF} {_IN}{_NAME},?{_OF} {_YEAR}{_OF_YEAR}",
    rf"{_WEEKDAY}{_NAME} {_DAY}{_ORDINAL},? {_YEAR}",
    rf"{_YEAR} ?[年년] ?{_NUMBER} ?[月월] ?{_DAY} ?[日일](?: ?[(（]\w+[)）])?",
    rf"(?:[Nn]gày )?{_DAY} [Tt]háng {_NUMBER},? năm {_YEAR}",
)


def months(lang: str) -> tuple[str, ...]:
    """Return the names of the twelve months in the language of a brief, as they stand in a day."""
    return language_of(lang).months


def month_number(word: str) -> int:
    """Return the month that a word names, 1 to 12; 0 if it names none or more than one.

    A word is a name, or its first three letters or more, in any language that is known, with
    accents or without, in lower or upper case, with or without a full stop: "janv.", "AOUT".
    """
    return _month_numbers().get(_folded(word.rstrip(".")), 0)


def month_names() -> frozenset[str]:
    """Return the names of the months in all languages, in lower case without accents."""
    return frozenset(name for name, _ in _all_names())


def read_day(text: str) -> datetime.date | None:
    """Return the day that a text names, in ISO form or in words; None if it is not a single day.

    "2026-01-28", "28.1.2026", "28 January 2026", "January 28, 2026", "28 de enero de 2026",
    "2026年1月28日".
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return next((_day(found) for form in _FORMS if (found := re.fullmatch(form, text))), None)


def find_day(text: str) -> datetime.date | None:
    """Return the first day that a text names somewhere."""
    found = [found for form in _FORMS if (found := re.search(form, text))]
    return _day(min(found, key=re.Match.start)) if found else None


def long_date(date: datetime.date, lang: str) -> str:
    """Return a date in words: "28 January 2026", in American English "January 28, 2026"."""
    return date_in_words((date.year, date.month, date.day), lang)


def date_in_words(parts: Sequence[int], lang: str) -> str:
    """Return a year, a year and month, or a day in words: "2026", "January 2026".

    Raises ValueError if there is no such month.
    """
    year, *rest = parts
    if not rest:
        return str(year)
    if not 1 <= rest[0] <= 12:
        raise ValueError(f"there is no month {rest[0]}")
    language = language_of(lang)
    if len(rest) == 1:
        alone = (language.months_alone or language.months)[rest[0] - 1]
        return language.dates.month.format(month=alone, year=year)
    month, day = language.months[rest[0] - 1], str(rest[1])
    if rest[1] == 1:
        day = language.dates.first or day
    return language.dates.day.format(day=day, month=month, year=year)


def worded(text: str, lang: str) -> str:
    """Return a date as written in words; a text that is no date, or less than one, as it is."""
    if day := read_day(text):
        return long_date(day, lang)
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    return date_in_words((int(found[1]), int(found[2])), lang) if found else text


def _day(found: re.Match[str]) -> datetime.date | None:
    month = found["month"]
    number = int(month) if month.isdecimal() else month_number(month)
    try:
        return datetime.date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _all_names() -> list[tuple[str, int]]:
    """Return the names in all languages, as `_folded` has them, with their numbers."""
    return [
        (_folded(name), number)
        for names in (*written("months"), *written("months-alone"))
        for number, name in enumerate(names, start=1)
    ]


@cache
def _month_numbers() -> Mapping[str, int]:
    """Return the month by each name and by each beginning of a name that says which it is.

    A whole name counts before a beginning, and English before others: "mar" begins a month in
    Finnish, too.
    """
    names = _all_names()
    return {
        **_sure(
            (name[:length], number) for name, number in names for length in range(3, len(name))
        ),
        **_sure(
            (name[:length], number)
            for number, name in enumerate(map(_folded, months("en")), start=1)
            for length in range(3, len(name))
        ),
        **_sure(names),
        **_FURTHER,
    }


def _sure(words: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Return the month of each word that means one only."""
    found: dict[str, set[int]] = {}
    for word, number in words:
        found.setdefault(word, set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


def _folded(word: str) -> str:
    """Return a word in lower case and without accents."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
