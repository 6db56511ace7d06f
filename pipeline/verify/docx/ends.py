"""Bookmarks that end too early.

LibreOffice 7.4 ends bookmarks after the first footnote of a text, in its paragraph, one character
early, and one more with each time it saves.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from .contract import CITATION
from .pieces import Piece

_BRACKETS = {"[": "]", "(": ")", "［": "］", "（": "）", "【": "】", "〔": "〕"}
_LATE = 4  # characters at most from the end of a bookmark to the closing bracket of its mark
_AFTER_END = ("text", "field", "link", "unlink")


def with_whole_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a paragraph, each citation with its closing bracket in its bookmark."""
    found = list(pieces)
    for place in range(len(found) - 1, -1, -1):
        piece = found[place]
        if piece.kind == "close" and piece.name.startswith(CITATION):
            inside = _inside(found[:place], piece.name)
            opened = (b for b in _BRACKETS if inside.count(b) > inside.count(_BRACKETS[b]))
            if closing := _BRACKETS.get(next(opened, "")):
                found[place:] = _moved(found[place], found[place + 1 :], closing)
    return found


def goes_on(pieces: Sequence[Piece], bookmark: str) -> bool:
    """Say whether a paragraph has text after a bookmark that ends in it."""
    ends = [n for n, p in enumerate(pieces) if p.kind == "close" and p.name == bookmark]
    return any(p.seen.strip() for p in pieces[ends[0] :] if p.kind == "text") if ends else False


def _inside(pieces: Sequence[Piece], bookmark: str) -> str:
    """Return what is seen from where a bookmark begins."""
    begins = [n for n, p in enumerate(pieces) if p.kind == "open" and p.name == bookmark]
    inside = pieces[begins[-1] :] if begins else ()
    return "".join(p.seen for p in inside if p.kind in ("text", "field") and not p.nested)


def _moved(close: Piece, after: Sequence[Piece], closing: str) -> list[Piece]:
    """Return the end of a bookmark and what follows it, the end after the closing bracket."""
    passed = 0
    for place, piece in enumerate(after):
        if piece.kind not in _AFTER_END:
            break
        at = piece.seen.find(closing) if piece.kind == "text" else -1
        passed += len(piece.seen) if at < 0 else at
        if passed >= _LATE:
            break
        if at >= 0:
            first, rest = piece.seen[: at + 1], piece.seen[at + 1 :]
            parts = [replace(piece, text=first), close, replace(piece, text=rest)]
            return [*after[:place], *parts, *after[place + 1 :]]
    return [close, *after]
