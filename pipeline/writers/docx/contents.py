"""The contents of a long brief: a field with its entries written out.

Readers see no empty list and no question on opening. An entry is its heading without citations;
page numbers are estimates until Word updates the field.
"""

from __future__ import annotations

from ...contents import LEVELS, Entry, contents_entries, has_contents_on_pages
from ...ooxml import Field, bookmark_name, page_field, w
from ...xml import Element
from .context import Context
from .fields import field_end, field_runs, field_start, link_to_bookmark
from .inlines import inlines_to_runs
from .runs import TAB, paragraph, text_runs


def contents(context: Context) -> list[Element]:
    """Return the contents, if there are any, in the block that Word's own button makes."""
    numbered = context.numbered
    entries = contents_entries(numbered)
    if not entries or not has_contents_on_pages(numbered):
        return []
    field = Field("TOC", (), (r"\o", f'"1-{LEVELS}"', r"\h", r"\z"))
    lines = [_line(entry, context) for entry in entries]
    lines[0] = [*field_start(field.instruction), *lines[0]]
    lines[-1] = [*lines[-1], field_end()]
    paragraphs = [
        paragraph(f"TOC{entry.level}", line) for entry, line in zip(entries, lines, strict=True)
    ]
    title = paragraph("TOCHeading", text_runs(context.term("contents"), context.run_format))
    return [gallery("Table of Contents", [title, *paragraphs], context)]


def gallery(name: str, content: list[Element], context: Context) -> Element:
    """Return a block as Word's own buttons make it, so that Word offers to update it (17.5.2.8)."""
    part = w("docPartObj", w("docPartGallery", val=name), w("docPartUnique"))
    properties = w("sdtPr", w("id", val=context.controls.next()), part)
    return w("sdt", properties, w("sdtContent", *content))


def _line(entry: Entry, context: Context) -> list[Element]:
    bookmark, run_format = bookmark_name(entry.anchor), context.run_format
    label = [*text_runs(entry.label, run_format), TAB] if entry.label else []
    words = inlines_to_runs(entry.inlines, context)
    page = field_runs(page_field(bookmark), context.pages.get(entry.anchor, "1"), run_format)
    return [link_to_bookmark(bookmark, [*label, *words, TAB, *page])]
