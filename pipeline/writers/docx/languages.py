"""Languages as Word names them, and fonts for scripts that the house's fonts lack."""

from __future__ import annotations

import re

from ...direction import is_right_to_left
from ...language.files import language_of
from ...language.tags import primary

_REGION = re.compile(r"-(?:[A-Za-z]{2}|\d{3})\b")
_EAST_ASIAN = frozenset({"ja", "ko", "zh"})


def is_east_asian(lang: str) -> bool:
    return primary(lang) in _EAST_ASIAN


def is_complex(lang: str) -> bool:
    """Say whether a language has a complex script to Word: from right to left, or Devanagari."""
    is_other = bool(language_of(lang).word.font) and not is_east_asian(lang)
    return is_right_to_left(lang) or is_other


def script_font(lang: str) -> str:
    """Return the font for a script that the house's fonts lack, "" where they have it."""
    return language_of(lang).word.font or ("Arial" if is_right_to_left(lang) else "")


def word_language(lang: str) -> str:
    """Return a language as Word names it: with a region."""
    language = language_of(lang)
    has_own_region = _REGION.search(lang) and lang.lower() != language.tag.lower()
    return lang if has_own_region else language.word.tag or lang


def word_number(lang: str) -> int:
    """Return Word's number of a language ([MS-LCID]), 0 if it is unknown."""
    return language_of(lang).word.number


def language_attributes(lang: str) -> dict[str, str]:
    """Return the attributes of `w:lang` (17.3.2.20): one each for three groups of scripts."""
    tag = word_language(lang)
    found = {"val": tag}
    if is_east_asian(lang):
        found["eastAsia"] = tag
    if is_complex(lang):
        found["bidi"] = tag
    return found
