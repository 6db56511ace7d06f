"""What a paragraph of a Word file is made of."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ..forms import LOWERED, RAISED

_MOVED: Mapping[str, Mapping[int, int]] = {"superscript": RAISED, "subscript": LOWERED}


class Piece(Struct):
    """A part of a paragraph.

    kind      name                         text
    "text"                                 characters
    "field"   the instruction              the result
    "open"    a bookmark that begins
    "close"   a bookmark that ends
    "link"    a bookmark, or "→" for         its address, or the id of its relationship
              one to elsewhere
    "unlink"
    "call"    the id of a footnote         what is printed for it, if that is no number
    "note"                                 (stands for the number before a footnote's text)
    "box"                                  the text of a text box
    "maths"
    """

    kind: str
    name: str = ""
    text: str = ""
    unseen: str = ""  # why its text is not seen: "hidden", "too pale to see on its background"
    back: bool = False  # in the character style of links back
    nested: bool = False  # a field in the result of another
    place: str | None = None  # of its text: "superscript", "subscript"

    @property
    def seen(self) -> str:
        """The text that is printed."""
        return "" if self.unseen == "hidden" else self.text


class Paragraph(Struct):
    """A paragraph with its pieces; `inside` are the instructions of fields round it."""

    element: Element
    inside: tuple[str, ...] = ()
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(p.seen for p in self.pieces if p.kind in ("text", "field"))

    @property
    def words(self) -> str:
        """The text, its raised and lowered digits as those of Unicode."""
        return "".join(
            p.seen.translate(_MOVED.get(p.place or "", {}))
            for p in self.pieces
            if p.kind in ("text", "field")
        )
