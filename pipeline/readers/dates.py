"""Dates of .bib fields → CSL dates: EDTF in `date`, anything in `year`, `month` and `day`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.dates import SEASONS, month_number, read_day
from ..model.references import Date

Part = tuple[int, ...]

WORD = re.compile(r"[^\W\d_]+|\d+")
EDTF = re.compile(
    r"(?P<year>[Yy]-?\d{5,9}|-?\d{4}|\d{1,4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"
    r"(?:-(?:uu|XX))*(?:T[\d:.+Z-]*)?(?P<unsure>[~?%]{0,2})"
)
YEAR_RANGE = re.compile(r"(\d{3,4})\s*(?:--?-?|\u2013|\u2014|/)\s*(\d{1,4})?")
CIRCA = re.compile(r"(?:c\.|ca\.?|circa|\[)?\s*(\d{3,4})\s*(?:\]|\?|~|\(\?\))?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:--?|\u2013|\u2014|to)\s+|--|\u2013")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_date(values: Mapping[str, str], prefix: str = "") -> Date | None:
    """Return the date in `date` or in `year`, `month` and `day`; None if there is none.

    What cannot be read is kept as it is written, in `literal`. `prefix` is "url", "orig", "event".
    """
    written = values.get(f"{prefix}date", "").strip()
    if written:
        return edtf_date(written) or spoken_date(written) or Date(literal=written)
    year = values.get(f"{prefix}year", "").strip()
    month = values.get(f"{prefix}month", "").strip()
    day = values.get(f"{prefix}day", "").strip()
    return _year_month_day(year, month, day) if year else None


def edtf_date(text: str) -> Date | None:
    """Read a date of EDTF levels 0 and 1 (ISO 8601-2), as biblatex does; None if it is not one."""
    ends = re.split(r"/", text.strip()) if "/" in text else [text.strip()]
    if len(ends) > 2:
        return None
    parts: list[Part] = []
    doubt = ""
    for end in ends:
        if end.strip() in ("", "..", "open", "unknown", "*"):
            parts.append(())
            continue
        found = EDTF.fullmatch(end.strip())
        if not found:
            return None
        doubt += found["unsure"]
        year = int(found["year"].lstrip("Yy"))
        year -= year <= 0  # year 0 of ISO 8601 is 1 BC, which CSL calls -1
        month, day = int(found["month"] or 0), int(found["day"] or 0)
        if not _possible(month, day):
            return None
        parts.append(tuple(number for number in (year, month, day) if number) or (year,))
    return _doubted(tuple(parts), doubt) if any(parts) else None


def _doubted(parts: tuple[Part, ...], doubt: str) -> Date:
    """Return a date with EDTF's signs of doubt: approximate "~", uncertain "?", both "%"."""
    return Date(parts, circa=bool({*"~%"} & {*doubt}), uncertain=bool({*"?%"} & {*doubt}))


def _possible(month: int, day: int) -> bool:
    if not month or 21 <= month <= 24:
        return not day
    return month <= 12 and day <= DAYS[month - 1]


def _year_month_day(year: str, month: str, day: str) -> Date:
    """Read BibTeX's three fields; each may hold more than its name says."""
    first, last, doubt = _years(year)
    if not first:
        known = edtf_date(year) or spoken_date(year)
        return known or Date(literal=" ".join(part for part in (day, month, year) if part))
    months, days = _months(month)
    days = _days(day) or days
    if last != first:
        return _doubted(((first,), (last,) if last else ()), doubt)
    if month and not months and possible_month(month):
        return Date(literal=" ".join(part for part in (day, month, year) if part))
    return _doubted(_parts(first, months, days), doubt)


def possible_month(text: str) -> bool:
    """Say whether this may be a month: any word, 1 to 12, or a season's number."""
    text = text.strip("{} ")
    if not text.isdecimal():
        return True
    return len(text) < 3 and (1 <= int(text) <= 12 or 21 <= int(text) <= 24)


def _parts(year: int, months: list[int], days: list[int]) -> tuple[Part, ...]:
    """Return one part, or two for a range of months or days."""
    if not months:
        return ((year,),)
    if months[0] in SEASONS.values():
        return tuple((year, month) for month in dict.fromkeys((months[0], months[-1])))
    begin, end = months[0], months[-1]
    if len(months) > 1 and begin != end:
        pair = len(days) == 2
        first: Part = (year, begin, days[0]) if pair else (year, begin)
        last: Part = (year, end, days[1]) if pair else (year, end)
        return first, last
    possible = [day for day in days if 1 <= day <= DAYS[begin - 1]]
    if not possible:
        return ((year, begin),)
    ends = [possible[0]] if possible[0] == possible[-1] else [possible[0], possible[-1]]
    return tuple((year, begin, day) for day in ends)


def _years(text: str) -> tuple[int, int, str]:
    """Return first and last year (0 for an open end), and EDTF's sign of doubt."""
    if found := CIRCA.fullmatch(text):
        year = int(found[1])
        doubt = "?" if "?" in text else "" if text.isdigit() else "~"
        return year, year, doubt
    if found := YEAR_RANGE.fullmatch(text):
        begin, end = found[1], found[2] or ""
        full = begin[: len(begin) - len(end)] + end if end else "0"  # 2019/20 is 2019/2020
        return int(begin), int(full), ""
    if re.fullmatch(r"-?\d{1,4}", text):
        return int(text), int(text), ""
    return 0, 0, ""


def _months(text: str) -> tuple[list[int], list[int]]:
    """Return the months and the days in words like "15 March" or "May/June"; seasons are months."""
    months: list[int] = []
    days: list[int] = []
    if text in ("21", "22", "23", "24"):
        return [int(text)], []
    words = WORD.findall(text.lower())
    if seasons := [SEASONS[word] for word in words if word in SEASONS]:
        return seasons, []
    for word in words:
        if word.isdecimal():
            numeric = re.fullmatch(r"\s*(?:0?[1-9]|1[0-2])(?:\D+(?:0?[1-9]|1[0-2]))?\s*", text)
            (months if numeric else days).append(int(word) if len(word) < 4 else 0)
        elif month := _month(word):
            months.append(month)
    return [month for month in months if 1 <= month <= 12], [day for day in days if day]


def _month(word: str) -> int:
    """Return the month that a word means, 0 if none; its end may be misspelt: "Janurary"."""
    return next((n for end in range(len(word), 2, -1) if (n := month_number(word[:end]))), 0)


def _days(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)[:2] if len(number) < 3]


def spoken_date(text: str) -> Date | None:
    """Read "28 January 2026", "January 28, 2026", less than a day, and ranges of these.

    None is for what is no such date.
    """
    if day := read_day(text):
        return Date(((day.year, day.month, day.day),))
    first, between, last = (
        text.partition(found[0]) if (found := _BETWEEN.search(text)) else ("",) * 3
    )
    ends = [end.parts for word in (first, last) if between and (end := spoken_date(word))]
    if [len(parts) for parts in ends] == [1, 1]:
        return Date((*ends[0], *ends[1]))
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    if len(years) != 1:
        return None
    rest = text.replace(years[0], " ")
    months, days = _months(rest)
    if len(months) != 1 or not re.search(r"[^\W\d]", rest) or len(WORD.findall(rest)) > 4:
        return None
    return Date(_parts(int(years[0]), months, days))
