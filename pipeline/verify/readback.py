"""What was read back from one file: each number with its anchor, and the reference list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ..model import Anchor
from .grids import Grid


class Unreadable(Exception):
    """A file is not what its name says, or could do harm. The message is one clause."""


class ReadNumber(Struct, frozen=True):
    """One number in a file.

    The dash of a range has an empty `number`: it is linked to numbers that it does not print.
    """

    anchor: Anchor
    number: str  # "3", "1.2", or "" where no number is to be found
    locator: str = ""  # "p. 4"
    text: str = ""  # all that is printed for it: "[3, p. 4]", "Figure 2"
    heads: bool = False  # it begins what it numbers: a heading, the text of a footnote
    follows: str = ""  # the text right behind it, where `text` does not say that
    guessed: bool = False  # its word may be one of the author's, before a number alone


class ReadMark(Struct, frozen=True):
    """The text of a citation from its first character to its last."""

    anchor: Anchor
    text: str


class DrawnMark(Struct, frozen=True):
    """One number of a citation in a PDF, which does not say where a citation ends.

    `before` and `after` are the text between it and its neighbours, in the order of drawing;
    None where that is unknown.
    """

    anchor: Anchor
    number: str
    text: str
    before: str | None
    after: str | None


class ReadEntry(Struct, frozen=True):
    """One entry of the reference list: its citation key, the number of its label, its text.

    `places` are its links back: the anchor of a citation, and the number in the words of the link.
    """

    key: str
    number: str
    text: str
    places: tuple[ReadNumber, ...] = ()

    @property
    def anchor(self) -> Anchor:
        return Anchor("reference", self.key)


class Block(Struct, frozen=True):
    """A paragraph, and its line in the Markdown, if the file records it."""

    text: str
    line: int = 0
    edited: bool = False  # it differs from what the file records

    @property
    def hash(self) -> str:
        """A short hash of the text, for a manifest; white space is ignored."""
        text = " ".join(self.text.split())
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Remark(Struct, frozen=True):
    """A difference between what was read from the file and what a person would see.

    `certain`: a number is hidden or shown differently; otherwise this is only possible.
    `struck`: it is struck through, as the author may have done.
    """

    message: str  # one clause
    certain: bool = True
    struck: bool = False


STRUCK = "struck through"


def unseen_remark(said: str, why: str) -> Remark:
    """Return the remark that a number is not seen."""
    return Remark(f"{said} is {why}", certain=why != STRUCK, struck=why == STRUCK)


class CarriedMark(Struct, frozen=True):
    """What a citation printed when the file was built, and its line in the Markdown."""

    text: str
    line: int
    anchors: tuple[Anchor, ...] = ()  # of what it cited


class Carried(Struct, frozen=True):
    """What a file records about how it was made. Nobody knows who wrote it there."""

    brief: str = ""  # the name of the brief
    sha256: str = ""  # of its Markdown
    numbers: Mapping[Anchor, str] = {}
    marks: Mapping[Anchor, CarriedMark] = {}
    titles: Mapping[Anchor, str] = {}  # of sources
    sources: Mapping[str, bytes] = {}  # files that are attached, by name


class Spots(Struct, frozen=True):
    """The letters and digits of a page in the order of drawing, and where the middle of each is:
    points from the left and from the bottom."""

    text: str
    places: tuple[tuple[float, float], ...]


class Readback(Struct, frozen=True):
    """All numbers of one file in reading order, and its reference list in order.

    The text of a footnote follows its first call. `repeated` holds numbers that
    are repeated in lists of links; `contents` those of the contents. `anchors` is what a link
    can lead to. `words` is the text in order, without numbers where they can be told apart; that of
    a PDF by page, what stands in margins and footnotes last. Raised and lowered digits of `words`
    are those of Unicode.
    """

    numbers: tuple[ReadNumber, ...] = ()
    bibliography: tuple[ReadEntry, ...] = ()
    marks: tuple[ReadMark, ...] = ()
    drawn: tuple[DrawnMark, ...] = ()
    repeated: tuple[ReadNumber, ...] = ()
    contents: tuple[ReadNumber, ...] = ()
    items: tuple[str, ...] | None = None  # labels of ordered lists; None where not read
    anchors: frozenset[Anchor] = frozenset()
    pages: int | None = None
    columns: int = 1  # of text on a page
    misled: tuple[tuple[str, str, int], ...] = ()  # links with a page: text, page it says, is
    shuffled: bool = False  # the characters of texts are certain, their order is not
    words: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()  # of a Word file: headers, footers and boxes
    grids: tuple[Grid, ...] | None = None  # of its tables; None where not read
    charts: tuple[Grid, ...] | None = None  # the data of its charts; None where not stated
    spots: tuple[Spots, ...] = ()  # of a PDF, by page
    pictures: tuple[str, ...] = ()  # what is read out for them, charts among them, in order
    leading: tuple[tuple[str, str], ...] = ()  # links to elsewhere: address and words
    levels: tuple[tuple[str, int], ...] = ()  # of headings, by anchor; of a PDF by number and words
    blocks: tuple[Block, ...] = ()
    remarks: tuple[Remark, ...] = ()
    carried: Carried | None = None
    looks: tuple[str, ...] = ()  # a hash of the picture of each page of a PDF


def to_json(found: Readback) -> dict[str, Any]:
    """Return values for JSON: {"numbers": [{anchor, …}], "bibliography": [{key, …}]}."""
    return {
        "numbers": [
            {"anchor": str(n.anchor), "number": n.number, "locator": n.locator, "text": n.text}
            for n in found.numbers
        ],
        "bibliography": [
            {"key": e.key, "number": e.number, "text": e.text} for e in found.bibliography
        ],
    }


def spliced(
    body: list[ReadNumber | None], footnotes: dict[Anchor, list[ReadNumber | None]]
) -> tuple[ReadNumber, ...]:
    """Return the numbers of a body, those of each footnote after its first call.

    Footnotes that are never called come last. None is ignored.
    """
    left = dict(footnotes)
    found = list(_spliced(body, left))
    while left:
        found += _spliced(left.pop(next(iter(left))), left)
    return tuple(found)


def _spliced(
    numbers: list[ReadNumber | None], left: dict[Anchor, list[ReadNumber | None]]
) -> Iterator[ReadNumber]:
    for number in numbers:
        if number:
            yield number
            if number.anchor in left:
                yield from _spliced(left.pop(number.anchor), left)
