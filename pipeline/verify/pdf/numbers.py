"""The numbers of a PDF: under links, and where destinations are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import AnchorKind
from ..readback import ReadNumber
from ..texts import is_range, label_number, leading_number, mark_number
from .labels import (
    CROSS_REFERENCE,
    JOINED_LABEL,
    caption_label,
    equation_number,
    heading_number,
    is_item_label,
    is_label,
    label_form,
    rows,
)
from .layout import PLACES, Key, Layout
from .links import Destination

_SAME = 1.0  # points that labels of one list may differ
_CAPTIONED = ("figure", "table")


def marks(layout: Layout) -> Iterator[tuple[Key, ReadNumber]]:
    """Yield the numbers under links: marks, cross-references, calls of footnotes.

    A link that says what its heading says, "Outlook 2030", is an entry of the contents.
    """
    heads = {(found.anchor, layout.text_at(found).strip()) for found in layout.blocks}
    for link in layout.links:
        if link.anchor.kind == "reference":
            number = mark_number(link.anchor, link.text)
            if number.number or is_range(link.text):  # else a link of the author's
                yield link.place, number
        elif link.anchor.kind == "footnote":
            if (number := leading_number(link.anchor, link.text)).number:
                yield link.place, number
        elif link.anchor.kind in PLACES or (link.anchor, link.text.strip()) in heads:
            continue
        elif CROSS_REFERENCE.fullmatch(link.text.strip()) or is_label(
            link.text, layout.words.get(link.anchor.kind, ())
        ):
            yield link.place, label_number(link.anchor, link.text)


def items(layout: Layout) -> Iterator[str]:
    """Yield the labels of lists: they are lines of their own, beside the text of their item.

    pdfium may join the last one of a page with a short text: it stands where others do, unless
    there are none.
    """
    lines = [line for page in layout.pages for line in page.lines]
    heads = {layout.text_at(found).strip() for found in layout.blocks}
    alone = list(filter(is_item_label, lines))
    places = [line.centre[0] for line in alone if re.search(r"\w", line.text)]
    for line in alone:
        yield from line.text.split()
    for line in lines:
        joined = JOINED_LABEL.match(line.text)
        is_there = any(abs(line.centre[0] - place) < _SAME for place in places)
        if joined and (is_there or (not places and line.text.strip() not in heads)):
            yield joined[1]


def labels(layout: Layout) -> Iterator[tuple[Key, ReadNumber]]:
    """Yield the numbers at destinations: headings, captions, texts of footnotes."""
    for found in layout.blocks:
        if found.anchor.kind == "reference":
            continue
        if found.anchor.kind in _CAPTIONED:
            number = caption(layout, found)
        elif found.anchor.kind == "footnote":
            number = leading_number(found.anchor, layout.text_at(found))
        elif found.anchor.kind == "equation":
            number = equation_number(found.anchor, layout.text_at(found)) or equation_number(
                found.anchor, layout.text_across(found)
            )
        else:
            number = heading_number(found.anchor, layout.text_at(found))
        if number:
            yield (found.page, -found.top, found.left), number


def _label(layout: Layout, kind: AnchorKind) -> re.Pattern[str]:
    """Return what matches the labels of captions: with a stop, where any of them has one.

    A house may have words of its own, which the cross-references of the file say as well.
    """
    texts = (link.text.strip() for link in layout.links if link.anchor.kind == kind)
    said = filter(None, map(label_form, texts))
    words = (*layout.words.get(kind, ()), *dict.fromkeys(said)) if kind in layout.words else ()
    stopped = caption_label(words)
    return caption_label(words, stopped=any(map(stopped.match, layout.rows)))


def caption(layout: Layout, found: Destination) -> ReadNumber | None:
    """Return the label of a caption: below the top of its figure, above that of its table."""
    slot = layout.columns.slot(found)
    label = _label(layout, found.anchor.kind)
    others = [
        other.top
        for other in layout.destinations
        if layout.columns.slot(other) == slot and other is not found
        if other.anchor.kind in _CAPTIONED
    ]
    above = min((top for top in others if top >= found.top), default=float("inf"))
    below = max((top for top in others if top < found.top), default=float("-inf"))
    labels = [
        (row[0].centre[1], match)
        for row in rows(layout.lines_at(found))
        if below < row[0].centre[1] < above
        if (match := label.match("".join(map(layout.text, row))))
    ]
    if found.anchor.kind == "table":  # a label below one without a caption is that of the next
        wanted = min((h for h, _ in labels if h > found.top), default=None)
    else:
        wanted = max((h for h, _ in labels if h <= found.top), default=None)
    texts = [match[1] for height, match in labels if height == wanted]
    return label_number(found.anchor, texts[0]) if texts else None
