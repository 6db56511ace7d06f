"""Texts as they are compared: what a format does to every text is no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ..direction import FROM_RIGHT

Form = Callable[[str], str]

_UNPRINTED = "\x02\ufffe\u200b\u200e\u200f\u2060\ufeff\u00ad"
_INVISIBLE = dict.fromkeys(
    map(ord, "\x02\u00ad\u2010\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\ufe0e\ufe0f")
)
_HYPHEN = re.compile(r"(?<![0-9])-|-(?![0-9])")
_BRACKETS = str.maketrans("])}»›」』”’", "[({«‹「『“‘")
_TURNS = re.compile(f"[{FROM_RIGHT}]")
# Characters that a PDF may draw as parts of other glyphs, in another order, or as a picture: those
# of scripts whose letters change places (Indic, Burmese, Khmer, Thai, …), marks that no letter
# takes in, what lies beyond the basic plane, and what a font has no text for.
UNKNOWN = (
    "\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a00-\u1cff\ua8e0-\ua8ff\ua980-\uaaff"
    "\ue000-\uf8ff\ufffd\U00010000-\U0010ffff"
    # Emoji of the basic plane (Unicode, emoji-data.txt) that are no digits.
    "\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf"
    "\u23e9-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
)
# Digits and signs that stand raised or lowered: "10⁶" is not 106.
RAISED = str.maketrans("0123456789+-−–\u2011", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻")
LOWERED = str.maketrans("0123456789+-−–\u2011", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋")
_UNKNOWN = re.compile(f"[0-9#*]\ufe0f?\u20e3|[{UNKNOWN}]")  # 1️⃣ is a picture, too


def visible(text: str) -> str:
    """Return text without characters that print nothing."""
    for character in _UNPRINTED:
        if character in text:
            text = text.replace(character, "")
    return text


def strict(text: str) -> str:
    """Return text as HTML and Word files have it."""
    return " ".join(visible(unicodedata.normalize("NFC", text).replace("\u2011", "-")).split())


def as_drawn(text: str) -> str:
    """Return text as the lines of a PDF have it; words from right to left in any order."""
    return shuffled(text) if _TURNS.search(text) else _loose(text)


def shuffled(text: str) -> str:
    """Return the characters of a text whose order is not sure."""
    return "".join(sorted(_loose(text).translate(_BRACKETS)))


def bare(text: str) -> str:
    """Return text without spaces and what is not seen."""
    return "".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def letters(text: str) -> str:
    """Return the letters and digits of a text: what stands between them is typography."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def spelled(text: str) -> str:
    """Return the letters and digits of a text that a PDF surely gives back as they are."""
    parted = unicodedata.normalize("NFKD", _UNKNOWN.sub("", text))
    return re.sub(
        r"[\W_]+", "", "".join(c for c in parted if not unicodedata.combining(c)).casefold()
    )


def has_parted_marks(text: str) -> bool:
    """Say whether a text has marks that no letter takes in: a PDF may have them elsewhere."""
    return any(map(unicodedata.combining, unicodedata.normalize("NFC", text)))


def without_marks(form: Form) -> Form:
    """Return a form that leaves out the marks of all letters: é is e."""

    def bare_letters(text: str) -> str:
        parted = unicodedata.normalize("NFD", text)
        return form("".join(c for c in parted if not unicodedata.combining(c)))

    return bare_letters


def _loose(text: str) -> str:
    """Return text without what lines do to it: spaces, hyphens, ligatures, and what is unknown.

    A hyphen between digits stays: "3-5" is not "35".
    """
    text = _UNKNOWN.sub("", text).replace("\u2011", "-")
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _HYPHEN.sub("", "".join(text.split()))
