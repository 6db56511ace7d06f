"""The contents of a long brief: a field with its entries written out.

Nobody meets an empty list, or a question on opening. An entry shows its heading without citations;
page numbers are estimates until Word updates the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.brief import (
    Brief,
    Chart,
    Code,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    ListItem,
    Node,
    Paragraph,
    Part,
    Table,
    Text,
    walk,
    without_citations,
)
from pipeline.ooxml import Field, bookmark_name, page_field
from pipeline.writers.docx.bibliography import BIBLIOGRAPHY_ANCHOR
from pipeline.writers.docx.inlines import inlines_to_runs
from pipeline.writers.docx.runs import (
    field_end,
    field_run,
    field_start,
    link_to_bookmark,
    paragraph,
    tab_run,
    text_run,
)
from pipeline.writers.docx.writing import Writing

_LEVELS = 2
_LONG = 12_000  # characters, about four pages: a longer brief has contents
_CHARACTERS_OF_A_PAGE = 3300
_CHARACTERS_OF_CONTENTS = 1200


@dataclass(frozen=True, slots=True)
class _Entry:
    level: int
    anchor: str
    label: str  # "2."
    inlines: Inlines
    page: int


def contents(writing: Writing) -> str:
    """Return the contents in the block that Word's own button makes (17.5.2.12), or ""."""
    numbered = writing.numbered
    entries = _entries(writing)
    if not entries or _characters(numbered.brief, len(numbered.bibliography)) <= _LONG:
        return ""
    field = Field("TOC", (), (r"\o", f'"1-{_LEVELS}"', r"\h", r"\z"))
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
    page = field_run(page_field(bookmark), str(entry.page), writing.dress)
    return link_to_bookmark(bookmark, f"{label}{words}{tab_run()}{page}")


def heading_label(number: str) -> str:
    """Return a section's number as Word prints it by `lists`: "2.", but "2.1"."""
    return f"{number}." if number and "." not in number else number


def _characters(brief: Brief, references: int) -> int:
    """Return how long a brief is, as the PDF's writer reckons it."""
    words = sum(len(n.text) for n in walk(brief) if isinstance(n, Text | Code | CodeBlock))
    return words + 250 * references + 700 * len(brief.images)


def _entries(writing: Writing) -> list[_Entry]:
    """Return what the contents list."""
    entries = []
    position = 0
    for node, position in _positions(writing.numbered.brief):
        if isinstance(node, Heading) and node.level <= _LEVELS:
            label = heading_label(writing.number(node.anchor))
            words = without_citations(node.inlines)
            entries.append(_Entry(node.level, node.anchor, label, words, _page(position)))
    references = writing.numbered.bibliography
    if references:
        words = (Text(writing.term("references"), span=references[0].span),)
        entries.append(_Entry(1, BIBLIOGRAPHY_ANCHOR, "", words, _page(position)))
    return entries


def _page(position: int) -> int:
    return 1 + position // _CHARACTERS_OF_A_PAGE


def _positions(brief: Brief) -> Iterator[tuple[Node, int]]:
    """Yield each node with how much of the pages stands before it, in characters, roughly."""
    position = _CHARACTERS_OF_CONTENTS
    for node in walk(brief):
        yield node, position
        match node:
            case Text(text=text) | Code(text=text) | CodeBlock(text=text):
                position += len(text)
            case Heading():
                position += 200
            case Figure() | Chart():
                position += 1000
            case Table(rows=rows):
                position += 60 * len(rows)
            case Paragraph() | ListItem() | Part():
                position += 50
            case _:
                pass
