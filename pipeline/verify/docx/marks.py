"""The numbers in a paragraph of a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from ...model import Anchor
from ..forms import visible
from ..messages import run_together
from ..readback import ReadEntry, ReadMark, ReadNumber, Remark
from ..texts import (
    entry,
    is_range,
    label_number,
    number_before,
    number_in_text,
    read_as_one,
    squeezed,
)
from .contract import CITATION, read_field
from .pieces import Paragraph, Piece
from .token import Token
from .tokens import AnchorOf, tokens_of


class Read(Struct, frozen=True):
    """What one paragraph prints."""

    numbers: tuple[ReadNumber, ...] = ()
    marks: tuple[ReadMark, ...] = ()
    entries: tuple[ReadEntry, ...] = ()
    contents: tuple[ReadNumber, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_paragraph(
    paragraph: Paragraph,
    label: str,
    anchor_of: AnchorOf,
    calls: Mapping[int, ReadNumber],
    note: ReadNumber | None,
    anchors: Mapping[str, Anchor],
    listed: Mapping[Anchor, str] | None,
) -> Read:
    """Return what a paragraph prints.

    `label` is what Word counts for a heading; `calls` are those of footnotes by their piece's id;
    `note` is the number before the text of the footnote that the paragraph stands in. `anchors`
    are those of bookmarks and sources. `listed` holds the numbers of the list by anchor where the
    links of a range may be lost: in a file that LibreOffice saved.
    """
    if any(read_field(found).kind == "TOC" for found in paragraph.inside):
        return Read(contents=tuple(_contents(paragraph.pieces, anchor_of)))
    tokens = list(tokens_of(paragraph.pieces, anchor_of, calls, note, anchors))
    if any(token.kind == "entry" for token in tokens):
        return Read(entries=(_entry(tokens, paragraph.pieces, anchor_of),))
    found: list[ReadNumber] = []
    if label and (anchor := first_anchor(paragraph.pieces, anchor_of)):
        number = label.rstrip(".")
        found.append(ReadNumber(anchor, number, "", number, heads=True))
    return Read(
        (*found, *_numbers(_with_ranges(tokens, listed))),
        tuple(_marks(tokens, anchor_of)),
        remarks=tuple(_run_together(tokens)),
    )


def is_ours(pieces: Sequence[Piece]) -> bool:
    """Say whether a heading has a bookmark that we, or an author's anchor, gave it."""
    return any(piece.kind == "open" and piece.name[:1] != "_" for piece in pieces)


def first_anchor(pieces: Sequence[Piece], anchor_of: AnchorOf) -> Anchor | None:
    names = (piece.name for piece in pieces if piece.kind == "open")
    return next((anchor_of(name) for name in names if name[:1] != "_"), None)


# Tokens to numbers -----------------------------------------------------------------------------


def _with_ranges(tokens: Sequence[Token], listed: Mapping[Anchor, str] | None) -> list[Token]:
    """Return tokens with those of the numbers that a range hides, in the place of its dash.

    A range is text between two marks, whatever links it has: programs that save a file draw what
    stands beside a link into it, or leave empty links out.
    """
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        found.append(token)
        place += 1
        if token.kind != "mark":
            continue
        between = list(takewhile(lambda t: t.kind in ("text", "link", "unlink"), tokens[place:]))
        after = tokens[place + len(between)] if place + len(between) < len(tokens) else None
        text = "".join(t.text for t in between)
        dash = text.strip("[]()［］（）【】〔〕 \N{NO-BREAK SPACE}")
        if after is None or after.kind != "mark" or not is_range(dash):
            continue
        hidden = _hidden(between, after, token, listed)
        start = text.index(dash) if dash in text else 0
        found.append(Token("text", text=text[:start]))
        found += (Token("range", anchor, dash) for anchor in hidden)
        found.append(Token("text", text=text[start + len(dash) :]))
        place += len(between)
    return found


def _hidden(
    between: Sequence[Token], after: Token, before: Token, listed: Mapping[Anchor, str] | None
) -> list[Anchor]:
    """Return the references that a range leads to, the empty links before the dash last."""
    links = [t.anchor for t in between if t.kind == "link"]
    if links and links[-1] == after.anchor and between[-1].kind == "link":
        links.pop()  # that of the number after the dash
    dashed = next(
        (
            i
            for i, t in enumerate(between)
            if t.kind == "text" and t.text.strip() and is_range(t.text)
        ),
        None,
    )
    on_dash = [t.anchor for t in between[:dashed] if t.kind == "link"][-1:] if dashed else []
    ordered = [*on_dash, *(anchor for anchor in links if anchor not in on_dash)]
    if listed is None or not (before.text.isdigit() and after.text.isdigit()):
        return ordered
    wanted = range(int(before.text) + 1, int(after.text))
    by_number = {number: anchor for anchor, number in listed.items()}
    whole = [by_number[str(n)] for n in wanted if str(n) in by_number]
    return whole if set(ordered) <= set(whole) else ordered


