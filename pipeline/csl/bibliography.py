"""Whole entries: a style and a locale put to work (CSL 1.0.2, bibliography)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.files import language_of
from ..model.references import Name, Reference, RichText
from .completing import completed, with_stop_behind_title
from .corrections import THESES, said_by_title
from .east_asian import edition_with_counter, with_counters
from .elements import Style
from .localisation import Locale
from .marked import BEGIN, CLOSE, END, FOREIGN, decode, foreign_language
from .placed import with_numbers
from .punctuation import Quotes, tidy
from .rendering import render_layout
from .scope import scope_of

# A comma that the style sets: not one within what an author wrote.
_OWN = rf"(?=[^{BEGIN}{END}]*(?:{BEGIN}|\Z))"
_ENDS = "(?=[\ufdd0-\ufdef]*(?:\\s|\\Z))"
_OWN_SIGN = re.compile(rf"(?<![\s:;!?])[ \u00a0]?([:;!?]){_ENDS}{_OWN}")
_TYPED_BLANK = re.compile(rf"[ \u00a0]([:;!?]){_ENDS}")
_OWN_BLANK = re.compile(rf"[ \u00a0]([:;!?]){_ENDS}{_OWN}")
_BEFORE_POINT = re.compile(rf"[ \u00a0]([.,]){_ENDS}{_OWN}")
_OWN_COMMA = re.compile(f",{_OWN}")


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
    lang = foreign_language(reference, locale.language)
    if lang and (title := scope.fields.get("title")):
        scope.fields |= {"title": FOREIGN + title + CLOSE}
    if before and style.author_substitute is not None:
        scope.names_before = _first_names(before, style, locale)
    text = render_layout(style.layout, scope)
    if corrected:
        text = with_stop_behind_title(completed(text, scope), scope)
        text = with_counters(with_numbers(text, locale.tag), locale)
    text = tidy(text, quotes_of(locale), corrected)
    if corrected and (comma := language_of(locale.tag).comma) != ",":
        text = _OWN_COMMA.sub(comma, text)
    if corrected:
        text = _BEFORE_POINT.sub(r"\1", text)
        blanks = language_of(locale.tag).quotes.before
        text = _with_blanks(text, blanks) if blanks else _OWN_BLANK.sub(r"\1", text)
    return decode(text, scope.links, lang)


def _with_blanks(text: str, blanks: Mapping[str, str]) -> str:
    """Return an entry with the spaces before signs that French has, unbreakable.

    Where the style sets a sign they are added. Within what an author wrote those that are typed are
    taken as French, and no others: titles may be in any language.
    """
    text = _TYPED_BLANK.sub(lambda found: blanks.get(found[1], " ") + found[1], text)
    return _OWN_SIGN.sub(lambda found: blanks.get(found[1], "") + found[1], text)


def _first_names(reference: Reference, style: Style, locale: Locale) -> tuple[Name, ...]:
    scope = scope_of(reference, style, locale)
    render_layout(style.layout, scope)
    return scope.first_names


def quotes_of(locale: Locale) -> Quotes:
    outer, inner = (
        (locale.term(f"open-{kind}quote"), locale.term(f"close-{kind}quote"))
        for kind in ("", "inner-")
    )
    return Quotes(outer, inner, locale.option("punctuation-in-quote"))
