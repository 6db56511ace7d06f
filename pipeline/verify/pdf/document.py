"""The numbers of a PDF, by named destinations and by the text under the links that lead to them."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import AnchorKind
from ..readback import Carried, Readback
from .bibliography import bibliography, stretches
from .layout import Layout
from .links import read_links
from .numbers import items, labels, marks
from .said import contents, drawn, leading, misled, texts
from .seen import picture_of, remarks
from .spots import spots
from .text import read_pages

NO_WORDS: Mapping[AnchorKind, tuple[str, ...]] = {}


def read_pdf(
    content: bytes, thorough: bool = False, words: Mapping[AnchorKind, tuple[str, ...]] = NO_WORDS
) -> Readback:
    """Return what a PDF prints. Raises `Unreadable`.

    `thorough` looks at all text, not at numbers and entries alone. `words` are those that
    captions may begin with, by the kind of their anchor.
    """
    links = read_links(content)
    layout = Layout(read_pages(content), links, words)
    numbers = sorted((*marks(layout), *labels(layout)), key=lambda pair: pair[0])
    listed, entries = list(contents(layout)), list(stretches(layout))
    pictures = [picture_of(page) for page in layout.pages]
    return Readback(
        numbers=tuple(number for _, number in numbers),
        bibliography=tuple(bibliography(layout, entries)),
        drawn=tuple(drawn(layout)),
        contents=tuple(number for number, _ in listed),
        anchors=frozenset(found.anchor for found in layout.destinations),
        pages=len(layout.pages),
        columns=links.columns,
        misled=(*misled(layout), *(wrong for _, wrong in listed if wrong)),
        shuffled=layout.from_right,
        items=tuple(items(layout)),
        words=texts(layout, (line for entry in entries for line in entry.lines)),
        spots=tuple(spots(layout)),
        pictures=links.pictures,
        leading=tuple(leading(layout, links.outward)),
        levels=links.levels,
        carried=Carried(sources=links.attached) if links.attached else None,
        remarks=(*links.remarks, *remarks(layout, entries, pictures, thorough)),
        looks=tuple(picture.hash for picture in pictures),
    )
