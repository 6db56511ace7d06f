"""The citation styles that are offered, by their CSL names."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ..diagnostics import did_you_mean


class CitationStyle(Struct, frozen=True):
    """`csl` is the name of the CSL file that gives the entries; "" where we give them ourselves.

    `lang` is the language of the style itself (CSL 1.0.2, style, default-locale).
    """

    title: str
    csl: str
    lang: str = "en-US"


_NLM = CitationStyle("Vancouver (NLM, Citing Medicine, citation-sequence)", "nlm-citation-sequence")
_AMA = CitationStyle("American Medical Association", "american-medical-association")
_ISO690 = CitationStyle("ISO 690 (numeric, English)", "iso690-numeric-en")

CITATION_STYLES: Mapping[str, CitationStyle] = {
    "ieee": CitationStyle("IEEE", "ieee"),
    "vancouver": _NLM,
    "nlm-citation-sequence": _NLM,
    "elsevier-vancouver": CitationStyle("Elsevier Vancouver", "elsevier-vancouver"),
    "nature": CitationStyle("Nature", "nature", "en-GB"),
    "ama": _AMA,
    "american-medical-association": _AMA,
    "iso690": _ISO690,
    "iso690-numeric-en": _ISO690,
    "gov-uk": CitationStyle("GOV.UK", "", "en-GB"),
}

# Beginnings of the names of well-known styles that cite by author and date, or in notes.
_AUTHOR_DATE = ("apa", "chicago-author-date", "harvard", "asa", "apsa", "mla", "modern-language")
_AUTHOR_DATE_ENDINGS = ("-author-date", "-name-year", "-harvard")
_NOTES = ("chicago", "turabian", "oscola", "mhra", "bluebook")


def check_citation_style(name: str) -> str | None:
    """Return what is wrong with the name of a citation style, None if it is offered."""
    if name in CITATION_STYLES:
        return None
    choice = f"choose one of: {', '.join(CITATION_STYLES)}"
    word = name.lower()
    if word.startswith(_AUTHOR_DATE) or word.endswith(_AUTHOR_DATE_ENDINGS):
        return f"{name} is an author-date style; Briefwright numbers its references: {choice}"
    if word.startswith(_NOTES):
        return f"{name} is a style of notes; Briefwright numbers its references: {choice}"
    hint = did_you_mean(word, CITATION_STYLES)
    return f"there is no citation style {name!r}; {hint or choice}"
