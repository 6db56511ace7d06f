"""Entry types of BibTeX, biblatex and their users → CSL item types."""

from __future__ import annotations

from collections.abc import Mapping

from .biblatex_keys import GENRES


def _table(text: str) -> dict[str, str]:
    """Return {"book": "book", …} from lines "book: book collection …"."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return {kind: csl.strip() for csl, _, kinds in lines for kind in kinds.split()}


TYPES: Mapping[str, str] = _table(
    """
    article-journal: article suppperiodical periodical
    article-magazine: magazine_article
    article-newspaper: newsarticle newspaper newspaper_article
    book: book collection proceedings manual mvbook mvcollection mvproceedings mvreference
    book: reference commentary
    pamphlet: booklet
    chapter: inbook incollection bookinbook suppbook suppcollection book_section
    paper-conference: inproceedings conference conference_proceedings
    entry-encyclopedia: inreference
    report: report techreport
    thesis: thesis phdthesis mastersthesis
    webpage: online electronic www web_page webpage
    patent: patent
    dataset: dataset data
    software: software
    manuscript: unpublished
    legal_case: jurisdiction
    legislation: legislation
    treaty: legal
    standard: standard
    motion_picture: video movie film
    song: audio music
    graphic: image artwork
    personal_communication: letter
    review: review
    performance: performance
    bill: bill
    """
)
OF_NO_KIND = frozenset(("misc", "generic", "other", "set", "xdata")) | {
    f"custom{letter}"
    for letter in "abcdef"  # of biblatex, without a meaning of their own
}
NUMBERED_IN_ISSUES = frozenset(("article", "periodical", "suppperiodical", "newsarticle"))
NUMBERED_IN_SERIES = frozenset(
    (
        "book",
        "collection",
        "proceedings",
        "reference",
        "mvbook",
        "mvcollection",
        "mvproceedings",
        "mvreference",
        "bookinbook",
        "inbook",
        "incollection",
        "inproceedings",
        "inreference",
        "suppbook",
        "suppcollection",
        "conference",
    )
)
IN_VOLUMES = frozenset(
    (
        "inbook",
        "incollection",
        "inproceedings",
        "inreference",
        "bookinbook",
        "suppbook",
        "suppcollection",
        "conference",
    )
)


def csl_type(kind: str, values: Mapping[str, str]) -> str:
    """Return the CSL type of an entry; `document` for @misc and unknown types."""
    subtype = values.get("entrysubtype", "").strip().lower()
    if kind in NUMBERED_IN_ISSUES and subtype in ("magazine", "newspaper"):
        return f"article-{subtype}"
    event = {"eventtitle", "eventdate", "venue"} & values.keys()
    if kind == "unpublished" and event:
        return "speech"
    return TYPES.get(kind, "document")


def genre(kind: str, values: Mapping[str, str]) -> str:
    """Return what a thesis, report or patent is called, as LaTeX text."""
    written = values.get("type", "").strip()
    default = kind if kind in ("mastersthesis", "phdthesis") else ""
    return GENRES.get(written.lower(), written) or GENRES.get(default, "")
