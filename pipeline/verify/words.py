"""The words of the text: what a brief says between its numbers.

Letters and digits alone are compared: what stands between them is typography. A text is what
stands in one block between two things that print words or numbers of their own, such as marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from ..direction import has_letters_from_right
from ..model import (
    Anchor,
    Block,
    Brief,
    Chart,
    Citation,
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
from .forms import LOWERED, RAISED, letters

_MOVING = Figure | Chart | Table
_BESIDE = "aside"  # the kind of part that may stand in the margin


class Said(Struct, frozen=True):
    """One text, its raised and lowered digits as those of Unicode. `turned`: its block has letters
    that run from right to left.

    `mark` is the citation that follows, and in the end the number that its mark begins with.
    """

    text: str
    turned: bool
    mark: Anchor | None = None
    number: str = ""


class Shown(Struct, frozen=True):
    """What a house shows: titles of parts by kind, without their own, and where captions stand."""

    titles: Mapping[str, str] = field(default_factory=dict)
    captions_last: bool = False  # those of tables, in the order of the file


Story = tuple[Said, ...]  # texts that follow each other in every file


class Note(Struct, frozen=True):
    """What may stand in a margin, and the last text before it and the first one after it."""

    before: Story
    story: Story
    after: Story


class Float(Struct, frozen=True):
    """A figure or table, and the first texts of what follows it."""

    story: Story
    after: Story


def stories(
    brief: Brief,
    first: Mapping[Anchor, str],
    shown: Shown,
    is_drawn: bool = False,
) -> Iterator[Story]:
    """Yield the title, the subtitle, the disclaimer, the body and the footnotes, without those
    that footnotes call, and each of these.

    `first` holds the number that a mark begins with, by the anchor of its citation, `shown` what
    the house has in its own way. On pages (`is_drawn`) a figure or table may stand behind text that
    follows it, the next heading included, up to the heading after that, and what stands in the
    margin anywhere on its page: see `notes`.
    """
    for story in _stories(brief, shown, is_drawn):
        yield tuple(replace(s, number=first.get(s.mark, "") if s.mark else "") for s in story)


def _stories(brief: Brief, shown: Shown, is_drawn: bool) -> Iterator[Story]:
    front, notes = brief.front, list[Footnote]()
    for inlines in (front.title, front.subtitle, front.disclaimer):
        yield tuple(_texts(_inlines(inlines, notes)))
    body = [
        (block, tuple(chain.from_iterable(_blocks([block], notes, shown))))
        for block in brief.blocks
    ]
    yield from _drawn(body, front.columns) if is_drawn else (_joined(body),)
    called = list[Footnote]()  # by other footnotes: these stand anywhere among them
    of_notes = chain.from_iterable(note.blocks for note in notes)
    yield tuple(chain.from_iterable(_blocks(of_notes, called, shown)))
    for note in called:  # which may call others
        yield tuple(chain.from_iterable(_blocks(note.blocks, called, shown)))


def _joined(body: Iterable[tuple[Block, Story]]) -> Story:
    return tuple(chain.from_iterable(story for _, story in body))


def _drawn(body: Sequence[tuple[Block, Story]], columns: int) -> Iterator[Story]:
    """Yield the body without its figures and tables, these alone, and each of them between what
    precedes the text above it and the next heading but one.

    In columns, a figure may stand behind a table across all of them: each kind has its order.
    """
    kinds = (_moves,) if columns == 1 else (_is_table, _is_figure)
    for is_one in (_flows, *kinds):
        yield _joined(pair for pair in body if is_one(pair[0]))
    for place, (block, story) in enumerate(body):
        if _is_beside(block):
            yield story
        elif _moves(block):
            before = [pair for pair in body[:place] if _flows(pair[0])]
            if before and not isinstance(before[-1][0], Heading):
                before.pop()
            headings = (pair for pair in body[place:] if isinstance(pair[0], Heading))
            yield (*_joined(before[-1:]), *story, *_joined(islice(headings, 1, 2)))


def _flows(block: Block) -> bool:
    return not (_moves(block) or _is_beside(block))


def _moves(block: Block) -> bool:
    return isinstance(block, _MOVING)


def _is_table(block: Block) -> bool:
    return isinstance(block, Table)


def _is_figure(block: Block) -> bool:
    return _moves(block) and not _is_table(block)


def _is_beside(block: Block) -> bool:
    return isinstance(block, Part) and block.kind == _BESIDE


def notes(brief: Brief, shown: Shown) -> Iterator[Note]:
    """Yield what may stand in the margin of a page, between the texts that surround it."""
    body = _body(brief, shown)
    for place, (block, story) in enumerate(body):
        if _is_beside(block):
            around = (
                [pair for pair in side if _flows(pair[0]) and pair[1]]
                for side in (body[:place], body[place + 1 :])
            )
            before, after = map(_joined, around)
            yield Note(before[-1:], story, after[:1])


def floats(brief: Brief, shown: Shown) -> Iterator[Float]:
    """Yield the figures and tables, with what begins behind each of them up to the next heading."""
    body = _body(brief, shown)
    for place, (block, story) in enumerate(body):
        if _moves(block):
            flow = [pair for pair in body[place + 1 :] if _flows(pair[0])]
            headings = (i for i, pair in enumerate(flow) if isinstance(pair[0], Heading))
            following = flow[: next(headings, len(flow)) + 1]
            yield Float(story, tuple(chain.from_iterable(texts[:1] for _, texts in following)))


def _body(brief: Brief, shown: Shown) -> list[tuple[Block, Story]]:
    return [
        (block, tuple(chain.from_iterable(_blocks([block], [], shown)))) for block in brief.blocks
    ]


def _texts(pieces: Iterable[str | Anchor | None]) -> Iterator[Said]:
    """Yield the texts of a block; None or the anchor of a citation ends one."""
    found: list[tuple[str, Anchor | None]] = []
    text = ""
    for piece in (*pieces, None):
        if isinstance(piece, str):
            text += piece
            continue
        found.append((text, piece))
        text = ""
    turned = any(has_letters_from_right(text) for text, _ in found)
    yield from (Said(text, turned, mark) for text, mark in found if letters(text))


def _blocks(
    blocks: Iterable[Block], notes: list[Footnote], shown: Shown
) -> Iterator[Iterable[Said]]:
    """Yield the texts of blocks, one after the other, and add their footnotes to `notes`."""
    for block in blocks:
        match block:
            case Heading(inlines=inlines) | Paragraph(inlines=inlines):
                yield _texts(_inlines(inlines, notes))
            case List(items=items):
                for item in items:
                    yield from _blocks(item.blocks, notes, shown)
            case DefinitionList(items=definitions):
                for definition in definitions:
                    yield _texts(_inlines(definition.term, notes))
                    yield from _blocks(chain.from_iterable(definition.descriptions), notes, shown)
            case Quote() | InsertedBlocks():
                yield from _blocks(block.blocks, notes, shown)
            case Table():
                # Taken once: before the rows, or else behind them.
                title = (_texts(_inlines(i, notes)) for i in (block.caption, block.subtitle))
                if not shown.captions_last:
                    yield from title
                for cell in chain(*block.head, *block.rows):
                    yield _texts(_inlines(cell.inlines, notes))
                    yield from _blocks(cell.blocks, notes, shown)
                yield from title
                for inlines in (block.source, block.notes):
                    yield _texts(_inlines(inlines, notes))
            case Figure() | Chart():
                for inlines in (block.caption, block.subtitle, block.source, block.notes):
                    yield _texts(_inlines(inlines, notes))
            case Part():
                own = block.title or shown.titles.get(block.kind)
                yield _texts([own] if isinstance(own, str) else _inlines(own or (), notes))
                yield from _blocks(block.blocks, notes, shown)
            case CodeBlock(text=text):
                yield _texts([text])
            case Equation() | ThematicBreak() | DeletedBlocks():
                pass
            case _:
                assert_never(block)


def _inlines(inlines: Iterable[Inline], notes: list[Footnote]) -> Iterator[str | Anchor | None]:
    """Yield the text of inlines, the anchors of citations, None for what prints something else."""
    for inline in inlines:
        match inline:
            case Text(text=text) | Code(text=text):
                yield text
            case Superscript() | Subscript():
                table = RAISED if isinstance(inline, Superscript) else LOWERED
                for piece in _inlines(inline.inlines, notes):
                    yield piece.translate(table) if isinstance(piece, str) else piece
            case Emphasis() | Strong() | Strikethrough():
                yield from _inlines(inline.inlines, notes)
            case Passage() | Link() | Inserted():
                yield from _inlines(inline.inlines, notes)
            case Citation(anchor=anchor, cites=cites):
                yield anchor
                for cite in cites:  # its words are proved with its mark
                    list(_inlines((*cite.prefix, *cite.suffix), notes))
            case Footnote():
                yield None
                notes.append(inline)
            case LineBreak():
                yield " "
            case CrossReference() | FootnoteReference() | Math() | Image() | Deleted():
                yield None
            case _:
                assert_never(inline)
