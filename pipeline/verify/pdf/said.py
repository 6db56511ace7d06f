"""Marks in the order of drawing, the contents, and page numbers in links of a PDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..forms import bare
from ..readback import DrawnMark, ReadNumber
from ..texts import NUMBER, is_range, mark_number, number_before
from .labels import CROSS_REFERENCE, heading_number, is_item_label, words
from .layout import FoundLink, Layout
from .links import Outward
from .raised import raised
from .text import Line, runs_from_left

_PAGE = re.compile(r"\s*\([^()\d]*(\d+)[^()\d]*\)")  # after a link back
# After a link to a section: the dots may begin the next line.
_LEADER = re.compile(
    r"[ .…\N{NO-BREAK SPACE}]*(?:[\r\n]+ *[.…][ .…\N{NO-BREAK SPACE}]*)?([0-9]+) *(?=[\r\n]|$)"
)
_LAST = re.compile(r"[\s.…]+([0-9]+)\s*$")
_FAR = 400  # characters from one number of a citation to the next at the most


def drawn(layout: Layout) -> Iterator[DrawnMark]:
    """Yield the numbers of citations with what stands between them."""
    marks = []
    for link in layout.links:
        if link.anchor.kind == "reference":
            number = mark_number(link.anchor, link.text)
            if number.number or is_range(link.text):
                marks.append((link, number.number))
    for place, (link, shown) in enumerate(marks):
        following = marks[place + 1][0] if place + 1 < len(marks) else None
        page, index = link.start
        before = layout.pages[page].text[max(index - _FAR, 0) : index]
        yield DrawnMark(
            link.anchor, shown, link.text, _straight(before), _between(layout, link, following)
        )


def _between(layout: Layout, link: FoundLink, following: FoundLink | None) -> str | None:
    """Return the text from a link to the next, cut where that is far; None where it turns."""
    text = layout.pages[link.page].text
    if following is None or following.start[0] != link.page:
        return _straight(_after(layout, link))
    start = following.start[1]
    if start <= link.last:
        return "" if is_range(link.text) or is_range(following.text) else None
    return _straight(text[link.last + 1 : min(start, link.last + 1 + _FAR)])


def _after(layout: Layout, link: FoundLink) -> str:
    """Return the text after a link, which may go on over the page."""
    text, start = layout.pages[link.page].text, link.last + 1
    floor = layout.floor(link.page)
    body = [line for line in layout.bodies[link.page] if line.centre[1] > floor]
    end = max((line.first + len(line.text) for line in body), default=0)
    if not start <= end < start + _FAR or link.page + 1 == len(layout.pages):
        return text[start : start + _FAR]
    rest = "\n".join(line.text for line in layout.bodies[link.page + 1])
    return f"{text[start:end]}\n{rest[:_FAR]}"


def texts(layout: Layout, entries: Iterable[Line]) -> tuple[str, ...]:
    """Return the text of each page without the reference list and, by page as well, what is drawn
    after it and would part a text that goes on over the page: labels of items, footnotes, margins.
    """
    listed = {(line.page.number, line.first) for line in entries}
    back = {(piece.page, place) for piece in layout.back for place in (piece.first, piece.last)}
    above, rest = [], []
    for page, lines in zip(layout.pages, layout.bodies, strict=True):
        floor = layout.floor(page.number)
        kept = {line.first for line in lines if line.centre[1] > floor and not is_item_label(line)}
        own = [
            line
            for line in page.lines
            if (page.number, line.first) not in listed
            if not any((page.number, line.first + i) in back for i in range(len(line.text)))
        ]
        known = dict(raised(page))
        said = {line.first: known.get(line.first) or layout.text(line) for line in own}
        above.append("\n".join(text for first, text in said.items() if first in kept))
        rest.append("\n".join(text for first, text in said.items() if first not in kept))
    return (*above, "", *rest)


def contents(layout: Layout) -> Iterator[tuple[ReadNumber, tuple[str, str, int] | None]]:
    """Yield the entries of the contents, which begin as their heading does, and what is wrong
    with the page that an entry says: its text, the page it says, and the page it leads to."""
    destinations = {found.anchor: found for found in layout.blocks}
    for link in layout.links:
        found = destinations.get(link.anchor)
        if found is None or link.anchor.kind in ("reference", "footnote"):
            continue
        # The author's own link to a heading has words of its own.
        heading = layout.text_at(found)
        if not words(heading) or not words(link.text).startswith(words(heading)):
            continue
        if _is_cross_reference(link.text, heading):
            continue
        is_whole = bare(link.text) in map(bare, layout.texts_from(found))
        page = None if is_whole else _LAST.search(link.text)
        text = link.text[: page.start()] if page else link.text
        if page is None and not layout.from_right:
            page = _LEADER.match(layout.pages[link.page].text, link.last + 1)
        number = heading_number(link.anchor, text)
        shown = ReadNumber(link.anchor, number.number if number else "", "", text)
        is_right = page is None or page[1] == str(found.page + 1)
        yield shown, None if page is None or is_right else (text, page[1], found.page + 1)


def _is_cross_reference(text: str, heading: str) -> bool:
    """Say whether a link is "Section 1", and leads to a heading "1. Section"."""
    is_one = CROSS_REFERENCE.fullmatch(text.strip()) and not text[:1].isdigit()
    return bool(is_one) and re.findall(NUMBER, text)[-1:] == [number_before(heading)]


def leading(layout: Layout, links: Iterable[Outward]) -> Iterator[tuple[str, str]]:
    """Yield the addresses of links to elsewhere with the words that stand there."""
    # Elements inside a link have links of their own.
    known = defaultdict[tuple[str, int], set[int]](set)
    for link in links:
        page, seen = layout.pages[link.page], known[link.address, link.page]
        under = [index for index in page.within(*link.box) if index not in seen]
        seen.update(under)
        yield link.address, "".join(page.text[index] for index in under)


def misled(layout: Layout) -> Iterator[tuple[str, str, int]]:
    """Yield the links back that say another page than they lead to: "Section 2 (p. 3)"."""
    pages = {found.anchor: found.page + 1 for found in layout.destinations}
    for link in layout.links:
        if layout.from_right or link.anchor.kind != "citation":
            continue
        said = _PAGE.match(layout.pages[link.page].text, link.last + 1)
        if said and said[1] != str(pages.get(link.anchor)):
            yield link.text, said[1], pages.get(link.anchor, 0)


def _straight(text: str) -> str | None:
    """Return text that runs from left to right; None of other text, which pdfium turns round."""
    return text if runs_from_left(text) else None
