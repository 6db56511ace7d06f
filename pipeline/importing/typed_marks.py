"""What typed marks cite: `[3]`, `[1, 4–6]`, `[3, p. 4; 5]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..language.locators import locator_label

_NUMBERS = r"\d{1,4}(?:\s*(?:[,;]|[-–—]|\bto\b|\band\b)\s*\d{1,4})*"
_PAGES = r"\d{1,5}[a-z]?(?:\s*[-–—,]\s*\d{1,5}[a-z]?)*"
_PLACED = rf"\d{{1,4}}(?:,\s*(?:[^\W\d_]{{1,9}}\.|[^\W\d_]{{4,9}})\s*{_PAGES})?"
FORMS: Mapping[str, re.Pattern[str]] = {
    "brackets": re.compile(rf"\[({_NUMBERS}|{_PLACED}(?:;\s*{_PLACED})*)\]"),
    "raised": re.compile(rf"({_NUMBERS})"),
    "parentheses": re.compile(rf"\(({_NUMBERS})\)"),
}
_ONE = re.compile(r"(\d+)(?:,\s*([^\W\d_]+\.?)\s*(\d.*))?")
_RANGE = re.compile(r"(\d+)\s*(?:[-–—]|\bto\b)\s*(\d+)")


class Mark(NamedTuple):
    """The number of an entry, and where in it: a CSL locator term, and what stands behind it."""

    number: int
    label: str = "page"
    locator: str = ""


def marks_of(text: str, lang: str) -> list[Mark]:
    """Return what a mark cites; nothing for a range that is none, or words that are no locator."""
    if not re.search(r"[^\W\d_]\.|[^\W\d_]{4}", text):
        return [Mark(number) for number in _numbers(text)]
    found = [*_placed(text, lang)]
    return [mark for mark in found if mark] if all(found) else []


def _placed(text: str, lang: str) -> Iterator[Mark | None]:
    for part in text.split(";"):
        one = _ONE.fullmatch(part.strip())
        assert one, text
        number, word, value = one.groups()
        label = locator_label(word, lang) if word else None
        # "p. 12, 14" may be two pages, or a page and another entry.
        if word and (not label or ("," in value and not label[1])):
            yield None
        else:
            yield Mark(int(number), label[0], value) if label else Mark(int(number))


def _numbers(text: str) -> list[int]:
    """Return the numbers of a mark: "1, 3–5" is 1, 3, 4, 5; none for a range that is none."""
    found: list[int] = []
    for part in re.split(r"[,;]|\band\b", text):
        if span := _RANGE.search(part):
            first, last = int(span[1]), int(span[2])
            if not first < last < first + 100:
                return []
            found += range(first, last + 1)
        elif part.strip():
            found.append(int(part))
    return found
