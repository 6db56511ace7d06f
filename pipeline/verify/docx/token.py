"""What the pieces of a paragraph mean."""

from __future__ import annotations

from msgspec import Struct

from ...model import Anchor
from ..readback import ReadNumber


class Token(Struct, frozen=True):
    """A part of a paragraph as the proof reads it.

    kind         anchor                       text
    "text"                                    characters
    "mark"       the reference                its number
    "range"      a reference that it hides    the dash
    "number"     what it repeats, or labels   the number
    "entry"      the reference                the number of its label
    "begin"                                   (and "end": `bookmark` is that of a citation)
    "link"       the reference                (and "unlink")
    "back"                                    (`bookmark` is that of a citation)
    "back-text"                               characters of links back
    "call"                                    (`number` says all)
    """

    kind: str
    anchor: Anchor = Anchor("other", "")
    text: str = ""
    number: ReadNumber | None = None
    bookmark: str = ""
    labels: bool = False  # a number in a caption
