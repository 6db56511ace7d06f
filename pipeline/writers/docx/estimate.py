"""On which page something stands: an estimate, until Word updates the field that prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.brief import (
    Brief,
    Chart,
    Citation,
    Code,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    Node,
    Paragraph,
    Part,
    Table,
    Text,
    walk,
)

_CHARACTERS_OF_A_PAGE = 3300
CHARACTERS_OF_CONTENTS = 1200
_LONG = 12_000  # characters, about four pages: a longer brief has contents


def is_long(brief: Brief, references: int) -> bool:
    """Say whether a brief has contents, by its length as the PDF's writer reckons it."""
    words = sum(len(n.text) for n in walk(brief) if isinstance(n, Text | Code | CodeBlock))
    return words + 250 * references + 700 * len(brief.images) > _LONG


def pages_of_citations(brief: Brief, references: int) -> Mapping[str, str]:
    """Return the number of the page of each citation by its anchor, roughly."""
    start = CHARACTERS_OF_CONTENTS if is_long(brief, references) else 0
    return {
        node.anchor: str(page_at(position))
        for node, position in positions(brief, start)
        if isinstance(node, Citation)
    }


def page_at(position: int) -> int:
    """Return the page on which a place in the text stands, roughly."""
    return 1 + position // _CHARACTERS_OF_A_PAGE


def positions(brief: Brief, start: int) -> Iterator[tuple[Node, int]]:
    """Yield each node with how much of the pages stands before it, in characters, roughly."""
    position = start
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
