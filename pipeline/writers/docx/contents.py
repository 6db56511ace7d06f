"""The contents of a long brief: a field with its entries written out.

Nobody meets an empty list, or a question on opening. An entry shows its heading without citations;
page numbers are estimates until Word updates the field.
"""

from __future__ import annotations

from ...contents import LEVELS, Entry, contents_entries, has_contents_on_pages
from ...ooxml import Field, bookmark_name, page_field
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


def contents(writing: Writing) -> str:
    """Return the contents in the block that Word's own button makes (17.5.2.12), or ""."""
    numbered = writing.numbered
    entries = contents_entries(numbered)
    if not entries or not has_contents_on_pages(numbered):
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


def _line(entry: Entry, writing: Writing) -> str:
    bookmark = bookmark_name(entry.anchor)
    label = text_run(entry.label, writing.dress) + tab_run() if entry.label else ""
    words = inlines_to_runs(entry.inlines, writing)
    page = field_run(page_field(bookmark), writing.pages.get(entry.anchor, "1"), writing.dress)
    return link_to_bookmark(bookmark, f"{label}{words}{tab_run()}{page}")
