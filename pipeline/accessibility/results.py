"""What a check returns, and the small things that checks of several formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from textwrap import shorten

from msgspec import Struct

from ..text import names_picture

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of BCP 47


class Checked(Struct, frozen=True):
    """How many things a check looked at, and what is wrong with some of them, a clause for each."""

    looked_at: int
    faults: tuple[str, ...] = ()


def checked(looked_at: int, faults: Iterable[str]) -> Checked:
    return Checked(looked_at, tuple(faults))


def says_something(alternative: str) -> bool:
    """Say whether an alternative is more than the name of a file (WCAG 2.2, failure F30)."""
    return bool(alternative.strip()) and not names_picture(alternative)


def one(is_right: bool, fault: str) -> Checked:
    """Return the result of a check of the file as a whole."""
    return Checked(1, () if is_right else (fault,))


def check_headings(headings: Sequence[tuple[int, str]]) -> Checked:
    """Check headings by level, from 1, and text."""
    faults = [] if headings else ["there is no heading"]
    for (before, _), (level, words) in pairwise([(0, ""), *headings]):
        if level > before + 1:
            faults.append(f"{quoted(words)} of level {level} follows one of level {before}")
        if not words.strip():
            faults.append(f"a heading of level {level} is empty")
    return checked(len(headings), faults)


def check_languages(tags: Sequence[str]) -> Checked:
    return checked(len(tags), (f"`{t}` is no language tag" for t in tags if not is_language(t)))


def is_language(tag: str) -> bool:
    return bool(_TAG.fullmatch(tag))


def quoted(words: str) -> str:
    return f"“{shorten(words, 60, placeholder='…')}”"
