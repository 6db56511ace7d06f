"""Terms, ordinals, dates and options of a language (CSL 1.0.2, locale files, locale fallback)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from ..language.csl_locale import LAST_RESORT, catalogue, locales_folder
from ..language.files import language_of
from ..language.tags import primary
from ..text import with_capital
from .elements import DateForm, Localisation, Style, TermForms
from .placed import forms_of, terms_of
from .xml import Xml, read_xml

_RETRIEVED = ("retrieved", "long")
# A term that lacks a form is taken in the next one (CSL 1.0.2, terms).
_NEXT_FORM = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}

_MARKS = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
_WITH_TITLE_MARKS = frozenset(["ja", "zh"])  # their locales have the marks of titles: 《》

_TYPED_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")  # "à l'adresse"
_TYPED_GERESH = re.compile(r"(?<=[א-ת])'(?!\w)")  # of Hebrew abbreviations


def localisation_of(xml: Xml) -> Localisation:
    """Return what a `cs:locale` of a style says, or the root of a locale file."""
    terms: dict[tuple[str, str], TermForms] = {}
    ordinals: dict[tuple[str, str], TermForms] = {}
    for term in (term for terms_ in xml.all("terms") for term in terms_.all("term")):
        name = term.get("name")
        if name == "ordinal" or (name.startswith("ordinal-") and name[8:].isdecimal()):
            ordinals.setdefault((name, term.get("gender-form")), _suffix(term))
        elif form := term.get("gender-form"):
            ordinals.setdefault((name, form), _forms(term))  # long-ordinal-01 …
        else:
            terms.setdefault((name, term.get("form", "long")), _forms(term))
    dates = {
        date.get("form"): DateForm(
            tuple(dict(part.attributes) for part in date.all("date-part")),
            date.get("delimiter"),
        )
        for date in xml.all("date")
    }
    options = {
        name: value == "true"
        for found in xml.all("style-options")
        for name, value in found.attributes.items()
    }
    return Localisation(terms, ordinals, dates, options)


def _suffix(term: Xml) -> TermForms:
    """Return the suffix of an ordinal. The Hebrew ones are digits: the 2nd would be the "22"."""
    found = _forms(term)
    return TermForms() if found.single.isdigit() else found


def _forms(term: Xml) -> TermForms:
    single, multiple = term.first("single"), term.first("multiple")
    return TermForms(
        _typographic(term.text if single is None else single.text),
        _typographic(term.text if multiple is None else multiple.text),
        term.get("gender"),
        term.get("match"),
    )


def _typographic(text: str) -> str:
    return _TYPED_GERESH.sub("׳", _TYPED_APOSTROPHE.sub("’", text))


_OF_BOOKS = "volume-of-book"  # no term of CSL


class Locale(Struct, frozen=True):
    """A language as a style sees it: the style's own words, then those of the locale files."""

    language: str
    own: Localisation
    last_resort: Localisation
    foreign: bool = False  # of another language than the style's own
    corrected: bool = False  # by `corrections`
    tag: str = LAST_RESORT  # the CSL locale

    def _term(self, name: str, form: str) -> TermForms | None:
        """Return a term, in another form before in another language.

        The specification wants another language first: "Ed." amid Arabic words.
        """
        for localisation in (self.own, self.last_resort):
            wanted = form
            while wanted and (name, wanted) not in localisation.terms:
                wanted = _NEXT_FORM.get(wanted, "")
            if wanted:
                return localisation.terms[name, wanted]
        return None

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        """Return a term, "" where there is none."""
        found = self._term(name, form)
        return "" if found is None else found.multiple if plural else found.single

    def for_type(self, kind: str) -> Locale:
        """Return the locale of entries of a type: the volume of a book may have another word than
        that of a journal, in Czech "sv. 2" and "roč. 2"."""
        of_books = self.own.terms.get((_OF_BOOKS, "short"))
        if of_books is None or kind.startswith(("article", "periodical")):
            return self
        both = {("volume", form): of_books for form in ("long", "short")}
        return replace(self, own=replace(self.own, terms={**self.own.terms, **both}))

    def for_latin(self, name: str) -> str:
        """Return a term that stands amid names in Latin letters: "et al." in Chinese lists, too."""
        if self.corrected and self.language in ("ja", "ko", "zh"):
            return self.last_resort.terms[name, "long"].single
        return self.term(name)

    def gender(self, noun: str) -> str:
        """Return the gender of a term: "feminine", "masculine" or ""."""
        found = self.own.terms.get((noun, "long"), TermForms())
        return found.gender or language_of(self.tag).genders.get(noun, "")

    def ordinal(self, number: int, gender: str = "") -> str:
        """Return "3rd" (CSL 1.0.2, ordinal suffixes, gender-specific ordinals)."""
        if suffix := language_of(self.tag).ordinals.get(gender):
            return f"{number}{suffix}"
        ordinals = self.own.ordinals or self.last_resort.ordinals
        names = (f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}", "ordinal")
        neuter = [("",), ("masculine",)] if gender else [("", "masculine")]
        for forms in ([(gender,)] if gender else []) + neuter:
            for name, form in product(names, forms):
                found = ordinals.get((name, form))
                if found is not None and _fits(name, found.match, number):
                    return f"{number}{found.single}"
        # Where there is no term "ordinal", "ordinal-04" is the suffix of all other numbers.
        return f"{number}{ordinals.get(('ordinal-04', ''), TermForms()).single}"

    def long_ordinal(self, number: int, gender: str = "") -> str:
        """Return "third" of the numbers from 1 to 10, "11th" of others."""
        name = f"long-ordinal-{number:02}"
        found = self.own.ordinals.get((name, gender)) if gender else None
        text = found.single if found else self.term(name) if 1 <= number <= 10 else ""
        return text or self.ordinal(number, gender)

    def option(self, name: str) -> bool:
        return self.own.options.get(name, self.last_resort.options.get(name, False))

    def date(self, form: str) -> DateForm:
        found = self.own.dates.get(form) or self.last_resort.dates.get(form)
        return found or self.last_resort.dates["text"]


