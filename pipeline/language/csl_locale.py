"""Words of the CSL locales, for what the file of a language lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ..text import with_capital

LAST_RESORT = "en-US"
# Our terms by those of CSL (1.0.2, appendix II); a footnote is a note there.
_TERMS = {
    "figure": "figure",
    "table": "table",
    "section": "section",
    "equation": "equation",
    "reference": "reference",
    "footnote": "note",
}
_LOCATORS = (
    *("page", "chapter", "section", "paragraph", "figure", "table", "volume", "issue", "part"),
    *("note", "line", "verse", "book", "column", "folio", "opus", "sub-verbo", "article"),
    "appendix",
)
_OTHER_NAMES = {"article": "article-locator"}  # of locators
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"


@cache
def locales_folder() -> Path:
    """Return where citeproc-py has its locales: to import the package costs more than to read."""
    spec = find_spec("citeproc")
    assert spec is not None
    return Path(str(spec.origin)).with_name("data") / "locales"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return "primary-dialects", the locale of each language, and "language-names"."""
    found: dict[str, dict[str, str]] = json.loads(
        (locales_folder() / "locales.json").read_text("utf-8")
    )
    return found


def csl_locale(lang: str, preferred: str = "") -> str:
    """Return the CSL locale that serves a BCP 47 tag; en-US where none does.

    `preferred` is that of the file of the language. English that is not American is British: that
    decides how quotes and dates look.
    """
    language, _, region = lang.replace("_", "-").partition("-")
    language, region = language.lower(), region.split("-")[-1].upper()
    if language == "en" and region not in ("", "US"):
        return "en-GB"
    dialect = catalogue()["primary-dialects"].get(language, language)
    for name in (f"{language}-{region}", preferred, dialect, language):
        if name in catalogue()["language-names"]:
            return name
    return LAST_RESORT


def csl_translations(name: str) -> list[str]:
    """Return the words for a term in every CSL locale that has it, "Ábra" for "figure".

    A pattern finds them: to read all files as XML would take a third of a second.
    """
    if name not in _TERMS:
        return []
    term = rf'<term name="{_TERMS[name]}">\s*(?:<single>)?([^<]+)<'
    texts = (path.read_text("utf-8") for path in sorted(locales_folder().glob("*.xml")))
    words = (found[1].strip() for text in texts if (found := re.search(term, text)))
    return [with_capital(unescape(word)) for word in words if word]


def csl_words(lang: str, preferred: str = "") -> Mapping[str, Any]:
    """Return what the CSL locale of a language says, as its file would; nothing for English."""
    name = csl_locale(lang, preferred)
    return {} if name.startswith("en") else _words(name)


@cache
def _words(name: str) -> Mapping[str, Any]:
    root = ElementTree.parse(locales_folder() / f"locales-{name}.xml").getroot()
    forms = {
        (term.get("name", ""), term.get("form", "long")): _one_and_many(term)
        for term in root.iter(f"{_NAMESPACE}term")
    }

    def form(name: str) -> tuple[str, str]:
        return forms.get((name, "long"), ("", ""))

    terms = {ours: with_capital(form(csl)[0]) for ours, csl in _TERMS.items() if form(csl)[0]}
    if many := form("reference")[1]:
        terms["references"] = with_capital(many)
    locators = {}
    for ours in _LOCATORS:
        csl = _OTHER_NAMES.get(ours, ours)
        short, long = forms.get((csl, "short"), form(csl)), form(csl)
        if short[0]:
            words = "|+".join(dict.fromkeys(long)) if long[0] else ""
            locators[ours] = {"short": "|".join(short), "words": words}
    months = [form(f"month-{number:02}")[0] for number in range(1, 13)]
    found: dict[str, Any] = {"terms": terms, "locators": locators, "dates": _dates(root)}
    return found | ({"months": months} if all(months) else {})


def _one_and_many(term: ElementTree.Element) -> tuple[str, str]:
    one = (term.findtext(f"{_NAMESPACE}single") or term.text or "").strip()
    return one, (term.findtext(f"{_NAMESPACE}multiple") or "").strip() or one


def _dates(root: ElementTree.Element) -> dict[str, str]:
    """Return how a day and a month are put in words (CSL 1.0.2, localized date formats)."""
    for date in root.iter(f"{_NAMESPACE}date"):
        parts = date.findall(f"{_NAMESPACE}date-part")
        if date.get("form") == "text" and len(parts) == 3:
            pieces = {part.get("name", ""): _piece(part) for part in parts}
            whole = [part.get("name", "") for part in parts]
            return {
                "day": "".join(pieces[name] for name in whole).strip(),
                "month": "".join(pieces[name] for name in whole if name != "day").strip(" .,"),
            }
    return {}


def _piece(part: ElementTree.Element) -> str:
    name = part.get("name", "")
    stop = "." if name == "day" and part.get("form") == "ordinal" else ""
    return f"{part.get('prefix', '')}{{{name}}}{stop}{part.get('suffix', '')}"
