"""Languages as Word names them, and fonts for scripts that the house's fonts lack."""

from __future__ import annotations

from ...direction import is_right_to_left
from ...language.tags import primary

_EAST_ASIAN_FONTS = {"ja": "Yu Gothic", "zh": "Microsoft YaHei", "ko": "Malgun Gothic"}  # of Word
_RIGHT_TO_LEFT_FONT = "Arial"
_REGIONS = {
    "ar": "ar-SA",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "it": "it-IT",
    "ja": "ja-JP",
    "pt": "pt-PT",
    "zh": "zh-CN",
}


def is_east_asian(lang: str) -> bool:
    return primary(lang) in _EAST_ASIAN_FONTS


def script_font(lang: str) -> str:
    """Return the font for a script that the house's fonts lack, "" where they have it."""
    return (
        _RIGHT_TO_LEFT_FONT if is_right_to_left(lang) else _EAST_ASIAN_FONTS.get(primary(lang), "")
    )


def word_language(lang: str) -> str:
    """Return a language as Word names it: with a region."""
    return _REGIONS.get(lang.lower(), lang)


def language_attributes(lang: str) -> dict[str, str]:
    """Return the attributes of `w:lang` (17.3.2.20): one each for three groups of scripts."""
    tag = word_language(lang)
    found = {"val": tag}
    if is_east_asian(lang):
        found["eastAsia"] = tag
    if is_right_to_left(lang):
        found["bidi"] = tag
    return found