def _fits(name: str, match: str, number: int) -> bool:
    """Say whether a suffix is for this number (CSL 1.0.2, ordinal suffixes, match)."""
    digits = name.partition("-")[2]
    match match or ("last-two-digits" if digits >= "10" else "last-digit"):
        case _ if not digits:
            return True
        case "whole-number":
            return int(digits) == number
        case "last-two-digits":
            return int(digits) == number % 100
        case _:
            return int(digits) == number % 10


def _words_of(tag: str) -> Localisation:
    """Return what the file of a language says of entries: it is put above the CSL locale.

    Marks and pages are those of the text, so that a brief has one form of each.
    """
    language = language_of(tag)
    terms = {
        (name, form): words for name, words in terms_of(tag).items() for form in ("long", "short")
    }
    for name, locator in (("page", "page"), ("chapter", "chapter"), ("chapter-number", "chapter")):
        if "%" not in (words := language.locators[locator].short):
            terms.setdefault((name, "short"), forms_of(words))
    quotes = language.quotes
    if quotes.outer and primary(tag) not in _WITH_TITLE_MARKS:
        marks = (
            *(quotes.outer[0] + quotes.inside, quotes.inside + quotes.outer[1]),
            *quotes.inner,
        )
        terms |= {(name, "long"): TermForms(mark) for name, mark in zip(_MARKS, marks, strict=True)}
    return Localisation(terms, {}, {}, {"punctuation-in-quote": False})


def locale_of(style: Style, name: str, corrected: bool = False) -> Locale:
    """Return the locale of this name for a style: its own words count before those of the files.

    What a style says for all languages is in its own: a corrected one says it in that only.
    """
    language = name.partition("-")[0]
    primary = catalogue()["primary-dialects"].get(language, name)
    foreign = language != style.language
    names = (name, language) if corrected and foreign else (name, language, "")
    in_style = [style.locales[lang] for lang in names if lang in style.locales]
    files = [lang for lang in dict.fromkeys((name, primary)) if lang != LAST_RESORT]
    layers = in_style + [_locale_file(lang) for lang in files]
    if corrected and language != "en":
        layers.insert(len(in_style), _words_of(name))
    if not files:
        layers.append(_locale_file(LAST_RESORT))
    own = _joined(layers)
    if corrected and foreign and "" in style.locales:
        own = _with_signs(_available(own, style.locales[""]), style.locales[""])
    return Locale(language, own, _locale_file(LAST_RESORT), foreign, corrected, name)


def _with_signs(locale: Localisation, of_style: Localisation) -> Localisation:
    """Return a locale with a style's date in digits, which has no language: 2016-05-04."""
    numeric = {form: date for form, date in of_style.dates.items() if form == "numeric"}
    return replace(locale, dates={**locale.dates, **numeric})


def _available(locale: Localisation, of_style: Localisation) -> Localisation:
    """Return a locale that says "Disponible sur" where a style calls "retrieved" "Available"."""
    said = of_style.terms.get(_RETRIEVED)
    at = locale.terms.get(("available at", "long"))
    if at is None or said is None or said.single != "Available":
        return locale
    capital = replace(at, single=with_capital(at.single))
    terms = {**locale.terms, _RETRIEVED: TermForms(), ("from", "long"): capital}
    return replace(locale, terms=terms)


def without_words_for_addresses(locale: Locale) -> Locale:
    """Return a locale that says nothing before addresses, which say themselves what they are."""
    silent = {(name, "long"): TermForms() for name in ("online", "internet", "available at")}
    return replace(locale, own=replace(locale.own, terms={**locale.own.terms, **silent}))


def _joined(layers: Sequence[Localisation]) -> Localisation:
    """Return layers as one, the first above the others; ordinals are those of one layer."""
    terms: dict[tuple[str, str], TermForms] = {}
    dates: dict[str, DateForm] = {}
    options: dict[str, bool] = {}
    for layer in reversed(layers):
        terms |= layer.terms
        dates |= layer.dates
        options |= layer.options
    ordinals = next((layer.ordinals for layer in layers if layer.ordinals), {})
    return Localisation(terms, ordinals, dates, options)


@cache
def _locale_file(name: str) -> Localisation:
    return localisation_of(read_xml((locales_folder() / f"locales-{name}.xml").read_bytes()))
