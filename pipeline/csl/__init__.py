"""Format the entries of a bibliography by CSL styles.

In: one reference, and a citation style read from a CSL file. Out: the formatted runs of its entry,
without its number.
"""

from __future__ import annotations

from functools import lru_cache

from ..direction import has_letters_from_right, is_right_to_left
from ..model.references import Reference, RichText, plain
from .archive import with_archive
from .catalogue import (
    CITATION_STYLES,
    DEFAULT,
    BadStyle,
    CitationStyle,
    find_style,
    is_file,
    own_style,
)
from .corrections import read_corrected
from .loading import load_locale, load_style, replaces_authors
from .omitted import omitted

__all__ = [
    "CITATION_STYLES",
    "DEFAULT",
    "BadStyle",
    "CitationStyle",
    "entry_language",
    "find_style",
    "format_entry",
    "is_file",
    "load_style",
    "omitted",
    "own_style",
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


def format_entry(
    reference: Reference, style: CitationStyle, lang: str, before: Reference | None = None
) -> RichText:
    """Return the entry of a reference, without its number.

    `lang` is the language of the brief (BCP 47). `before` is the reference before it in the list:
    some styles do not repeat its authors. Raises BadStyle for a file that cannot be used.
    """
    if before and not replaces_authors(style):
        before = None
    return _entry(reference, style, lang, before)


@lru_cache(maxsize=4096)
def _entry(
    reference: Reference, style: CitationStyle, lang: str, before: Reference | None
) -> RichText:
    lang = entry_language(reference, lang)
    if style.corrected:
        reference = read_corrected(reference)
    if style.is_csl:
        from .bibliography import entry

        csl, locale = load_style(style), load_locale(style, lang)
        runs = entry(reference, csl, locale, style.corrected, before)
    else:
        from .govuk import govuk_entry

        runs = govuk_entry(reference)
    return with_archive(runs, reference, lang)
