"""The text of a PDF with the place of each character, through pdfium.

Points (1/72 inch) from the lower left corner of the page, as in the PDF.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import cycle
from math import ceil
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ...direction import FROM_RIGHT
from ..readback import Unreadable
from .characters import characters_of

MOST_PAGES = 5000
HYPHEN = "\ufffe"  # what pdfium gives for a hyphen at the end of a line, and no line end after it
_SLACK = 8.0  # points that a raised or lowered character may be away from its line
_SAME = 0.5  # points that the middles of one character may differ
_LEAST_REACH = 2.0  # points up and down from the middle of a rectangle


class Line:
    """One line of text on a page, as pdfium puts characters together."""

    def __init__(self, page: Page, first: int, text: str) -> None:
        self.page = page
        self.first = first  # the index of its first character on the page
        self.text = text

    @cached_property
    def centre(self) -> tuple[float, float]:
        """The middle of its first visible character."""
        places = (i for i, character in enumerate(self.text) if has_letters(character))
        return self.page.centre(self.first + next(places, 0))

    @cached_property
    def left(self) -> float:
        """The middle of its visible character farthest to the left."""
        places = zip(self.text, self.centres, strict=True)
        return min(x for character, (x, _) in places if character.strip())

    @cached_property
    def right(self) -> float:
        """The middle of its visible character farthest to the right."""
        places = zip(self.text, self.centres, strict=True)
        return max(x for character, (x, _) in places if character.strip())

    def level(self) -> Iterator[Line]:
        """Yield the pieces of a line that stand at one height: pdfium joins some short lines."""
        last = self.page.centre(self.first + len(self.text.rstrip()) - 1)
        if abs(last[1] - self.centre[1]) <= _SLACK:
            yield self
            return
        start, height = 0, self.centre[1]
        for i, (character, (_, y)) in enumerate(zip(self.text, self.centres, strict=True)):
            if has_letters(character) and abs(y - height) > _SLACK:
                yield Line(self.page, self.first + start, self.text[start:i])
                start, height = i, y
        yield Line(self.page, self.first + start, self.text[start:])

    @cached_property
    def from_right(self) -> str:
        """The text of a line that runs from right to left."""
        return from_right(zip(self.text, (x for x, _ in self.centres), strict=True))

    @cached_property
    def from_left(self) -> str:
        """The text of a line that runs from left to right: pdfium turns one that has words from
        right to left round, so that its label comes last."""
        if runs_from_left(self.text):
            return unmirrored(self.text)
        return self.page.from_left([*range(self.first, self.first + len(self.text))])

    @cached_property
    def centres(self) -> list[tuple[float, float]]:
        return [self.page.centre(self.first + i) for i in range(len(self.text))]


_TURNS = re.compile(f"[{FROM_RIGHT}]")
_MIRRORED = re.compile(r"\A(\s*)\]([^\[\]]{1,9})\[")
_WORDS = re.compile(rf"[0-9]+(?:[.,:/][0-9]+)*|[^\W\d_{FROM_RIGHT}\ufeff]+|.", re.DOTALL)


def runs_from_left(text: str) -> bool:
    """Say whether nothing in a text runs from right to left: pdfium turns such text round."""
    return not _TURNS.search(text)


def unmirrored(text: str) -> str:
    """Return a line that begins with a label as it is seen: "]1[" may stand there on a page that
    has words from right to left, even far from these."""
    return _MIRRORED.sub(r"\1[\2]", text)


def has_letters(text: str) -> bool:
    """Say whether a text has more than spaces, and marks that pdfium parted from their letters."""
    return any(c.strip() and not unicodedata.combining(c) for c in text)


def from_right(characters: Iterable[tuple[str, float]]) -> str:
    """Return characters with their columns as one reads them from right to left.

    Numbers and Latin words stay in one piece; a sentence in Latin script has its words reversed.
    """
    seen = "".join(text for text, _ in sorted(characters, key=lambda found: found[1]))
    return _bracketed("".join(_WORDS.findall(seen)[::-1]))


def _bracketed(text: str) -> str:
    """Let brackets open and close in turn: pdfium gives them now as written, now as seen."""
    turns = {bracket: turn for pair in ("[]", "()") for turn in [cycle(pair)] for bracket in pair}
    return "".join(next(turns[c]) if c in turns else c for c in text)


class Page:
    """The text of one page."""

    def __init__(self, number: int, page: Any) -> None:
        self.number = number  # from 0
        self.width: float = page.get_width()
        self._page = page
        self._textpage = page.get_textpage()
        self._box = raw.FS_RECTF()
        self._box_address = ctypes.byref(self._box)
        self.text = characters_of(self._textpage)

    @property
    def raw(self) -> Any:
        """The page as pdfium knows it."""
        return self._page.raw

    @cached_property
    def lines(self) -> list[Line]:
        """The lines with text in them, in the order in which they are drawn."""
        found = re.finditer(f"[^\r\n{HYPHEN}]+{HYPHEN}?", self.text)
        lines = [Line(self, line.start(), line[0]) for line in found if has_letters(line[0])]
        return [piece for line in lines for piece in line.level()]

    def drawn(self, scale: float, box: tuple[float, ...] | None = None) -> Any:
        """Return the page in greys, its annotations too; of a box of it, that alone.

        None if nothing of the box is on the page that is shown.
        """
        height, width = self._page.get_height(), self.width
        crop = (0.0, 0.0, 0.0, 0.0)
        if box is not None:
            left, bottom, right, top = self._straight(box)
            crop = (max(left, 0), max(bottom, 0), max(width - right, 0), max(height - top, 0))
        sides = ((width, crop[0], crop[2]), (height, crop[1], crop[3]))
        pixels = ([ceil(length * scale) for length in lengths] for lengths in sides)
        if any(whole <= before + after for whole, before, after in pixels):
            return None
        return self._page.render(scale=scale, crop=crop, grayscale=True, may_draw_forms=False)

    def _straight(self, box: tuple[float, ...]) -> tuple[float, float, float, float]:
        """Return a box in points from the lower left corner of the page as it is shown."""
        height = self._page.get_height()
        corners = [self._device(box[0], box[1]), self._device(box[2], box[3])]
        left, right = sorted(x for x, _ in corners)
        bottom, top = sorted(height - y for _, y in corners)
        return left, bottom, right, top

    def ink(self, index: int) -> tuple[float, float, float, float] | None:
        """Return the box of a character's ink in points: left, bottom, right, top."""
        sides = [ctypes.c_double() for _ in range(4)]
        addresses = map(ctypes.byref, sides)
        if not raw.FPDFText_GetCharBox(self._textpage.raw, index, *addresses):
            return None
        left, right, bottom, top = (side.value for side in sides)
        return left, bottom, right, top

    def pixel(self, x: float, y: float, scale: float) -> tuple[int, int]:
        """Return the pixel of a place on the page when it is drawn at a scale."""
        across, down = self._device(x, y)
        return int(across * scale), int(down * scale)

    def _device(self, x: float, y: float) -> tuple[float, float]:
        """Return a place in points from the upper left corner of the page as it is shown."""
        (left, top), (across, down), (rise, fall) = self._corners
        return left + x * across + y * rise, top + x * down + y * fall

    @cached_property
    def _corners(self) -> tuple[tuple[float, float], ...]:
        """Where the origin of the page is shown, and what a point to the right and up is there."""
        fine, far = 100, 1000
        width, height = round(self.width * fine), round(self._page.get_height() * fine)
        found = []
        for x, y in ((0, 0), (far, 0), (0, far)):
            across, down = ctypes.c_int(), ctypes.c_int()
            places = (ctypes.byref(across), ctypes.byref(down))
            raw.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, *places)
            found.append((across.value / fine, down.value / fine))
        origin, right, up = found
        return (
            origin,
            ((right[0] - origin[0]) / far, (right[1] - origin[1]) / far),
            ((up[0] - origin[0]) / far, (up[1] - origin[1]) / far),
        )

    def centre(self, index: int) -> tuple[float, float]:
        """Return the middle of the box that the font gives a character, whatever its glyph is."""
        raw.FPDFText_GetLooseCharBox(self._textpage.raw, index, self._box_address)
        box = self._box
        return (box.left + box.right) / 2, (box.bottom + box.top) / 2

    def baseline(self, index: int) -> float:
        """Return the height at which a character stands."""
        across, up = ctypes.c_double(), ctypes.c_double()
        places = (ctypes.byref(across), ctypes.byref(up))
        raw.FPDFText_GetCharOrigin(self._textpage.raw, index, *places)
        return up.value

    def size(self, index: int) -> float:
        """Return the height of the box that the font gives a character; 0 of one that has none."""
        self.centre(index)
        return round(float(self._box.top - self._box.bottom), 1)

    def beside(self, first: int, last: int, reach: float) -> tuple[bool, bool]:
        """Say whether other text stands left, and right, of characters on their line, so many
        points away at the most."""
        places = [self.centre(index) for index in range(first, last + 1)]
        height = places[0][1]
        columns = [x for x, _ in places]
        others = [
            x
            for line in self.lines
            if abs(line.centre[1] - height) < _SLACK
            for character, (x, y) in zip(line.text, line.centres, strict=True)
            if character.strip() and abs(y - height) < _SLACK
        ]
        left, right = min(columns), max(columns)
        return (
            any(left - reach < x < left - _SAME for x in others),
            any(right + _SAME < x < right + reach for x in others),
        )

    def from_left(self, indices: list[int]) -> str:
        """Return characters as they are seen from left to right, without the spaces at brackets.

        pdfium takes brackets beside Arabic words for mirrored ones, and gives their counterparts.
        """
        seen = sorted(indices, key=lambda index: self.centre(index)[0])
        text = _bracketed("".join(self.text[index] for index in seen))
        return re.sub(r"(?<=[\[(])\s+|\s+(?=[\]),])", "", text)

    def row(self, height: float, reach: float, left: float, right: float) -> str:
        """Return what stands at a height between two places, from right to left.

        pdfium puts a number at the right end of a line into the line above it, or makes it a line
        of its own, without a space. A blank or a stop is lower than its line.
        """
        found: list[tuple[str, float]] = []
        for line in self.lines:
            middle = line.centre[1]
            is_there = abs(middle - height) < reach
            there = [
                (character, x)
                for character, (x, y) in zip(line.text, line.centres, strict=True)
                if left < x < right
                and (abs(y - height) < reach or (is_there and abs(y - middle) < reach))
            ]
            found += [(" ", min(x for _, x in there) - 0.1), *there] if there else []
        return from_right(found)

    def within(self, left: float, bottom: float, right: float, top: float) -> list[int]:
        """Return the indices of the characters whose middle lies in a rectangle.

        That of a raised character may have no height at all, where its line has none.
        """
        middle, reach = (bottom + top) / 2, max((top - bottom) / 2, _LEAST_REACH)
        return [
            line.first + i
            for line in self.lines
            if abs(line.centre[1] - middle) < reach + _SLACK
            for i, (x, y) in enumerate(line.centres)
            if left <= x <= right and abs(y - middle) <= reach
        ]


def read_pages(content: bytes) -> list[Page]:
    """Return the text of each page. Raises `Unreadable`."""
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) > MOST_PAGES:
            raise Unreadable("it has too many pages")
        return [Page(number, document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("it is not a PDF that can be read") from error
