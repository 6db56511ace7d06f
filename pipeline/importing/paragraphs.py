"""Paragraphs of a Word file: what their properties and styles say that they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ..ooxml import STYLE_NAMES, qualified
from ..readers.docx.runs import value
from .numbering import Numbering
from .styles import Styles, outline_level
from .values import Block, Break, Kind, Loss, Paragraph, Piece, Place, Words, text_of

_CONTENTS = re.compile(r"toc (?:heading|\d)|contents (?:heading|\d)|table of figures|toa heading")
_MADE = "a line of a contents list, which the build makes"
_SIDES = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}


class Around(Struct):
    """What the stories of one file share. Losses are added to it."""

    styles: Styles
    numbering: Numbering
    text_of_part: Callable[[str], str]  # the words of a part: of a chart or a diagram
    losses: list[Loss] = field(default_factory=list)
    heading: str = ""
    paragraphs: int = 0
    note_calls: dict[str, str] = field(default_factory=dict)  # notes by bookmark of their call
    commented: dict[str, tuple[Place, list[str]]] = field(default_factory=dict)  # by id

    def lose(self, loss: Loss) -> None:
        self.losses.append(loss)


class OpenParagraph(Struct):
    """A paragraph that is being read."""

    place: Place
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)  # text boxes, pictures that float beside text
    has_text: bool = False


_NUMBERED_TEXT = STYLE_NAMES["NumberedText"].casefold()


def closed(own: OpenParagraph, properties: Element | None, around: Around) -> Paragraph:
    """Return a paragraph as it is once all in it is read."""
    style = value(properties, "w:pStyle")
    styles = around.styles
    kind: Kind
    kind, level = styles.kind(style)
    if (direct := outline_level(properties)) and kind in ("text", "heading"):
        kind, level = "heading", direct
    if kind == "text" and styles.is_code(style):
        kind = "code"
    if own.pieces and any(_CONTENTS.fullmatch(name) for name in styles.names(style)):
        said = "".join(map(text_of, own.pieces))
        around.lose(Loss("made", "contents", _MADE, own.place, said))
        own.pieces, kind, level = [], "text", 0
    if kind == "text" and _is_all_code(own.pieces):
        kind = "code"
    item = None
    is_numbered = kind == "text" and _NUMBERED_TEXT in styles.names(style)
    if kind not in ("title", "subtitle") and not is_numbered:
        number, place = _list(properties, style, around)
        item = around.numbering.item(number, place)
        if kind == "text" and around.numbering.goes_on(number, place):
            kind = "continued"
    paragraph = Paragraph(
        kind,
        tuple(own.pieces),
        level,
        item if kind != "heading" else None,
        tuple(own.bookmarks),
        _SIDES.get(value(properties, "w:jc") or _of(styles.paragraph(style, "w:jc")), ""),
        _indent(properties, style, around),
        is_numbered or (kind == "heading" and item is not None),
        own.place,
        styles.captioned(style) if kind == "caption" else "",
    )
    if kind == "heading" and paragraph.text.strip():
        around.heading = " ".join(paragraph.text.split())
    return paragraph


def _list(properties: Element | None, style: str, around: Around) -> tuple[str, int]:
    """Return the list that a paragraph is in, "" for none, and its level there."""
    own = properties.find(qualified("w:numPr")) if properties is not None else None
    of_style = around.styles.paragraph(style, "w:numPr")
    number = value(own, "w:numId") or value(of_style, "w:numId")
    level = value(own, "w:ilvl") or value(of_style, "w:ilvl") or "0"
    return "" if number == "0" else number, _digits(level)


def _indent(properties: Element | None, style: str, around: Around) -> int:
    found = properties.find(qualified("w:ind")) if properties is not None else None
    if found is None:
        found = around.styles.paragraph(style, "w:ind")
    written = "" if found is None else found.get(qualified("w:left"), "")
    return _digits(written)


def _digits(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


def _is_all_code(pieces: Sequence[Piece]) -> bool:
    """Say whether all words of a paragraph are code; links are none."""
    words = [piece for piece in pieces if isinstance(piece, Words) and piece.text.strip()]
    return (
        bool(words)
        and all(word.format.code and not word.format.link for word in words)
        and all(isinstance(piece, Words | Break) for piece in pieces)
    )


def _of(element: Element | None) -> str:
    return element.get(qualified("w:val"), "") if element is not None else ""
