"""A reference docx made ready for a brief: what is missing is added, what would clash goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from msgspec import Struct

from ....direction import is_right_to_left
from ....ooxml import NAMESPACES, qualified, w
from ....styles import House
from ..design import rules
from ..footnotes import highest_footnote, merge_footnotes
from ..list_numbering import NumberingIds, as_number, merge_numbering
from ..package import add_part, part_of, related
from ..word_styles import half_points
from .clear import clear_body, discard
from .headings import bind_headings
from .placeholders import body_place, named, sections_after
from .styles import StyleIds, merge_styles

_LEAST_WIDTH = 1440  # twips; a narrower page is a mistake of the file
_DRAWING = f"{{{NAMESPACES['wp']}}}docPr"


class Template(Struct, frozen=True):
    """What the body must know of the file that it is written into."""

    text_width: int  # twips between the margins of the section that the brief stands in
    placed: frozenset[str]  # the fields that its text names: what they hold is not printed again
    styles: StyleIds
    numbering: NumberingIds
    relationships: frozenset[str]  # ids that its main part uses
    note_relationships: frozenset[str]  # ids that its footnotes use
    bookmarks: frozenset[int]
    drawings: frozenset[int]
    controls: frozenset[int]
    footnotes: int  # the highest number of a footnote


def prepare(document: Document, house: House, lang: str, text_width: int) -> Template:
    """Let a file have all that a brief needs, and nothing that it must not have.

    `text_width` is that of the brief's paper, where the file does not say its own.
    """
    root, from_right = document.element, is_right_to_left(lang)
    discard(document)
    if body_place(root) is None:
        clear_body(document)
    text_width = _text_width(root) or text_width
    styles = _styles_of(document)
    style_ids = merge_styles(styles, house, text_width, lang)
    ids = style_ids.ids
    sizes = {r.id: half_points(r.size) for r in rules(house, text_width, from_right) if r.numbered}
    numbering = merge_numbering(document, [ids[name] for name in sizes], from_right)
    notes = merge_footnotes(document, lang)
    texts = stories(document)
    bind_headings(styles, style_ids, sizes, numbering.headings, texts)
    return Template(
        text_width,
        frozenset(named(root)),
        style_ids,
        numbering,
        frozenset(document.part.rels),
        frozenset(notes.rels),
        _numbers(texts, qualified("w:bookmarkStart"), qualified("w:id")),
        _numbers(texts, _DRAWING, "id"),
        frozenset(
            as_number(identity.get(qualified("w:val")))
            for text in texts
            for properties in text.iter(qualified("w:sdtPr"))
            for identity in properties.iterchildren(qualified("w:id"))
        ),
        highest_footnote(notes.element),
    )


def stories(document: Document) -> list[Any]:
    """Return the roots of all texts of a file."""
    kinds = ("header", "footer", "footnotes", "endnotes")
    return [document.element, *(part.element for _, part in related(document.part, *kinds))]


def margins(document: Document) -> Iterator[Any]:
    """Yield the roots of the headers and footers."""
    for _, part in related(document.part, "header", "footer"):
        yield part.element


def _styles_of(document: Document) -> Any:
    part = part_of(document.part, "styles")
    if part is None:
        kind, content_type = RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES
        part = add_part(document.part, kind, "/word/styles.xml", content_type, w("styles"))
    return part.element


def _numbers(texts: list[Any], tag: str, attribute: str) -> frozenset[int]:
    return frozenset(as_number(found.get(attribute)) for text in texts for found in text.iter(tag))


def _text_width(root: Any) -> int:
    """Return the width of the text in twips, 0 where the file does not say it."""
    section = next(sections_after(root), None)
    size = section.find(qualified("w:pgSz")) if section is not None else None
    margins = section.find(qualified("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return 0
    values = (
        size.get(qualified("w:w")),
        margins.get(qualified("w:left")),
        margins.get(qualified("w:right")),
    )
    width, left, right = map(as_number, values)
    return found if (found := width - left - right) >= _LEAST_WIDTH else 0
