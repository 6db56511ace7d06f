"""The list of references: numbers that Word counts, and links back to where each is cited."""

from __future__ import annotations

from msgspec.structs import replace

from ...csl import entry_language
from ...language.direction import has_letters_from_right
from ...language.locators import locator_text
from ...model import BIBLIOGRAPHY
from ...model.references import Reference, Run, plain
from ...numbering import Place
from ...ooxml import REFERENCE_SEQUENCE, page_field, sequence_field
from .managed import BIBLIOGRAPHIES, language_switch
from .runs import (
    Dress,
    embedded,
    field_end,
    field_run,
    instruction_start,
    link_outside,
    link_to_bookmark,
    paragraph,
    tab_run,
    text_run,
)
from .writing import Writing

_NUMBER = "\0"  # stands for a page number in the words round it


def bibliography_to_xml(writing: Writing) -> str:
    """Return the heading and one paragraph for each reference; nothing if none is cited."""
    references = writing.numbered.bibliography
    if not references:
        return ""
    title = writing.anchored(BIBLIOGRAPHY, text_run(writing.term("references"), writing.dress))
    unnumbered = (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        '<w:ind w:left="0" w:firstLine="0"/>'
    )
    heading = paragraph("Heading1", title, unnumbered)
    entries = [_entry(reference, writing) for reference in references]
    manager = writing.word_citations
    if manager == "ref":
        return heading + "".join([paragraph("Bibliography", entry) for entry in entries])
    instruction = BIBLIOGRAPHIES[manager].format(language=language_switch(writing.lang))
    entries[0] = instruction_start(instruction) + entries[0]
    entries[-1] += field_end()
    listed = "".join([paragraph("Bibliography", entry) for entry in entries])
    return _gallery(heading, listed) if manager == "word" else heading + listed


def _gallery(heading: str, listed: str) -> str:
    """Return the list as Word makes it itself, so that Word offers to update it (17.5.2.8)."""
    return (
        '<w:sdt><w:sdtPr><w:id w:val="2"/><w:docPartObj><w:docPartGallery '
        'w:val="Bibliographies"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
        f'{heading}<w:sdt><w:sdtPr><w:id w:val="3"/><w:bibliography/></w:sdtPr><w:sdtContent>'
        f"{listed}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    )


def _entry(reference: Reference, writing: Writing) -> str:
    """Return one entry. Its bookmark encloses the digits alone: marks repeat what it encloses.

    In the list of a reference manager the number is text: fields in its field would be lost.
    """
    opening, closing = _label(writing)
    shown = writing.number(reference.anchor)
    if writing.word_citations == "ref":
        number = field_run(sequence_field(REFERENCE_SEQUENCE), shown, writing.dress)
    else:
        number = text_run(shown, writing.dress)
    return (
        text_run(opening, writing.dress)
        + writing.anchored(reference.anchor, number)
        + text_run(closing, writing.dress)
        + tab_run()
        + _entry_text(reference, writing)
        + _back_references(reference, writing)
    )


def _label(writing: Writing) -> tuple[str, str]:
    """Return what stands round the numbers of the list: as in the house's marks, or "3."."""
    marks = writing.numbered.marks
    if marks.each or marks.opening == "[":
        return marks.opening, marks.closing
    return "", "."


def _entry_text(reference: Reference, writing: Writing) -> str:
    """Return what is printed after the number; in Latin letters, from left to right.

    The paragraph keeps the direction of the list: the numbers of all entries stand on one side.
    """
    own = entry_language(reference, writing.lang)
    dress = writing.dress if own == writing.lang else Dress(lang=own)
    runs = writing.numbered.entry(reference)
    content = "".join([_entry_run(run, dress, writing) for run in runs])
    if dress.right_to_left == writing.right_to_left:
        return content
    return embedded(content, dress, has_letters_from_right(plain(runs)))


def _entry_run(run: Run, dress: Dress, writing: Writing) -> str:
    relation = writing.outside_link(run.href) if run.href else None
    dress = replace(
        dress,
        style="Hyperlink" if relation else "",
        bold=run.bold,
        italic=run.italic,
        small_caps=run.small_caps,
        underline=run.underline,
        position=run.position,
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
    """Return " (p. 3)", the number a field that shows an estimate until it is updated."""
    before, _, after = locator_text("page", _NUMBER, writing.lang).partition(_NUMBER)
    number = writing.pages[place.citation]
    # LibreOffice 7.4 loses bookmarks in footnotes: a field to one would show an error.
    if writing.word_citations == "ref" and bookmark not in writing.in_footnotes:
        page = field_run(page_field(bookmark), number, dress)
    else:
        page = text_run(number, dress)
    return text_run(f" ({before}", dress) + page + text_run(f"{after})", dress)
