"""Our own reference docx, into which a Word file is written if the house style has none."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from docx.document import Document
from docx.shared import Twips
from lxml import etree

from ...direction import is_right_to_left
from ...model import ImageFile
from ...ooxml import NAMESPACES, w
from ...styles import FontFace, House
from ...xml import Element
from .embedded_fonts import embed_fonts
from .package import declare, new_document, parsed, part_of, saved, word_part
from .paper import geometry, page_size, text_size, twips
from .picture_parts import logo_run
from .running_lines import running_line
from .runs import RunFormat, paragraph, text_runs
from .schema import insert
from .settings import font_table
from .template import prepare

_LOGO = 1  # the number of its drawing
_EDGE = 709  # twips from the edge of the paper to header and footer


def house_reference(
    house: House,
    lang: str,
    paper: str,
    logo: ImageFile | None = None,
    faces: tuple[FontFace, ...] = (),
) -> bytes:
    """Return the reference docx of a house for a language and a paper."""
    return _made(msgspec.json.encode(house), lang, paper, logo, faces)


@lru_cache(maxsize=16)
def _made(
    house_json: bytes,
    lang: str,
    paper: str,
    logo: ImageFile | None,
    faces: tuple[FontFace, ...],
) -> bytes:
    """Make it once per house style, identified by its content, on which alone the bytes depend."""
    house = msgspec.json.decode(house_json, type=House)
    document = new_document(w("document", w("body", w("sectPr"))))
    _set_up_page(document, house, lang, paper, logo)
    gutter = twips(geometry(house, paper, lang).gutter)
    prepare(document, house, lang, text_size(house, paper, lang)[0], gutter)
    table = word_part(document, "fontTable", font_table(house, lang))
    if embed_fonts(table, house, faces):
        settings = part_of(document.part, "settings")
        insert(settings.element, parsed(w("embedTrueTypeFonts")))
    return saved(document)


def _set_up_page(
    document: Document, house: House, lang: str, paper: str, logo: ImageFile | None
) -> None:
    """Give the one section paper, margins, headers and footers; its first page has a masthead."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, page_size(paper))
    page = geometry(house, paper, lang)
    section.top_margin, section.bottom_margin = Twips(twips(page.top)), Twips(twips(page.bottom))
    inner, outer = Twips(twips(page.inner)), Twips(twips(page.outer))
    right_to_left = is_right_to_left(lang)
    sides = (outer, inner) if right_to_left else (inner, outer)
    section.left_margin, section.right_margin = sides
    section.header_distance = section.footer_distance = Twips(_EDGE)
    section.gutter = Twips(0)
    section.different_first_page_header_footer = True
    words = RunFormat(right_to_left=right_to_left)
    width = text_size(house, paper, lang)[0]
    size = width, twips(page.gutter)
    for story, style, running in (
        (section.header, "Header", house.header),
        (section.footer, "Footer", house.footer),
        (section.first_page_footer, "Footer", house.footer),
    ):
        story.is_linked_to_previous = False
        _fill(story, running_line(story.part, style, running, house, lang, size, logo))
    masthead = section.first_page_header
    masthead.is_linked_to_previous = False
    name = text_runs(house.name, words)
    if logo:
        name = [logo_run(masthead.part, logo, _LOGO, house, house.logo.height, width)]
    _fill(masthead, paragraph("Masthead", name))


def _fill(story: Any, line: Element) -> None:
    """Give a header or footer one paragraph, in place of python-docx's own."""
    root = story.part.element
    root.attrib.clear()
    root[:] = [parsed(line, *NAMESPACES)]
    etree.cleanup_namespaces(root)
    declare(root, "w", "r")
