"""Which languages and which letters run from right to left."""

from __future__ import annotations

import unicodedata

from .tags import primary

# Primary language subtags.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_FIRST = "\u0590"  # no letter that runs from right to left stands before it


def is_right_to_left(lang: str) -> bool:
    """Say whether a language (BCP 47) is written from right to left."""
    return primary(lang) in _RIGHT_TO_LEFT


def runs_from_right(character: str) -> bool:
    """Say whether a character is a letter that runs from right to left (UAX 9, R and AL)."""
    return character >= _FIRST and unicodedata.bidirectional(character) in ("R", "AL")


def has_letters_from_right(text: str) -> bool:
    """Say whether a text has a letter that runs from right to left."""
    return not text.isascii() and any(map(runs_from_right, text))


def has_letters_from_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) == "L" for character in text)
