"""Dates and ranges of dates (CSL 1.0.2, date, date-part, date ranges)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from ..language.dates import date_in_words
from ..language.files import language_of
from ..model import references
from .elements import Date, DatePart
from .localisation import Locale
from .looks import dressed, look_of
from .marked import BEGIN, END
from .scope import Output, Scope

# What differs between the ends of a range, and what is said twice then.
_REPEATED = {
    "year": frozenset(["year", "month", "day"]),
    "month": frozenset(["month", "day"]),
    "day": frozenset(["day"]),
}


def date_part_of(attributes: Mapping[str, str]) -> DatePart:
    name = attributes.get("name", "")
    form = attributes.get("form", "numeric" if name == "day" else "long")
    return DatePart(name, form, attributes.get("range-delimiter", "–"), look_of(attributes))


class _Shown(NamedTuple):
    """A part of a date with its text, its affixes apart: none stands at the dash of a range."""

    part: DatePart
    text: str

    def dressed(self, prefix: bool = True, suffix: bool = True) -> str:
        look = self.part.look
        text = dressed(self.text, look)
        text = text if prefix else text.removeprefix(look.prefix)
        return text if suffix else text.removesuffix(look.suffix)


_Parts = list[_Shown]


def render_date(date: Date, scope: Scope) -> Output:
    value = scope.date(date.variable)
    if value is None:
        return Output("", True)
    if value.literal:
        in_full = not date.parts or any(part.name == "year" for part in date.parts)
        text = BEGIN + value.literal + END if in_full else ""
    else:
        in_words = ""
        if scope.corrected and scope.locale.foreign:
            if _is_written_out(date.parts, scope.locale):
                date = _localised(date)
            in_words = _in_words(date, value, scope.locale)
        text = in_words or _text(date, value, scope.locale)
    if scope.corrected and not scope.style.knows_uncertain_dates:
        text = _with_doubt(text, value, scope.locale)
    return Output(dressed(text, date.look), True, bool(text))


def _with_doubt(text: str, value: references.Date, locale: Locale) -> str:
    circa = f"{locale.term('circa', 'short')} " if text and value.circa else ""
    return circa + text + ("?" if text and value.uncertain else "")


def _is_written_out(parts: tuple[DatePart, ...], locale: Locale) -> bool:
    """Say whether parts are "2 January 2024": the order of words is that of a language."""
    names = [part.name for part in parts]
    if locale.language in ("ja", "ko", "zh"):
        return "month" in names and "year" in names
    months = [part.form for part in parts if part.name == "month"]
    return names == ["day", "month", "year"] and months == ["long"]


def _localised(date: Date) -> Date:
    before = date.parts[0].look.prefix
    look = replace(date.look, prefix=date.look.prefix + before) if before else date.look
    return Date(date.variable, "text", shown=tuple(part.name for part in date.parts), look=look)


def _in_words(date: Date, value: references.Date, locale: Locale) -> str:
    """Return a date as the rest of a brief has it; "" for what is not one day, month or year."""
    is_short = any("form" in changes for changes in date.changes.values())
    if date.form != "text" or is_short or len(value.parts) != 1 or not (parts := value.parts[0]):
        return ""
    shown = parts[: len(date.shown)]
    plain = parts[0] >= 1000 and (len(shown) < 2 or 1 <= shown[1] <= 12)
    return date_in_words(shown, locale.tag) if plain else ""


def _text(date: Date, value: references.Date, locale: Locale) -> str:
    parts, delimiter = date.parts, date.delimiter
    if date.form:
        localised = locale.date(date.form)
        parts = tuple(
            date_part_of({**part, **date.changes.get(part["name"], {})})
            for part in localised.parts
            if part["name"] in date.shown
        )
        delimiter = localised.delimiter or delimiter
    ends = [_shown(parts, end, locale) for end in value.parts or ((),)]
    if len(ends) == 1:
        return delimiter.join(part.dressed() for part in ends[0])
    begin, end = ends
    if not (begin and end):
        return "–".join(delimiter.join(part.dressed() for part in shown) for shown in ends)
    return _range(begin, end, delimiter)


def _shown(parts: tuple[DatePart, ...], date: tuple[int, ...], locale: Locale) -> _Parts:
    in_day = len(date) > 2 and any(part.name == "day" for part in parts)
    shown = (_Shown(part, _part_text(part, date, in_day, locale)) for part in parts)
    return [part for part in shown if part.text]


def _part_text(part: DatePart, date: tuple[int, ...], in_day: bool, locale: Locale) -> str:
    match part.name:
        case "year" if date:
            return _year(date[0], part.form, locale)
        case "month" if len(date) > 1:
            return _month(date[1], part.form, in_day, locale)
        case "day" if len(date) > 2:
            return _day(date[2], date[1], part.form, locale)
        case _:
            return ""


def _year(year: int, form: str, locale: Locale) -> str:
    if form == "short":
        return f"{year % 100:02}"
    era = "bc" if year < 0 else "ad" if year < 1000 else ""
    return str(abs(year)) + (locale.term(era) if era else "")


def _month(month: int, form: str, in_day: bool, locale: Locale) -> str:
    """Return a month, or the season that stands for one: 21 (spring) to 24 (winter).

    CSL locales have one form of a name; Czech has "leden 2020" and, `in_day`, "5. ledna 2020".
    """
    if month > 20:
        return locale.term(f"season-{month - 20:02}")
    name, language = f"month-{month:02}", language_of(locale.tag)
    is_whole = form == "long" or locale.term(name, form) in language.months
    if is_whole and locale.corrected and language.months_alone and 1 <= month <= 12:
        return (language.months if in_day else language.months_alone)[month - 1]
    match form:
        case "numeric":
            return str(month)
        case "numeric-leading-zeros":
            return f"{month:02}"
        case _:
            return locale.term(name, form)


def _day(day: int, month: int, form: str, locale: Locale) -> str:
    first_only = locale.option("limit-day-ordinals-to-day-1")
    if form == "ordinal" and (day == 1 or not first_only):
        return locale.ordinal(day, locale.gender(f"month-{month:02}"))
    return f"{day:02}" if form == "numeric-leading-zeros" else str(day)


def _range(begin: _Parts, end: _Parts, delimiter: str) -> str:
    """Say what both ends share once: "3–5 May 2020"."""
    different = _largest_difference(begin, end)
    if different is None:
        return delimiter.join(part.dressed() for part in begin)
    repeated = _REPEATED[different]
    before, first, after = _split(begin, repeated)
    _, last, _ = _split(end, repeated)
    if not (first and last) or any(shown.part.name in repeated for shown in after):
        before, first, after, last = [], begin, [], end
    dash = next(
        (shown.part.range_delimiter for shown in first if shown.part.name == different), "–"
    )
    left = delimiter.join([*(p.dressed() for p in first[:-1]), first[-1].dressed(suffix=False)])
    right = delimiter.join([last[0].dressed(prefix=False), *(p.dressed() for p in last[1:])])
    around = ([part.dressed() for part in parts] for parts in (before, after))
    return delimiter.join([*next(around), left + dash + right, *next(around)])


def _split(parts: _Parts, names: frozenset[str]) -> tuple[_Parts, _Parts, _Parts]:
    """Return the first stretch of parts that have one of these names, with what is round it."""
    inside = [shown.part.name in names for shown in parts]
    start = inside.index(True) if True in inside else len(parts)
    stop = inside.index(False, start) if False in inside[start:] else len(parts)
    return parts[:start], parts[start:stop], parts[stop:]


def _largest_difference(begin: _Parts, end: _Parts) -> str | None:
    texts, others = ({shown.part.name: shown.text for shown in side} for side in (begin, end))
    return next((name for name in _REPEATED if texts.get(name) != others.get(name)), None)
