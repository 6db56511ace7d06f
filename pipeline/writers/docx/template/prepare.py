"""A reference docx made ready for a brief: what is missing is added, what would clash goes."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from msgspec import Struct

from ....direction import is_right_to_left
from ....ooxml import NAMESPACES, qualified, w
from ....styles import House
from ..design import rules
from ..footnotes import highest_footnote, merge_footnotes
from ..list_numbering import NumberingIds, as_number, merge_numbering
from ..package import part_of, related, word_part
from ..style_rule import NUMBERED_TEXT
from .checks import checked
from .clear import clear_body, discard
from .elsewhere import drop_linked
from .headings import bind_headings, bind_text
from .placeholders import BODY, FIELDS, body_place, named, sections_after, words_of
from .styles import StyleIds, merge_styles, missing_names

_LEAST_WIDTH = 1440  # twips; a narrower page is a mistake of the file
_LONGER = 16838 - 11906  # twips by which A4 is higher than wide
_DRAWING = f"{{{NAMESPACES['wp']}}}docPr"


class Template(Struct, frozen=True):
    """What the body must know of the file that it is written into."""

    text_width: int  # twips between the margins of the section that the brief stands in
    gutter: int  # twips of the margin before the text, for titles and wide tables
    turned_width: int  # of the same page in landscape
    placed: frozenset[str]  # the fields that its text names: what they hold is not printed again
    styles: StyleIds
    numbering: NumberingIds
    relationships: frozenset[str]  # ids that its main part uses
    note_relationships: frozenset[str]  # ids that its footnotes use
    bookmarks: frozenset[int]
    drawings: frozenset[int]
    controls: frozenset[int]
    footnotes: int  # the highest number of a footnote


def prepare(document: Document, house: House, lang: str, text_width: int, gutter: int) -> Template:
    """Let a file have all that a brief needs, and nothing that it must not have.

    `text_width` is that of the brief's paper, where the file does not say its own; `gutter` is the
    part of the margin that titles begin in.
    """
    root, from_right = document.element, is_right_to_left(lang)
    discard(document)
    if body_place(root) is None:
        clear_body(document)
    drop_linked(document)
    text_width = _text_width(root) or text_width
    styles = word_part(document, "styles", w("styles")).element
    style_ids = merge_styles(styles, house, text_width, lang, gutter)
    ids = style_ids.ids
    headings = [rule.id for rule in rules(house, text_width, from_right) if rule.numbered]
    text_id = ids.get(NUMBERED_TEXT, "")
    numbering = merge_numbering(document, [ids[name] for name in headings], text_id, from_right)
    notes = merge_footnotes(document, lang)
    texts = stories(document)
    bind_headings(styles, style_ids, headings, numbering.headings, texts)
    if text_id:
        bind_text(styles, text_id, numbering.paragraphs, gutter)
    turned_width = _text_width(root, "w:h") or text_width + _LONGER
    return Template(
        text_width,
        gutter,
        turned_width,
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


def margins(document: Document) -> list[Any]:
    """Return the roots of the headers and footers."""
    return [part.element for _, part in related(document.part, "header", "footer")]


def _numbers(texts: list[Any], tag: str, attribute: str) -> frozenset[int]:
    return frozenset(as_number(found.get(attribute)) for text in texts for found in text.iter(tag))


def _text_width(root: Any, across: str = "w:w") -> int:
    """Return the width of the text in twips, 0 where the file does not say it.

    `across` is the side of the page that is its width.
    """
    section = next(sections_after(root), None)
    size = section.find(qualified("w:pgSz")) if section is not None else None
    margins = section.find(qualified("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return 0
    values = (
        size.get(qualified(across)),
        margins.get(qualified("w:left")),
        margins.get(qualified("w:right")),
    )
    width, left, right = map(as_number, values)
    return found if (found := width - left - right) >= _LEAST_WIDTH else 0


# What a house should be told ---------------------------------------------------------------------


class Facts(Struct, frozen=True):
    unknown_fields: tuple[str, ...]  # names in braces that mean nothing
    missing_styles: tuple[str, ...]  # names of the house's styles that it lacks
    left_out: str  # the first words of text that is not printed, as there is no place for the brief
    linked: tuple[str, ...]  # addresses of pictures that stay out, as they are not in the file


def facts(content: bytes, house: House) -> Facts:
    """Return what a reference docx holds and lacks. Raises `BadReference`."""
    document = checked(content)
    stories = [document.element, *margins(document)]
    names = set().union(*(named(story) for story in stories))
    styles = part_of(document.part, "styles")
    left_out = _left_out(document.element)
    if body_place(document.element) is None:
        clear_body(document)
    return Facts(
        tuple(sorted(names - set(FIELDS) - {BODY})),
        tuple(missing_names(styles.element if styles else (), house)),
        left_out,
        tuple(dict.fromkeys(drop_linked(document))),
    )


def _left_out(root: Any) -> str:
    if body_place(root) is not None:
        return ""
    body = root.find(qualified("w:body"))
    texts = (" ".join(words_of(p).split()) for p in body.iter(qualified("w:p")))
    return next(filter(None, texts), "")
