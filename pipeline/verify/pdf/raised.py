"""Digits that stand above or below their line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from ..forms import LOWERED, RAISED
from .text import Line, Page, runs_from_left

_MOVED = re.compile("[-0-9+−–\u2011]")
_SAME = 0.1  # points that the middles of letters at one height may differ
_APART = 2.0  # heights of a letter between two of one text
_LEAST = 0.05  # of the height of a letter: less is no move


def raised(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines that may have raised or lowered digits, and no words from right to left, by
    their first character: their text, with those digits as they are in Unicode."""
    for before, line in pairwise((None, *page.lines)):
        if line and re.search("[0-9]", line.text) and runs_from_left(line.text):
            is_end = before is not None and _is_at_end(line, before)
            if before and is_end:
                yield line.first, "".join(_moved(line, _places(line), *_level(before)))
            elif not _is_level(line):
                cells = (_moved(line, cell, *_level(line, cell)) for cell in _cells(line))
                yield line.first, "".join(chain.from_iterable(cells))


def _moved(line: Line, places: range, level: float, size: float) -> Iterator[str]:
    least = _LEAST * size
    for place in places:
        character = line.text[place - line.first]
        rise = line.page.baseline(place) - level if _MOVED.match(character) else 0.0
        table = RAISED if rise > least else LOWERED if rise < -least else {}
        yield character.translate(table)


def _places(line: Line) -> range:
    return range(line.first, line.first + len(line.text))


def _cells(line: Line) -> Iterator[range]:
    """Yield the places of what stands apart in a line, as the cells of a table do: those in two
    fonts may stand at two heights."""
    seen = [place for place in _places(line) if line.text[place - line.first].strip()]
    first = line.first
    for last, place in pairwise(seen):
        gap = line.page.centre(place)[0] - line.page.centre(last)[0]
        if gap > _APART * line.page.size(last):
            yield range(first, place)
            first = place
    yield range(first, _places(line).stop)


def _is_level(line: Line) -> bool:
    """Say whether all of a line is in the middle of it, as letters of one size are."""
    pairs = zip(line.text, line.centres, strict=True)
    heights = [y for character, (_, y) in pairs if character.strip()]
    return max(heights) - min(heights) < _SAME


def _level(line: Line, cell: range | None = None) -> tuple[float, float]:
    """Return where the largest letters of a line stand, and how large they are, in points."""
    places = [p for p in cell or _places(line) if line.text[p - line.first].strip()]
    sizes = [line.page.size(place) for place in places]
    largest = max(sizes)
    return line.page.baseline(places[sizes.index(largest)]), largest


def _is_at_end(line: Line, before: Line) -> bool:
    """Say whether a line is what pdfium has cut off the end of the one before: digits of it."""
    if not _MOVED.match(line.text):
        return False
    first, last = line.first, before.first + len(before.text.rstrip()) - 1
    (x, y), (end, height) = line.page.centre(first), line.page.centre(last)
    size = _level(before)[1]
    return 0 < x - end < size and abs(y - height) < size and line.page.size(first) < size
