"""The contents of a long brief: a field with its entries written out.

Nobody meets an empty list, or a question on opening. An entry shows its heading without citations;
page numbers are estimates until Word updates the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.brief import (
    Code,
    CodeBlock,
    Figure,
    Heading,
    Inlines,
    Node,
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
_CHARACTERS_PER_PAGE = 3000
_PAGES_WITHOUT_CONTENTS = 4
_CHARACTERS_PER_FIGURE = 900
_CHARACTERS_PER_REFERENCE = 250
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
    entries, characters = _entries(writing)
    if not entries or characters <= _CHARACTERS_PER_PAGE * _PAGES_WITHOUT_CONTENTS:
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


def _entries(writing: Writing) -> tuple[list[_Entry], int]:
    """Return what the contents list, and how many characters the brief takes up."""
    entries = []
    position = _CHARACTERS_OF_CONTENTS
    for node, position in _positions(writing.numbered.brief):
        if isinstance(node, Heading) and node.level <= _LEVELS:
            label = heading_label(writing.number(node.anchor))
            words = without_citations(node.inlines)
            page = 1 + position // _CHARACTERS_PER_PAGE
            entries.append(_Entry(node.level, node.anchor, label, words, page))
    references = writing.numbered.bibliography
    if references:
        words = (Text(writing.term("references"), span=references[0].span),)
        page = 1 + position // _CHARACTERS_PER_PAGE
        entries.append(_Entry(1, BIBLIOGRAPHY_ANCHOR, "", words, page))
    length = position - _CHARACTERS_OF_CONTENTS + _CHARACTERS_PER_REFERENCE * len(references)
    return entries, length


def _positions(brief: Node) -> Iterator[tuple[Node, int]]:
    """Yield each node with how many characters of page stand before it, roughly."""
    position = _CHARACTERS_OF_CONTENTS
    for node in walk(brief):
        yield node, position
        match node:
            case Text(text=text) | Code(text=text) | CodeBlock(text=text):
                position += len(text)
            case Figure():
                position += _CHARACTERS_PER_FIGURE
            case _:
                pass
