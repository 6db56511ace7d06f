"""The reference list of a PDF: what stands between the destinations of its entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from ...direction import has_letters_from_right
from ...model import BIBLIOGRAPHY
from ..readback import ReadEntry, ReadNumber
from ..texts import entry, label_number
from .columns import Slot
from .layout import Layout, unbroken
from .links import Destination
from .text import Line, runs_from_left, unmirrored

_GAP = 26.0  # points between two lines of one entry at the most
_Place = tuple[Slot, float]  # with the depth on it
_LINES = 2.0  # and in large print so many times the size of the letters
_ROUNDED = 0.15  # points: sizes are read in tenths


class Stretch(Struct, frozen=True):
    """The lines of one entry, and what stands in the last one before links back, if they do."""

    start: Destination
    end: Destination | None
    lines: tuple[Line, ...]
    ending: str | None = None

    def text(self, layout: Layout) -> str:
        texts = [layout.text(line) for line in self.lines]
        if self.ending is not None:
            # From right to left the links back must stand on lines of their own.
            texts[-1] = "" if layout.from_right else self.ending
        return unbroken(texts)


def bibliography(layout: Layout, entries: Iterable[Stretch]) -> Iterator[ReadEntry]:
    """Yield the entries of the reference list."""
    back = list(_links_back(layout))
    for stretch in entries:
        read = entry(stretch.start.anchor.name, stretch.text(layout))
        yield ReadEntry(read.key, read.number, read.text, tuple(_inside(stretch, back, layout)))


def stretches(layout: Layout) -> Iterator[Stretch]:
    for i, found in enumerate(layout.blocks):
        if found.anchor.kind == "reference":
            # A footnote may stand at the foot of an entry's page, and text in a column above it.
            rest = (
                d
                for d in layout.blocks[i + 1 :]
                if d.anchor.kind != "footnote" and d.top <= _top_of_list(layout, d.page)
            )
            yield _between(layout, found, next(rest, None))


def _links_back(layout: Layout) -> Iterator[tuple[_Place, ReadNumber]]:
    """Yield the links back, each with its place."""
    for link in layout.links:
        if link.anchor.kind == "citation":
            page, depth, _ = link.place
            left = layout.pages[page].centre(link.start[1])[0]
            slot = layout.columns.slot(Destination(link.anchor, page, left, -depth))
            yield (slot, depth), label_number(link.anchor, link.text)


def _inside(
    stretch: Stretch, back: Iterable[tuple[_Place, ReadNumber]], layout: Layout
) -> Iterator[ReadNumber]:
    """Yield the links back of an entry: those between its destination and the next."""
    start, end = stretch.start, stretch.end
    first = layout.columns.slot(start), -start.top - 1
    last = (layout.columns.slot(end), -end.top - 1) if end else None
    for place, number in back:
        if place >= first and (last is None or place < last):
            yield number


def _between(layout: Layout, start: Destination, end: Destination | None) -> Stretch:
    """Return the lines from one destination to the next, without the links back."""
    lines: list[Line] = []
    first = layout.columns.slot(start)
    last = layout.columns.slot(end) if end else (len(layout.pages), 0)
    slots = layout.columns.between(first, last)
    for slot in slots if end else islice(slots, 2):  # the last one may break, too
        top = start.top if slot == first else _top_of_list(layout, slot[0])
        bottom = end.top if end and slot == last else float("-inf")
        previous = None
        for line in _region(layout, slot, top, bottom):
            gap = previous.centre[1] - line.centre[1] if previous else 0.0
            if previous and gap > _GAP and gap > _LINES * _size_of(previous):
                break  # a footnote whose call is elsewhere, or what ends the document
            lines.append(line)
            end_of_line = line.first + len(line.text)
            cuts = (piece.first for piece in layout.back if piece.page == slot[0])
            cut = next((cut for cut in cuts if line.first <= cut < end_of_line), None)
            if cut is not None:
                turned = layout.from_right or any(has_letters_from_right(x.text) for x in lines)
                kept, rest = _without_words(lines, cut, turned)
                return Stretch(start, end, kept, _ending(kept[-1], rest, layout))
            previous = line
    return Stretch(start, end, tuple(lines))


def _without_words(lines: list[Line], cut: int, is_turned: bool) -> tuple[tuple[Line, ...], int]:
    """Return the lines of an entry without the words that lead to its links back ("Cited in"), and
    how many characters of the last one are the entry's. `cut` is the first link's first character.

    The words have the size of the links, where that is another one than the entry's.
    """
    kept, size = list(lines), lines[-1].page.size(cut)
    if _is_alike(size, _size_of(lines[0])):
        return tuple(kept), cut - kept[-1].first
    while True:
        line = kept[-1]
        while cut > line.first and _is_alike(line.page.size(cut - 1) or size, size):
            cut -= 1
        # From right to left the words stand left of the link, and so before it, in its own line.
        if cut > line.first or len(kept) == 1 or is_turned:
            return tuple(kept), cut - line.first
        kept.pop()
        cut = kept[-1].first + len(kept[-1].text)


def _ending(line: Line, count: int, layout: Layout) -> str:
    """Return what stands in a line before links back: its first `count` characters, or what is left
    of them where pdfium has turned the line round, so that they come first."""
    if runs_from_left(line.text):
        return unmirrored(line.text[:count])
    places = range(line.first, line.first + len(line.text))
    links = (piece for piece in layout.back if piece.page == line.page.number)
    linked = (i for piece in links for i in range(piece.first, piece.last + 1) if i in places)
    edge = min((line.page.centre(i)[0] for i in linked), default=float("inf"))
    return line.page.from_left([i for i in places if line.page.centre(i)[0] < edge])


def _is_alike(one: float, other: float) -> bool:
    """Say whether two sizes are one, which may have been rounded up and down."""
    return abs(one - other) < _ROUNDED


def _size_of(line: Line) -> float:
    """Return the size of most characters of a line: brackets may be of another font."""
    sizes = Counter(line.page.size(line.first + i) for i in range(len(line.text.rstrip())))
    return sizes.most_common(1)[0][0]


def _top_of_list(layout: Layout, page: int) -> float:
    """Return from where on a page holds the list: from its heading, where that stands there."""
    tops = (d.top for d in layout.blocks if d.page == page and d.anchor == BIBLIOGRAPHY)
    return next(tops, float("inf"))


def _region(layout: Layout, slot: Slot, top: float, bottom: float) -> list[Line]:
    """Return the lines between two heights in reading order, without those of footnotes."""
    page = slot[0]
    floor = max(bottom, layout.floor(page))
    lines = [line for line in layout.columns.lines(slot) if floor < line.centre[1] < top]
    return sorted(lines, key=lambda line: (-round(line.centre[1] / 3), line.centre[0]))
