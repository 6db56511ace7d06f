"""Pages: paper, margins, running header and footer."""

from __future__ import annotations

import re

from ...ooxml import Field, declarations
from .runs import (
    field_run,
    paragraph,
    tab_run,
    text_run,
    wide_characters,
)
from .writing import MARGIN, Writing

_EDGE = 709  # twips from the edge of the paper to header and footer
_CHARACTER = 0.5  # width of a character of the header, in its size
HEADER, FIRST_HEADER, FOOTER = "rIdHeader", "rIdFirstHeader", "rIdFooter"


def section_properties(writing: Writing) -> str:
    """Return the one section of the file (17.6.17). Its first page has no running header."""
    width, height = writing.page_size
    sides = f'w:right="{MARGIN}" w:left="{MARGIN}"'
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER}"/>'
        f'<w:headerReference w:type="first" r:id="{FIRST_HEADER}"/>'
        f'<w:footerReference w:type="default" r:id="{FOOTER}"/>'
        f'<w:footerReference w:type="first" r:id="{FOOTER}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:bottom="{MARGIN}" {sides} w:header="{_EDGE}" '
        f'w:footer="{_EDGE}" w:gutter="0"/><w:titlePg/>'
        f"{'<w:bidi/>' if writing.right_to_left else ''}</w:sectPr>"
    )


def header_part(writing: Writing) -> str:
    """Return the running header: the title without citations, and whose brief it is."""
    title, house = writing.numbered.brief.title, writing.styles.house.name
    size = writing.styles.house.sizes["small"]
    room = int(writing.text_width / 20 / (size * _CHARACTER)) - len(house) - 4
    if len(title) + wide_characters(title) > room:
        longest = room // 2 if wide_characters(title) else room
        title = title[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
    line = paragraph(
        "Header",
        text_run(title, writing.dress) + tab_run() + text_run(house, writing.dress),
    )
    return f"<w:hdr {declarations('w')}>{_draft(writing)}{line}</w:hdr>"


def first_header_part(writing: Writing) -> str:
    """Return the header of the first page: whose brief it is."""
    line = paragraph("Masthead", text_run(writing.styles.house.name, writing.dress))
    return f"<w:hdr {declarations('w')}>{_draft(writing)}{line}</w:hdr>"


def footer_part(writing: Writing) -> str:
    """Return "Page 2 of 5", the numbers fields that each program fills in while it lays out."""
    content = tab_run()
    for piece in re.split(r"(\{pages?\})", writing.term("page-of")):
        if piece in ("{page}", "{pages}"):
            kind = "PAGE" if piece == "{page}" else "NUMPAGES"
            content += field_run(Field(kind), "1", writing.dress)
        else:
            content += text_run(piece, writing.dress)
    return f"<w:ftr {declarations('w')}>{paragraph('Footer', content)}</w:ftr>"


def _draft(writing: Writing) -> str:
    if not writing.numbered.draft:
        return ""
    return paragraph("Draft", text_run(writing.term("draft"), writing.dress))
