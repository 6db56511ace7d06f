"""The terms, dates and options of a language (CSL 1.0.2, locale files).

Read are the locale files of citeproc-py: its package costs more to import than they to read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Xml

CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# A term that lacks a form is taken in the next one (CSL 1.0.2, terms).
_NEXT_FORM = {"verb-short": "verb", "symbol": "short"}


def read_xml(path: Path) -> Xml:
    return ElementTree.parse(path).getroot()


@cache
def _folder() -> Path:
    spec = find_spec("citeproc")
    assert spec is not None
    return Path(str(spec.origin)).with_name("data") / "locales"


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((_folder() / "locales.json").read_text("utf-8"))
    return found


def csl_locale(lang: str) -> str:
    """Return the CSL locale that serves a BCP 47 tag; en-US where none does.

    English that is not American is British: that decides how quotes and dates look.
    """
    language, _, region = lang.replace("_", "-").partition("-")
    language, region = language.lower(), region.split("-")[-1].upper()
    if language == "zh" and region in ("TW", "HK", "MO", "HANT"):
        return "zh-TW"
    if language == "en" and region not in ("", "US"):
        return "en-GB"
    dialect = _catalogue()["primary-dialects"].get(language, language)
    for name in (f"{language}-{region}", dialect, language):
        if name in _catalogue()["language-names"]:
            return name
    return "en-US"


class _Language:
    """Locales of one language, the one that counts first."""

    def __init__(self, roots: list[Xml]) -> None:
        self.roots = roots

    @cached_property
    def terms(self) -> dict[tuple[str | None, str | None], Xml]:
        """The terms by name and form."""
        terms: dict[tuple[str | None, str | None], Xml] = {}
        for term in (term for root in self.roots for term in root.iter(f"{CSL}term")):
            terms.setdefault((term.get("name"), term.get("form")), term)
        return terms


class Locales:
    """Where a style looks for its terms: in itself, in its language, in American English."""

    def __init__(self, style: Xml, locale: str) -> None:
        language = locale.partition("-")[0]
        in_style = {found.get(_LANG): found for found in style.iterfind(f"{CSL}locale")}
        dialect = _catalogue()["primary-dialects"].get(language, locale)
        files = [name for name in dict.fromkeys([locale, dialect]) if name != "en-US"]
        self._own = _Language(
            [in_style[name] for name in (locale, language, None) if name in in_style]
            + [read_xml(_folder() / f"locales-{name}.xml") for name in files]
        )
        self._found: dict[tuple[str, str | None], Xml | None] = {}

    @cached_property
    def _last_resort(self) -> _Language:
        return _Language([read_xml(_folder() / "locales-en-US.xml")])

    def _languages(self) -> Iterator[_Language]:
        yield self._own
        yield self._last_resort

    def _roots(self) -> Iterator[Xml]:
        return (root for language in self._languages() for root in language.roots)

    def term(self, name: str, form: str | None = None) -> Xml | None:
        """Return a term, in another form before in another language."""
        if (name, form) not in self._found:
            self._found[name, form] = self._term(name, form)
        return self._found[name, form]

    def _term(self, name: str, form: str | None) -> Xml | None:
        for language in self._languages():
            wanted = form
            while (name, wanted) not in language.terms:
                if wanted is None:
                    break
                wanted = _NEXT_FORM.get(wanted)
            else:
                return language.terms[name, wanted]
        return None

    def single(self, name: str, form: str | None = None) -> str:
        return _text(self.term(name, form), "single")

    def multiple(self, name: str, form: str | None = None) -> str:
        return _text(self.term(name, form), "multiple")

    def ordinal(self, number: int) -> str:
        """Return "3rd", by the suffixes of one language (CSL 1.0.2, ordinal suffixes)."""
        for language in self._languages():
            if ("ordinal", None) not in language.terms:
                continue
            names = (f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}", "ordinal")
            found = (language.terms.get((name, None)) for name in names)
            fits = (term for term in found if term is not None and _fits(term, number))
            return f"{number}{_text(next(fits, None), 'single')}"
        return str(number)

    def option(self, name: str) -> bool:
        for root in self._roots():
            options = root.find(f"{CSL}style-options")
            if options is not None:
                return options.get(name) == "true"
        return False

    def date(self, form: str | None) -> Xml:
        """Return a localised date."""
        dates = (date for root in self._roots() for date in root.iterfind(f"{CSL}date"))
        return next(date for date in dates if date.get("form") == form)


def _text(term: Xml | None, number: str) -> str:
    """Return a term in the singular or plural."""
    if term is None:
        return ""
    found = term.find(f"{CSL}{number}")
    return (term.text if found is None else found.text) or ""


def _fits(term: Xml, number: int) -> bool:
    """Say whether a suffix is for this number (CSL 1.0.2, ordinal suffixes, match)."""
    digits = str(term.get("name")).partition("-")[2]
    match term.get("match"):
        case "whole-number":
            return int(digits) == number
        case "last-two-digits":
            return digits == f"{number % 100:02}"
        case _:
            return True
