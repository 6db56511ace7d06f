"""Dates and ranges of dates as CSL wants them (CSL 1.0.2, date, date ranges)."""

# mypy: allow-subclassing-any
from __future__ import annotations

from typing import Any

from citeproc import model

from pipeline import references
from pipeline.entries.corrected import Corrected, value

# What differs between the ends of a range, and what is said twice then.
_REPEATED = {
    "year": frozenset(["year", "month", "day"]),
    "month": frozenset(["month", "day"]),
    "day": frozenset(["day"]),
}
_Parts = list[tuple[Any, str]]  # date-part elements of the style, and their texts


class DatePart(Corrected, model.Date_Part):
    """One part of a date. Its affixes can be left out: none stands at the dash of a range."""

    def text_of(self, parts: tuple[int, ...], season: int) -> str:
        match self.get("name"):
            case "year" if parts:
                return self._year(parts[0])
            case "month" if len(parts) > 1:
                return self._month(parts[1])
            case "month" if season:
                return str(self.get_single_term(name=f"season-{season:02}"))
            case "day" if len(parts) > 2:
                return self._day(parts[2])
            case _:
                return ""

    def _year(self, year: int) -> str:
        if self.get("form") == "short":
            return f"{year % 100:02}"
        era = "bc" if year < 0 else "ad" if year < 1000 else ""
        return str(abs(year)) + (str(self.get_single_term(name=era)) if era else "")

    def _month(self, month: int) -> str:
        match self.get("form", "long"):
            case "numeric":
                return str(month)
            case "numeric-leading-zeros":
                return f"{month:02}"
            case form:
                short = "short" if form == "short" else None
                return str(self.get_single_term(name=f"month-{month:02}", form=short))

    def _day(self, day: int) -> str:
        form = self.get("form", "numeric")
        first_only = self.get_locale_option("limit-day-ordinals-to-day-1") == "true"
        if form == "ordinal" and (day == 1 or not first_only):
            return self.ordinal(day)
        return f"{day:02}" if form == "numeric-leading-zeros" else str(day)

    def dressed(self, text: str, prefix: bool = True, suffix: bool = True) -> str:
        text = self.format(self.case(self.strip_periods(text)))
        before = self.get("prefix", "") if prefix else ""
        after = self.get("suffix", "") if suffix else ""
        return f"{before}{text}{after}"


class Date(Corrected, model.Date):
    """A date. The parts of a localised one have been written into it (`compiled.py`).

    citeproc-py leaves out the delimiter of localised dates (`2025Feb8`), changes the locale while
    it prints, and raises TypeError on ranges within a year, open ranges and seasons.
    """

    def process(self, item: Any) -> str | None:
        date: references.Date = item.reference[self.get("variable")]
        text = value(date.literal) if date.literal else self._text(date)
        return self.wrap(self.format(text)) if text else None

    def _text(self, date: references.Date) -> str:
        ends = [self._parts(end, date.season) for end in date.parts or ((),)]
        if len(ends) == 1:
            return self._join(self._dressed(ends[0]))
        begin, end = ends
        if not (begin and end):
            return self._join(self._dressed(begin)) + "–" + self._join(self._dressed(end))
        return self._range(begin, end)

    def _parts(self, parts: tuple[int, ...], season: int) -> _Parts:
        found = [(child, child.text_of(parts, season)) for child in self.children]
        return [(child, text) for child, text in found if text]

    def _dressed(self, parts: _Parts) -> list[str]:
        return [part.dressed(text) for part, text in parts]

    def _join(self, texts: list[str]) -> str:
        return str(self.get("delimiter", "")).join(texts)

    def _range(self, begin: _Parts, end: _Parts) -> str:
        """Say what both ends share once: "3–5 May 2020"."""
        different = _largest_difference(begin, end)
        if different is None:
            return self._join(self._dressed(begin))
        repeated = _REPEATED[different]
        before, first, after = _split(begin, repeated)
        _, last, _ = _split(end, repeated)
        if not (first and last) or any(part.get("name") in repeated for part, _ in after):
            before, first, after, last = [], begin, [], end
        dashes = [part.get("range-delimiter") for part, _ in first if part.get("name") == different]
        (left, left_text), (right, right_text) = first[-1], last[0]
        return self._join(
            [
                *self._dressed(before),
                self._join([*self._dressed(first[:-1]), left.dressed(left_text, suffix=False)])
                + (dashes[0] if dashes and dashes[0] else "–")
                + self._join([right.dressed(right_text, prefix=False), *self._dressed(last[1:])]),
                *self._dressed(after),
            ]
        )


def _split(parts: _Parts, names: frozenset[str]) -> tuple[_Parts, _Parts, _Parts]:
    """Return the first stretch of parts that have one of these names, with what is round it."""
    start = next((i for i, (part, _) in enumerate(parts) if part.get("name") in names), len(parts))
    stop = start
    while stop < len(parts) and parts[stop][0].get("name") in names:
        stop += 1
    return parts[:start], parts[start:stop], parts[stop:]


def _largest_difference(begin: _Parts, end: _Parts) -> str | None:
    texts, others = ({part.get("name"): text for part, text in side} for side in (begin, end))
    return next((name for name in _REPEATED if texts.get(name) != others.get(name)), None)
