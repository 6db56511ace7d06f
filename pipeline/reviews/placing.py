"""Find what comments are about in a brief that has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from ..diagnostics import Span
from ..language.terms import term
from ..model import (
    MAIN_PARTS,
    Brief,
    Cell,
    Chart,
    CodeBlock,
    Definition,
    Equation,
    Figure,
    Footnote,
    Heading,
    Node,
    Paragraph,
    Part,
    ReviewComment,
    Table,
    plain,
    walk,
)
from ..title_block import title_block
from . import Comment

# Parts of its pairs of letters that a block keeps: it is surely the same one, or probably.
_SAME, _ALIKE = 0.8, 0.5
_TELLING = 12  # letters of words that are told from the same ones elsewhere
# Numbers follow, and quotation marks are typeset: letters alone are compared.
_NO_LETTERS = re.compile(r"[\W\d_]+")
_MARK = re.compile(r"[\[(][0-9][^\])]*[\])]")  # "[3, p. 4]"
_TITLED = (*MAIN_PARTS, "verdict")
_BLOCKS = (
    Paragraph, Heading, Cell, Definition, Figure, Chart, Table, CodeBlock, Equation, Part,
)  # fmt: skip


class _Place(Struct, frozen=True):
    span: Span  # of the block that shows it in the body
    letters: str
    line: int


def placed(comments: Sequence[Comment], brief: Brief) -> tuple[ReviewComment, ...]:
    """Return comments with the blocks that they are about now, in the order of these.

    That is the block that these stood in, if it still has their words; else one that has them, if
    they are many; else that block without them, or one like it, or else the one on its line. Where
    nothing is known, it is the one with most of the words.
    """
    places = list(_places(brief))
    found = [(_place_of(comment, places), comment) for comment in comments]
    found.sort(key=lambda pair: pair[0].line)
    return tuple(
        ReviewComment(
            comment.author,
            comment.date,
            comment.text,
            place.span,
            comment.anchor,
            comment.id,
            comment.replies,
        )
        for place, comment in found
    )


def block_text(node: Node) -> str:
    """Return what a block says, by which it is known again: "" for one without words."""
    match node:
        case Paragraph(inlines=inlines) | Heading(inlines=inlines) | Cell(inlines=inlines):
            return plain(inlines)
        case Definition(term=term):
            return plain(term)
        case Figure() | Chart() | Table():
            parts = (node.caption, node.subtitle, node.source, node.notes)
            return " ".join(filter(None, map(plain, parts)))
        case CodeBlock(text=text) | Equation(tex=text):
            return text
        case _:
            return ""


def _places(brief: Brief) -> Iterator[_Place]:
    front, block = brief.front, title_block(brief)
    said = [
        ("title", brief.title),
        ("subtitle", plain(block.subtitle)),
        ("authors", " ".join(block.authors)),
        *((fact.key, fact.text) for fact in block.facts),
        ("disclaimer", plain(block.disclaimer)),
        *((line.field, line.text) for line in block.imprint),
    ]
    for key, text in said:
        if text:
            span = front.place(key)
            yield _Place(span, _letters(text), span.line)
    around: dict[Span, Span] = {}  # by blocks of footnotes: Word has no comments there
    for node in walk(brief):
        if not isinstance(node, _BLOCKS):
            continue
        shown = around.get(node.span, node.span)
        if isinstance(node, Part):
            words = plain(node.title) or (
                term(node.kind, front.lang) if node.kind in _TITLED else ""
            )
            yield _Place(shown, _letters(words), node.span.line)
            continue
        for note in (n for n in walk(node) if isinstance(n, Footnote)):
            around |= {inner.span: shown for inner in walk(note)}
        yield _Place(shown, _letters(block_text(node)), node.span.line)


def _place_of(comment: Comment, places: Sequence[_Place]) -> _Place:
    words = _letters(_MARK.sub("", comment.anchor))
    block = _pairs(_letters(comment.block))

    def alike(place: _Place) -> float:
        pairs = _pairs(place.letters)
        return 2 * len(block & pairs) / (len(block) + len(pairs) or 1)

    def held(place: _Place) -> int:
        """Return how many letters of the words stand there in a row."""
        return SequenceMatcher(None, words, place.letters, False).find_longest_match().size

    def rank(place: _Place) -> tuple[float, int]:
        return alike(place), -abs(place.line - comment.line)

    same = [place for place in places if alike(place) > _SAME]
    worded = [place for place in places if words and words in place.letters]
    both = [place for place in same if place in worded]
    for found in (both, worded if len(words) >= _TELLING else (), same, worded):
        if found:
            return max(found, key=rank)
    best = max(places, key=rank)
    if alike(best) > _ALIKE:
        return best
    if not comment.line:
        return max(places, key=held)
    before = [place for place in places if place.line <= comment.line]
    return max(before, key=lambda place: place.line, default=best)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _pairs(letters: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(letters))
