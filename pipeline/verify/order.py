"""The tree in reading order, walked by the proof's own code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import assert_never

from ..model import (
    Block,
    Brief,
    Chart,
    Citation,
    Cite,
    Code,
    CodeBlock,
    CrossReference,
    DefinitionList,
    Deleted,
    DeletedBlocks,
    Emphasis,
    Equation,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Inline,
    Inserted,
    InsertedBlocks,
    LineBreak,
    Link,
    List,
    Math,
    Paragraph,
    Part,
    Passage,
    Quote,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)

Numbered = (
    Heading
    | Figure
    | Chart
    | Table
    | Equation
    | Paragraph
    | Part
    | Citation
    | CrossReference
    | Footnote
    | FootnoteReference
    | Link
)


def in_reading_order(brief: Brief, captions_last: bool = False) -> Iterator[Numbered]:
    """Yield what has or repeats a number, and the parts and links between.

    A caption is read before what it describes, or behind the rows of its table. The text of a
    footnote follows its first call: it is not yielded here, since outputs place it differently
    (`blocks_in_order` yields it).
    """
    front = brief.front
    for inlines in (front.title, front.subtitle, front.disclaimer):
        yield from inlines_in_order(inlines)
    yield from blocks_in_order(brief.blocks, captions_last)


def blocks_in_order(blocks: Iterable[Block], captions_last: bool = False) -> Iterator[Numbered]:
    for block in blocks:
        yield from _block(block, captions_last)


def _block(block: Block, captions_last: bool) -> Iterator[Numbered]:
    match block:
        case Heading():
            yield block
            yield from inlines_in_order(block.inlines)
        case Paragraph():
            yield block
            yield from inlines_in_order(block.inlines)
        case List():
            for item in block.items:
                yield from blocks_in_order(item.blocks, captions_last)
        case DefinitionList():
            for definition in block.items:
                yield from inlines_in_order(definition.term)
                for description in definition.descriptions:
                    yield from blocks_in_order(description, captions_last)
        case Quote() | InsertedBlocks():
            yield from blocks_in_order(block.blocks, captions_last)
        case Table():
            if not captions_last:
                yield from _title(block)
            for row in (*block.head, *block.rows):
                for cell in row:
                    yield from inlines_in_order(cell.inlines)
                    yield from blocks_in_order(cell.blocks, captions_last)
            if captions_last:
                yield from _title(block)
            yield from inlines_in_order((*block.source, *block.notes))
        case Figure() | Chart():
            yield block
            texts = block.caption, block.subtitle, block.source, block.notes
            yield from inlines_in_order(chain.from_iterable(texts))
        case Equation():
            yield block
        case Part():
            yield block
            yield from inlines_in_order(block.title)
            yield from blocks_in_order(block.blocks, captions_last)
        case CodeBlock() | ThematicBreak() | DeletedBlocks():
            pass
        case _:
            assert_never(block)


def _title(table: Table) -> Iterator[Numbered]:
    yield table
    yield from inlines_in_order((*table.caption, *table.subtitle))


def inlines_in_order(inlines: Iterable[Inline]) -> Iterator[Numbered]:
    for inline in inlines:
        match inline:
            case Citation() | CrossReference() | Footnote() | FootnoteReference():
                yield inline
            case Link():
                yield inline
                yield from inlines_in_order(inline.inlines)
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Passage():
                yield from inlines_in_order(inline.inlines)
            case Inserted():
                yield from inlines_in_order(inline.inlines)
            case Text() | LineBreak() | Code() | Math() | Image() | Deleted():
                pass
            case _:
                assert_never(inline)


def cites_in_order(citation: Citation) -> Iterator[Cite | Numbered]:
    """Yield each cite of a citation, then what its words hold."""
    for cite in citation.cites:
        yield cite
        yield from inlines_in_order((*cite.prefix, *cite.suffix))


def everything(brief: Brief) -> Iterator[Numbered | Cite]:
    """Yield all in reading order, cites and the text of footnotes where their mark stands."""
    return _opened(in_reading_order(brief))


def _opened(nodes: Iterable[Numbered | Cite]) -> Iterator[Numbered | Cite]:
    for node in nodes:
        yield node
        match node:
            case Citation():
                yield from _opened(cites_in_order(node))
            case Footnote(blocks=blocks):
                yield from _opened(blocks_in_order(blocks))
            case _:
                pass
