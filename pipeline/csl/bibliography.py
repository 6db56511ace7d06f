"""Whole entries: a style and a locale put to work (CSL 1.0.2, bibliography)."""

from __future__ import annotations

from ..model.references import Reference, RichText
from .elements import Style
from .localisation import Locale
from .marked import decode
from .punctuation import Quotes, tidy
from .rendering import render
from .scope import scope_of


def entry(reference: Reference, style: Style, locale: Locale, neat: bool = True) -> RichText:
    """Return the entry of a reference, without its number. `neat`: see `punctuation.tidy`."""
    scope = scope_of(reference, style, locale)
    text = render(style.layout, scope).text
    return decode(tidy(text, quotes_of(locale), neat), scope.links)


def quotes_of(locale: Locale) -> Quotes:
    outer, inner = (
        (locale.term(f"open-{kind}quote"), locale.term(f"close-{kind}quote"))
        for kind in ("", "inner-")
    )
    return Quotes(outer, inner, locale.option("punctuation-in-quote"))
