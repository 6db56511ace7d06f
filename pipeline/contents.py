"""The table of contents: when a brief has one, where it is placed, and what it lists."""

from __future__ import annotations

from msgspec import Struct

from .labels import around_number, heading_label
from .language.terms import term
from .model import (
    BIBLIOGRAPHY,
    Anchor,
    Blocks,
    Change,
    Code,
    CodeBlock,
    CrossReference,
    Heading,
    Inlines,
    Text,
    transform,
    walk,
    walk_changes,
    without_citations,
)
from .numbering import NumberedBrief

LEVELS = 2  # of headings that are listed
_SECTIONS = 5  # numbered ones from which on a page on the screen has contents
_PAGES = 4  # by an estimate; more have contents
_CHARACTERS_PER_PAGE = 3000
_CHARACTERS_OF_ENTRY = 250  # the room of an entry in the list of references
_CHARACTERS_OF_IMAGE = 700


class Entry(Struct, frozen=True):
    """One line of the contents."""

    level: int  # from 1
    anchor: Anchor
    label: str  # "2.", "" of a heading without a number
    inlines: Inlines
    change: Change | None = None  # of the heading as a whole, in a redline


def has_contents_on_screen(numbered: NumberedBrief) -> bool:
    """Say whether a brief has contents where it is one long page: it has many sections."""
    nodes = walk(numbered.brief)
    sections = [n for n in nodes if isinstance(n, Heading) and n.level == 1 and n.numbered]
    return len(sections) >= _SECTIONS


def has_contents_on_pages(numbered: NumberedBrief) -> bool:
    """Say whether a brief has contents on paper and in Word: it is long.

    Its length is estimated, so that the answer is the same for every output and known before any
    layout.
    """
    brief = numbered.brief
    nodes = walk(brief)
    characters = sum(len(n.text) for n in nodes if isinstance(n, Text | Code | CodeBlock))
    characters += _CHARACTERS_OF_ENTRY * len(numbered.bibliography)
    characters += _CHARACTERS_OF_IMAGE * len(brief.images)
    return characters > _CHARACTERS_PER_PAGE * _PAGES


def before_and_after(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """Return the blocks before the contents, and those after: they begin with the first heading."""
    place = next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    return blocks[:place], blocks[place:]


def contents_entries(numbered: NumberedBrief) -> tuple[Entry, ...]:
    """Return what the contents list: headings, deleted ones too, and the list of references."""
    entries = []
    for node, change in walk_changes(numbered.brief):
        if isinstance(node, Heading) and node.level <= LEVELS:
            own = numbered.redline.older if numbered.redline and change == "deleted" else numbered
            label = heading_label(own.numbers.get(node.anchor, ""))
            entries.append(Entry(node.level, node.anchor, label, as_listed(node, own), change))
    if numbered.bibliography:
        words = term("references", numbered.brief.front.lang)
        text = Text(words, span=numbered.bibliography[0].span)
        entries.append(Entry(1, BIBLIOGRAPHY, "", (text,)))
    return tuple(entries)


def as_listed(heading: Heading, numbered: NumberedBrief) -> Inlines:
    """Return a heading as contents and bookmarks list it: in words, without links and marks."""
    lang = numbered.brief.front.lang

    def words(found: CrossReference) -> str:
        labels, number = numbered.labels, numbered.numbers.get(found.anchor, "")
        return number.join(around_number(found.anchor, lang, labels, found.starts_sentence))

    def worded(inlines: Inlines) -> Inlines:
        return tuple(
            Text(words(inline), span=inline.span) if isinstance(inline, CrossReference) else inline
            for inline in inlines
        )

    return without_citations(transform(heading, worded).inlines)
