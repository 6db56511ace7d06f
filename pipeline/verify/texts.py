"""Numbers and locators in what is printed: "[3, p. 4]", "Figure 2", "2.1"."""

from __future__ import annotations

import re
from string import ascii_lowercase

from ..model import Anchor
from .forms import visible
from .grammar import BRACKETS, RANGES
from .readback import ReadEntry, ReadNumber

NUMBER = r"[0-9]+(?:\.[0-9]+)*|\?"
_NOTE = rf"{NUMBER}|\b(?:" + "|".join(f"{letter}+" for letter in ascii_lowercase) + r")\b"
# What looks like a mark in brackets that text rarely has.
TYPED = re.compile(r"[\[［【〔]\s*\d{1,4}(?:\s*[,–-]\s*(?:pp?\. ?)?\d{1,4})*\s*[\]］】〕]")
_CLOSINGS = frozenset(BRACKETS.values())
_MARK = re.compile(rf"(?P<number>{NUMBER})(?:[,،、，:]\s*(?P<locator>.+))?", re.DOTALL)


def mark_number(anchor: Anchor, text: str) -> ReadNumber:
    """Return the number and the locator in the text of a mark: "[3, p. 4]" or "3, p. 4"."""
    text = squeezed(text)
    closing = BRACKETS.get(text[:1], "")
    found = _MARK.fullmatch(text[1:].removesuffix(closing) if closing else text)
    if found is None:
        return ReadNumber(anchor, "", "", text)
    return ReadNumber(anchor, found["number"], found["locator"] or "", text)


def number_in_text(anchor: Anchor, before: str, number: str, follows: str) -> ReadNumber:
    """Return a number with the locator that follows it, as far as its citation shows one.

    "[" and ", p. 4] [" round "3" are the mark "[3, p. 4]"; " and ", ch. 2; " only "3, ch. 2".
    """
    end = _closing(follows)
    inner = follows.rstrip(",;،؛、， ") if end is None else follows[:end]
    text = f"{number}{inner}"
    if end is not None and BRACKETS.get(before[-1:]) == follows[end]:
        text = f"{before[-1:]}{text}{follows[end]}"
    found = mark_number(anchor, text)
    return ReadNumber(anchor, number, found.locator, found.text)


def _closing(text: str) -> int | None:
    """Return the place of the first closing bracket that the text does not open."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character in BRACKETS) - (character in _CLOSINGS)
        if depth < 0:
            return place
    return None


def is_whole(text: str) -> bool:
    """Say whether a text is a mark in its own brackets."""
    text = text.strip()
    return bool(text) and text[-1] == BRACKETS.get(text[0])


def read_as_one(one: str, other: str, is_note: bool) -> bool:
    """Say whether two numbers side by side read as one. That of a footnote may be in letters."""
    ends = one[-1:], other[:1]
    return all(map(str.isalnum, ends)) and (is_note or all(map(str.isdigit, ends)))


def is_range(text: str) -> bool:
    """Say whether a text is what a house prints for the middle of a range."""
    return text.strip() in RANGES


def label_number(anchor: Anchor, text: str) -> ReadNumber:
    """Return the number in a label or a cross-reference: "2" of "Figure 2"."""
    text = squeezed(text)
    found = re.findall(_number_of(anchor), text)
    return ReadNumber(anchor, found[-1] if found else "", "", text)


_HEAD = r"(?:{})(?=\.?(?:\s|$))"


def leading_number(anchor: Anchor, text: str) -> ReadNumber:
    """Return the number that a heading, a footnote or an entry of the contents begins with."""
    number = number_before(text, _number_of(anchor))
    return ReadNumber(anchor, number, "", number, heads=True)


def number_before(text: str, number: str = NUMBER) -> str:
    """Return the number that a text begins with, "" for none."""
    found = re.match(_HEAD.format(number), squeezed(text))
    return found[0] if found else ""


def _number_of(anchor: Anchor) -> str:
    """Return what matches the number of an anchor: that of a footnote may be in letters."""
    return _NOTE if anchor.kind == "footnote" else NUMBER


_LABEL = re.compile(rf"({NUMBER})(?:\.(?=\s|$))?")


def entry(key: str, text: str) -> ReadEntry:
    """Return an entry of the reference list that begins with its label: "[3]" or "3."."""
    text = text.lstrip()
    found = _LABEL.match(text, 1 if text[:1] in BRACKETS else 0)
    if found is None:
        return ReadEntry(key, "", squeezed(text))
    rest = text[found.end() :]
    return ReadEntry(key, found[1], squeezed(rest[1:] if rest[:1] in _CLOSINGS else rest))


def squeezed(text: str) -> str:
    """Return text with each stretch of white space as one space, and none at its ends.

    Marks of direction go: Word puts them round the results of fields (U+200E, U+200F).
    """
    return " ".join(visible(text).split())
