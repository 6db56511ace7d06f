"""Rules on citations in the text: misplaced, missing, or typed as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..diagnostics import Diagnostic, Span
from ..language.dates import SEASONS, month_names
from ..model import (
    Brief,
    Citation,
    Footnote,
    FootnoteReference,
    Inline,
    Inlines,
    Node,
    Paragraph,
    Part,
    Superscript,
    Text,
    plain,
    runs,
    walk,
)
from ..styles import House, house_marks

_NUMBER = r"[1-9]\d{0,2}"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[-–—,;]|to|and|&)\s*{_NUMBER})*"
_LOCATOR = r"(?:,\s*(?:pp?|ch|chap|sec|para|fig|vol|no)\.?\s*[\w.–-]+)?"
IN_BRACKETS = rf"\[{_NUMBERS}{_LOCATOR}\]"
# Raised numbers after a full stop are not exponents: "It rains.¹"
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = "[¹²³⁰⁴-⁹]+"
RAISED = rf"(?<=[^\W\d_][.,;:!?]){_DIGITS}(?:[,–-]{_DIGITS})*|(?<=[.!?][”\"’')]){_DIGITS}"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_CAPITALISED = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_AUTHORS = rf"{_CAPITALISED}(?:,? (?:et al\.?|(?:and|&) {_CAPITALISED}),?|,) {_YEAR}"
AUTHOR_YEAR = (
    rf"\((?:(?:see|cf\.|e\.g\.),? )?{_AUTHORS}(?:, pp?\. ?[\d–-]+)?(?:; [^();]{{4,60}})*\)"
)
_NEAR = 20  # inlines before and after a citation that are checked
_STOPS = tuple(".!?。！？؟۔")
_CLOSERS = "”\"’'»)]」』"
ABBREVIATION = (
    r"(?i)(?:\b(?:al|approx|art|ca|cf|ch|chap|co|corp|dr|ed|eds|esp|etc|fig|figs|gov|inc|jr|ltd|mr|mrs|"
    r"ms|nos?|op|p|para|pp|prof|rep|resp|sec|sen|sr|st|tab|vol|vols|vs|v|z\. ?b|bzw|usw|vgl|bspw|"
    r"env|p\. ex|ss|ibid|viz|n\.d|i\.e|e\.g)"
    r"|(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_]|\bno)\.\s*$"
)


def hand_typed_mark(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Text):
            for found in _marks_in(node.text):
                yield _hand_typed(node.span.piece(found.start(), len(found[0])), found[0])
    for inlines in runs(brief):
        for before, raised in pairwise(inlines):
            if isinstance(raised, Superscript) and isinstance(before, Text):
                number = plain(raised.inlines)
                if re.fullmatch(_NUMBERS, number) and _ends_sentence(before.text):
                    yield _hand_typed(raised.span, number)


def _marks_in(text: str) -> Iterator[re.Match[str]]:
    if "[" in text:
        yield from re.finditer(IN_BRACKETS, text)
    if not (text.isascii() or _RAISED_DIGITS.isdisjoint(text)):
        yield from re.finditer(RAISED, text)
    if "(" in text:
        for found in re.finditer(AUTHOR_YEAR, text):
            if found[0][1:].partition(",")[0].lower() not in month_names() | SEASONS.keys():
                yield found


def _hand_typed(span: Span, words: str) -> Diagnostic:
    return Diagnostic(
        "hand-typed-mark",
        f"`{words}` was typed by hand and will not be updated",
        span,
        "cite the reference by its key: [@key]",
    )


def mark_after_stop(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """A mark belongs to its sentence: before the full stop, unless the house moves it."""
    if house_marks(house, brief.front.marks).after_punctuation:
        return
    for inlines in runs(brief):
        for place, citation in enumerate(inlines):
            if isinstance(citation, Citation) and _after_stop(inlines, place):
                yield Diagnostic(
                    "mark-after-stop",
                    "the citation comes after the full stop",
                    citation.span,
                    "write it before the stop: … it rains [@key].",
                )


def _after_stop(inlines: Inlines, place: int) -> bool:
    """Say whether a citation follows the end of a sentence without beginning the next."""
    citation, preceding = inlines[place], inlines[max(0, place - _NEAR) : place]
    before = plain(preceding)
    nearest = next((x for x in reversed(preceding) if not _is_blank(x)), None)
    if isinstance(nearest, Citation | Footnote | FootnoteReference):
        return False
    if not _ends_sentence(before) or re.search(ABBREVIATION, before):
        return False
    if not isinstance(citation, Citation) or _opens_sentence(citation):
        return False
    after = _after(inlines, place)
    if citation.narrative:
        return not after.strip()
    following = after.lstrip()[:1]
    if following == ".":
        return before.rstrip().endswith(".")  # two stops, one on each side
    return not (following.islower() or following in tuple(",;:"))


def _ends_sentence(text: str) -> bool:
    return text.rstrip().rstrip(_CLOSERS).endswith(_STOPS)


def _after(inlines: Inlines, place: int) -> str:
    """Return the text after a citation and the citations next to it."""
    following = list(inlines[place + 1 : place + _NEAR])
    while following[1:] and (isinstance(following[0], Citation) or _is_blank(following[0])):
        following.pop(0)
    return "".join(node.text if isinstance(node, Text) else "X" for node in following[:1])


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, Text) and not inline.text.strip()


def _opens_sentence(citation: Citation) -> bool:
    """Say whether a bracket is a sentence of its own: `[See @smith2021 for more.]`"""
    return plain(citation.cites[0].prefix)[:1].isupper()


def summary_without_citation(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for part in walk(brief):
        if not isinstance(part, Part) or part.kind not in ("summary", "key-findings"):
            continue
        for node in walk(part):
            if isinstance(node, Paragraph) and not _citations(node):
                yield Diagnostic(
                    "summary-without-citation",
                    "a paragraph of the summary cites nothing",
                    node.span,
                    "cite a source, or move the statement to the body",
                )


def single_source(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Paragraph):
            keys = {cite.key for citation in _citations(node) for cite in citation.cites}
            if len(keys) == 1:
                yield Diagnostic(
                    "single-source",
                    f"the paragraph rests on `{next(iter(keys))}` alone",
                    _citations(node)[0].span,
                    "look for a second, independent source",
                )


def _citations(node: Node) -> list[Citation]:
    return [found for found in walk(node) if isinstance(found, Citation)]
