"""What captions belong to, and what anchors the places that fields point at get."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from ..language.terms import translations
from ..model import Anchor, AnchorKind
from .values import (
    Block,
    Break,
    Count,
    Formula,
    Paragraph,
    Picture,
    Piece,
    Pointer,
    Table,
    Words,
    paragraphs_of,
    text_of,
)

_AFTER_NUMBER = re.compile(r"^[\s.:)–—-]+")
_TABLES = ("table", "tabelle", "tableau", "tabla", "tabela", "tabella", "tabel", "tabell", "tab")
_FIGURES = ("figure", "fig", "abbildung", "abb", "figura", "figur")
_LIKE_FIGURES = (
    "illustration", "drawing", "image", "chart", "graph", "diagram", "box", "map", "photo",
    "exhibit", "graphique", "gráfico",
)  # fmt: skip
_LONGEST_LABEL = 30  # characters before the number of a caption


class Captioned(Struct, frozen=True):
    """A figure (a paragraph of pictures, the last of which has the caption) or a table."""

    body: Block
    caption: tuple[Piece, ...]
    anchor: Anchor


class NumberedFormula(Struct, frozen=True):
    formula: Formula
    anchor: Anchor


class Arranged(Struct, frozen=True):
    """The blocks of a story with their captions; `anchors` by bookmark."""

    blocks: tuple[Block | Captioned | NumberedFormula, ...]
    anchors: dict[str, Anchor] = field(default_factory=dict)
    unplaced: tuple[Paragraph, ...] = ()  # captions of nothing


class Anchors:
    """Makes anchors that no other has."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def make(self, kind: AnchorKind, words: str) -> Anchor:
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        parts = re.findall(r"[a-z0-9]+", plain)[:4]
        name = "-".join(parts)[:40].rstrip("-") or "1"
        found, count = name, 1
        while str(Anchor(kind, found)) in self._taken:
            count += 1
            found = f"{name}-{count}"
        anchor = Anchor(kind, found)
        self._taken.add(str(anchor))
        return anchor


def arranged(blocks: Sequence[Block], anchors: Anchors, pointed: frozenset[str]) -> Arranged:
    """Join captions with what they are of. `pointed`: the bookmarks that fields point at."""
    split = divided(blocks)
    owners = owners_of(split)
    captions = frozenset(owners.values())
    found: list[Block | Captioned | NumberedFormula] = []
    by_bookmark: dict[str, Anchor] = {}
    unplaced = []
    for place, block in enumerate(split):
        if place in captions:
            continue
        if place in owners:
            caption = split[owners[place]]
            assert isinstance(caption, Paragraph)
            pieces = without_label(caption.pieces)
            words = "".join(text_of(p) for p in pieces if isinstance(p, Words | Break))
            anchor = anchors.make("table" if isinstance(block, Table) else "figure", words)
            found.append(Captioned(block, pieces, anchor))
            marks = (*caption.bookmarks, *(block.bookmarks if isinstance(block, Paragraph) else ()))
            by_bookmark |= dict.fromkeys(marks, anchor)
            continue
        if isinstance(block, Paragraph):
            if formula := _numbered_formula(block):
                anchor = anchors.make("equation", "")
                found.append(NumberedFormula(formula, anchor))
                by_bookmark |= dict.fromkeys(block.bookmarks, anchor)
                continue
            if block.kind == "heading" and pointed & frozenset(block.bookmarks):
                anchor = anchors.make("section", block.text)
                by_bookmark |= dict.fromkeys(block.bookmarks, anchor)
            if _is_caption(block):
                unplaced.append(block)
        found.append(block)
    return Arranged(tuple(found), by_bookmark, tuple(unplaced))


