"""A citation style, read once: its `Style`, and its locale in the language of a brief."""

from __future__ import annotations

from functools import lru_cache

from ..language.csl_locale import csl_locale
from ..language.files import language_of
from .catalogue import BadStyle, CitationStyle, package_content
from .elements import Style
from .localisation import Locale, locale_of, without_words_for_addresses
from .reading import read_style
from .xml import BadXml


@lru_cache(maxsize=64)
def load_style(style: CitationStyle) -> Style:
    """Read the CSL file of a citation style. Raises BadStyle, with its line, for a broken one."""
    try:
        return read_style(style.content or package_content(style.csl))
    except BadXml as error:
        raise BadStyle(error.message, "", error.line, error.column) from None


def replaces_authors(style: CitationStyle) -> bool:
    """Say whether a style prints a sign for authors who are those of the entry before."""
    return style.is_csl and load_style(style).author_substitute is not None


@lru_cache(maxsize=64)
def load_locale(style: CitationStyle, lang: str) -> Locale:
    name = csl_locale(lang, language_of(lang).csl)
    found = locale_of(load_style(style), name, style.corrected)
    return without_words_for_addresses(found) if style.compact else found
