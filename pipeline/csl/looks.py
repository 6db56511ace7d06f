"""Attributes of formatting, affixes and case → `Look`; a look applied to a text with marks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .elements import PLAIN, Look
from .marked import (
    BEGIN,
    BOLD,
    CLOSE,
    CLOSE_QUOTE,
    ITALIC,
    MARKS,
    OPEN_QUOTE,
    REGULAR,
    SMALL_CAPS,
    SUB,
    SUPER,
    UNDERLINE,
    UPRIGHT,
    pieces,
)

# A point that ends a word, or parts initials: "J.", "U.S.".
_MARK = "[\ufdd0-\ufdef]*"
_POINT_OF_ABBREVIATION = re.compile(
    rf"\.(?!{_MARK}\w)|(?<![^\W_]{{2}})(?<=[^\W\d_])\.(?=[^\W\d_](?![^\W_]))"
)
_DOTTED = frozenset(["az", "tr"])  # where "İ" is the capital of "i"
# Marks of dress by attribute and its value; a run has no other dress. The last are innermost.
_DRESS = {
    "vertical-align": {"sup": SUPER, "sub": SUB},
    "text-decoration": {"underline": UNDERLINE},
    "font-weight": {"bold": BOLD, "normal": REGULAR},
    "font-variant": {"small-caps": SMALL_CAPS},
    "font-style": {"italic": ITALIC, "oblique": ITALIC, "normal": UPRIGHT},
}


def look_of(attributes: Mapping[str, str]) -> Look:
    """Return what the attributes of an element say of its look."""
    given = attributes.get
    found = Look(
        given("prefix", ""),
        given("suffix", ""),
        "".join(marks.get(given(name, ""), "") for name, marks in _DRESS.items()),
        given("quotes") == "true",
        given("strip-periods") == "true",
        given("text-case", ""),
    )
    return PLAIN if found == PLAIN else found


def dressed(text: str, look: Look, language: str = "") -> str:
    """Return a text as its element wants it. Affixes stay outside (CSL 1.0.2, affixes).

    `language` is that of a term, whose capitals may depend on it.
    """
    if not text or look is PLAIN:
        return text
    if look.strip_periods:
        text = _POINT_OF_ABBREVIATION.sub("", text)
    if look.text_case:
        text = cased(text, look.text_case, language)
    if look.dress:
        text = look.dress + text + CLOSE * len(look.dress)
    if look.quotes:
        text = OPEN_QUOTE + text + CLOSE_QUOTE  # which ones is known when all can be counted
    return look.prefix + text + look.suffix


def cased(text: str, case: str, language: str = "") -> str:
    """Change the case of terms; of what an author wrote, that of the first letter at most."""
    if case == "capitalize-first":
        return capitalised(text, language)
    if BEGIN in text:
        return text
    match case:
        case "lowercase":
            return text.lower()
        case "uppercase":
            return _upper(text, language)
        case "sentence":
            return capitalised(text, language)
        case _:
            return " ".join(capitalised(word, language) for word in text.split(" "))


def capitalised(text: str, language: str = "") -> str:
    """Return a text with marks whose first visible character is a capital."""
    characters = pieces(text)
    for position, character in enumerate(characters):
        if character[0] not in MARKS:
            first = _upper(character, language)
            return "".join([*characters[:position], first, *characters[position + 1 :]])
    return text


def _upper(text: str, language: str) -> str:
    return (text.replace("i", "İ") if language in _DOTTED else text).upper()
