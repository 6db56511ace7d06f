"""Derive what every output of a brief must print from the tree as it was read.

Nothing here calls what it judges. A reference has the number of its first cite in reading order;
figures (charts among them), tables, equations and footnotes each count from one; sections count
by level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from msgspec.structs import replace

from ..model import (
    Anchor,
    Brief,
    Chart,
    Citation,
    Cite,
    CrossReference,
    Equation,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Link,
    Node,
    Paragraph,
    Part,
    Strikethrough,
    Table,
    plain,
    walk,
    without_citations,
)
from .addresses import leading_of
from .counting import labelled, numbers_of
from .expected import Evidence, Expected, ExpectedEntry, ExpectedHeading, ExpectedMark
from .facts import Fact, facts_of, said_on_cover
from .grammar import UNRESOLVED, Literal, Number, Words, tokens
from .grids import chart_grids_of, grids_of, strips_of
from .items import labels_of_items
from .order import (
    Numbered,
    blocks_in_order,
    everything,
    in_reading_order,
    inlines_in_order,
)
from .pictures import pictures_of
from .words import floats, notes, stories

_TITLED = ("summary", "key-findings", "follow-ups", "claim", "corrections")


def expect(evidence: Evidence) -> Expected:
    """Return what every output of a brief must print."""
    brief = evidence.brief
    keys = list(_cited(brief, evidence))
    references = {key: str(place) for place, key in enumerate(keys, start=1)}
    labels = numbers_of(brief, evidence.settings)
    marks: list[ExpectedMark] = []
    numbers = list(
        _numbers(
            in_reading_order(brief, evidence.shown.captions_last),
            references,
            labels,
            evidence,
            marks,
        )
    )
    places = _places(brief, evidence)
    return Expected(
        tuple(numbers),
        tuple(marks),
        tuple(
            ExpectedEntry(
                key, references[key], evidence.entry(key, before), tuple(places.get(key, ()))
            )
            for before, key in pairwise(("", *keys))
        ),
        tuple(_headings(brief, labels)),
        tuple(labels_of_items(brief)),
        tuple(
            (node.href, plain(node.inlines))
            for node in everything(brief)
            if isinstance(node, Link) and isinstance(node.href, Anchor)
        ),
        tuple(stories(brief, _first_numbers(marks), evidence.shown)),
        tuple(stories(brief, _first_numbers(marks), evidence.shown, is_drawn=True)),
        tuple(notes(brief, evidence.shown)),
        tuple(floats(brief, evidence.shown)),
        tuple(grids_of(brief)),
        tuple(strips_of(brief)),
        tuple(_facts(evidence)),
        tuple(_cover(evidence)),
        any(_is_struck(node) for node in walk(brief)),
        evidence.back_references,
        tuple(pictures_of(brief)),
        tuple(leading_of(brief)),
        tuple(chart_grids_of(brief)),
        frozenset(_heads(brief, references, labels, evidence)),
        evidence.labels,
        Counter(labelled(brief, labels, evidence.abbreviations)),
    )


def _facts(found: Evidence) -> Iterator[Fact]:
    front = found.brief.front
    return facts_of(front, found.phrases, found.worded, found.groups, found.about, found.is_redline)


def _cover(found: Evidence) -> Iterator[str]:
    if found.above_cover is not None:
        yield found.above_cover
        yield from said_on_cover(found.brief.front, found.worded)


def _is_struck(node: Node) -> bool:
    numbered = Citation | CrossReference | Footnote | FootnoteReference
    return isinstance(node, Strikethrough) and any(isinstance(n, numbered) for n in walk(node))


def _first_numbers(marks: Sequence[ExpectedMark]) -> dict[Anchor, str]:
    """Return the numbers that marks begin with, of those that begin with one."""
    found = {}
    for mark in marks:
        first = next((token for token in mark.tokens if not isinstance(token, Literal)), None)
        if isinstance(first, Number) and first.number != UNRESOLVED:
            found[mark.anchor] = first.number
    return found


def _heads(
    brief: Brief, references: Mapping[str, str], labels: Mapping[Anchor, str], evidence: Evidence
) -> Iterator[tuple[Anchor, str]]:
    """Yield the numbers in the heads of tables."""
    for node in everything(brief):
        if isinstance(node, Table):
            for cell in chain(*node.head):
                for held in (inlines_in_order(cell.inlines), blocks_in_order(cell.blocks)):
                    yield from _numbers(held, references, labels, evidence, [])


def _cited(brief: Brief, evidence: Evidence) -> dict[str, None]:
    """Return the keys of the reference list in order: as cited, then as `nocite` asks."""
    keys: dict[str, None] = {}
    for node in everything(brief):
        if isinstance(node, Cite) and _key(node, evidence) in evidence.known:
            keys.setdefault(_key(node, evidence))
    asked = brief.front.nocite
    for key in evidence.order if "*" in asked else asked:
        main = evidence.aliases.get(key, key)
        if main in evidence.known:
            keys.setdefault(main)
    return keys


def _key(cite: Cite, evidence: Evidence) -> str:
    return evidence.aliases.get(cite.key, cite.key)


def _numbers(
    nodes: Iterable[Numbered],
    references: Mapping[str, str],
    labels: Mapping[Anchor, str],
    evidence: Evidence,
    marks: list[ExpectedMark],
) -> Iterator[tuple[Anchor, str]]:
    """Yield each number that is printed, in reading order, and collect the marks."""
    for node in nodes:
        match node:
            case Citation():
                found = tokens(_under_main_keys(node, evidence), references, evidence.settings)
                marks.append(ExpectedMark(node.anchor, found))
                for token in found:
                    match token:
                        case Number():
                            yield token.anchor, "" if token.hidden else token.number
                        case Words(inlines=inlines):
                            inside = inlines_in_order(inlines)
                            yield from _numbers(inside, references, labels, evidence, marks)
                        case _:
                            pass
            case CrossReference(anchor=anchor) | FootnoteReference(anchor=anchor):
                yield anchor, labels.get(anchor, UNRESOLVED)
            case Footnote(anchor=anchor, blocks=blocks):
                yield from ((anchor, labels[anchor]),) * 2  # the call, and before the text
                inside = blocks_in_order(blocks, evidence.shown.captions_last)
                yield from _numbers(inside, references, labels, evidence, marks)
            case (
                Heading(anchor=anchor)
                | Figure(anchor=anchor)
                | Chart(anchor=anchor)
                | Table(anchor=anchor)
                | Equation(anchor=Anchor() as anchor)
                | Paragraph(anchor=Anchor() as anchor)
            ) if anchor in labels:
                yield anchor, labels[anchor]
            case _:
                pass


def _under_main_keys(citation: Citation, evidence: Evidence) -> Citation:
    """Return a citation with the aliases of keys replaced by the keys they stand for."""
    cites = tuple(replace(cite, key=_key(cite, evidence)) for cite in citation.cites)
    return replace(citation, cites=cites)


def _headings(brief: Brief, labels: Mapping[Anchor, str]) -> Iterator[ExpectedHeading]:
    for node in everything(brief):
        if isinstance(node, Heading):
            words = Words(without_citations(node.inlines)).text
            yield ExpectedHeading(node.anchor, labels.get(node.anchor, ""), node.level, words)


def _places(brief: Brief, evidence: Evidence) -> dict[str, list[tuple[Anchor, str]]]:
    """Return, by key, the first citation in each place that cites it, and the number of the place.

    A place is a section, a part with a title, or what precedes the first of them.
    """
    labels = numbers_of(brief, evidence.settings)
    places: dict[str, dict[str, tuple[Anchor, str]]] = {}
    place, number, citation = "", "", Anchor("citation", "")
    for node in everything(brief):
        match node:
            case Heading(anchor=anchor, inlines=inlines):
                number = labels.get(anchor, "")
                place = number or plain(inlines) or place
            case Part(kind=kind, title=title) if kind in _TITLED:
                place, number = plain(title) or f"::: {kind}", ""
            case Citation(anchor=anchor):
                citation = anchor
            case Cite():
                found = places.setdefault(_key(node, evidence), {})
                found.setdefault(place, (citation, number))
            case _:
                pass
    return {key: list(found.values()) for key, found in places.items()}
