"""The contents of a long brief: a field with its entries written out.

Nobody meets an empty list, or a question on opening. An entry shows its heading without citations;
page numbers are estimates until Word updates the field.
"""

from __future__ import annotations

from msgspec import Struct

from ...labels import heading_label
from ...model import (
    BIBLIOGRAPHY,
    Anchor,
    Heading,
    Inlines,
    Text,
    without_citations,
)
from ...ooxml import Field, bookmark_name, page_field
from .estimate import LEVELS, is_long
from .inlines import inlines_to_runs
from .runs import (
    field_end,
    field_run,
    field_start,
    link_to_bookmark,
    paragraph,
    tab_run,
    text_run,
)
from .writing import Writing


class _Entry(Struct, frozen=True):
    level: int
    anchor: Anchor
    label: str  # "2."
    inlines: Inlines


def contents(writing: Writing) -> str:
    """Return the contents in the block that Word's own button makes (17.5.2.12), or ""."""
    numbered = writing.numbered
    entries = _entries(writing)
    if not entries or not is_long(numbered.brief, len(numbered.bibliography)):
        return ""
    field = Field("TOC", (), (r"\o", f'"1-{LEVELS}"', r"\h", r"\z"))
    lines = [_line(entry, writing) for entry in entries]
    lines[0] = field_start(field) + lines[0]
    lines[-1] += field_end()
    paragraphs = [
        paragraph(f"TOC{entry.level}", line) for entry, line in zip(entries, lines, strict=True)
    ]
    title = paragraph("TOCHeading", text_run(writing.term("contents"), writing.dress))
    return (
        '<w:sdt><w:sdtPr><w:id w:val="1"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{title}{''.join(paragraphs)}</w:sdtContent></w:sdt>"
    )


def _line(entry: _Entry, writing: Writing) -> str:
    bookmark = bookmark_name(entry.anchor)
    label = text_run(entry.label, writing.dress) + tab_run() if entry.label else ""
    words = inlines_to_runs(entry.inlines, writing)
    page = field_run(page_field(bookmark), writing.pages.get(entry.anchor, "1"), writing.dress)
    return link_to_bookmark(bookmark, f"{label}{words}{tab_run()}{page}")


def _entries(writing: Writing) -> list[_Entry]:
    """Return what the contents list."""
    entries = []
    for node in writing.numbered.brief.blocks:
        if isinstance(node, Heading) and node.level <= LEVELS:
            label = heading_label(writing.number(node.anchor))
            words = without_citations(node.inlines)
            entries.append(_Entry(node.level, node.anchor, label, words))
    references = writing.numbered.bibliography
    if references:
        words = (Text(writing.term("references"), span=references[0].span),)
        entries.append(_Entry(1, BIBLIOGRAPHY, "", words))
    return entries
