"""Compare the blocks of two editions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from ..model import (
    Block,
    Blocks,
    Cell,
    Change,
    Chart,
    DefinitionList,
    Deleted,
    DeletedBlocks,
    Figure,
    Heading,
    Image,
    Inlines,
    Inserted,
    InsertedBlocks,
    List,
    ListItem,
    Paragraph,
    Part,
    Quote,
    Row,
    Table,
)
from .lines import compare_lines
from .pairing import ALIKE, pair_up
from .saying import said, words_of

_MOVED = 5  # words of a block whose move is worth a word
_Captioned = TypeVar("_Captioned", Figure, Chart, Table)


def compare_blocks(old: Blocks, new: Blocks) -> Blocks:
    """Return the newer blocks with what was inserted and deleted, in one order."""
    pairs = list(pair_up(old, new, _least_likeness))
    moved = {said(was) for was, now in pairs if was and not now}
    moved &= {said(now) for was, now in pairs if now and not was}
    found: list[Block] = []
    for was, now in pairs:
        if was and now:
            found += _compare_block(was, now)
        elif was:
            found.append(_deleted(was, said(was) in moved))
        elif now:
            found.append(_inserted(now, said(now) in moved))
    return tuple(_joined(found))


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, neighbours of which the same is said together."""
    last: Block | None = None
    for block in blocks:
        match last, block:
            case (InsertedBlocks() as before, InsertedBlocks() as this) if (
                before.moved == this.moved
            ):
                last = replace(before, blocks=before.blocks + this.blocks)
            case (DeletedBlocks() as before, DeletedBlocks() as this) if before.moved == this.moved:
                last = replace(before, blocks=before.blocks + this.blocks)
            case DeletedBlocks(blocks=gone), InsertedBlocks(blocks=come) if _has_table(
                come
            ) and not _has_table(gone):
                # In Word, what stands before a table can go only with the paragraph before it.
                yield block
            case _:
                if last:
                    yield last
                last = block
    if last:
        yield last


def _has_table(blocks: Blocks) -> bool:
    return any(isinstance(block, Table) for block in blocks)


def _deleted(block: Block, moved: bool = False) -> Block:
    moved = moved and words_of(block).total() >= _MOVED
    return DeletedBlocks((block,), moved, span=block.span)


def _inserted(block: Block, moved: bool = False) -> Block:
    moved = moved and words_of(block).total() >= _MOVED
    return InsertedBlocks((block,), moved, span=block.span)


def _compare_block(old: Block, new: Block) -> tuple[Block, ...]:
    """Return a block with its changes; where they cannot be told apart, both versions of it."""
    if said(old) == said(new):
        return (new,)
    match old, new:
        case (Heading(inlines=before), Heading(inlines=after)):
            return (replace(new, inlines=lines(before, after)),)
        case (Paragraph(inlines=before), Paragraph(inlines=after)):
            return (replace(new, inlines=lines(before, after)),)
        case List(), List():
            return (replace(new, items=_items(old, new)),)
        case Quote(), Quote():
            return (replace(new, blocks=compare_blocks(old.blocks, new.blocks)),)
        case Part(), Part():
            title = lines(old.title, new.title)
            blocks = compare_blocks(old.blocks, new.blocks)
            return (replace(new, title=title, blocks=blocks),)
        case (Table(), Table()) if _both_labelled(old, new) and _same_spans(old, new):
            return (_around(old, _table(old, new)),)
        case (Figure(), Figure()) if _both_labelled(old, new) and (
            _seen(old.image) == _seen(new.image)
        ):
            return (_around(old, new),)
        case (Chart(), Chart()) if _both_labelled(old, new) and _drawn(old) == _drawn(new):
            return (_around(old, new),)
        case (DefinitionList(), DefinitionList()) if _shape(old) == _shape(new):
            return (_definitions(old, new),)
        case _:
            return _deleted(old), _inserted(new)


def lines(old: Inlines, new: Inlines) -> Inlines:
    """Return a line with its changes."""
    return new if said(old) == said(new) else compare_lines(old, new, compare_blocks)


def _least_likeness(old: Block, new: Block) -> float | None:
    """Return how alike two blocks are at least; None if they cannot be versions of one."""
    if type(old) is not type(new):
        return None
    match old, new:
        case Heading(), Heading():
            return None if old.level != new.level else float(old.anchor == new.anchor)
        case List(), List():
            return 0.0 if old.ordered == new.ordered else None
        case Part(), Part():
            return None if old.kind != new.kind else float(old.kind != "")
        case Table(), Table():
            if len(old.alignments) != len(new.alignments):
                return None
            return ALIKE if old.anchor == new.anchor else 0.0
        case (Figure() | Chart(), Figure() | Chart()):
            return ALIKE if old.anchor == new.anchor else 0.0
        case _:
            return 0.0


# Lists -----------------------------------------------------------------------------------------


