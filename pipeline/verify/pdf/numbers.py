"""The numbers of a PDF: under links, and where destinations are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..readback import ReadNumber
from ..texts import is_range, label_number, leading_number, mark_number
from .captions import CAPTIONED, Captions
from .labels import (
    CROSS_REFERENCE,
    JOINED_LABEL,
    equation_number,
    heading_number,
    is_item_label,
    is_label,
)
from .layout import PLACES, Key, Layout

_SAME = 1.0  # points that labels of one list may differ


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
    captions = Captions(layout)
    for found in layout.blocks:
        if found.anchor.kind == "reference":
            continue
        if found.anchor.kind in CAPTIONED:
            number = captions.number(found)
        elif found.anchor.kind in ("footnote", "paragraph"):
            number = leading_number(found.anchor, layout.text_at(found))
        elif found.anchor.kind == "equation":
            number = equation_number(found.anchor, layout.text_at(found)) or equation_number(
                found.anchor, layout.text_across(found)
            )
        else:
            number = heading_number(found.anchor, layout.text_at(found))
        if number:
            yield (found.page, -found.top, found.left), number
