"""A PDF as lines, destinations and links that are put together: each text by where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ...direction import is_right_to_left
from ...model import Anchor, AnchorKind
from ..texts import is_whole, number_before
from .columns import GUTTER, Columns
from .labels import CROSS_REFERENCE, rows
from .links import Area, Destination, Links
from .margins import bodies
from .slices import slices
from .text import HYPHEN, Line, Page, from_right, runs_from_left

PLACES = ("citation", "call")  # destinations without a number: where something is cited or called
BESIDE = 6.0  # points that a raised number may stand above the line it begins
_TEXT = "main"  # the beginning of the text, where a heading or item has a place of its own
_LOWEST_FALL, _HIGHEST_FALL = 6.0, 26.0  # points from one line of a link to the next
_MARGIN = 6.0  # points between a text and what stands in the margin beside it
Key = tuple[int, float, float]  # page, depth, column: in reading order


class FoundLink(Struct, frozen=True):
    """A link, or one piece of it: a link that breaks over lines has an area on each."""

    anchor: Anchor
    page: int
    first: int  # indices on the page of its first and last character
    last: int
    text: str
    place: Key
    start: tuple[int, int]  # page and index of the first character of its first piece


class Layout:
    """What is on the pages of a PDF. Nothing of it changes."""

    def __init__(
        self, pages: list[Page], links: Links, words: Mapping[AnchorKind, tuple[str, ...]]
    ) -> None:
        # A PDF has its text as it is seen; what runs from right to left must be turned round.
        self.from_right = is_right_to_left(links.lang)
        self.pages = pages
        self.words = words  # that captions begin with, by the kind of their anchor
        self.bodies = list(bodies(pages))  # the lines of each page, without those of margins
        self.columns = Columns(pages, self.bodies, links.columns, self.from_right)
        slot = self.columns.slot
        self.destinations = sorted(
            (
                d
                for d in links.destinations.values()
                if d.page < len(pages) and str(d.anchor) != _TEXT
            ),
            key=lambda d: (slot(d), -d.top, d.left, d.anchor.kind == "section"),
        )
        self.blocks = [d for d in self.destinations if d.anchor.kind not in PLACES]
        self._blocks_by_slot = {s: list(found) for s, found in groupby(self.blocks, slot)}
        self._texts: dict[Destination, str] = {}  # at destinations, as far as it was asked for
        pieces = list(self._pieces(links.areas))
        self.back = [piece for piece in pieces if piece.anchor.kind == "citation"]
        self.links = self._joined(pieces)  # in the order of drawing

    @cached_property
    def rows(self) -> list[str]:
        """The text of each row of each page: pdfium cuts some of them to pieces."""
        found = (row for page in self.pages for row in rows(page.lines))
        return ["".join(map(self.text, row)) for row in found]

    def floor(self, page: int) -> float:
        """Return the height below which footnotes stand on a page."""
        notes = (d.top for d in self.destinations if d.page == page and d.anchor.kind == "footnote")
        return max(notes, default=float("-inf"))

    def text_at(self, found: Destination) -> str:
        """Return the line of text at a destination, "" where it is that of a nearer one."""
        if found not in self._texts:
            lines = self.lines_below(found)
            highest = max((line.centre[1] for line in lines), default=0.0)
            of_column = self._blocks_by_slot[self.columns.slot(found)]
            nearest = [d for d in of_column if d.top > highest][-1:]
            shown = lines and found in nearest
            self._texts[found] = self._row(found, lines, highest) if shown else ""
        return self._texts[found]

    def texts_from(self, found: Destination) -> Iterator[str]:
        """Yield what begins at a destination: its first line, its first two lines, and so on."""
        lines = self.lines_below(found)
        text = ""
        while lines:
            highest = max(line.centre[1] for line in lines)
            text += self._row(found, lines, highest)
            yield text
            lines = [line for line in lines if highest - line.centre[1] >= BESIDE]

    def lines_below(self, found: Destination) -> list[Line]:
        return [line for line in self.lines_at(found) if line.centre[1] < found.top]

    def lines_at(self, found: Destination) -> list[Line]:
        """Return the lines of the column of a destination, without those in the margin beside."""
        lines = self.columns.lines(self.columns.slot(found))
        if self.from_right:
            return lines
        return [line for line in lines if line.right > found.left - _MARGIN]

    def _row(self, found: Destination, lines: list[Line], highest: float) -> str:
        """Return the first row of the lines below a destination, which is at a height."""
        if self.from_right:
            sides = self.columns.sides(self.columns.slot(found))
            return self.pages[found.page].row(highest, BESIDE, *sides)
        # A number that hangs in the margin may be a line of its own.
        beside = [line for line in lines if highest - line.centre[1] < BESIDE]
        return " ".join(map(self.text, sorted(beside, key=lambda line: line.centre[0])))

    def text_across(self, found: Destination) -> str:
        """Return the first line below a destination in any column: an equation across all columns
        has its number in the last one."""
        lines = [line for line in self.bodies[found.page] if line.centre[1] < found.top]
        return self.text(max(lines, key=lambda line: line.centre[1])) if lines else ""

    def text(self, line: Line) -> str:
        return line.from_right if self.from_right else line.from_left

    def _pieces(self, areas: list[list[Area]]) -> Iterator[FoundLink]:
        for page, found in zip(self.pages, areas, strict=False):
            previous: tuple[Anchor | None, frozenset[int]] = (None, frozenset())
            for area, around in slices(page, found):
                under = page.within(around.left, around.bottom, around.right, around.top)
                # An element inside a link has a link of its own, to the same place.
                if under and not (previous[0] == area.anchor and previous[1].issuperset(under)):
                    previous = (area.anchor, frozenset(under))
                    text = "".join(page.text[index] for index in under)
                    if self.from_right:
                        text = from_right((page.text[i], page.centre(i)[0]) for i in under)
                    elif _is_turned(page, under):
                        text = page.from_left(under)
                    column = -area.right if self.from_right else area.left
                    place = (page.number, -area.top, column)
                    start = (page.number, under[0])
                    yield FoundLink(
                        area.anchor, page.number, under[0], under[-1], text, place, start
                    )

    def _joined(self, pieces: list[FoundLink]) -> list[FoundLink]:
        found: list[FoundLink] = []
        for piece in pieces:
            if found and self._goes_on(found[-1], piece):
                start = found.pop()
                text = unbroken([start.text, piece.text])
                piece = replace(piece, text=text, place=start.place, start=start.start)
            found.append(piece)
        return found

    def _goes_on(self, link: FoundLink, piece: FoundLink) -> bool:
        """Say whether a piece is the rest of a link that broke at the end of a line or page."""
        if link.anchor != piece.anchor or _are_two(link.text.strip(), piece.text.strip()):
            return False
        if self.from_right:
            # The contents are in columns of their own.
            is_ours = link.anchor.kind in (*PLACES, "reference", "footnote")
            reach = float("inf") if is_ours else GUTTER
            is_label = CROSS_REFERENCE.fullmatch(link.text.strip())
            return not is_label and self._turns(link, piece, reach)
        text = self.pages[link.page].text
        if not runs_from_left(text[link.last + 1 :].partition("\n")[0]):
            # What comes next is seen left of it.
            return self._turns(link, piece, GUTTER)
        if link.page == piece.page:
            between = text[link.last + 1 : piece.first]
            broken = "\n" in between or link.text.endswith(HYPHEN)
            return broken and not between.strip()
        before, after = self.bodies[link.page], self.bodies[piece.page]
        return (
            link.page + 1 == piece.page
            and bool(before and after)
            and link.last + 1 >= before[-1].first + len(before[-1].text.rstrip())
            and piece.first <= after[0].first + 1
        )

    def _turns(self, link: FoundLink, piece: FoundLink, reach: float) -> bool:
        """Say whether a link ends a line, and a piece begins the next one, as they are seen.

        The order of characters says nothing where words run from right to left. What stands farther
        away than `reach` is of another column.
        """
        before, after = self.pages[link.page], self.pages[piece.page]
        if before is after:
            fall = before.centre(link.first)[1] - after.centre(piece.first)[1]
            if not _LOWEST_FALL < fall < _HIGHEST_FALL:
                return False
        elif before.number + 1 != after.number:
            return False
        ends, begins = (0, 1) if self.from_right else (1, 0)  # left, right
        return not (
            before.beside(link.first, link.last, reach)[ends]
            or after.beside(piece.first, piece.last, reach)[begins]
        )


def _is_turned(page: Page, indices: list[int]) -> bool:
    """Say whether pdfium turned a text round, as beside Arabic words: "]1[", "1 Section"."""
    text = "".join(page.text[index] for index in indices)
    if text.strip().startswith(("]", ")")) or text.strip().endswith(("[", "(")):
        return True
    return runs_from_left(text) and page.centre(indices[0])[0] > page.centre(indices[-1])[0]


def _are_two(text: str, following: str) -> bool:
    """Say whether two links that lead to the same place are two, though one begins below the other:
    "1" and "1, p. 20" in the cells of a table. No line ends inside a number."""
    if is_whole(text) or (text[-1:].isdigit() and following[:1].isdigit()):
        return True
    number = number_before(following.replace(",", " "))
    is_again = bool(number) and number == number_before(text.replace(",", " "))
    has_ended = text[-1:].isalnum() and following[:1].isdigit()
    is_label = CROSS_REFERENCE.fullmatch(text) and CROSS_REFERENCE.fullmatch(following)
    return (is_again and has_ended) or bool(is_label)


def unbroken(lines: list[str]) -> str:
    """Return lines as one, a word that was hyphenated at a line end in one piece."""
    text = "\n".join(lines).replace(f"{HYPHEN}\n", "").replace("\u2010\n", "")
    return re.sub(r"(?<=\w[–/-])\n", "", text)
