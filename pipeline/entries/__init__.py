"""One reference → the formatted runs of its entry in a bibliography.

A CSL file says how an entry looks, and this package does what it says. The number of an entry is
not part of it.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.entries.archive import with_archive
from pipeline.entries.catalogue import CITATION_STYLES, CitationStyle, check_citation_style
from pipeline.references import Reference, RichText

__all__ = ["CITATION_STYLES", "CitationStyle", "check_citation_style", "format_entry"]


@lru_cache(maxsize=4096)
def format_entry(reference: Reference, citation_style: str, lang: str) -> RichText:
    """Return the entry of a reference. `lang` is the language of the brief (BCP 47)."""
    from pipeline.entries.dress import decode
    from pipeline.entries.punctuation import tidy

    links: list[str] = []
    csl = CITATION_STYLES[citation_style].csl
    if csl:
        # Imported here: a check formats nothing.
        from pipeline.entries.compiled import compile_style, csl_locale
        from pipeline.entries.item import item_of

        style = compile_style(csl, csl_locale(lang))
        text, quotes = style.render(item_of(reference, links)), style.quotes
    else:
        from pipeline.entries import govuk

        text, quotes = govuk.govuk_entry(reference, links), govuk.QUOTES
    return with_archive(decode(tidy(text, quotes), links), reference, lang)
