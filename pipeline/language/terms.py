"""Words that the product prints by itself, in the languages it speaks. Terms follow CSL."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "ja", "ar", "zh")


def language_tag(written: str) -> str:
    """Return a language tag (BCP 47, RFC 5646 section 2.1) of `en-GB` or `en_GB`, "" of others."""
    tag = written.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def language(lang: str) -> str:
    """Return the language of `LANGUAGES` that serves a BCP 47 tag; English where none does."""
    return lang.lower().partition("-")[0] if has_terms(lang) else "en"


def has_terms(lang: str) -> bool:
    return lang.lower().partition("-")[0] in LANGUAGES


def term(name: str, lang: str) -> str:
    """Return the word for `name` ("figure", "references", …) in a language."""
    return _table()["terms"][name][language(lang)]


def translations(name: str) -> tuple[str, ...]:
    """Return the words for `name` in every language that has them, also those not printed in."""
    return tuple(_table()["terms"][name].values())


def ordinal(digits: str) -> str:
    """Return an English ordinal, "3rd", of a number of any length."""
    teen = digits[-2:-1] == "1"
    return f"{digits}{'th' if teen else {'1': 'st', '2': 'nd', '3': 'rd'}.get(digits[-1], 'th')}"


def locator_text(label: str, value: str, lang: str) -> str:
    """Return a locator as printed: "p. 4", "pp. 3–5"."""
    forms = _table()["locators"][label].get(language(lang)) or _table()["locators"][label]["en"]
    plural = re.search(r"\d\s*[-–,&]\s*\d|[ivxlc]\s*[-–]\s*[ivxlc]| (?:and|et|und|y|e) ", value)
    one, many = forms.split("|")
    form = many if plural else one
    value = re.sub(r"(?<=\w)--?(?=\w)", "–", value)
    return form.replace("%", value) if "%" in form else f"{form} {value}"


def locator_label(word: str, lang: str) -> str | None:
    """Return the CSL locator term that a word of a citation means ("pp." → "page").

    The language of the brief comes first (German `S. 3` is a page); the English forms are known in
    every language, as authors expect.
    """
    word = word.lower()
    return _locator_words(language(lang)).get(word) or _locator_words("en").get(word)


@cache
def _locator_words(lang: str) -> dict[str, str]:
    words = {}
    for label, forms in _table()["locators"].items():
        for form in (forms.get(lang, "") + "|" + forms.get(f"{lang}-words", "")).split("|"):
            word = form.replace("%", "").strip().lower()
            if word:
                words[word] = label
                words[word.rstrip(".")] = label
    return words


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    """Return `terms.json`: "terms" are printed as they stand.

    "locators" are short forms, "singular|plural" (`%` marks where the value stands, if not after a
    blank), and in "xx-words" further words that authors may write.
    """
    text = Path(__file__).with_name("terms.json").read_text("utf-8")
    table: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return table
