"""Dates of CSL-JSON → CSL dates."""

from __future__ import annotations

from ...model.references import Date
from ..dates import DAYS, edtf_date, spoken_date

_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def read_date(value: object) -> Date | None:
    """Return the date that a value is; None if it is none, and `literal` if it is only words.

    A value is an object with `date-parts`, or with words in `literal` or `raw`; or a text.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        text = " ".join(value.split())
        return (edtf_date(text) or spoken_date(text) or Date(literal=text)) if text else None
    if not isinstance(value, dict):
        return None
    parts = _parts(value.get("date-parts"))
    if parts is None:
        return None
    if not any(parts):
        words = value.get("literal") or value.get("raw") or value.get("date-time")
        return read_date(words) if isinstance(words, str) else None
    if (season := _season(value.get("season"))) and all(len(part) < 2 for part in parts):
        parts = tuple((*part, season + 20) if part else part for part in parts)
    return Date(parts, circa=_is_true(value.get("circa")))


def _parts(value: object) -> tuple[tuple[int, ...], ...] | None:
    """Return one or two (year, month, day); None if the value is no list of such."""
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 2:
        return None
    found: list[tuple[int, ...]] = []
    for part in value:
        if not isinstance(part, list) or len(part) > 3:
            return None
        numbers = [_number(each) for each in part if each not in (None, "")]
        if any(number is None for number in numbers):
            return None
        found.append(_possible([number for number in numbers if number is not None]))
    return tuple(found)


def _possible(numbers: list[int]) -> tuple[int, ...]:
    """Return a year, a month and a day as far as they can be ones; 0 stands for an open end."""
    year, month, day = (*numbers, 0, 0, 0)[:3]
    if not year or abs(year) > 9999:
        return ()
    if not (1 <= month <= 12 or 21 <= month <= 24):
        return (year,)
    return (year, month, day) if month <= 12 and 1 <= day <= DAYS[month - 1] else (year, month)


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = value.strip() if isinstance(value, str) else ""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None


def _season(value: object) -> int:
    """Return 1 (spring) to 4 (winter), 0 for none."""
    if isinstance(value, str) and value.strip().lower() in _SEASONS:
        return _SEASONS[value.strip().lower()]
    number = _number(value) or 0
    number -= 20 * (number > 20)
    return number if 1 <= number <= 4 else 0


def _is_true(value: object) -> bool:
    return value not in (None, False, 0, "", "0", "false")
