"""Rules on slips of writing: what was left for later, typed twice, or typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from ..diagnostics import Diagnostic
from ..language.terms import translations
from ..model import (
    CROSS_REFERENCED,
    PREFIXES,
    Anchor,
    Brief,
    Citation,
    Heading,
    Link,
    Paragraph,
    Text,
    plain,
    walk,
)
from ..styles import House

LEFT_OVER = re.compile(r"\b(?:TODO|TBD|FIXME)\b|(?<![?!])\?\?(?![?!])|\b[Ll]orem ipsum\b")
# Words that are not repeated on purpose, unlike "that that" or "die die".
REPEATED = re.compile(
    r"\b(the|an|of|to|and|for|with|by|at|be|are|this|or|from|und|von|mit|et|du|les|del|el)"
    r"[ \n]+\1\b",
    re.IGNORECASE,
)
KINDS = ("figure", "table", "section", "equation")
SEEN = re.compile(
    r"\b[Ss]ee (?P<words>(?:Figure|Fig\.|Table|Section|Equation) [0-9]+(?:\.[0-9]+)*)(?=[.,;:)]|\Z)"
)
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
# What opens a quotation, and what may close it: „German“ and „Polish”.
QUOTES = (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"))
UNCLOSED = re.compile(r"\[[^\[\]]*\Z")


def left_over(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Text) and (found := LEFT_OVER.search(node.text)):
            message = f"`{found[0]}` is left in the text"
            place = node.span.piece(found.start(), len(found[0]))
            yield Diagnostic("placeholder-text", message, place, "write what is missing")


def repeated_word(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        for found in REPEATED.finditer(node.text) if isinstance(node, Text) else ():
            place = node.span.piece(found.start(), len(found[0]))
            yield Diagnostic("repeated-word", f"`{found[1]}` stands twice", place, "drop one")


def typed_reference(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """Figure 2 in the words of a link, or after "see": it does not change with the numbers."""
    for node in walk(brief):
        if isinstance(node, Link) and isinstance(node.href, Anchor):
            words = plain(node.inlines)
            if node.href.kind in CROSS_REFERENCED and _is_number(words, house):
                message = f"`{words}` is typed by hand, and is not numbered automatically"
                hint = f"write @{PREFIXES[node.href.kind]}{node.href.name}"
                yield Diagnostic("typed-reference", message, node.span, hint)
        elif isinstance(node, Text) and (found := SEEN.search(node.text)):
            message = f"`{found['words']}` is typed by hand, and is not numbered automatically"
            place = node.span.piece(found.start("words"), len(found["words"]))
            hint = "write a cross-reference: @fig-x, @tbl-x, @sec-x or @eq-x"
            yield Diagnostic("typed-reference", message, place, hint)


def _is_number(words: str, house: House) -> bool:
    """Say whether words are a label and a number: "Table 7", "Abschnitt 2.1", or as the house
    says it."""
    said = " ".join(words.casefold().split())
    labels = {f"{word} {{number}}" for kind in KINDS for word in translations(kind)}
    labels |= {label for own in house.labels.values() for label in own.values()}
    number = NUMBER.search(said)
    around = said[: number.start()] + "{number}" + said[number.end() :] if number else ""
    return around in {" ".join(label.casefold().split()) for label in labels}


def repeated_heading(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """Two headings with the same words below the same heading."""
    above: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for node in walk(brief):
        if not isinstance(node, Heading):
            continue
        words = plain(node.inlines).strip()
        above = [*above[: node.level - 1], words]
        if words and tuple(above) in seen:
            message = f"the heading `{words}` stands twice"
            yield Diagnostic("repeated-heading", message, node.span, "tell the two apart")
        seen.add(tuple(above))


def empty_section(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for block, following in zip_longest(brief.blocks, brief.blocks[1:]):
        if not isinstance(block, Heading):
            continue
        if not block.inlines:
            hint = "write them, or drop the heading"
            yield Diagnostic("empty-section", "a heading has no words", block.span, hint)
        elif following is None or (
            isinstance(following, Heading) and following.level <= block.level
        ):
            message = f"the section `{plain(block.inlines)}` has no text"
            yield Diagnostic("empty-section", message, block.span, "write it, or drop the heading")


def repeated_cite(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if not isinstance(node, Citation):
            continue
        for at, cite in enumerate(node.cites):
            if any((c.key, c.locator) == (cite.key, cite.locator) for c in node.cites[:at]):
                message = f"`{cite.key}` is cited twice in one mark"
                yield Diagnostic("repeated-cite", message, cite.span, "drop one")


def unclosed_citation(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """`[@smith2021, p. 3` without its bracket is read as a key in the running text."""
    for node in walk(brief):
        inlines = node.inlines if isinstance(node, Paragraph) else ()
        for at, (before, inline) in enumerate(pairwise(inlines), 2):
            if not isinstance(inline, Citation) or not inline.narrative:
                continue
            opened = isinstance(before, Text) and UNCLOSED.search(before.text)
            if opened and "]" not in plain(inlines[at:]):
                message = f"the bracket before `{inline.source}` is never closed"
                hint = "write `]` behind the citation, or `\\[` for the sign itself"
                yield Diagnostic("unclosed-citation", message, inline.span, hint)


def unclosed_quote(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """A quotation over several paragraphs opens in each, and closes in the last one."""
    for block, following in zip_longest(brief.blocks, brief.blocks[1:]):
        if not isinstance(block, Paragraph):
            continue
        words = plain(block.inlines)
        after = plain(following.inlines) if isinstance(following, Paragraph) else ""
        for opening, closing in QUOTES:
            if opening == "“" and "„" in words:
                continue  # the closing mark in German
            closed = sum(map(words.count, closing))
            if words.count(opening) > closed and not after.startswith(opening):
                message = f"the quotation mark `{opening}` is never closed"
                hint = f"write `{'` or `'.join(closing)}` where the quotation ends"
                yield Diagnostic("unclosed-quote", message, block.span, hint)
        # 6" are inches, but "by 6" is a quotation.
        has_inches = re.search(r'\d"', words) is not None
        if words.count('"') % 2 and not has_inches and not after.startswith('"'):
            message = "there is an odd number of quotation marks"
            yield Diagnostic("unclosed-quote", message, block.span, "close the quotation")
