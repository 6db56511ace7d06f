"""A paragraph of a Word file as pieces, and the numbers in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from msgspec import Struct, field

from .printed import PrintedEntry, PrintedNumber
from .texts import entry, is_range, number_in_text, squeezed, without_cited_in


class Piece(Struct):
    """A part of a paragraph: text, a number with its anchor, or an edge between citations."""

    kind: str  # "text", "mark", "range", "number", "entry", "edge", "back"
    anchor: str = ""
    text: str = ""


class Paragraph(Struct):
    """What has been read of a paragraph."""

    label: str = ""  # the number of a heading, as Word counts it
    label_of: str = ""  # the reference whose bookmark begins in it, at the piece `label_at`
    label_at: int = 0
    bookmarks: list[str] = field(default_factory=list)  # that begin in it
    pieces: list[Piece] = field(default_factory=list)


def listed(pieces: Sequence[Piece]) -> PrintedEntry:
    """Return the entry of the reference list that a paragraph is, without its links back."""
    shown = takewhile(lambda piece: piece.kind != "back", pieces)
    key = next(piece.anchor for piece in pieces if piece.kind == "entry").removeprefix("ref-")
    return entry(key, without_cited_in("".join(piece.text for piece in shown)))


def number_label(pieces: list[Piece], anchor: str, start: int) -> None:
    """Take the number of an entry where it is no field: in the list of a reference manager.

    It is at the start of its bookmark; where that ends, LibreOffice forgets.
    """
    if start >= len(pieces) or any(piece.kind == "entry" for piece in pieces):
        return
    text = pieces[start].text
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    if pieces[start].kind == "text" and digits:
        pieces[start : start + 1] = [
            Piece("entry", anchor, digits),
            Piece("text", "", text[len(digits) :]),
        ]


def range_piece(pieces: list[Piece], start: int, anchor: str) -> None:
    """Take a link to a reference whose pieces begin at `start` for the middle of a range, if it is.

    Empty links stand before the dash, one for each further number that it hides.
    """
    # LibreOffice draws a field that follows a link into the link.
    words = [*takewhile(_is_text, pieces[start:])]
    text = "".join(piece.text for piece in words)
    if is_range(text):
        first = start
        while first and pieces[first - 1].kind == "range" and not pieces[first - 1].text:
            first -= 1
        further = [Piece("range", piece.anchor, text) for piece in pieces[first:start]]
        pieces[first : start + len(words)] = [Piece("range", anchor, text), *further]
    elif not pieces[start:]:
        pieces.append(Piece("range", anchor))


def numbers(pieces: list[Piece], calls: list[PrintedNumber]) -> Iterator[PrintedNumber]:
    """Yield the numbers of a paragraph."""
    for i, piece in enumerate(pieces):
        match piece.kind:
            case "mark":
                before, follows = _before(pieces[:i]), _after(pieces[i + 1 :])
                yield number_in_text(piece.anchor, before, piece.text, follows)
            case "range":
                rest = [*dropwhile(lambda found: found.kind == "range", pieces[i:])]
                follows = squeezed(piece.text + _after(rest))
                yield PrintedNumber(piece.anchor, "", "", squeezed(piece.text), follows)
            case "number":
                word = _before(pieces[:i]).rpartition(" ")[2]
                yield PrintedNumber(piece.anchor, piece.text, "", squeezed(word + piece.text), "")
            case "call":
                yield next(call for call in calls if call.number == piece.text)
            case _:
                pass


def _after(pieces: list[Piece]) -> str:
    """Return the text up to the next number or edge."""
    return "".join(piece.text for piece in takewhile(_is_text, pieces))


def _before(pieces: list[Piece]) -> str:
    """Return the text from the last number or edge on."""
    return "".join(piece.text for piece in [*takewhile(_is_text, pieces[::-1])][::-1])


def _is_text(piece: Piece) -> bool:
    return piece.kind == "text"
