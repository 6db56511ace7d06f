"""Put a written brief into its reference docx: text, fields, lists, footnotes, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part

from ...model import Chart
from ...ooxml import NAMESPACES, qualified, w
from ...running import fitting_title, running_values, slots
from ...title_block import field_values
from ...xml import Element
from .context import Context
from .footnotes import number_footnotes
from .list_numbering import add_lists
from .package import add_part, declare, parsed, part_of, related, xml_bytes
from .picture_parts import add_picture
from .relationships import Relationships
from .runs import paragraph, text_runs
from .schema import insert
from .sections import divide
from .template.placeholders import RUNNING, fill, insert_body, sections_after
from .template.prepare import margins, stories

_VALUE = qualified("w:val")
_STYLED = tuple(qualified(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))


def merge(
    document: Document, context: Context, body: list[Element], fields: Mapping[str, Element]
) -> None:
    """Put the body, and the footnotes that it calls, into the file.

    `fields` are lines of the title block that stand where the file has fields of these names.
    """
    root = document.element
    blocks = _as_theirs(w("body", *body), context)
    rich = {name: _as_theirs(w("body", line), context)[0] for name, line in fields.items()}
    _drop_bookmarks(stories(document), context.bookmarks.names())
    values = _field_values(context)
    fill(root, values, rich)
    insert_body(root, list(blocks))
    declare(root, *NAMESPACES)
    if context.right_to_left:
        _turn_sections(root)
    divide(root)
    for story in margins(document):
        fill(story, values, {})
    number_footnotes(document, context.numbered.marks.footnotes)
    notes = part_of(document.part, "footnotes")
    notes.element.extend(_as_theirs(w("footnotes", *context.footnotes.notes), context))
    declare(notes.element, *NAMESPACES)
    _add_related(document.part, context.relationships, context)
    _add_related(notes, context.footnotes.relationships, context)
    add_lists(document, context.template.numbering, context.lists, context.right_to_left)
    if context.numbered.draft:
        _mark_draft(document, context)


def _field_values(context: Context) -> Mapping[str, str]:
    """Return a text for each field that a reference docx may name."""
    brief, house = context.numbered.brief, context.house
    running = running_values(house, brief)
    width = (context.template.text_width + context.template.gutter) / 20
    lines = [line for line in (house.header, house.footer) if "{title}" in "".join(slots(line))]
    titles = [fitting_title(house, brief, line, width) for line in lines or [house.header]]
    title = min(titles, key=len)
    ours = {name: running[field] for field, name in RUNNING.items()}
    return {**ours, **field_values(brief), RUNNING["title"]: title}


def _as_theirs(root: Element, context: Context) -> Any:
    """Return elements of ours as those of the file, with its ids of styles."""
    ids = {ours: theirs for ours, theirs in context.template.styles.ids.items() if ours != theirs}
    found = parsed(root, *NAMESPACES)
    for element in found.iter(*_STYLED) if ids else ():
        element.set(_VALUE, ids.get(element.get(_VALUE), element.get(_VALUE)))
    return found


def _drop_bookmarks(texts: Iterable[Any], names: set[str]) -> None:
    """Remove bookmarks of the file that have names of ours, ignoring case."""
    start, end = qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")
    ours = {name.lower() for name in names}
    for text in texts:
        doubles = {
            mark.get(qualified("w:id"))
            for mark in text.iter(start)
            if mark.get(qualified("w:name"), "").lower() in ours
        }
        for mark in [
            mark for mark in text.iter(start, end) if mark.get(qualified("w:id")) in doubles
        ]:
            mark.getparent().remove(mark)


def _turn_sections(root: Any) -> None:
    """Set the page direction of a right-to-left text (17.6.1)."""
    for section in sections_after(root):
        if section.find(qualified("w:bidi")) is None:
            insert(section, parsed(w("bidi")))


def _mark_draft(document: Document, context: Context) -> None:
    """Mark every header; without headers, the first line of the body."""
    line = w("body", paragraph("Draft", text_runs(context.term("draft"), context.run_format)))
    headers = [part.element for _, part in related(document.part, "header")]
    for story in headers or [document.element.body]:
        story.insert(0, _as_theirs(line, context)[0])
        declare(story, "w")


# Links, pictures and charts ---------------------------------------------------------------------


def _add_related(part: Part, relationships: Relationships, context: Context) -> None:
    """Give a part its links, pictures and charts."""
    for url, identity in relationships.links.items():
        part.load_rel(RT.HYPERLINK, url, identity, is_external=True)
    for (_, kind), (identity, image) in relationships.pictures.items():
        add_picture(part, identity, image, kind == "bitmap", context.house)
    for identity, chart in relationships.charts.items():
        _add_chart(part, identity, chart, context)


def _add_chart(part: Part, identity: str, chart: Chart, context: Context) -> None:
    from .charts import WORKBOOK, chart_space  # for briefs that have one
    from .workbook import workbook_of

    content = xml_bytes(chart_space(chart, context.house, context.lang))
    name = "/word/charts/chart%d.xml"
    own = add_part(part, RT.CHART, name, CT.DML_CHART, content, identity)
    name = "/word/embeddings/chart%d.xlsx"
    add_part(own, RT.PACKAGE, name, CT.SML_SHEET, workbook_of(chart), WORKBOOK)