def pointed_at(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the bookmarks that fields and links in blocks point at."""
    for piece in chain.from_iterable(each.pieces for each in paragraphs_of(blocks)):
        if isinstance(piece, Pointer):
            yield piece.bookmark
        elif isinstance(piece, Words) and piece.format.link.startswith("#"):
            yield piece.format.link[1:]


def without_label(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return a caption without its word and its number, which the build prints."""
    place = counted_at(pieces)
    if place is not None:
        rest = list(pieces[place + 1 :])
    elif label := typed_label().match("".join(map(text_of, pieces))):
        rest = list(_from(label.end(), pieces))
    else:
        return tuple(pieces)
    if not any(not isinstance(p, Words) or _AFTER_NUMBER.sub("", p.text) for p in rest):
        return tuple(pieces)  # it has no other words, and a caption needs some
    while rest and isinstance(first := rest[0], Words):
        left = _AFTER_NUMBER.sub("", first.text)
        if left:
            rest[0] = replace(first, text=left)
            break
        rest.pop(0)
    return tuple(rest)


def _from(start: int, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces without their first `start` characters."""
    for piece in pieces:
        length = len(text_of(piece))
        if isinstance(piece, Words) and start < length:
            yield replace(piece, text=piece.text[start:])
        elif start == 0 or length == 0:
            yield piece
        start = max(start - length, 0)


def is_figure(block: Block) -> bool:
    """Say whether a paragraph holds pictures and nothing else."""
    if not isinstance(block, Paragraph) or block.text.strip():
        return False
    kinds = {type(piece) for piece in block.pieces}
    return Picture in kinds and kinds <= {Picture, Words, Break}


def divided(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks in which no picture is in the paragraph of its caption."""
    return [part for block in blocks for part in _divided(block)]


def _divided(block: Block) -> Iterator[Block]:
    """Yield a block; a paragraph with pictures and their caption as two.

    Of a table of one cell with a picture, which only keeps it and its caption together (pandoc
    writes figures so), the blocks in that cell.
    """
    if isinstance(block, Table) and len(block.rows) == 1 and len(block.rows[0].cells) == 1:
        inside = block.rows[0].cells[0].blocks
        if any(is_figure(each) for each in inside):
            for each in inside:
                yield from _divided(each)
            return
    if isinstance(block, Paragraph) and block.kind in ("caption", "text"):
        pictures = tuple(p for p in block.pieces if isinstance(p, Picture))
        rest = _trimmed(tuple(p for p in block.pieces if not isinstance(p, Picture)))
        if pictures and (counted_at(rest) is not None or block.kind == "caption"):
            yield replace(block, kind="text", pieces=pictures, bookmarks=())
            yield replace(block, kind="caption", pieces=rest)
            return
    yield block


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    while pieces and isinstance(pieces[0], Break):
        pieces = pieces[1:]
    return pieces


def _is_caption(block: Block) -> bool:
    if not isinstance(block, Paragraph) or not block.text.strip() or block.item is not None:
        return False
    return block.kind == "caption" or (
        block.kind == "text" and counted_at(block.pieces) is not None and len(block.text) < 600
    )


def counted_at(pieces: Sequence[Piece]) -> int | None:
    """Return where the number of a caption is, if a field counts it."""
    before = 0
    for place, piece in enumerate(pieces):
        if isinstance(piece, Count) and before <= _LONGEST_LABEL:
            return place
        if not isinstance(piece, Words):
            return None
        before += len(piece.text)
    return None


def _kind(caption: Paragraph) -> str:
    """Return "table" or "figure", whichever a caption says it is of, "" for neither."""
    place = counted_at(caption.pieces)
    said = caption.text.casefold()
    if place is not None:
        counted = caption.pieces[place]
        assert isinstance(counted, Count)
        said = f"{counted.sequence.casefold()} {said}"
    word = re.match(r"[^\W\d_]+", said)
    first = word[0] if word else ""
    if first in words_for("table"):
        return "table"
    return "figure" if first in _all_words() else caption.captioned


def owners_of(blocks: Sequence[Block]) -> dict[int, int]:
    """Return the places of captions by those of their figures and tables."""
    solid = [n for n, b in enumerate(blocks) if isinstance(b, Table) or b.pieces]
    order = {place: number for number, place in enumerate(solid)}
    owned: dict[int, int] = {}
    for place in solid:
        if not _is_caption(blocks[place]):
            continue
        caption = blocks[place]
        assert isinstance(caption, Paragraph)
        kind = _kind(caption)
        above, below = (
            solid[at] if 0 <= (at := order[place] + step) < len(solid) else None for step in (-1, 1)
        )
        sides = (below, above) if kind == "table" else (above, below)
        for side in sides:
            if side is None or side in owned:
                continue
            fits = (isinstance(blocks[side], Table) and kind != "figure") or (
                is_figure(blocks[side]) and kind != "table"
            )
            if fits:
                owned[side] = place
                break
    return owned


def _numbered_formula(paragraph: Paragraph) -> Formula | None:
    """Return the formula of a paragraph that holds nothing else but its counted number."""
    formulas = [p for p in paragraph.pieces if isinstance(p, Formula)]
    counts = [p for p in paragraph.pieces if isinstance(p, Count)]
    words = "".join(p.text for p in paragraph.pieces if isinstance(p, Words))
    others = [p for p in paragraph.pieces if not isinstance(p, Formula | Count | Words)]
    if len(formulas) == 1 and len(counts) == 1 and not others and not words.strip(" ()[]\t"):
        return formulas[0]
    return None


@cache
def words_for(kind: str) -> frozenset[str]:
    """Return the words that mean "table" or "figure", and nothing else, in small letters."""
    more = _TABLES if kind == "table" else _FIGURES
    return frozenset((*(word.casefold() for word in translations(kind)), *more))


def _all_words() -> frozenset[str]:
    return words_for("table") | words_for("figure") | frozenset(_LIKE_FIGURES)


@cache
def typed_label() -> re.Pattern[str]:
    """Return the pattern of a caption's word and number, typed."""
    words = either(_all_words())
    return re.compile(
        rf"^\s*(?:{words})\.?\s*(?P<number>\d+(?:[.-]\d+)*)(?=[\s.:)–—]|$)", re.IGNORECASE
    )


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of several words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
