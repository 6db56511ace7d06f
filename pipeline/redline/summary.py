"""Count the changes of a redline, and say how many there are of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from ..language.changes import change_term, language_of_changes
from ..model import (
    Block,
    Blocks,
    Brief,
    Cell,
    Change,
    Chart,
    CodeBlock,
    DefinitionList,
    Deleted,
    DeletedBlocks,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inlines,
    Inserted,
    InsertedBlocks,
    List,
    Paragraph,
    Part,
    Quote,
    Table,
    Text,
    ThematicBreak,
    walk,
    walk_changes,
)
from ..numbering import Redline
from ..releases.sentences import SENTENCE_END
from ..title_block import title_block, versions, versions_of_facts, versions_of_lines

_ACTIONS = ("changed", "corrected", "added", "removed", "moved")
_VERBS: Mapping[Change | None, str] = {None: "changed", "inserted": "added", "deleted": "removed"}
_THING = "\ufffc"  # a citation, a formula, a picture in a line
Counts = Counter[tuple[str, str]]  # of things ("source") by what happened to them ("added")


def summary(brief: Brief, redline: Redline) -> str:
    """Return "3 sentences changed, 1 source added", "" if nothing but numbers has changed."""
    return in_words(counted(brief, redline), brief.front.lang)


def in_words(counts: Counts, lang: str) -> str:
    english = language_of_changes(lang) == "en"
    groups = []
    for action in _ACTIONS:
        things = [
            _many(thing, n, lang) for (thing, done), n in counts.items() if done == action and n
        ]
        if things:
            listed = _english(things) if english else ", ".join(things)
            groups.append(change_term(action, lang).format(things=listed))
    return ("; " if not english or any(" and " in group for group in groups) else ", ").join(groups)


def _english(things: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))


def _many(thing: str, count: int, lang: str) -> str:
    one, _, many = change_term(thing, lang).partition("|")
    return (one if count == 1 or not many else many).format(n=count)


# Counting --------------------------------------------------------------------------------------


def counted(brief: Brief, redline: Redline) -> Counts:
    found: Counts = Counter()
    old, new = title_block(redline.older.brief), title_block(brief)
    for inlines in (new.title, new.subtitle, new.disclaimer):
        _line(inlines, None, found)
    facts = versions_of_facts(old.facts, new.facts)
    imprint = versions_of_lines(old.imprint, new.imprint)
    for said in (versions(old.authors, new.authors), *facts, *imprint):
        found["detail", "changed"] += any(change for _, change in said)
    _blocks(brief.blocks, None, found)
    found["alternative", "changed"] += _alternatives(brief, redline.older.brief)
    found["source", "corrected"] += len(redline.entries)
    found["source", "added"] += len(redline.new)
    found["source", "removed"] += len(redline.gone)
    return found


def _alternatives(brief: Brief, older: Brief) -> int:
    """Return how many pictures have another alternative text, and are otherwise the same."""
    before = {node.anchor: node.image for node in walk(older) if isinstance(node, Figure)}
    pictures = (
        (before.get(node.anchor), node.image)
        for node, change in walk_changes(brief)
        if isinstance(node, Figure) and not change
    )
    return sum(bool(old and old.src == new.src and old.alt != new.alt) for old, new in pictures)


def _blocks(blocks: Blocks, change: Change | None, found: Counts) -> None:
    place = 0
    while place < len(blocks):
        match blocks[place : place + 2]:
            case (DeletedBlocks(blocks=(was,)), InsertedBlocks(blocks=(now,))) if _one(was, now):
                _replaced(now, found)
                place += 1
            case (block, *_):
                _block(block, change, found)
        place += 1


def _one(was: Block, now: Block) -> bool:
    """Say whether a block stands for another of its kind, and is counted as one change."""
    return type(was) is type(now) and not isinstance(was, Paragraph | Heading | List | Quote | Part)


def _replaced(block: Block, found: Counts) -> None:
    match block:
        case Figure() | Chart():
            found["figure", "corrected"] += 1
        case Table():
            found["table", "changed"] += 1
        case Equation():
            found["formula", "changed"] += 1
        case CodeBlock():
            found["code", "changed"] += 1
        case _:
            found["part", "changed"] += 1


def _block(block: Block, change: Change | None, found: Counts) -> None:
    match block:
        case Heading(inlines=inlines):
            if change or _has_change(inlines):
                found["heading", _VERBS[change]] += 1
            _notes(inlines, change, found)
        case Paragraph(inlines=inlines):
            _line(inlines, change, found)
        case List(items=items):
            for item in items:
                _blocks(item.blocks, change, found)
        case DefinitionList(items=definitions):
            for definition in definitions:
                _line(definition.term, change, found)
                for description in definition.descriptions:
                    _blocks(description, change, found)
        case Quote(blocks=blocks):
            _blocks(blocks, change, found)
        case Part(title=title, blocks=blocks):
            _line(title, change, found)
            _blocks(blocks, change, found)
        case InsertedBlocks(blocks=blocks, moved=moved):
            if moved:
                found["part", "moved"] += len(blocks)
            else:
                _blocks(blocks, "inserted", found)
        case DeletedBlocks(blocks=blocks, moved=moved):
            if not moved:
                _blocks(blocks, "deleted", found)
        case Table():
            _table(block, change, found)
        case Figure() | Chart():
            _captioned("figure", block, change, found)
        case Equation():
            found["formula", _VERBS[change]] += bool(change)
        case CodeBlock():
            found["code", _VERBS[change]] += bool(change)
        case ThematicBreak():
            found["part", _VERBS[change]] += bool(change)
        case _:
            assert_never(block)


def _captioned(
    thing: str, captioned: Figure | Chart | Table, change: Change | None, found: Counts
) -> None:
    if change:
        found[thing, _VERBS[change]] += 1
        return
    for inlines in (captioned.caption, captioned.subtitle, captioned.source, captioned.notes):
        _line(inlines, None, found)


def _table(table: Table, change: Change | None, found: Counts) -> None:
    _captioned("table", table, change, found)
    if change:
        return
    for row, done in zip(table.rows, table.changes or (None,) * len(table.rows), strict=True):
        if done:
            found["row", _VERBS[done]] += 1
        else:
            found["cell", "changed"] += sum(map(_cell_changed, row))
    found["cell", "changed"] += sum(_cell_changed(cell) for row in table.head for cell in row)


def _cell_changed(cell: Cell) -> bool:
    own: Counts = Counter()
    _line(cell.inlines, None, own)
    _blocks(cell.blocks, None, own)
    return any(own.values())


# Lines -----------------------------------------------------------------------------------------


def _line(inlines: Inlines, change: Change | None, found: Counts) -> None:
    """Count the sentences of a line that were changed, added and removed.

    One that was removed beside one that was added has been changed.
    """
    states = list(_sentences(inlines, change))
    added = states.count({"inserted"})
    removed = states.count({"deleted"})
    both = 0 if change else min(added, removed)
    found["sentence", "added"] += added - both
    found["sentence", "removed"] += removed - both
    found["sentence", "changed"] += both + sum(len(state) > 1 for state in states)
    _notes(inlines, change, found)


def _sentences(inlines: Inlines, change: Change | None) -> Iterator[set[Change | None]]:
    """Yield what happened to the pieces of each sentence."""
    pieces = list(_pieces(inlines, change))
    text = "".join(piece for piece, _ in pieces)
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    state: set[Change | None] = set()
    place = 0
    for piece, done in pieces:
        for character in piece:
            if not character.isspace() or (done and not piece.strip()):
                state.add(done)
            place += 1
            if ends and place == ends[0]:
                ends.pop(0)
                yield state
                state = set()
    if state:
        yield state


def _pieces(inlines: Inlines, change: Change | None) -> Iterator[tuple[str, Change | None]]:
    for inline in inlines:
        match inline:
            case Text(text=text):
                yield text, change
            case Inserted(inlines=inner):
                yield from _pieces(inner, "inserted")
            case Deleted(inlines=inner):
                yield from _pieces(inner, "deleted")
            case Footnote():
                pass  # counted by itself
            case _:
                if isinstance(held := getattr(inline, "inlines", None), tuple):
                    yield from _pieces(held, change)
                else:
                    yield _THING, change


def _notes(inlines: Inlines, change: Change | None, found: Counts) -> None:
    for inline in inlines:
        match inline:
            case Footnote(blocks=blocks):
                if change:
                    found["footnote", _VERBS[change]] += 1
                else:
                    _blocks(blocks, None, found)
            case Inserted(inlines=inner):
                _notes(inner, "inserted", found)
            case Deleted(inlines=inner):
                _notes(inner, "deleted", found)
            case _:
                if isinstance(held := getattr(inline, "inlines", None), tuple):
                    _notes(held, change, found)


def _has_change(inlines: Inlines) -> bool:
    counts: Counts = Counter()
    _line(inlines, None, counts)
    return any(counts.values())
