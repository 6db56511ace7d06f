"""The contents of a long brief: a field with its entries written out.

Readers see no empty list and no question on opening. An entry is its heading without citations;
page numbers are estimates until Word updates the field.
"""

from __future__ import annotations

from ...contents import LEVELS, Entry, contents_entries, has_contents_on_pages
from ...model import Change
from ...numbering import NumberedBrief
from ...ooxml import Field, bookmark_name, page_field, w
from ...xml import Element
from .changes import in_change, marked
from .context import Context
from .fields import field_end, field_runs, field_start, link_to_bookmark
from .inlines import inlines_to_runs
from .runs import TAB, paragraph, text_runs


def contents(context: Context) -> list[Element]:
    """Return the contents, if there are any, in the block that Word's own button makes."""
    change = _change(context.numbered)
    here = in_change(context, change) if change else context
    entries = contents_entries(here.numbered)
    if not entries or not (change or has_contents_on_pages(here.numbered.settled)):
        return []
    field = Field("TOC", (), (r"\o", f'"1-{LEVELS}"', r"\h", r"\z"))
    lasting = [entry for entry in entries if entry.change is None]  # whatever becomes of changes
    found = [paragraph("TOCHeading", text_runs(here.term("contents"), here.run_format))]
    for entry in entries:
        if entry.change:
            line = _line(entry, in_change(here, entry.change))
            found += marked([paragraph(f"TOC{entry.level}", line)], entry.change, here)
            continue
        line = _line(entry, here)
        if entry is lasting[0]:
            line = [*field_start(field.instruction), *line]
        if entry is lasting[-1]:
            line = [*line, field_end()]
        found.append(paragraph(f"TOC{entry.level}", line))
    if change:
        found = marked(found, change, here)
    return found if change == "deleted" else [gallery("Table of Contents", found, context)]


def _change(numbered: NumberedBrief) -> Change | None:
    """Return what happened to the contents, if only one edition of a redline has them."""
    if numbered.redline is None:
        return None
    has, had = map(has_contents_on_pages, (numbered.redline.newer, numbered.redline.older))
    return None if has == had else "inserted" if has else "deleted"


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