def _numbers(tokens: Sequence[Token]) -> Iterator[ReadNumber]:
    for place, token in enumerate(tokens):
        match token.kind:
            case "mark":
                before, follows = _before(tokens[:place]), _after(tokens[place + 1 :])
                yield number_in_text(token.anchor, before, token.text, follows)
            case "range":
                yield ReadNumber(token.anchor, "", "", squeezed(token.text))
            case "number":
                before = _before(tokens[:place])
                word = (before.rstrip() if token.labels else before).rpartition(" ")[2]
                text = squeezed(word + token.text)
                follows = squeezed(_after(tokens[place + 1 :]))[:_LONGEST_LABEL]
                yield ReadNumber(token.anchor, token.text, "", text, follows=follows, guessed=True)
            case "call" if token.number is not None:
                yield token.number
            case _:
                pass


_LONGEST_LABEL = 40  # characters
_PLAIN = ("text", "link", "unlink")


def _after(tokens: Sequence[Token]) -> str:
    """Return the text up to the next number or edge of a citation."""
    return "".join(t.text for t in takewhile(lambda t: t.kind in _PLAIN, tokens))


def _before(tokens: Sequence[Token]) -> str:
    """Return the text from the last number or edge on."""
    return "".join(t.text for t in [*takewhile(lambda t: t.kind in _PLAIN, tokens[::-1])][::-1])


def _run_together(tokens: Sequence[Token]) -> Iterator[Remark]:
    """Yield numbers that stand side by side without anything between: raised 1 and 2 read 12."""
    previous = last = ""
    for token in tokens:
        shown = token.number.number if token.number else visible(token.text)
        if token.kind in ("mark", "call") and shown:
            if read_as_one(previous, shown, "call" in (last, token.kind)):
                yield Remark(run_together(previous, shown))
            previous, last = shown, token.kind
        elif shown:
            previous = ""


def _marks(tokens: Sequence[Token], anchor_of: AnchorOf) -> Iterator[ReadMark]:
    """Yield the whole text of each citation."""
    open_marks: dict[str, list[str]] = {}
    for token, before in zip(tokens, (None, *tokens), strict=False):
        match token.kind:
            case "range" if before and before.kind == "range":
                pass  # one dash stands for all that it hides
            case "begin":
                open_marks[token.bookmark] = []
            case "end":
                if token.bookmark in open_marks:
                    text = "".join(open_marks.pop(token.bookmark))
                    yield ReadMark(anchor_of(token.bookmark), squeezed(text))
            case "call":
                text = token.number.number if token.number else ""
                for pieces in open_marks.values():
                    pieces.append(text)
            case _:
                for pieces in open_marks.values():
                    pieces.append(token.text)


# The reference list and the contents -------------------------------------------------------------


def _entry(tokens: Sequence[Token], pieces: Sequence[Piece], anchor_of: AnchorOf) -> ReadEntry:
    """Return the entry that a paragraph is, without its links back."""
    key = next(t.anchor for t in tokens if t.kind == "entry").name
    shown = takewhile(lambda t: t.kind not in ("back", "back-text"), tokens)
    read = entry(key, "".join(t.text for t in shown))
    return ReadEntry(read.key, read.number, read.text, tuple(_places(pieces, anchor_of)))


def _places(pieces: Sequence[Piece], anchor_of: AnchorOf) -> Iterator[ReadNumber]:
    target, text = "", ""
    for piece in pieces:
        if piece.kind == "link":
            target, text = piece.name, ""
        elif piece.kind == "unlink" and target.startswith(CITATION):
            yield label_number(anchor_of(target), text)
            target = ""
        elif piece.kind == "text":
            text += piece.seen


# The page of an entry of the contents: a field, but plain text after LibreOffice 25 has saved it.
_PAGE = re.compile(r"\t[0-9]+\s*$")


def _contents(pieces: Sequence[Piece], anchor_of: AnchorOf) -> Iterator[ReadNumber]:
    target, text = "", ""
    for piece in pieces:
        if piece.kind == "link":
            target, text = piece.name, ""
        elif piece.kind == "unlink" and target:
            words = squeezed(_PAGE.sub("", text))
            yield ReadNumber(anchor_of(target), number_before(words), "", words)
            target = ""
        elif piece.kind == "text":
            text += piece.seen
