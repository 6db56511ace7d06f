"""The way back from text to the source that it was taken out of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from ...diagnostics import Span
from ..source import Source

BLANKS = " \t"  # what CommonMark counts as spaces in a line


class Origin:
    """Where each character of a piece of content stands in its source.

    From each of `offsets` (in the content, rising, from 0) on, the content runs in step with the
    source from the offset of the same index in `places`.
    """

    def __init__(self, source: Source, offsets: list[int], places: list[int]) -> None:
        self.source = source
        self._offsets = offsets
        self._places = places

    def at(self, offset: int) -> int:
        i = max(bisect_right(self._offsets, offset) - 1, 0)
        return self._places[i] + offset - self._offsets[i]

    def span(self, start: int, end: int) -> Span:
        place = self.at(start)
        return self.source.span(place, self.at(end - 1) + 1 if end > start else place)

    def written(self, start: int, end: int) -> str:
        """Return the text of the source that a stretch of the content was read from."""
        return self.source.text[self.at(start) : self.at(end - 1) + 1]

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """Divide content where it does not run in step with the source."""
        first, last = bisect_right(self._offsets, start), bisect_left(self._offsets, end)
        cuts = [start, *self._offsets[first:last], end]
        return list(pairwise(cuts))

    def shifted(self, by: int) -> Origin:
        """Return the origin of the content without its first characters."""
        return Origin(self.source, [offset - by for offset in self._offsets], self._places)

    def within(self, outer: Origin) -> Origin:
        """Return the origin of content taken from a text that was itself taken from `outer`."""
        return Origin(outer.source, self._offsets, [outer.at(place) for place in self._places])


def paragraph_origin(source: Source, content: str, line: int) -> Origin:
    """Return the origin of whole lines from `line` (from 0) on, without what precedes their text.

    Each line of a paragraph, in quotes and lists too, is the end of its source line: only
    markers, indentation and spaces at the end are gone.
    """
    offsets, places = [], []
    offset = 0
    for number, row in enumerate(content.split("\n"), start=line):
        words = row.strip(BLANKS)
        whole = source.line(min(number, len(source.starts) - 1)).rstrip(BLANKS)
        offsets.append(offset + len(row) - len(row.lstrip(BLANKS)))
        start = len(whole) - len(words) if whole.endswith(words) else whole.rfind(words)
        places.append(source.starts[min(number, len(source.starts) - 1)] + max(start, 0))
        offset += len(row) + 1
    return Origin(source, offsets, places)


def aligned_origin(source: Source, content: str, start: int, end: int) -> Origin:
    """Return the origin of content that was unescaped or folded: character by character."""
    text = source.text
    if text.startswith(content, start):
        return Origin(source, [0], [start])
    offsets, places = [0], [start]
    place = start
    for offset, character in enumerate(content):
        found = _next_place(text, character, place, end)
        if found is None:
            continue
        if found - offset != places[-1] - offsets[-1]:
            offsets.append(offset)
            places.append(found)
        place = found + 1
    return Origin(source, offsets, places)


def _next_place(text: str, character: str, place: int, end: int) -> int | None:
    """Return the offset of `character`, skipping only marks of escaping and folding."""
    while place < end:
        if text[place] == character or (character.isspace() and text[place].isspace()):
            return place
        if text[place] not in "\\\"'| \t\n":
            return None
        place += 1
    return None
