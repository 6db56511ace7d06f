"""Numbers, ranges of pages and the labels that go with them (CSL 1.0.2, number, label)."""

from __future__ import annotations

import re

from .dress import bare
from .element import Element
from .item import Variables

_PAGE = re.compile(r"([^\W\d_]*)(\d+)")
_SEVERAL = re.compile(r"\d+[^\d.]+\d+")  # but "2.0" is one
_BETWEEN_PAGES = frozenset("-–,&")
_MOST_DIGITS = 4  # of an ordinal or roman number: "1" followed by a million zeros is none
_ROMAN = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50),
    ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip


class Numbers(Element):
    """What prints numbers and ranges of them."""

    def formatted(self, number: str) -> str:
        return number

    def numbers(self, written: str, variable: str) -> str:
        """Return "1–3, 5 & 7" of what is written with any dash."""
        lists = (
            " & ".join(self._range(part, variable) for part in parts.split("&"))
            for parts in written.split(",")
        )
        return ", ".join(lists)

    def _range(self, written: str, variable: str) -> str:
        ends = written.replace("–", "-").split("-")
        if len(ends) != 2:
            return self.formatted(written.strip())
        first, last = (end.strip() for end in ends)
        first = self.formatted(first)
        if variable == "page-first":
            return first
        dash = self.locales.single("page-range-delimiter") if variable == "page" else ""
        last = self.formatted(self._last_page(first, last) if variable == "page" else last)
        return f"{first}{dash or '–'}{last}"

    def _last_page(self, first: str, last: str) -> str:
        """Shorten a last page (CSL 1.0.2, page ranges): `100–1001`, `123–5`, `S71–S102`."""
        style = self.style.root.get("page-range-format")
        one, other = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
        if not (style and one and other) or other[1] not in ("", one[1]):
            return last
        digits = one[2][: max(0, len(one[2]) - len(other[2]))] + other[2]
        if style == "expanded":
            return one[1] + digits
        if digits == one[2]:
            return last
        if len(digits) != len(one[2]):
            return digits
        return _shortened(one[2], digits, style)


def _shortened(first: str, last: str, style: str) -> str:
    """Leave the digits that both pages of a range share out of the last one."""
    common = next(n for n, (one, other) in enumerate(zip(first, last, strict=True)) if one != other)
    if style.startswith("chicago"):
        number = int(first)
        if number < 100 or number % 100 == 0 or (len(first) >= 4 and common < 2):
            return last
        style = "minimal" if number % 100 < 10 else "minimal-two"
    match style:
        case "minimal":
            return last[common:]
        case "minimal-two":
            return last[min(common, len(first) - 2) :]
        case _:
            return last


class Number(Numbers):
    """A number."""

    counts = True

    def render(self, item: Variables) -> str | None:
        variable = self.get("variable", "")
        written = str(item["page" if variable == "page-first" else variable])
        return self.marked_up(self.numbers(written, variable))

    def formatted(self, number: str) -> str:
        """Leave a number as written where it should be one: "007" is no "7"."""
        form = self.get("form", "numeric")
        if form == "numeric" or not number.isdecimal() or len(number) > _MOST_DIGITS:
            return number
        if form == "roman":
            return _roman(int(number))
        if form == "long-ordinal" and int(number) <= 10:
            return self.locales.single(f"long-ordinal-{int(number):02}")
        return self.locales.ordinal(int(number))


def _roman(number: int) -> str:
    text = ""
    for letters, amount in _ROMAN:
        text += letters * (number // amount)
        number %= amount
    return text


class Label(Element):
    """The term that goes with a number, or with names."""

    def render(self, item: Variables) -> str | None:
        """Say nothing where there is no number (CSL 1.0.2, label)."""
        variable = self.get("variable", "")
        return self.term(variable, self._is_plural(item, variable)) if variable in item else None

    def term(self, name: str, plural: bool) -> str | None:
        form = self.get("form", "long")
        rule = self.get("plural", "contextual")
        plural = plural if rule == "contextual" else rule == "always"
        number = self.locales.multiple if plural else self.locales.single
        return self.marked_up(number(name, None if form == "long" else form))

    def _is_plural(self, item: Variables, variable: str) -> bool:
        """Say whether there are several: also `187–` and `xiv, 383`."""
        text = str(item[variable])
        if variable.startswith("number-of"):
            return bare(text) != "1"
        if variable == "page" and not _BETWEEN_PAGES.isdisjoint(text):
            return True
        return _SEVERAL.search(text) is not None
