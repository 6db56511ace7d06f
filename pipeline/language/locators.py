"""Locators: what stands before "4" in "p. 4", as it is printed and as authors write it."""

from __future__ import annotations

import re
from functools import cache

from .terms import language, table

_SEVERAL = re.compile(r"\d\s*[-–,&]\s*\d|[ivxlc]\s*[-–]\s*[ivxlc]| (?:and|et|und|y|e) ")


def locator_text(label: str, value: str, lang: str) -> str:
    """Return a locator as printed: "p. 4", "pp. 3–5". `label` is a CSL locator term: "page"."""
    forms = table("locators")[label]
    one, many = (forms.get(language(lang)) or forms["en"]).split("|")
    form = many if _SEVERAL.search(value) else one
    value = re.sub(r"(?<=\w)--?(?=\w)", "–", value)
    return form.replace("%", value) if "%" in form else f"{form} {value}"


def locator_label(word: str, lang: str) -> str | None:
    """Return the CSL locator term that a word of a citation means ("pp." → "page").

    The language of the brief comes first (German `S. 3` is a page); the English forms are known in
    every language, as authors expect.
    """
    word = word.lower()
    return _words(language(lang)).get(word) or _words("en").get(word)


@cache
def _words(lang: str) -> dict[str, str]:
    """Return the locator term that each word of a language means, with a full stop and without."""
    words: dict[str, str] = {}
    for label, forms in table("locators").items():
        for form in (forms.get(lang, "") + "|" + forms.get(f"{lang}-words", "")).split("|"):
            if word := form.replace("%", "").strip().lower():
                words |= {word: label, word.rstrip("."): label}
    return words
