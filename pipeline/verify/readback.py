"""What was read back from one file: every number by what it points to, and the reference list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ..model import Anchor


class Unreadable(Exception):
    """A file is not what its ending says, or could do harm. The message is one clause."""


class ReadNumber(Struct, frozen=True):
    """One number where it stands.

    The middle of a range, its dash, has an empty `number`: it stands for numbers, and prints none.
    """

    anchor: Anchor
    number: str  # "3", "1.2", or "" where no number is to be found
    locator: str = ""  # "p. 4"
    text: str = ""  # all that is printed for it: "[3, p. 4]", "Figure 2"


class ReadMark(Struct, frozen=True):
    """The text of a citation from its first character to its last."""

    anchor: Anchor
    text: str


class DrawnMark(Struct, frozen=True):
    """One number of a citation in a PDF, which does not say where a citation ends.

    `before` and `after` are what stands between it and its neighbours, in the order of drawing;
    None where that cannot be told.
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
    """A paragraph, and where it was written as far as the file says: a line of the Markdown."""

    text: str
    line: int = 0
    edited: bool = False  # it is not what the file says that was written

    @property
    def hash(self) -> str:
        """A short hash of the text, for a manifest: blanks do not count."""
        text = " ".join(self.text.split())
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Remark(Struct, frozen=True):
    """What a reader of the file sees otherwise than it was read, or may see otherwise.

    `certain`: a number is not seen as it is, else it cannot be told, or is no number of ours.
    """

    message: str  # one clause
    certain: bool = True


class CarriedMark(Struct, frozen=True):
    """What a citation printed when the file was built, and its line in the Markdown."""

    text: str
    line: int
    anchors: tuple[Anchor, ...] = ()  # of what it cited


class Carried(Struct, frozen=True):
    """What a file says of its own making. Who wrote it there is not known."""

    brief: str = ""  # the name of the brief
    sha256: str = ""  # of its Markdown
    numbers: Mapping[Anchor, str] = {}
    marks: Mapping[Anchor, CarriedMark] = {}
    titles: Mapping[Anchor, str] = {}  # of sources
    sources: Mapping[str, bytes] = {}  # files that are attached, by name


class Readback(Struct, frozen=True):
    """All numbers of one file in reading order, and its reference list in order.

    The text of a footnote stands where the footnote is called first. `repeated` holds numbers that
    are said again in lists of links; `contents` those of the contents. `anchors` is what a link
    can lead to.
    """

    numbers: tuple[ReadNumber, ...] = ()
    bibliography: tuple[ReadEntry, ...] = ()
    marks: tuple[ReadMark, ...] = ()
    drawn: tuple[DrawnMark, ...] = ()
    repeated: tuple[ReadNumber, ...] = ()
    contents: tuple[ReadNumber, ...] = ()
    anchors: frozenset[Anchor] = frozenset()
    pages: int | None = None
    misled: tuple[tuple[str, str, int], ...] = ()  # links with a page: text, page it says, is
    shuffled: bool = False  # the characters of texts are sure, their order is not
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

    A footnote that is never called stands at the end. None stands for nothing.
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
