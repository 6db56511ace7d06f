"""How headings, captions, equations and cross-references begin in the text of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...model import Anchor
from ...text import with_capital
from ..forms import UNKNOWN
from ..readback import ReadNumber
from ..texts import NUMBER
from .text import Line, runs_from_left


def heading_number(anchor: Anchor, text: str) -> ReadNumber | None:
    """Return the number of a heading, "2." or "2.1", but nothing of "2025 in review".

    On a page without a long line, pdfium may part a number and the sign beside it.
    """
    found = re.match(r"\s*([0-9]+(?:\.[0-9]+)+|[0-9]+(?=\s?\.))\s?\.?(?:\s|$)", text)
    return ReadNumber(anchor, found[1], "", found[1], heads=True) if found else None


def equation_number(anchor: Anchor, text: str) -> ReadNumber | None:
    """Return the number beside an equation, "(1)": its formula is a picture, and no text."""
    found = re.fullmatch(r"\s*\(\s?([0-9]+)\s?\)\s*", text)
    return ReadNumber(anchor, found[1], "", found[1]) if found else None


def words(text: str) -> str:
    return re.sub(r"[\W0-9_]+", "", text)


# A word of any language, or a few ("Abbildung", "Şekil no."), and the number after it. Its first
# glyphs may have no text, where letters change places.
_WORD = r"\u2060*[^\W\d_][^\d\n]{0,30}?"
# The word comes last where a Latin one stands among words from right to left.
_COUNTER = "[\u3040-\u9fff\uac00-\ud7af]?"  # behind it in East Asia: "第2節"
CROSS_REFERENCE = re.compile(
    rf"(?:{NUMBER})|{_WORD}\s*(?:{NUMBER}){_COUNTER}|(?:{NUMBER})\s+{_WORD}"
)


# What stands before an item, alone on its line; several, where its list begins with another.
_NUMBER = "-?[0-9]+|[a-z]{1,2}|[A-Z]{1,2}|[ivxlcdm]+|[IVXLCDM]+"
_ITEM_LABELS = re.compile(rf"(?:\s*(?:\(?(?:{_NUMBER})[.)]|[^\w\s.()])(?!\S))+\s*")
JOINED_LABEL = re.compile(r"\s*(\(?(?:[0-9]+|[a-z]{1,4}|[A-Z]{1,4})[.)])[ ]+\w")
_NEAR, _LEVEL = 60.0, 6.0  # points from a label to the text of its item
_SAME = 2.0  # points between the labels of one list


def is_item_label(line: Line) -> bool:
    """Say whether a line is the label of an item, or several.

    The last line of a text can look like one. A label stands beside a text, or, of an item without
    text, in line with other labels.
    """
    if not _ITEM_LABELS.fullmatch(line.text):
        return False
    (x, y), others = line.centre, [other for other in line.page.lines if other is not line]
    if any(abs(other.centre[1] - y) < _LEVEL and _goes_on(other, line) for other in others):
        return False
    places = (other.centre for other in others)
    if any(abs(other - x) <= _NEAR and abs(height - y) < _LEVEL for other, height in places):
        return True
    alike = (other for other in others if _ITEM_LABELS.fullmatch(other.text))
    return any(abs(other.left - line.left) < _SAME for other in alike)


def _goes_on(line: Line, after: Line) -> bool:
    """Say whether a line goes on in another: pdfium parts "10⁶ (1)" behind the raised number."""
    gap = after.left - line.right
    return 0 < gap < line.page.size(after.first) and runs_from_left(line.text)


def _as_drawn(word: str) -> str:
    """Return a pattern for a word in a PDF: what of it is unknown may come back otherwise."""
    drawn = rf"[{UNKNOWN}\s\u200b-\u200f\u2060]{{1,40}}?"
    return re.sub(rf"[{UNKNOWN}]+", lambda _: drawn, re.escape(word))


@lru_cache
def caption_label(words: tuple[str, ...], stopped: bool = True) -> re.Pattern[str]:
    """Return what matches the label of a caption, which is one of some words and a number; the
    place of that is `{number}` if it is not the last."""
    label = "|".join(map(_label, words)) or rf"(?:{_WORD})\s*(?:{NUMBER})"
    end = r"[.:．：。](?:\s|$)" if stopped else r"\s"
    return re.compile(rf"\s*({label}){end}")


def label_form(text: str) -> str:
    """Return the label of a caption by a cross-reference, "fig. 2", with the place of its number:
    "Fig. {number}"; "" where it is not sure to have one."""
    found = re.fullmatch(rf"({_WORD})\s*(?:{NUMBER})({_COUNTER})", text)
    return f"{with_capital(found[1])} {{number}}{found[2]}" if found else ""


def is_label(text: str, words: tuple[str, ...]) -> bool:
    """Say whether a link has a label that begins with its number, as an entry of the contents
    does: "2. ábra"."""
    first = (each for each in words if each.startswith("{number}"))
    return any(re.fullmatch(_label(each), text.strip()) for each in first)


def _label(words: str) -> str:
    before, _, after = words.partition("{number}")
    return rf"{_as_drawn(before.strip())}\s*(?:{NUMBER})\s*{_as_drawn(after.strip())}"


def rows(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines that follow each other at one height: pdfium cuts some rows to pieces."""
    row: list[Line] = []
    for line in lines:
        if row and abs(line.centre[1] - row[0].centre[1]) > 1:
            yield row
            row = []
        row.append(line)
    if row:
        yield row
