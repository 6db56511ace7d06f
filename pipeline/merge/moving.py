"""Paragraphs that were moved, as patches of the source; they may have been changed as well."""

from __future__ import annotations

import re

from ..model import Heading, Paragraph
from .editing import edit
from .mapping import stretch
from .patching import Patch, patched
from .places import lines_of
from .sides import Sides
from .structure import delete, placed
from .units import Unit


def move(sides: Sides, unit: Unit) -> list[Patch]:
    place, mine = unit.old[0], unit.new[0]
    node = sides.editable(place)
    removed = delete(sides, place)
    found: list[Patch] = []
    for old, new in zip(unit.notes, unit.new_notes, strict=True):
        if sides.old[old].said != sides.new[new].said:
            found += edit(sides, Unit("edit", [old], [new]))
    start, end = stretch(sides.source, node.span)
    changes = edit(sides, Unit("edit", [place], [mine]))
    inside = [patch for patch in changes if start <= patch.start and patch.end <= end]
    text = patched(sides.source.text[:end], inside)[start:]
    rest, new_rest = lines_of(node, sides.source).rest, _target_rest(sides, mine)
    text = text.replace(f"\n{rest}", "\n").replace("\n", f"\n{new_rest}")
    if isinstance(node, Heading):
        text = re.sub(r"\A#{1,6}[ \t]+", "", text)
    return [*found, *removed, placed(sides, mine, mine, [(sides.new[mine], text)])]


def _target_rest(sides: Sides, mine: int) -> str:
    for place in (sides.before(mine), sides.after(mine)):
        node = sides.node(place) if place is not None else None
        if place is None or not isinstance(node, Paragraph):
            continue
        if sides.old[place].where[:2] == sides.new[mine].where[:2]:
            return lines_of(node, sides.source).rest
    return ""
