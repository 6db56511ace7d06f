"""Paragraphs whose words changed, or that were divided or joined, as patches of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ..model import Cell, FrontMatter, Heading, Node, Paragraph
from ..readers.source import Source
from .items import Item, Read
from .mapping import Origin, stretch
from .patching import Patch, patches_of
from .places import (
    block_of,
    heading_marks,
    item_prefix,
    lines_of,
)
from .regions import Line
from .sides import HEADING, Sides
from .units import Unit
from .writing import Unwritable

_END = Item("end", "¶")


def edit(sides: Sides, unit: Unit) -> list[Patch]:
    if not unit.old or not unit.new:
        raise Unwritable("its footnotes changed where no paragraph can be found")
    nodes = [sides.editable(place) for place in unit.old]
    if len(unit.old) > 1:
        _check_join(sides, unit, nodes)
    old: list[Item] = []
    origins: list[Origin | None] = []
    for place, node in zip(unit.old, nodes, strict=True):
        if old:
            previous = nodes[nodes.index(node) - 1]
            ended = stretch(sides.source, previous.span)[1]
            old.append(_END)
            origins.append(Origin(("end", ""), ended, stretch(sides.source, node.span)[0]))
        found = sides.origins(place)
        origins += found
        if sides.literal:
            pairs = zip(sides.old[place].items, found, strict=True)
            old += [_unlike(item, origin, sides.source) for item, origin in pairs]
        else:
            old += sides.old[place].items
    new, breaks = _new_items(sides, unit, nodes[-1])
    _check_style(sides, unit, nodes)
    line = Line(
        old,
        origins,
        new,
        sides.source,
        stretch(sides.source, nodes[0].span)[0],
        sides.setting(nodes[0], unit.old[0]),
        breaks,
        sides.new_notes(unit),
    )
    return [*_restyled(sides, unit, nodes), *patches_of(line)]


def _unlike(item: Item, origin: Origin | None, source: Source) -> Item:
    """Return an item that equals no new one if typography made it: `"` printed as “."""
    if item.kind != "text" or origin is None or item.text.isalnum():
        return item
    written = source.text[origin.start : origin.end]
    if written in (item.text, f"\\{item.text}"):
        return item
    return replace(item, text=f"\0{item.text}")


def _new_items(sides: Sides, unit: Unit, node: Node) -> tuple[list[Item], dict[int, str]]:
    items: list[Item] = []
    breaks: dict[int, str] = {}
    for place in unit.new:
        if items:
            breaks[len(items)] = _break(sides, node, sides.new[place], len(breaks) + 1)
            items.append(_END)
        items += sides.new[place].items
    return items, breaks


def _break(sides: Sides, node: Node, read: Read, steps: int) -> str:
    """Return what begins a paragraph that was split off."""
    parents = sides.around.of(node)
    if isinstance(node, Cell | FrontMatter) or not isinstance(node, Paragraph | Heading):
        raise Unwritable("it was divided into paragraphs, which it cannot hold")
    lines = lines_of(node, sides.source)
    item = block_of(node, parents)
    if item is not None and read.where[1] is not None:
        return f"\n{item_prefix(item, sides.source, steps)}"
    if found := HEADING.fullmatch(read.where[0]):
        return f"\n\n{lines.rest}{heading_marks(int(found[1]), sides.base.brief)}"
    return f"\n{lines.rest.rstrip()}\n{lines.rest}"


def _check_join(sides: Sides, unit: Unit, nodes: Sequence[Node]) -> None:
    kinds = {type(node) for node in nodes}
    parents = {tuple(map(id, sides.around.of(node))) for node in nodes}
    items = [block_of(node, sides.around.of(node)) for node in nodes]
    lists = {tuple(map(id, sides.around.of(node)[:-1])) for node in nodes}
    is_list = all(items) and len(lists) == 1
    if kinds != {Paragraph} or not (len(parents) == 1 or is_list):
        raise Unwritable("parts of different kinds were joined: join them in the Markdown")
    if unit.old != list(range(unit.old[0], unit.old[0] + len(unit.old))):
        between = range(unit.old[0], unit.old[-1])
        if any(n not in unit.old and not sides.old[n].paragraph.note for n in between):
            raise Unwritable("paragraphs were joined that do not follow each other")


def _check_style(sides: Sides, unit: Unit, nodes: Sequence[Node]) -> None:
    one, other = sides.old[unit.old[0]].where, sides.new[unit.new[0]].where
    if one[:2] == other[:2]:
        return
    both = one[0], other[0]
    plain = all(name == "BodyText" or HEADING.fullmatch(name) for name in both)
    top = not sides.around.of(nodes[0])
    if not (plain and top and isinstance(nodes[0], Paragraph | Heading)):
        raise Unwritable(
            f"its style was changed from “{both[0]}” to “{both[1]}”: change the Markdown"
        )


def _restyled(sides: Sides, unit: Unit, nodes: Sequence[Node]) -> list[Patch]:
    """Return what makes a heading of a paragraph, or another heading, or the reverse."""
    one, other = sides.old[unit.old[0]].where[0], sides.new[unit.new[0]].where[0]
    if one == other:
        return []
    start, end = stretch(sides.source, nodes[0].span)
    marks = HEADING.fullmatch(other)
    new = heading_marks(int(marks[1]), sides.base.brief) if marks else ""
    written = sides.source.text[start:end]
    old = re.match(r"#{1,6}[ \t]+", written)
    if isinstance(nodes[0], Heading):
        if old is None or (not new and "{" in written):
            raise Unwritable("this heading was made another: change the Markdown")
        return [Patch(start, start + old.end(), new)]
    if "\n" in written:
        raise Unwritable("a paragraph of several lines was made a heading: change the Markdown")
    return [Patch(start, start, new)]
