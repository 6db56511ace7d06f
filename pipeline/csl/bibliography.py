"""Whole entries: a style and a locale put to work (CSL 1.0.2, bibliography)."""

from __future__ import annotations

import re

from ..language.files import language_of
from ..model.references import Name, Reference, RichText
from .completing import completed
from .corrections import THESES, said_by_title
from .east_asian import edition_with_counter, with_counters
from .elements import Style
from .localisation import Locale
from .marked import BEGIN, END, decode
from .punctuation import Quotes, tidy
from .rendering import render
from .scope import scope_of

# A comma that the style sets: not one within what an author wrote.
_OWN_COMMA = re.compile(f",(?=[^{BEGIN}{END}]*(?:{BEGIN}|\\Z))")


def entry(
    reference: Reference,
    style: Style,
    locale: Locale,
    corrected: bool = True,
    before: Reference | None = None,
) -> RichText:
    """Return the entry of a reference, without its number.

    `corrected`: what is missing is added, and `reference` is as `corrections` read it. The authors
    of `before`, the reference before it, are not repeated in some styles (CSL 1.0.2, reference
    grouping).
    """
    scope = scope_of(reference, style, locale, corrected)
    if corrected:
        scope.suppressed |= said_by_title(reference)
        scope.fields |= edition_with_counter(scope.fields, locale)
        if thesis := THESES.get(scope.fields.get("genre", "")):
            scope.fields |= {"genre": language_of(locale.tag).theses[thesis]}
    if before and style.author_substitute is not None:
        scope.names_before = _first_names(before, style, locale)
    text = render(style.layout, scope).text
    if corrected:
        text = with_counters(completed(text, scope), locale)
    text = tidy(text, quotes_of(locale), corrected)
    if corrected and (comma := language_of(locale.tag).comma) != ",":
        text = _OWN_COMMA.sub(comma, text)
    return decode(text, scope.links)


def _first_names(reference: Reference, style: Style, locale: Locale) -> tuple[Name, ...]:
    scope = scope_of(reference, style, locale)
    render(style.layout, scope)
    return scope.first_names


def quotes_of(locale: Locale) -> Quotes:
    outer, inner = (
        (locale.term(f"open-{kind}quote"), locale.term(f"close-{kind}quote"))
        for kind in ("", "inner-")
    )
    return Quotes(outer, inner, locale.option("punctuation-in-quote"))
