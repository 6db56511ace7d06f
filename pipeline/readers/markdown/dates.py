"""Dates of the front matter, as people write them."""

from __future__ import annotations

import datetime
import re

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")
DAY_FIRST = re.compile(
    r"(?:\w+, )?(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?P<name>[A-Za-z]+)\.?,? (?P<year>\d{4})"
)
MONTH_FIRST = re.compile(
    r"(?:\w+, )?(?P<name>[A-Za-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
)


def read_iso_date(text: str) -> datetime.date | None:
    """Return the date that `2026-01-28` is; None if it is none."""
    found = ISO.fullmatch(text)
    return _date(found, int(found["month"])) if found else None


def read_date(text: str) -> datetime.date | None:
    """Return a date in ISO form or English words; None without a day: no day is made up."""
    text = " ".join(text.split())
    found = DAY_FIRST.fullmatch(text) or MONTH_FIRST.fullmatch(text)
    return _date(found, _month(found["name"])) if found else read_iso_date(text)


def _month(name: str) -> int:
    matches = [n for n, month in enumerate(MONTHS, 1) if month.startswith(name.lower())]
    return matches[0] if len(name) > 2 and matches else 0


def _date(found: re.Match[str], month: int) -> datetime.date | None:
    try:
        return datetime.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None
