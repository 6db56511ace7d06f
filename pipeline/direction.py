"""Which languages, letters and scripts run from right to left, and which have no italics."""

from __future__ import annotations

import re
import unicodedata

_LANGUAGES = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
# The blocks of scripts from right to left, as part of a set in a regular expression: letters,
# marks and digits, also in the forms for the place in a word that PDFs have.
FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# Letters of East Asia, as part of a set.
EAST_ASIAN = (
    "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_MARK = "\N{RIGHT-TO-LEFT MARK}"
_UPRIGHT = f"[{FROM_RIGHT}{EAST_ASIAN}]"


def is_upright(text: str) -> bool:
    """Say whether a text has letters of a script without italics, which must not be slanted."""
    return not text.isascii() and bool(re.search(_UPRIGHT, text))


def is_right_to_left(lang: str) -> bool:
    """Say whether a language (BCP 47) is written from right to left."""
    return lang.lower().partition("-")[0] in _LANGUAGES


def set_apart(text: str, lang: str) -> str:
    """Return a text so that what stands beside it does not run with it.

    Where all else runs from right to left, "28" after a Latin name is part of the name, and two
    Latin names change places (Unicode, UAX 9, rules W7 and N1).
    """
    return f"{_MARK}{text}{_MARK}" if text and is_right_to_left(lang) else text


def has_letters_from_right(text: str) -> bool:
    """Say whether a text has a letter that runs from right to left (UAX 9, R and AL)."""
    return not text.isascii() and any(
        character >= FROM_RIGHT[0] and unicodedata.bidirectional(character) in ("R", "AL")
        for character in text
    )


def has_letters_from_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) == "L" for character in text)
