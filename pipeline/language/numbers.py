"""Numbers in words and digits, where languages differ."""

from __future__ import annotations

from .files import language_of


def has_decimal_comma(lang: str) -> bool:
    """Say whether a language writes "0,25"."""
    return language_of(lang).decimal == ","


def english_ordinal(digits: str) -> str:
    """Return the English ordinal of a number of any length: "3rd"."""
    teen = digits[-2:-1] == "1"
    return f"{digits}{'th' if teen else {'1': 'st', '2': 'nd', '3': 'rd'}.get(digits[-1], 'th')}"
