"""The numbers of a PDF, by named destinations and by the text under the links that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ..language.direction import is_right_to_left
from .pdf_columns import Columns, Slot
from .pdf_labels import (
    caption_label,
    cross_reference,
    equation_number,
    heading_number,
    rows,
    words,
)
from .pdf_links import Area, Destination, Links, read_links
from .pdf_slices import slices
from .pdf_text import HYPHEN, Line, Page, bodies, from_right, read_pages, turns
from .printed import Printed, PrintedEntry, PrintedNumber
from .texts import (
    entry,
    is_range,
    is_whole,
    label_number,
    leading_number,
    mark_number,
    without_cited_in,
)

_PLACES = ("cite-", "call-")  # destinations without a number: where something is cited or called
_CAPTIONED = ("fig-", "tbl-")
_BESIDE = 6.0  # points that a raised number may stand above the line it begins
_PAGE = re.compile(r"\s*\([^()\d]*(\d+)[^()\d]*\)")  # after a link back
_GAP = 26.0  # points between two lines of one entry at the most
_Key = tuple[int, float, float]  # page, depth, column: in reading order


class _Link(Struct, frozen=True):
    """A link, or one piece of it: a link that breaks over lines has an area on each."""

    anchor: str
    page: int
    first: int  # indices on the page of its first and last character
    last: int
    text: str
    place: _Key


def read_pdf(content: bytes) -> Printed:
    """Return what a PDF bears. Raises `Unreadable`."""
    return _Reading(read_pages(content), read_links(content)).printed()


class _Reading:
    """Puts links, destinations and text together."""

    def __init__(self, pages: list[Page], links: Links) -> None:
        # A PDF has its text as it is seen; what runs from right to left must be turned round.
        self._from_right = is_right_to_left(links.lang)
        self._pages = pages
        self._bodies = list(bodies(pages))
        self._columns = Columns(pages, self._bodies, links.columns, self._from_right)
        slot = self._columns.slot
        self._destinations = sorted(
            (found for found in links.destinations.values() if found.page < len(pages)),
            key=lambda d: (slot(d), -d.top, d.left, d.anchor.startswith("sec-")),
        )
        self._blocks = [d for d in self._destinations if not d.anchor.startswith(_PLACES)]
        pieces = list(self._pieces(links.areas))
        self._back = [piece for piece in pieces if piece.anchor.startswith("cite-")]
        self._links = self._joined(pieces)

    def printed(self) -> Printed:
        found = [*self._marks(), *self._labels()]
        found.sort(key=lambda pair: pair[0])
        return Printed(
            tuple(number for _, number in found),
            tuple(self._bibliography()),
            tuple(self._repeated()),
            frozenset(found.anchor for found in self._destinations),
            len(self._pages),
            tuple(self._misled()),
            self._from_right,
        )

    # Links -------------------------------------------------------------------------------------

    def _pieces(self, areas: list[list[Area]]) -> Iterator[_Link]:
        for page, found in zip(self._pages, areas, strict=False):
            previous: tuple[str, frozenset[int]] = ("", frozenset())
            for area, around in slices(page, found):
                under = page.within(around.left, around.bottom, around.right, around.top)
                # An element inside a link has a link of its own, to the same place.
                if under and not (previous[0] == area.anchor and previous[1].issuperset(under)):
                    previous = (area.anchor, frozenset(under))
                    text = "".join(page.text[index] for index in under)
                    if self._from_right:
                        text = from_right((page.text[i], page.centre(i)[0]) for i in under)
                    elif text.strip().startswith(("]", ")")) or text.strip().endswith(("[", "(")):
                        # Beside Arabic words pdfium turns a mark round: "]1[".
                        text = page.from_left(under)
                    column = -area.right if self._from_right else area.left
                    place = (page.number, -area.top, column)
                    yield _Link(area.anchor, page.number, under[0], under[-1], text, place)

    def _joined(self, pieces: list[_Link]) -> list[_Link]:
        found: list[_Link] = []
        for piece in pieces:
            if found and self._goes_on(found[-1], piece):
                start = found.pop()
                text = _unbroken([start.text, piece.text])
                piece = replace(piece, text=text, place=start.place)
            found.append(piece)
        return found

    def _goes_on(self, link: _Link, piece: _Link) -> bool:
        """Say whether a piece is the rest of a link that broke at the end of a line or page."""
        if link.anchor != piece.anchor or is_whole(link.text):
            return False
        if self._from_right:
            return not cross_reference().fullmatch(link.text.strip()) and turns(
                self._pages[link.page],
                (link.first, link.last),
                self._pages[piece.page],
                (piece.first, piece.last),
            )
        if link.page == piece.page:
            between = self._pages[link.page].text[link.last + 1 : piece.first]
            broken = "\n" in between or link.text.endswith(HYPHEN)
            return broken and not between.strip()
        before, after = self._bodies[link.page], self._bodies[piece.page]
        return (
            link.page + 1 == piece.page
            and bool(before and after)
            and link.last + 1 >= before[-1].first + len(before[-1].text.rstrip())
            and piece.first <= after[0].first + 1
        )

    # Numbers -----------------------------------------------------------------------------------

    def _marks(self) -> Iterator[tuple[_Key, PrintedNumber]]:
        """Yield the numbers under links: marks, cross-references, calls of footnotes."""
        for link in self._links:
            if link.anchor.startswith("ref-"):
                number = mark_number(link.anchor, link.text)
                if number.number or is_range(link.text):  # else a link of the author's
                    yield link.place, number
            elif link.anchor.startswith("fn-"):
                yield link.place, leading_number(link.anchor, link.text)
            elif link.anchor.startswith(_PLACES):
                continue
            elif cross_reference().fullmatch(link.text.strip()):
                yield link.place, label_number(link.anchor, link.text)

    def _labels(self) -> Iterator[tuple[_Key, PrintedNumber]]:
        """Yield the numbers at destinations: headings, captions, texts of footnotes."""
        for found in self._blocks:
            if found.anchor.startswith("ref-"):
                continue
            if found.anchor.startswith(_CAPTIONED):
                number = self._caption(found)
            elif found.anchor.startswith("fn-"):
                number = leading_number(found.anchor, self._text_at(found))
            elif found.anchor.startswith("eq-"):
                number = equation_number(found.anchor, self._text_at(found))
            else:
                number = heading_number(found.anchor, self._text_at(found))
            if number:
                yield (found.page, -found.top, found.left), number

    def _text_at(self, found: Destination) -> str:
        """Return the line of text at a destination, "" where it is that of a nearer one."""
        slot = self._columns.slot(found)
        lines = [line for line in self._columns.lines(slot) if line.centre[1] < found.top]
        highest = max((line.centre[1] for line in lines), default=0.0)
        above = [d for d in self._blocks if self._columns.slot(d) == slot and d.top > highest]
        if not lines or above[-1] is not found:
            return ""
        if self._from_right:
            return self._pages[found.page].row(highest, _BESIDE)
        # A number that hangs in the margin may be a line of its own.
        beside = [line for line in lines if highest - line.centre[1] < _BESIDE]
        return " ".join(map(self._text, sorted(beside, key=lambda line: line.centre[0])))

    def _text(self, line: Line) -> str:
        return line.from_right if self._from_right else line.from_left

    def _caption(self, found: Destination) -> PrintedNumber | None:
        """Return the label of a caption: below the top of its figure, above that of its table."""
        label, slot = caption_label(found.anchor[:4]), self._columns.slot(found)
        others = [
            other.top
            for other in self._destinations
            if self._columns.slot(other) == slot and other is not found
            if other.anchor.startswith(_CAPTIONED)
        ]
        above = min((top for top in others if top >= found.top), default=float("inf"))
        below = max((top for top in others if top < found.top), default=float("-inf"))
        labels = [
            (row[0].centre[1], match)
            for row in rows(self._columns.lines(slot))
            if below < row[0].centre[1] < above
            if (match := label.match("".join(map(self._text, row))))
        ]
        nearest_above = min((h for h, _ in labels if h > found.top), default=None)
        nearest_below = max((h for h, _ in labels if h <= found.top), default=None)
        wanted = nearest_below
        if found.anchor.startswith("tbl-") and nearest_above is not None:
            wanted = nearest_above
        texts = [match[1] for height, match in labels if height == wanted]
        return label_number(found.anchor, texts[0]) if texts else None

    # The reference list ------------------------------------------------------------------------

    def _bibliography(self) -> Iterator[PrintedEntry]:
        for i, found in enumerate(self._blocks):
            if found.anchor.startswith("ref-"):
                rest = (d for d in self._blocks[i + 1 :] if not d.anchor.startswith("fn-"))
                following = next(rest, None)  # a footnote may stand at the foot of an entry's page
                text = self._text_between(found, following)
                yield entry(found.anchor.removeprefix("ref-"), text)

    def _text_between(self, start: Destination, end: Destination | None) -> str:
        """Return the text from one destination to the next, without the links back."""
        text: list[str] = []
        first = self._columns.slot(start)
        last = self._columns.slot(end) if end else first
        for slot in self._columns.between(first, last):
            number = slot[0]
            top = start.top if slot == first else self._top_of_list(number)
            bottom = end.top if end and slot == last else float("-inf")
            previous = None
            for line in self._region(slot, top, bottom):
                if previous and previous.centre[1] - line.centre[1] > _GAP:
                    break  # a footnote whose call is elsewhere, or what ends the document
                end_of_entry = line.first + len(line.text)
                cuts = (piece.first for piece in self._back if piece.page == number)
                cut = next((cut for cut in cuts if line.first <= cut < end_of_entry), None)
                if cut is not None:
                    # From right to left the links back must stand on lines of their own.
                    before = "" if self._from_right else line.text[: cut - line.first]
                    return without_cited_in(_unbroken([*text, before]))
                text.append(self._text(line))
                previous = line
        return _unbroken(text)

    def _top_of_list(self, page: int) -> float:
        """Return from where on a page holds the list: from its heading, where that stands there."""
        tops = (d.top for d in self._blocks if d.page == page and d.anchor == "bibliography")
        return next(tops, float("inf"))

    def _region(self, slot: Slot, top: float, bottom: float) -> list[Line]:
        """Return the lines between two heights in reading order, without those of footnotes."""
        page = slot[0]
        notes = (d.top for d in self._destinations if d.page == page and d.anchor.startswith("fn-"))
        floor = max(bottom, max(notes, default=float("-inf")))
        lines = [line for line in self._columns.lines(slot) if floor < line.centre[1] < top]
        return sorted(lines, key=lambda line: (-round(line.centre[1] / 3), line.centre[0]))

    # Numbers said again ------------------------------------------------------------------------

    def _repeated(self) -> Iterator[PrintedNumber]:
        """Yield the links back, and those of the contents: they begin as their heading does."""
        destinations = {found.anchor: found for found in self._blocks}
        for link in self._links:
            found = destinations.get(link.anchor)
            if link.anchor.startswith("cite-"):
                yield label_number(link.anchor, link.text)
            elif found and words(link.text).startswith(words(self._text_at(found)) or " "):
                # The author's own link to a heading has words of its own.
                number = heading_number(link.anchor, link.text)
                yield from (number,) if number else ()

    def _misled(self) -> Iterator[tuple[str, str, int]]:
        """Yield the links back that say another page than they lead to: "Section 2 (p. 3)"."""
        pages = {found.anchor: found.page + 1 for found in self._destinations}
        for link in self._links:
            if self._from_right or not link.anchor.startswith("cite-"):
                continue
            said = _PAGE.match(self._pages[link.page].text, link.last + 1)
            if said and said[1] != str(pages.get(link.anchor)):
                yield link.text, said[1], pages.get(link.anchor, 0)


def _unbroken(lines: list[str]) -> str:
    """Return lines as one, a word that was hyphenated at a line end in one piece."""
    text = "\n".join(lines).replace(f"{HYPHEN}\n", "").replace("\u2010\n", "")
    return re.sub(r"(?<=\w[–/-])\n", "", text)
