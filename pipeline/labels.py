"""What is printed around the numbers of a brief: cross-reference words, labels, links back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import shorten

from msgspec.structs import replace

from .language.files import language_of
from .language.terms import numbered as worded
from .language.terms import numbered_within, term
from .model import (
    CROSS_REFERENCED,
    MAIN_PARTS,
    Anchor,
    AnchorKind,
    Chart,
    Citation,
    Cite,
    Heading,
    Image,
    Part,
    plain,
    walk,
)
from .numbering import NumberedBrief, Place
from .text import with_capital

_LONGEST_TITLE = 80  # characters of a title in what a link says: one line
_LONGEST_LABEL = 24  # characters of a heading in a link back
_COLON = re.compile(r":(?=\s)|：")  # but not of "10:30"


def heading_label(number: str) -> str:
    """Return a section's number as it is printed: "2.", but "2.1"."""
    return f"{number}." if number and "." not in number else number


def around_number(
    anchor: Anchor, lang: str, labels: Mapping[AnchorKind, str], starts_sentence: bool = True
) -> tuple[str, str]:
    """Return what stands before and after the number of a caption or a cross-reference.

    ("Figure ", ""), or what the house's `labels` say: ("Fig. ", ""). A caption begins as a sentence
    does; within one the word is as the language, or the house, writes it: "voir figure 2".
    """
    kind = anchor.kind if anchor.kind in CROSS_REFERENCED else "section"
    before, after = _within(kind, lang, labels)
    return (with_capital(before) if starts_sentence else before), after


def have_two_forms(lang: str, labels: Mapping[AnchorKind, str]) -> bool:
    """Say whether a word before a number begins in another way within a sentence."""
    return any(_within(kind, lang, labels)[0][:1].islower() for kind in CROSS_REFERENCED)


def _within(kind: AnchorKind, lang: str, labels: Mapping[AnchorKind, str]) -> tuple[str, str]:
    if kind in labels:
        before, _, after = labels[kind].partition("{number}")
        return before, after
    return numbered_within(kind, lang)


def caption_end(lang: str) -> tuple[str, str]:
    """Return the sign between the label of a caption and its words, and the space: (".", " ")."""
    end = language_of(lang).caption_end
    sign = end.rstrip()
    return sign, end.removeprefix(sign)


def alternative(shown: Image | Chart, lang: str) -> str:
    """Return what is read aloud for a picture or chart: never nothing, as PDF/UA has it.

    Without words of the author's it is the name of the file, as screen readers say it; of a
    chart the caption, or the subtitle, or the word for a figure.
    """
    match shown:
        case Image(alt=alt):
            return alt if alt.strip() else shown.file_name
        case Chart(alt=alt, caption=caption, subtitle=subtitle):
            return alt if alt.strip() else plain(caption) or plain(subtitle) or term("figure", lang)


def reference_words(numbered: NumberedBrief, *anchors: Anchor) -> str:
    """Return what a link to references says, since `[3]` says too little.

    "Reference 3: Rain on roofs"; of a range, each that the dash stands for.
    """
    lang, said = numbered.brief.front.lang, []
    for anchor in anchors:
        number = numbered.numbers.get(anchor, "")
        place = int(number) - 1 if number.isdecimal() else len(numbered.bibliography)
        for found in numbered.bibliography[place : place + 1]:
            title = " ".join(found.title.split())
            if len(title) > _LONGEST_TITLE:
                title = shorten(title, _LONGEST_TITLE, placeholder="…")
            said.append(f"{worded('reference', number, lang)}: {title}")
    return "; ".join(said)


def with_back_references(numbered: NumberedBrief) -> NumberedBrief:
    """Return the brief with the places where each reference is cited, one for each section."""
    brief, lang = numbered.brief, numbered.brief.front.lang
    cited_at: dict[Anchor, dict[str, Place]] = {}
    label, citation = brief.title, Anchor("citation", "")
    for node in walk(brief):
        match node:
            case Heading(anchor=anchor, inlines=inlines):
                if found := numbered.numbers.get(anchor):
                    label = found.join(around_number(anchor, lang, numbered.labels, False))
                else:
                    label = plain(inlines) or label
            case Part(kind=kind, title=title) if kind in MAIN_PARTS:
                label = plain(title) or term(kind, lang)
            case Citation(anchor=anchor):
                citation = anchor
            case Cite(anchor=anchor):
                place = Place(citation, _in_short(label))
                cited_at.setdefault(anchor, {}).setdefault(label, place)
    places = {
        reference.anchor: tuple(cited_at[reference.anchor].values())
        for reference in numbered.bibliography
        if reference.anchor in cited_at
    }
    return replace(numbered, cited_at=places)


def _in_short(label: str) -> str:
    """Return "Conclusion" for "Conclusion: a shift of weight"."""
    return label if len(label) <= _LONGEST_LABEL else _COLON.split(label)[0].strip() or label
