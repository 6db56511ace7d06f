"""Paragraphs that were added and deleted, as patches of the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Cell, FrontMatter, Heading, ListItem, Node, Paragraph
from .items import LISTS, Read
from .patching import Patch
from .places import (
    block_of,
    heading_marks,
    item_prefix,
    lines_of,
    whole_removal,
)
from .sides import HEADING, Sides
from .units import Unit
from .writing import Setting, Token, Unwritable, joined, token_at, without_block_start


def insert(sides: Sides, unit: Unit) -> list[Patch]:
    if any(sides.new[place].where[2] for place in unit.new):
        raise Unwritable("a paragraph, row or table was added: write it in the Markdown")
    notes = sides.new_notes(unit)
    texts: list[tuple[Read, str]] = []
    for place in unit.new:
        read = sides.new[place]
        texts.append((read, _paragraph_text(sides, read, notes)))
    return [placed(sides, unit.new[0], unit.new[-1], texts)]


def _paragraph_text(sides: Sides, read: Read, notes: Mapping[str, str]) -> str:
    setting = Setting(anchors=sides.base.anchors)
    tokens: list[Token] = []
    for place, item in enumerate(read.items):
        if item.kind == "call" and item.text in notes:
            tokens.append(Token(notes[item.text], None))
        else:
            tokens.append(token_at(read.items, place, setting))
    return without_block_start(joined(tokens, setting))


def placed(sides: Sides, first: int, last: int, texts: Sequence[tuple[Read, str]]) -> Patch:
    """Return what puts paragraphs between those beside them."""
    before, after = sides.before(first), sides.after(last)
    where = texts[0][0].where
    for place, behind in ((before, True), (after, False)):
        if place is None or sides.old[place].where[:2] != where[:2]:
            continue
        node = sides.node(place)
        if isinstance(node, Paragraph):
            return _sibling(sides, node, behind, texts)
    plain = where[:2] == ("BodyText", None) or HEADING.fullmatch(where[0])
    if not plain and not (where[0] in LISTS and where[1] == 0):
        raise Unwritable(f"a paragraph of the style “{where[0]}” was added: write it in Markdown")
    inside = [sides.node(place) for place in (before, after) if place is not None]
    outer = [sides.around.outermost(node) for node in inside if node is not None]
    if len(outer) == 2 and outer[0] is outer[1]:
        raise Unwritable(
            "a paragraph was added in the middle of a list or box, and not as a part of it: "
            "write it in the Markdown"
        )
    shown = _top_level(sides, texts)
    node = sides.node(before) if before is not None else None
    if isinstance(node, Paragraph | Heading | ListItem):
        end = _end_of_block(sides, sides.around.outermost(node))
        return Patch(end, end, f"\n\n{shown}")
    node = sides.node(after) if after is not None else None
    if node is not None and not isinstance(node, FrontMatter | Cell):
        start = lines_of(sides.around.outermost(node), sides.source).start
        return Patch(start, start, f"{shown}\n\n")
    raise Unwritable("a paragraph was added where it cannot be placed: write it in the Markdown")


def _top_level(sides: Sides, texts: Sequence[tuple[Read, str]]) -> str:
    """Return paragraphs, headings and lists one below the other."""
    found, previous = "", ""
    for number, (read, text) in enumerate(texts, start=1):
        style = read.where[0]
        heading = HEADING.fullmatch(style)
        marks = {"ListBullet": "- ", "ListNumber": f"{number}. "}.get(style, "")
        if heading:
            marks = heading_marks(int(heading[1]), sides.base.brief)
        between = "\n" if marks and style == previous and not heading else "\n\n"
        found += (between if found else "") + marks + text
        previous = style
    return found


def _end_of_block(sides: Sides, node: Node) -> int:
    return lines_of(node, sides.source).end


def _sibling(
    sides: Sides, node: Paragraph, behind: bool, texts: Sequence[tuple[Read, str]]
) -> Patch:
    lines = lines_of(node, sides.source)
    item = block_of(node, sides.around.of(node))
    if item is not None and texts[0][0].where[1] is not None:
        step = len(texts)
        if behind:
            end = lines_of(item, sides.source).end
            found = "".join(
                f"\n{item_prefix(item, sides.source, n)}{text}"
                for n, (_, text) in enumerate(texts, start=1)
            )
            return Patch(end, end, found)
        prefix = item_prefix(item, sides.source, 0)
        return Patch(lines.start, lines.start, "".join(f"{prefix}{t}\n" for _, t in texts[:step]))
    if behind:
        blank = f"\n{lines.rest.rstrip()}\n"
        shown = "".join(f"{blank}{lines.rest}{text}" for _, text in texts)
        return Patch(lines.end, lines.end, shown)
    if lines.first.strip(" \t>"):
        raise Unwritable("a paragraph was added where it cannot be placed: write it in Markdown")
    shown = "".join(f"{lines.first}{text}\n{lines.rest.rstrip()}\n" for _, text in texts)
    return Patch(lines.start, lines.start, shown)


def delete(sides: Sides, place: int) -> list[Patch]:
    node = sides.editable(place)
    if isinstance(node, Cell):
        raise Unwritable("a cell, row or table was removed: remove it from the Markdown")
    if not isinstance(node, Paragraph | Heading):
        raise Unwritable("a part, figure or caption was removed: remove it from the Markdown")
    parents = sides.around.of(node)
    item = block_of(node, parents)
    if item is not None:
        if len(item.blocks) > 1:
            raise Unwritable("the first paragraph of an item was removed: change the Markdown")
        return [Patch(*whole_removal(item, sides.source), "")]
    lines = lines_of(node, sides.source)
    if lines.first.strip(" \t>"):
        raise Unwritable("what stands first in its block was removed: change the Markdown")
    return [Patch(*whole_removal(node, sides.source), "")]
