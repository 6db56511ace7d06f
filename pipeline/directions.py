"""Directions of text: which languages and which letters run from right to left."""

from __future__ import annotations

import re
import unicodedata

# Primary language subtags.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_ABOVE_LATIN = re.compile("[\u0590-\U0010ffff]")  # all letters from right to left are there


def is_right_to_left(lang: str) -> bool:
    """Say whether a language (BCP 47) is written from right to left."""
    return lang.lower().partition("-")[0] in _RIGHT_TO_LEFT


def has_letters_from_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) == "L" for sign in text)


def has_letters_from_right(text: str) -> bool:
    """Say whether a text has a letter that runs from right to left (UAX 9, R and AL)."""
    return any(
        unicodedata.bidirectional(sign) in ("R", "AL") for sign in _ABOVE_LATIN.findall(text)
    )
