"""The pictures of a Word file, its links to elsewhere, and the levels of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from ..pictures import UNREAD
from .contract import qualified
from .package import Package
from .pieces import Paragraph
from .styles import Styles, value
from .tokens import AnchorOf

_FRAMES = (qualified("wp:inline"), qualified("wp:anchor"))
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_TAKEN_OUT = (qualified("w:del"), qualified("w:moveFrom"))
_HEADING = re.compile("heading ([1-9])")


def pictures(elements: Iterable[Element], is_resaved: bool) -> Iterator[str]:
    """Yield what is read out for pictures and charts (20.4.2.5).

    `is_resaved`: by LibreOffice, which drops what is read out for charts.
    """
    for element in elements:
        if element.tag == qualified("wp:docPr"):
            yield element.get("descr", "")
        elif is_resaved and element.tag in _FRAMES and element.find(f".//{_CHART}") is not None:
            properties = element.find(qualified("wp:docPr"))
            yield (properties.get("descr") if properties is not None else "") or UNREAD
        elif element.tag not in _TAKEN_OUT:
            yield from pictures(element, is_resaved)


def leading(
    package: Package, body: Sequence[Paragraph], notes: Sequence[Paragraph]
) -> Iterator[tuple[str, str]]:
    """Yield the addresses of links to elsewhere with their words, those of footnotes last."""
    yield from _leading(body, package.addresses(package.main))
    yield from _leading(notes, package.addresses(next(package.names("footnotes"), "")))


def _leading(
    paragraphs: Sequence[Paragraph], addresses: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    # The addresses of fields stand in the text, those of others with the part.
    for paragraph in paragraphs:
        address = words = ""
        for piece in paragraph.pieces:
            match piece.kind:
                case "link":
                    address, words = addresses.get(piece.text, piece.text), ""
                case "unlink" if address:
                    yield address, words
                    address = ""
                case "text" | "field":
                    words += piece.seen
                case _:
                    pass
        if address:
            yield address, words


def levels(
    paragraphs: Sequence[Paragraph], styles: Styles, anchor_of: AnchorOf
) -> Iterator[tuple[str, int]]:
    """Yield the levels of headings by their anchors."""
    for paragraph in paragraphs:
        anchors = [anchor_of(p.name) for p in paragraph.pieces if p.kind == "open"]
        properties = paragraph.element.find(qualified("w:pPr"))
        identity = "" if properties is None else value(properties, "w:pStyle")
        names = (_HEADING.fullmatch(s.name.lower()) for s in styles.chain(identity))
        level = next((int(name[1]) for name in names if name), 0)
        if level:
            yield from ((str(anchor), level) for anchor in anchors if anchor.kind == "section")
