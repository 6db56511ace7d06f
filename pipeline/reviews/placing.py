"""Find what comments are about in a brief that has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from ..diagnostics import Span
from ..model import (
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
    ReviewComment,
    Table,
    plain,
    walk,
)
from . import Comment

_ALIKE = 0.5  # the part of its pairs of letters that a block keeps
# Numbers follow, and quotation marks are typeset: letters alone are compared.
_NO_LETTERS = re.compile(r"[\W\d_]+")
_MARK = re.compile(r"[\[(][0-9][^\])]*[\])]")  # "[3, p. 4]"
_BLOCKS = (
    Paragraph, Heading, Cell, Definition, Figure, Chart, Table, CodeBlock, Equation,
)  # fmt: skip


class _Place(Struct, frozen=True):
    span: Span  # of the block that shows it in the body
    letters: str
    line: int


def placed(comments: Sequence[Comment], brief: Brief) -> tuple[ReviewComment, ...]:
    """Return comments with the blocks that they are about now, in the order of these.

    That is the block with their words that is most like the one these stood in; if the words are
    gone, the block most like that one, or else the one on its line. Where neither is known, it is
    the one with most of the words.
    """
    places = list(_places(brief))
    found = [(_place_of(comment, places), comment) for comment in comments]
    found.sort(key=lambda pair: pair[0].line if pair[0] else 0)
    return tuple(
        ReviewComment(
            comment.author,
            comment.date,
            comment.text,
            place.span if place else brief.span,
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
        case Figure(caption=caption) | Chart(caption=caption) | Table(caption=caption):
            return plain(caption)
        case CodeBlock(text=text) | Equation(tex=text):
            return text
        case _:
            return ""


def _places(brief: Brief) -> Iterator[_Place]:
    front = brief.front
    for name in ("title", "subtitle", "disclaimer"):
        if inlines := getattr(front, name):
            span = front.place(name)
            yield _Place(span, _letters(plain(inlines)), span.line)
    around: dict[Span, Span] = {}  # by blocks of footnotes: Word has no comments there
    for node in walk(brief):
        if not isinstance(node, _BLOCKS):
            continue
        shown = around.get(node.span, node.span)
        for note in (n for n in walk(node) if isinstance(n, Footnote)):
            around |= {inner.span: shown for inner in walk(note)}
        yield _Place(shown, _letters(block_text(node)), node.span.line)


def _place_of(comment: Comment, places: Sequence[_Place]) -> _Place | None:
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

    with_words = [place for place in places if words and words in place.letters]
    best = max(with_words or places, key=rank, default=None)
    if best is None or with_words or alike(best) > _ALIKE:
        return best
    if not comment.line:
        return max(places, key=held)
    before = [place for place in places if place.line <= comment.line]
    return max(before, key=lambda place: place.line, default=best)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _pairs(letters: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(letters))
