"""Words of redlines, by language; in English where a language has none yet.

What is counted is "singular|plural"; the other words are printed as they stand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .tags import primary


def change_term(name: str, lang: str) -> str:
    words = _table()[name]
    return words[language_of_changes(lang)]


def language_of_changes(lang: str) -> str:
    """Return the language in which a redline in a language is worded."""
    return primary(lang) if primary(lang) in _table()["changed"] else "en"


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("changes.json").read_text("utf-8")
    table: Mapping[str, Mapping[str, str]] = json.loads(text)
    return table
