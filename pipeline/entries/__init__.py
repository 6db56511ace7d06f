"""One reference → the formatted runs of its entry in a bibliography.

A CSL file says how an entry looks, and this package does what it says. The number of an entry is
not part of it.
"""

from __future__ import annotations

from functools import lru_cache

from ..language.direction import has_letters_from_right, is_right_to_left
from ..model.references import Reference, RichText, plain
from .archive import with_archive
from .catalogue import CITATION_STYLES, CitationStyle, check_citation_style

__all__ = [
    "CITATION_STYLES",
    "CitationStyle",
    "check_citation_style",
    "entry_language",
    "format_entry",
]

_ENGLISH = "en-GB"


def entry_language(reference: Reference, lang: str) -> str:
    """Return the language of the words that an entry adds, "vol." or "Available:".

    It is that of the brief, but of one from right to left only where title or names have letters
    of its kind. Entries in Latin letters run from left to right there, with words in their own
    language, as publishers of Persian and Arabic print them (docs/decisions/0011).
    """
    if not is_right_to_left(lang) or _runs_from_right(reference):
        return lang
    own = plain(reference.fields.get("language", ()))
    return own if own and not is_right_to_left(own) else _ENGLISH


def _runs_from_right(reference: Reference) -> bool:
    names = (name.literal or name.family for names in reference.names.values() for name in names)
    return has_letters_from_right(" ".join((reference.title, *names)))


@lru_cache(maxsize=4096)
def format_entry(reference: Reference, citation_style: str, lang: str) -> RichText:
    """Return the entry of a reference. `lang` is the language of the brief (BCP 47)."""
    from .dress import decode
    from .punctuation import tidy

    lang = entry_language(reference, lang)
    links: list[str] = []
    csl = CITATION_STYLES[citation_style].csl
    if csl:
        # Imported here: a check formats nothing.
        from .compiled import compile_style, csl_locale
        from .item import item_of

        style = compile_style(csl, csl_locale(lang))
        text, quotes = style.render(item_of(reference, links)), style.quotes
    else:
        from . import govuk

        text, quotes = govuk.govuk_entry(reference, links), govuk.QUOTES
    return with_archive(decode(tidy(text, quotes), links), reference, lang)
