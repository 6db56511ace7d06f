"""The list of references: numbers that Word counts, and links back to where each is cited."""

from __future__ import annotations

from pipeline.entries import format_entry
from pipeline.numbering import Place
from pipeline.ooxml import REFERENCE_SEQUENCE, page_field, sequence_field
from pipeline.references import Reference, Run
from pipeline.terms import locator_text
from pipeline.writers.docx.runs import (
    Dress,
    field_run,
    link_outside,
    link_to_bookmark,
    paragraph,
    tab_run,
    text_run,
)
from pipeline.writers.docx.writing import Writing

BIBLIOGRAPHY_ANCHOR = "bibliography"
_NUMBER = "\0"  # stands for a page number in the words round it


def bibliography_to_xml(writing: Writing) -> str:
    """Return the heading and one paragraph for each reference; nothing if none is cited."""
    references = writing.numbered.bibliography
    if not references:
        return ""
    title = writing.anchored(
        BIBLIOGRAPHY_ANCHOR, text_run(writing.term("references"), writing.dress)
    )
    unnumbered = (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        '<w:ind w:left="0" w:firstLine="0"/>'
    )
    heading = paragraph("Heading1", title, unnumbered)
    return heading + "".join([_reference(reference, writing) for reference in references])


def _reference(reference: Reference, writing: Writing) -> str:
    """Return one entry. Its bookmark encloses the digits alone: marks repeat what it encloses."""
    opening, closing = _label(writing)
    number = field_run(
        sequence_field(REFERENCE_SEQUENCE), writing.number(reference.anchor), writing.dress
    )
    front = writing.numbered.brief.front
    runs = format_entry(reference, front.citation_style, front.lang)
    content = (
        text_run(opening, writing.dress)
        + writing.anchored(reference.anchor, number)
        + text_run(closing, writing.dress)
        + tab_run()
        + "".join([_entry_run(run, writing) for run in runs])
        + _back_references(reference, writing)
    )
    return paragraph("Bibliography", content)


def _label(writing: Writing) -> tuple[str, str]:
    """Return what stands round the numbers of the list: as in the house's marks, or "3."."""
    marks = writing.numbered.marks
    if marks.each or marks.opening == "[":
        return marks.opening, marks.closing
    return "", "."


def _entry_run(run: Run, writing: Writing) -> str:
    relation = writing.outside_link(run.href) if run.href else None
    dress = Dress(
        style="Hyperlink" if relation else "",
        bold=run.bold,
        italic=run.italic,
        small_caps=run.small_caps,
        position=run.position,
        right_to_left=writing.right_to_left,
    )
    content = text_run(run.text, dress)
    return link_outside(relation, content) if relation else content


def _back_references(reference: Reference, writing: Writing) -> str:
    """Return "Cited in Section 1 (p. 2)", each place a link to the citation, its page a field."""
    places = writing.numbered.cited_at.get(reference.anchor, ())
    if not places:
        return ""
    muted = Dress(style="BackReference", right_to_left=writing.right_to_left)
    links = []
    for place in places:
        label = text_run(place.label, muted)
        bookmark = writing.citation_bookmarks.get(place.citation)
        if bookmark:
            # No field inside a link: LibreOffice loses it when it saves.
            label = link_to_bookmark(bookmark, label) + _on_page(place, bookmark, muted, writing)
        links.append(label)
    words = text_run(f" {writing.term('cited-in')} ", muted)
    return words + text_run(", ", muted).join(links)


def _on_page(place: Place, bookmark: str, dress: Dress, writing: Writing) -> str:
    """Return " (p. 3)", the number a field that shows an estimate until Word updates it."""
    before, _, after = locator_text("page", _NUMBER, writing.lang).partition(_NUMBER)
    page = field_run(page_field(bookmark), writing.pages[place.citation], dress)
    return text_run(f" ({before}", dress) + page + text_run(f"{after})", dress)
