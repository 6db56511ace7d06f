"""The words of the text: what a brief says between its numbers, and whether a file says it too.

Letters and digits alone are compared: what stands between them is typography. A text is what
stands in one block between two things that print words or numbers of their own, such as marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, dropwhile, islice
from typing import assert_never

from msgspec import Struct
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
from .forms import letters, spelled
from .messages import quote
from .readback import Readback

_MOVING = Figure | Chart | Table
_LONG = 12  # letters of a text that is hardly found by chance
_PAGE = 200  # letters that a page has at least, if a text goes on over the whole of it


class Said(Struct, frozen=True):
    """One text. `turned`: its block has letters that run from right to left.

    `mark` is the citation that follows, and in the end the number that its mark begins with.
    """

    text: str
    turned: bool
    mark: Anchor | None = None
    number: str = ""


Story = tuple[Said, ...]  # texts that follow each other in every file


def stories(
    brief: Brief,
    first: Mapping[Anchor, str],
    titles: Mapping[str, str],
    is_drawn: bool = False,
) -> Iterator[Story]:
    """Yield the title, the subtitle, the disclaimer, the body and each footnote.

    `first` holds the number that a mark begins with, by the anchor of its citation, `titles` what
    stands above parts without a title of their own. On pages
    (`is_drawn`) a figure or table may stand behind text that follows it, up to the next heading.
    """
    for story in _stories(brief, titles, is_drawn):
        yield tuple(replace(s, number=first.get(s.mark, "") if s.mark else "") for s in story)


def _stories(brief: Brief, titles: Mapping[str, str], is_drawn: bool) -> Iterator[Story]:
    front, notes = brief.front, list[Footnote]()
    for inlines in (front.title, front.subtitle, front.disclaimer):
        yield tuple(_texts(_inlines(inlines, notes)))
    body = [
        (block, tuple(chain.from_iterable(_blocks([block], notes, titles))))
        for block in brief.blocks
    ]
    yield from _drawn(body) if is_drawn else (_joined(body),)
    for note in notes:  # which may call others
        yield tuple(chain.from_iterable(_blocks(note.blocks, notes, titles)))


def _joined(body: Iterable[tuple[Block, Story]]) -> Story:
    return tuple(chain.from_iterable(story for _, story in body))


def _drawn(body: Sequence[tuple[Block, Story]]) -> Iterator[Story]:
    """Yield the body without its figures and tables, and each of them between what precedes it and
    the next heading."""
    flow = [pair for pair in body if not isinstance(pair[0], _MOVING)]
    yield _joined(flow)
    for place, (block, story) in enumerate(body):
        if isinstance(block, _MOVING):
            before = [pair for pair in body[:place] if not isinstance(pair[0], _MOVING)]
            after = dropwhile(lambda pair: not isinstance(pair[0], Heading), body[place:])
            yield (*_joined(before[-1:]), *story, *_joined(islice(after, 1)))


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
    blocks: Iterable[Block], notes: list[Footnote], titles: Mapping[str, str]
) -> Iterator[Iterable[Said]]:
    """Yield the texts of blocks, one after the other, and add their footnotes to `notes`."""
    for block in blocks:
        match block:
            case Heading(inlines=inlines) | Paragraph(inlines=inlines):
                yield _texts(_inlines(inlines, notes))
            case List(items=items):
                for item in items:
                    yield from _blocks(item.blocks, notes, titles)
            case DefinitionList(items=definitions):
                for definition in definitions:
                    yield _texts(_inlines(definition.term, notes))
                    yield from _blocks(chain.from_iterable(definition.descriptions), notes, titles)
            case Quote() | InsertedBlocks():
                yield from _blocks(block.blocks, notes, titles)
            case Table():
                for inlines in (block.caption, block.subtitle):
                    yield _texts(_inlines(inlines, notes))
                for cell in chain(*block.head, *block.rows):
                    yield _texts(_inlines(cell.inlines, notes))
                    yield from _blocks(cell.blocks, notes, titles)
                for inlines in (block.source, block.notes):
                    yield _texts(_inlines(inlines, notes))
            case Figure() | Chart():
                for inlines in (block.caption, block.subtitle, block.source, block.notes):
                    yield _texts(_inlines(inlines, notes))
            case Part():
                own = block.title or titles.get(block.kind)
                yield _texts([own] if isinstance(own, str) else _inlines(own or (), notes))
                yield from _blocks(block.blocks, notes, titles)
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
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
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


# What a file says ------------------------------------------------------------------------------


def lost_words(expected: Sequence[Story], drawn: Sequence[Story], found: Readback) -> Iterator[str]:
    """Yield each text that a file has less often than the brief, or in another place.

    `drawn` are the stories of pages, which place figures otherwise.

    In a PDF a page may end inside a text, and words from right to left are turned round.
    """
    if found.shuffled:
        return
    is_drawn = found.pages is not None
    form = spelled if is_drawn else letters
    pages = [form(page) for page in found.words]
    whole = "".join(pages)

    def shown(story: Story) -> list[tuple[str, str]]:
        return [
            (form(said.text) + said.number, f"{said.text} {said.number}")
            for said in story
            if not (is_drawn and said.turned)
        ]

    texts = list(map(shown, expected))
    if not is_drawn and not any(_out_of_place(story, whole) for story in texts):
        return  # counting takes longer
    lacking = list(_lacking([*chain.from_iterable(texts)], whole, pages))
    yield from (f"the words {quote(text.strip())} are missing" for text in lacking)
    if lacking:
        return
    if is_drawn:
        # Footnotes and margins have another order. A text that is there once is surely that one,
        # unless another one that holds it is there, and it is cut itself.
        whole = "".join(pages[: found.pages])
        everything = "\n".join(said for story in texts for said, _ in story)
        texts = [
            [pair for pair in story if whole.count(pair[0]) == everything.count(pair[0]) == 1]
            for story in map(shown, drawn)
        ]
    yield from filter(None, (_out_of_place(story, whole) for story in texts))


def _lacking(texts: Sequence[tuple[str, str]], whole: str, pages: Sequence[str]) -> Iterator[str]:
    everything = "\n".join(said for said, _ in texts)
    for said, text in dict(texts).items():
        lacks = everything.count(said) - whole.count(said) if said else 0
        starts = range(len(pages)) if lacks > 0 else ()
        if lacks > sum(_is_cut(said, pages[start:]) for start in starts):
            yield text


def _is_cut(said: str, pages: Sequence[str]) -> bool:
    """Say whether a text may begin on the first of some pages and go on over the next ones, after
    what else stands at the end of one, such as a footnote, or at the top, the head of a table."""
    rest = said
    for place, page in enumerate(pages):
        most = range(1, len(rest) + bool(place))  # all of it on one page is no cut
        known = bisect_right(most, False, key=lambda n: rest[:n] not in page)
        if place and known == len(rest):
            return len(said) >= _LONG or page.startswith(rest)
        if not known or (place and known < _PAGE):
            return False
        rest = rest[known:]
    return False


def _out_of_place(story: Sequence[tuple[str, str]], whole: str) -> str | None:
    place = 0
    for said, text in story:
        found = whole.find(said, place)
        if found < 0:
            return f"the words {quote(text.strip())} are not where they should be"
        place = found + len(said)
    return None
