"""From stretches of text to atoms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from .values import PLAIN, Atom, Format, tokens


class Piece(Struct, frozen=True):
    """A stretch of text in one format; `citation` is the bookmark of the citation round it."""

    text: str
    format: Format
    citation: str
    kind: str = "text"


def atoms_of(pieces: Sequence[Piece | Atom]) -> tuple[tuple[Atom, ...], list[int]]:
    """Return the atoms of a paragraph, and for each piece how many atoms stand before it.

    Blanks at its ends are left out, words are joined across pieces of one format.
    """
    atoms: list[Atom] = []
    offsets: list[int] = []
    for key, group in groupby(pieces, key=_joins):
        held = list(group)
        if key is None:
            for piece in held:
                offsets.append(len(atoms))
                if isinstance(piece, Atom):
                    atoms.append(piece)
            continue
        texts = [piece.text for piece in held if isinstance(piece, Piece)]
        look, citation, kind = key
        start = len(atoms)
        found = list(tokens("".join(texts)))
        starts = [offset for offset, _ in found]
        place = 0
        for text in texts:
            offsets.append(start + bisect_left(starts, place))
            place += len(text)
        for _, token in found:
            if token.isspace():
                _add_blank(atoms, token, citation)
            else:
                atoms.append(Atom(kind, token, look, "", citation))
    offsets.append(len(atoms))
    while atoms and atoms[-1].kind in ("blank", "break"):
        atoms.pop()
    return tuple(atoms), offsets


def _add_blank(atoms: list[Atom], token: str, citation: str) -> None:
    """Add a blank, joined with one before it; none at the beginning."""
    if atoms and atoms[-1].kind != "blank":
        atoms.append(Atom("blank", " ", PLAIN, token, citation))


def _joins(piece: Piece | Atom) -> tuple[Format, str, str] | None:
    return None if isinstance(piece, Atom) else (piece.format, piece.citation, piece.kind)
