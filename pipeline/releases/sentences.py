"""The sentences of a brief, with their places: what is compared with a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Span
from ..model import (
    Brief,
    Chart,
    Citation,
    Cite,
    Code,
    CodeBlock,
    CrossReference,
    Deleted,
    Equation,
    Figure,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Math,
    Part,
    Text,
    own_runs,
    walk,
)

# An abbreviation ends a piece as well: both sides are cut in the same places.
SENTENCE_END = re.compile(r"""(?<=[.!?…])["'”’»)\]]*\s+|(?<=[。！？])[」』”’）]*""")
_INSIDE = (*get_args(Inline), Cite)  # whose words are those of the run that they are in
_BLANK = "\ue000"  # in a citation, which is never cut


class Sentence(Struct, frozen=True):
    text: str
    span: Span


class _Piece(Struct, frozen=True):
    text: str
    span: Span


def sentences(brief: Brief) -> Iterator[Sentence]:
    """Yield what a brief says, in order, without what it says of its corrections.

    A citation counts by its keys and locators as written, and a table by the words of its cells.
    """
    kept = (b for b in brief.blocks if not (isinstance(b, Part) and b.kind == "corrections"))
    for node in walk(replace(brief, blocks=tuple(kept))):
        match node:
            case CodeBlock(text=text) | Equation(tex=text):
                yield Sentence(text.strip(), node.span)
            case Figure(image=image):
                if image.alt:
                    yield Sentence(image.alt, image.span)
            case Chart():
                yield Sentence(_data(node), node.span)
            case _:
                pass
        if not isinstance(node, _INSIDE):
            for run in own_runs(node):
                yield from _cut(list(_pieces(run)))


def _data(chart: Chart) -> str:
    rows = (f"{s.name}: {', '.join(map(str, s.values))}" for s in chart.series)
    return "; ".join((chart.alt, ", ".join(chart.categories), *rows))


def _cut(pieces: list[_Piece]) -> Iterator[Sentence]:
    whole = "".join(piece.text for piece in pieces)
    start = 0
    for end in (*(found.end() for found in SENTENCE_END.finditer(whole)), len(whole)):
        if text := " ".join(whole[start:end].split()).replace(_BLANK, " "):
            yield Sentence(text, _place(pieces, start, end))
        start = end


def _place(pieces: list[_Piece], start: int, end: int) -> Span:
    """Return the place of the first words of a sentence, on the line that it begins on."""
    offset = 0
    for piece in pieces:
        inside = start - offset
        if inside < len(piece.text) and piece.text[max(inside, 0) :].strip():
            if inside <= 0:
                return piece.span
            blank = len(piece.text[inside:]) - len(piece.text[inside:].lstrip())
            length = min(end - start, len(piece.text) - inside) - blank
            return piece.span.piece(inside + blank, max(length, 1))
        offset += len(piece.text)
    return pieces[-1].span


def _pieces(inlines: Inlines) -> Iterator[_Piece]:
    for inline in inlines:
        match inline:
            case Text(text=text) | Code(text=text) | Math(tex=text) | Image(alt=text):
                yield _Piece(text, inline.span)
            case Citation(source=source):
                yield _Piece(_BLANK.join(source.split()), inline.span)
            case CrossReference(anchor=anchor):
                yield _Piece(f"@{anchor}", inline.span)
            case LineBreak():
                yield _Piece(" ", inline.span)
            case Footnote() | FootnoteReference() | Deleted():
                pass  # the text of a footnote is blocks of its own
            case _:
                yield from _pieces(inline.inlines)
