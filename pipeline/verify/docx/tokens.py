"""The pieces of a paragraph as what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...model import Anchor
from ..readback import ReadNumber
from ..texts import squeezed
from .contract import CITATION, read_field
from .managed import mark_tokens
from .pieces import Piece
from .token import Token

AnchorOf = Callable[[str], Anchor]  # of a bookmark


def tokens_of(
    pieces: Sequence[Piece],
    anchor_of: AnchorOf,
    calls: Mapping[int, ReadNumber],
    note: ReadNumber | None,
    anchors: Mapping[str, Anchor],
) -> Iterator[Token]:
    open_names: list[str] = []
    label: Anchor | None = (
        None  # the reference whose bookmark has just begun: its number comes next
    )
    for piece in pieces:
        match piece.kind:
            case "open":
                open_names.append(piece.name)
                if piece.name.startswith(CITATION):
                    yield Token("begin", bookmark=piece.name)
                elif anchor_of(piece.name).kind == "reference":
                    label = anchor_of(piece.name)
            case "close":
                if piece.name in open_names:
                    open_names.remove(piece.name)
                if piece.name.startswith(CITATION):
                    yield Token("end", bookmark=piece.name)
            case "link":
                target = anchor_of(piece.name)
                if piece.name.startswith(CITATION):
                    yield Token("back", bookmark=piece.name)
                elif target.kind == "reference":
                    yield Token("link", target)
            case "unlink":
                yield Token("unlink")
            case "call":
                yield Token("call", number=calls.get(id(piece)))
            case "note" if note is not None:
                yield Token("call", number=note)
            case "field":
                yield from _field(piece, open_names, anchor_of, anchors)
                label = None
            case "text":
                yield from _text(piece, label)
                if piece.seen.strip():
                    label = None
            case _:
                pass


def _text(piece: Piece, label: Anchor | None) -> Iterator[Token]:
    """Yield text; where the number of an entry is no field, as in a reference manager's list, that
    too: it is at the start of its bookmark (where that ends, LibreOffice forgets)."""
    text = piece.seen
    if piece.back:
        yield Token("back-text", text=text)
        return
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    if label and digits:
        yield Token("entry", label, digits)
        text = text[len(digits) :]
    yield Token("text", text=text)


def _field(
    piece: Piece, open_names: Sequence[str], anchor_of: AnchorOf, anchors: Mapping[str, Anchor]
) -> Iterator[Token]:
    found, number = read_field(piece.name), squeezed(piece.seen).rstrip(".")
    bookmark = found.arguments[0] if found.arguments else ""
    match found.kind:
        case "REF" if anchor_of(bookmark).kind == "reference":
            yield Token("mark", anchor_of(bookmark), number)
        case "REF" | "NOTEREF" if _is_anchored(anchor_of(bookmark)):
            yield Token("number", anchor_of(bookmark), number)
        case "SEQ":
            names = [name for name in open_names if name[:1] != "_"]
            anchor = anchor_of(names[-1] if names else "")
            if anchor.kind == "reference":
                yield Token("entry", anchor, number)
            elif _is_anchored(anchor):
                yield Token("number", anchor, number, labels=True)
            else:
                yield Token("text", text=piece.seen)
        case "CITATION" | "ADDIN":
            yield from mark_tokens(piece.name, piece.seen, anchors)
        case "PAGEREF":
            yield Token("back-text" if piece.back else "text", text=piece.seen)
        case _:
            yield Token("back-text" if piece.back else "text", text=piece.seen)


def _is_anchored(anchor: Anchor) -> bool:
    """Say whether an anchor is one of ours: Word's own begin with a low line (`_Ref1234`)."""
    return str(anchor)[:1] not in "-_"  # "" is none either
