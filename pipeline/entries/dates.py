"""Dates and ranges of dates as CSL wants them (CSL 1.0.2, date, date ranges)."""

from __future__ import annotations

from functools import cached_property
from xml.etree.ElementTree import Element as Xml

from ..model import references
from .element import Element, value
from .item import Variables

# What differs between the ends of a range, and what is said twice then.
_REPEATED = {
    "year": frozenset(["year", "month", "day"]),
    "month": frozenset(["month", "day"]),
    "day": frozenset(["day"]),
}


class DatePart(Element):
    """One part of a date. Its affixes can be left out: none stands at the dash of a range."""

    def text_of(self, parts: tuple[int, ...], season: int) -> str:
        match self.get("name"):
            case "year" if parts:
                return self._year(parts[0])
            case "month" if len(parts) > 1:
                return self._month(parts[1])
            case "month" if season:
                return self.locales.single(f"season-{season:02}")
            case "day" if len(parts) > 2:
                return self._day(parts[2])
            case _:
                return ""

    def _year(self, year: int) -> str:
        if self.get("form") == "short":
            return f"{year % 100:02}"
        era = "bc" if year < 0 else "ad" if year < 1000 else ""
        return str(abs(year)) + (self.locales.single(era) if era else "")

    def _month(self, month: int) -> str:
        match self.get("form", "long"):
            case "numeric":
                return str(month)
            case "numeric-leading-zeros":
                return f"{month:02}"
            case form:
                short = "short" if form == "short" else None
                return self.locales.single(f"month-{month:02}", short)

    def _day(self, day: int) -> str:
        form = self.get("form", "numeric")
        first_only = self.locales.option("limit-day-ordinals-to-day-1")
        if form == "ordinal" and (day == 1 or not first_only):
            return self.locales.ordinal(day)
        return f"{day:02}" if form == "numeric-leading-zeros" else str(day)

    def part(self, text: str, prefix: bool = True, suffix: bool = True) -> str:
        text = self.dressed(self.cased(self.without_points(text)))
        before = self.get("prefix", "") if prefix else ""
        after = self.get("suffix", "") if suffix else ""
        return f"{before}{text}{after}"


_Parts = list[tuple[DatePart, str]]  # date-part elements of the style, and their texts


class Date(Element):
    """A date."""

    counts = True

    @cached_property
    def _date_parts(self) -> list[DatePart]:
        """The parts of the date; those of a localised one with what the style changes in them."""
        own = [DatePart(part, self.style) for part in self.xml]
        if self._localised is None:
            return own
        changes = {part.get("name"): part.attributes for part in own}
        shown = self.get("date-parts", "year-month-day").split("-")
        parts = [DatePart(part, self.style) for part in self._localised]
        for part in parts:
            part.attributes.update(changes.get(part.get("name"), {}))
        return [part for part in parts if part.get("name") in shown]

    @cached_property
    def _localised(self) -> Xml | None:
        return self.locales.date(self.get("form")) if "form" in self.attributes else None

    @cached_property
    def _delimiter(self) -> str:
        localised = "" if self._localised is None else self._localised.get("delimiter", "")
        return localised or self.get("delimiter", "")

    def render(self, item: Variables) -> str | None:
        date: references.Date = item[self.get("variable", "")]
        text = value(date.literal) if date.literal else self._text(date)
        return self.marked_up(text)

    def _text(self, date: references.Date) -> str:
        ends = [self._parts(end, date.season) for end in date.parts or ((),)]
        if len(ends) == 1:
            return self._join(self._dressed(ends[0]))
        begin, end = ends
        if not (begin and end):
            return self._join(self._dressed(begin)) + "–" + self._join(self._dressed(end))
        return self._range(begin, end)

    def _parts(self, parts: tuple[int, ...], season: int) -> _Parts:
        found = [(child, child.text_of(parts, season)) for child in self._date_parts]
        return [(child, text) for child, text in found if text]

    def _dressed(self, parts: _Parts) -> list[str]:
        return [part.part(text) for part, text in parts]

    def _join(self, texts: list[str]) -> str:
        return self._delimiter.join(texts)

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
                self._join([*self._dressed(first[:-1]), left.part(left_text, suffix=False)])
                + (dashes[0] if dashes and dashes[0] else "–")
                + self._join([right.part(right_text, prefix=False), *self._dressed(last[1:])]),
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
