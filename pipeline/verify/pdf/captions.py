"""The captions of a PDF, each found by the destination of its figure or table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import AnchorKind
from ..readback import ReadNumber
from ..texts import label_number
from .columns import Slot
from .labels import caption_label, label_form, rows
from .layout import Layout
from .links import Destination
from .text import Line

CAPTIONED: tuple[AnchorKind, ...] = ("figure", "table")
_NEVER = float("inf")
_APART = 0.65  # of the distance of a caption above a table to what is before it: that to the table
_Labels = list[tuple[float, str]]  # with their heights


class Captions:
    """What the captions of a PDF begin with, and where those of its tables stand."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._patterns = {kind: _label(layout, kind) for kind in CAPTIONED}
        self._are_below = False
        tables = [found for found in layout.blocks if found.anchor.kind == "table"]
        # They stand where that gives more tables a number of their own.
        above = self._numbers(tables)
        is_apart = any(map(self._is_apart, tables))
        self._are_below = True
        below = self._numbers(tables)
        self._are_below = len(below) > len(above) or (len(below) == len(above) and is_apart)

    def _numbers(self, tables: Sequence[Destination]) -> set[str]:
        return {number.number for found in tables if (number := self.number(found))}

    def number(self, found: Destination) -> ReadNumber | None:
        """Return the label of a caption: below the top of its figure, and above that of
        its table or behind its rows."""
        labels = (self._label(found, slot) for slot in self._layout.columns.slots(found))
        wanted = next(filter(None, labels), None)
        return label_number(found.anchor, wanted[1]) if wanted else None

    def _label(self, found: Destination, slot: Slot) -> tuple[float, str] | None:
        if found.anchor.kind == "figure":
            labels = [label for label in self._around(found, slot) if label[0] <= found.top]
            return max(labels, default=None)
        if self._are_below:
            return max(next(filter(None, self._behind(found, slot)), []), default=None)
        # One below a table without a caption is that of the next.
        labels = [label for label in self._around(found, slot) if label[0] > found.top]
        return min(labels, default=None)

    def _is_apart(self, found: Destination) -> bool:
        """Say whether the caption above a table stands near what is above that, as its own."""
        slot = self._layout.columns.slot(found)
        labels = [height for height, _ in self._around(found, slot) if height > found.top]
        if not labels:
            return False
        heights = [row[0].centre[1] for row in rows(self._layout.lines_at(found))]
        before = min((height for height in heights if height > min(labels)), default=_NEVER)
        last = min(height for height in heights if height > found.top)
        return last - found.top > _APART * (before - min(labels))

    def _around(self, found: Destination, slot: Slot) -> _Labels:
        """Return the labels in a column, from one figure or table to the next but one."""
        tops = self._tops(slot, found)
        above = min((top for top in tops if top >= found.top), default=_NEVER)
        below = max((top for top in tops if top < found.top), default=-_NEVER)
        return self._labels(found.anchor.kind, self._layout.columns.lines(slot), below, above)

    def _behind(self, found: Destination, start: Slot) -> Iterator[_Labels]:
        """Yield the labels behind the top of a table, by column, up to the next figure or table."""
        columns, top = self._layout.columns, found.top
        for slot in columns.between(start, (len(self._layout.pages), 0)):
            below = max((each for each in self._tops(slot, found) if each < top), default=-_NEVER)
            yield self._labels(found.anchor.kind, columns.lines(slot), below, top)
            if below > -_NEVER:
                return
            top = _NEVER

    def _tops(self, slot: Slot, found: Destination) -> list[float]:
        """Return the tops of the other figures and tables in a column."""
        return [
            other.top
            for other in self._layout.destinations
            if self._layout.columns.slot(other) == slot and other is not found
            if other.anchor.kind in CAPTIONED
        ]

    def _labels(self, kind: AnchorKind, lines: list[Line], below: float, above: float) -> _Labels:
        return [
            (row[0].centre[1], match[1])
            for row in rows(lines)
            if below < row[0].centre[1] < above
            if (match := self._patterns[kind].match("".join(map(self._layout.text, row))))
        ]


def _label(layout: Layout, kind: AnchorKind) -> re.Pattern[str]:
    """Return what matches the labels of captions: with a stop, where any of them has one.

    A house may have words of its own, which the cross-references of the file say as well. A line
    of the text may end with "Table 2." where captions have no stop.
    """
    texts = (link.text.strip() for link in layout.links if link.anchor.kind == kind)
    said = filter(None, map(label_form, texts))
    words = (*layout.words.get(kind, ()), *dict.fromkeys(said)) if kind in layout.words else ()
    stopped, plain = caption_label(words), caption_label(words, stopped=False)
    ends = [row[found.end() :].strip() for row in layout.rows if (found := stopped.match(row))]
    if any(ends) or (ends and not any(map(plain.match, layout.rows))):
        return stopped
    return plain