def _items(old: List, new: List) -> tuple[ListItem, ...]:
    found: list[ListItem] = []
    for was, now in pair_up(old.items, new.items, _least_likeness_of_items):
        if was and now:
            found.append(replace(now, blocks=_in_item(was.blocks, now.blocks)))
        elif was:
            found.append(replace(was, blocks=(DeletedBlocks(was.blocks, span=was.span),)))
        elif now:
            found.append(replace(now, blocks=(InsertedBlocks(now.blocks, span=now.span),)))
    return tuple(found)


def _in_item(old: Blocks, new: Blocks) -> Blocks:
    """Return the blocks of an item, whose first paragraphs are versions of one."""
    if old and new and isinstance(old[0], Paragraph) and isinstance(new[0], Paragraph):
        return (*_compare_block(old[0], new[0]), *compare_blocks(old[1:], new[1:]))
    return compare_blocks(old, new)


def _least_likeness_of_items(old: ListItem, new: ListItem) -> float | None:
    first = [item.blocks[0] if item.blocks else None for item in (old, new)]
    both_text = all(isinstance(block, Paragraph) for block in first)
    same = old.checked == new.checked and (both_text or said(first[0]) == said(first[1]))
    return 0.0 if same else None


def _shape(found: DefinitionList) -> list[int]:
    return [len(item.descriptions) for item in found.items]


def _definitions(old: DefinitionList, new: DefinitionList) -> DefinitionList:
    items = (
        replace(
            now,
            term=lines(was.term, now.term),
            descriptions=tuple(map(compare_blocks, was.descriptions, now.descriptions)),
        )
        for was, now in zip(old.items, new.items, strict=True)
    )
    return replace(new, items=tuple(items))


# Figures and tables ----------------------------------------------------------------------------


def _around(old: _Captioned, new: _Captioned) -> _Captioned:
    """Return a figure or table with the changes of what is said above and below it."""
    return replace(
        new,
        caption=lines(old.caption, new.caption),
        subtitle=lines(old.subtitle, new.subtitle),
        source=lines(old.source, new.source),
        notes=lines(old.notes, new.notes),
    )


def _both_labelled(old: _Captioned, new: _Captioned) -> bool:
    """Say whether both have a label with a number, or neither: the label goes with the caption."""
    return bool(old.caption) == bool(new.caption)


def _seen(image: Image) -> Hashable:
    """Return what is seen of a picture: not its alternative text."""
    return said(replace(image, alt=""))


def _drawn(chart: Chart) -> Hashable:
    """Return what is seen of a chart."""
    return said(replace(chart, caption=(), subtitle=(), source=(), notes=()))


def _same_spans(old: Table, new: Table) -> bool:
    """Say whether rows of two tables can be compared: no cell reaches over another row."""
    grids = [[[(c.across, c.down) for c in row] for row in (*t.head, *t.rows)] for t in (old, new)]
    plain = all(span == (1, 1) for grid in grids for row in grid for span in row)
    return len(old.head) == len(new.head) and (plain or grids[0] == grids[1])


def _table(old: Table, new: Table) -> Table:
    rows: list[Row] = []
    changes: list[Change | None] = []
    spanned = any(c.is_reached for row in new.rows for c in row)
    in_place = zip(old.rows, new.rows, strict=False)
    for was, now in in_place if spanned else pair_up(old.rows, new.rows, _least_likeness_of_rows):
        if was and now:
            rows.append(_row(was, now))
            changes.append(None)
        elif was:
            rows.append(tuple(_whole(cell, "deleted") for cell in was))
            changes.append("deleted")
        elif now:
            rows.append(tuple(_whole(cell, "inserted") for cell in now))
            changes.append("inserted")
    return replace(
        new,
        head=tuple(map(_row, old.head, new.head)),
        rows=tuple(rows),
        changes=tuple(changes) if any(changes) else (),
    )


def _row(old: Row, new: Row) -> Row:
    return tuple(map(_cell, old, new))


def _whole(cell: Cell, change: Change) -> Cell:
    around, below = (Inserted, InsertedBlocks) if change == "inserted" else (Deleted, DeletedBlocks)
    return replace(
        cell,
        inlines=(around(cell.inlines, span=cell.span),) if cell.inlines else (),
        blocks=(below(cell.blocks, span=cell.span),) if cell.blocks else (),
    )


def _cell(old: Cell, new: Cell) -> Cell:
    if old.blocks or new.blocks:
        sides = (cell.blocks or _as_blocks(cell) for cell in (old, new))
        return replace(new, inlines=(), blocks=compare_blocks(*sides))
    return replace(new, inlines=lines(old.inlines, new.inlines))


def _as_blocks(cell: Cell) -> Blocks:
    return (Paragraph(cell.inlines, span=cell.span),) if cell.inlines else ()


def _least_likeness_of_rows(old: Row, new: Row) -> float:
    """Rows are known by their first cell, or by most of what they say."""
    same = said(old[:1]) == said(new[:1])
    return float(same and bool(old) and bool(words_of(old[0])))
