"""Check that the numbers of a PDF can be seen: each page is drawn once and examined.

A number can be seen if each digit has a contrast of 3:1 with the background inside its box. Text
that is hidden, white, covered, cut off, transparent or tiny has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from ...colours import luminance
from ..messages import cut, quote, run_together
from ..readback import Remark, Unreadable
from ..texts import TYPED, read_as_one, squeezed
from .bibliography import Stretch
from .covers import covers
from .layout import FoundLink, Layout
from .text import Page

LEAST = 3.0
SCALE = 2.0  # pixels to a point
_CLOSE = 10.0  # where a first look was not sure
_BESIDE = 0.25  # points beside a letter, less than to the next one
_LONGEST_MARK = 12  # letters of a mark that are checked
_SURE, _EVERY = 3, 9  # letters of a line that are checked: the first ones, and every ninth
_TRACE = 1.15  # contrast of what leaves a trace
_LEAST_HEIGHT = 2.0  # points of a digit: those of a raised mark have about four
_GREYS = [luminance((grey / 255,) * 3) for grey in range(256)]


class Seen(Struct, frozen=True):
    """Characters of a page that must be seen, and what they are, for a message."""

    page: int
    indices: tuple[int, ...]
    what: str


class Picture(Struct, frozen=True):
    """A page in greys, a byte for each pixel, row after row."""

    pixels: bytes
    stride: int  # bytes of a row
    width: int
    height: int

    @property
    def hash(self) -> str:
        """A short hash of the picture: it changes with what is seen, and with nothing else."""
        return hashlib.sha256(self.pixels).hexdigest()[:16]


def picture_of(page: Page) -> Picture:
    """Return a page as it is seen, its annotations too."""
    bitmap = page.drawn(SCALE)
    if bitmap is None:
        raise Unreadable("it has a page without a size")
    return Picture(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height)


def remarks(
    layout: Layout, entries: Sequence[Stretch], pictures: Sequence[Picture], thorough: bool
) -> Iterator[Remark]:
    """Yield the numbers that are not seen, and text that looks like a number of ours."""
    yield from unseen(layout.pages, pictures, (*_marks(layout), *_entries(layout, entries)))
    yield from _run_together(layout)
    for text in _typed(layout, entries):
        yield Remark(f"{cut(text)} looks like a mark, but is not a link", certain=False)
    if thorough:
        yield from _faint(layout.pages, pictures)
        for page in layout.pages:
            if next(covers(page), None) is not None:
                message = f"something is drawn over text on page {page.number + 1}"
                yield Remark(message, certain=False)


def _faint(pages: Sequence[Page], pictures: Sequence[Picture]) -> Iterator[Remark]:
    """Yield the pages with words that leave no trace."""
    for page, picture in zip(pages, pictures, strict=True):
        for line in page.lines:
            places = [line.first + i for i, c in enumerate(line.text) if c.isalnum()]
            gone = [i for i in places if not _has_trace(page, picture, i)]
            if len(gone) > 1 or (gone and len(places) == 1):
                words = quote("".join(page.text[index] for index in gone))
                message = f"{words} is in the text of page {page.number + 1}, but cannot be seen"
                yield Remark(message, certain=False)


def _has_trace(page: Page, picture: Picture, index: int) -> bool:
    box = page.ink(index)
    if box is None:
        return True
    return _contrast(_greys(page, picture, box)) >= _TRACE or _contrast(_close(page, box)) >= _TRACE


def _marks(layout: Layout) -> Iterator[Seen]:
    for link in layout.links:
        if link.anchor.kind in ("reference", "footnote"):
            page, start = link.start
            indices = _letters(
                layout, link.page, range(start if page == link.page else link.first, link.last + 1)
            )
            if indices:
                yield Seen(
                    link.page, tuple(indices[:_LONGEST_MARK]), f"the mark {quote(link.text)}"
                )


def _entries(layout: Layout, entries: Sequence[Stretch]) -> Iterator[Seen]:
    """Yield the number of each entry, and some letters of each of its lines."""
    for stretch in entries:
        for line in stretch.lines:
            indices = _letters(
                layout, line.page.number, range(line.first, line.first + len(line.text))
            )
            if sample := (*indices[:_SURE], *indices[_SURE::_EVERY]):
                yield Seen(line.page.number, sample, f"the line {quote(line.text)} of the list")


def _letters(layout: Layout, page: int, indices: range) -> list[int]:
    text = layout.pages[page].text
    return [i for i in indices if i < len(text) and text[i].isalnum()]


def _run_together(layout: Layout) -> Iterator[Remark]:
    """Yield numbers that stand side by side without anything between: raised 1 and 2 read 12."""
    numbers = [link for link in layout.links if link.anchor.kind in ("reference", "footnote")]
    for link, following in pairwise(numbers):
        adjoin = following.start == (link.page, link.last + 1)
        texts = link.text.strip(), following.text.strip()
        is_note = "footnote" in (link.anchor.kind, following.anchor.kind)
        if adjoin and read_as_one(*texts, is_note) and not _is_parted(layout, link, following):
            yield Remark(run_together(*texts))


def _is_parted(layout: Layout, link: FoundLink, following: FoundLink) -> bool:
    """Say whether anything is seen between two links: pdfium may put what stands between them,
    from right to left, behind the second."""
    page = layout.pages[link.page]
    own = range(link.first, following.last + 1)
    low, high = sorted(page.centre(end)[0] for end in (link.last, following.first))
    height = page.centre(following.first)[1]
    between = page.within(low, height, high, height)
    return any(index not in own and page.text[index].strip() for index in between)


def _typed(layout: Layout, entries: Sequence[Stretch]) -> Iterator[str]:
    """Yield text that looks like a mark, but is under no link and in no entry."""
    known = {
        (link.page, index) for link in layout.links for index in range(link.first, link.last + 1)
    }
    for stretch in entries:
        for line in stretch.lines:
            known.update((line.page.number, line.first + i) for i in range(len(line.text)))
    found = (
        squeezed(match[0])
        for page in layout.pages
        for match in TYPED.finditer(page.text)
        if (page.number, match.start() + 1) not in known
    )
    yield from dict.fromkeys(found)


def unseen(
    pages: Sequence[Page], pictures: Sequence[Picture], wanted: Iterable[Seen]
) -> Iterator[Remark]:
    """Yield what is not seen on its page."""
    for seen in wanted:
        page, picture = pages[seen.page], pictures[seen.page]
        if any(not _is_seen(page, picture, index) for index in seen.indices):
            yield Remark(
                f"{seen.what} cannot be seen on page {seen.page + 1}: its contrast with the "
                f"background is below {LEAST:.0f}:1"
            )


def _is_seen(page: Page, picture: Picture, index: int) -> bool:
    box = page.ink(index)
    if box is None or box[3] - box[1] < _LEAST_HEIGHT:
        return False
    if _contrast(_greys(page, picture, box)) >= LEAST:
        return True
    # Thin strokes are paler than their colour where a pixel is larger than they are.
    if _contrast(_close(page, box)) >= LEAST:
        return True
    # A stroke such as l fills its box: what is beside it is its background.
    wider = (box[0] - _BESIDE, box[1], box[2] + _BESIDE, box[3])
    return _contrast(_close(page, box)) == 1 and _contrast(_close(page, wider)) >= LEAST


def _contrast(greys: Sequence[int]) -> float:
    if not greys:
        return 1.0
    return float(_GREYS[max(greys)] + 0.05) / (_GREYS[min(greys)] + 0.05)


def _greys(page: Page, picture: Picture, box: tuple[float, ...]) -> list[int]:
    """Return the darkest and the lightest pixel of a box."""
    across, down = zip(
        page.pixel(box[0], box[3], SCALE), page.pixel(box[2], box[1], SCALE), strict=True
    )
    left, right = max(min(across), 0), min(max(across) + 1, picture.width)
    first, last = max(min(down), 0), min(max(down) + 1, picture.height)
    rows = (
        picture.pixels[row * picture.stride + left : row * picture.stride + right]
        for row in range(first, last)
    )
    pixels = b"".join(rows)
    return [min(pixels), max(pixels)] if pixels else []


def _close(page: Page, box: tuple[float, ...]) -> list[int]:
    """Return the darkest and the lightest grey of a box that is drawn alone, large."""
    bitmap = page.drawn(_CLOSE, box)
    if bitmap is None:
        return []
    pixels = bytes(bitmap.buffer)
    rows = [pixels[row * bitmap.stride :][: bitmap.width] for row in range(bitmap.height)]
    return [grey for row in rows if row for grey in (min(row), max(row))]
