"""Which stretches of an edited line change: whole nodes of the tree, and no more than needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from ..model import (
    Anchor,
    Code,
    Emphasis,
    Link,
    Node,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
)
from ..ooxml import bookmark_name
from ..readers.docx import Format
from ..readers.source import Source
from .items import Item
from .mapping import Origin, Path
from .writing import Setting, Unwritable

_LARGEST = 60_000_000  # steps of comparing two paragraphs: some seconds


class Region(Struct):
    """A stretch of the old items that changes, and the new items in its place."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Line(Struct, frozen=True):
    """An edited line of the brief: its items and where they were written, and the new items."""

    old: Sequence[Item]
    origins: Sequence[Origin | None]
    new: Sequence[Item]
    source: Source
    start: int  # of the line in the source: where the first words of an empty one go
    setting: Setting
    breaks: Mapping[int, str]  # what is written for the "end" at a place of `new`
    notes: Mapping[str, str]  # new footnotes as Markdown, by the text of their calls


def pairs_of(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Return which new items are which old ones, by place."""
    start = 0
    while start < min(len(old), len(new)) and old[start].key == new[start].key:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end].key == new[-1 - end].key:
        end += 1
    first = [item.key for item in old[start : len(old) - end]]
    second = [item.key for item in new[start : len(new) - end]]
    if len(first) * len(second) > _LARGEST:
        raise Unwritable("too much changed in one paragraph: copy it into the Markdown by hand")
    pairs = {place: place for place in range(start)}
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            pairs[start + block.b + offset] = start + block.a + offset
    for place in range(end):
        pairs[len(new) - 1 - place] = len(old) - 1 - place
    return pairs


def regions_of(line: Line, pairs: Mapping[int, int]) -> list[Region]:
    """Return the stretches in which something differs."""
    kept = {
        place: before
        for place, before in pairs.items()
        if line.old[before].format == line.new[place].format
    }
    found: list[Region] = []
    old_place = new_place = 0
    for place, before in [*sorted(kept.items()), (len(line.new), len(line.old))]:
        if before > old_place or place > new_place:
            region = Region(old_place, before, new_place, place)
            if found and _run_together(line, found[-1], region, pairs):
                found[-1].old_end, found[-1].new_end = before, place
            else:
                found.append(region)
        old_place, new_place = before + 1, place + 1
    return found


def _run_together(line: Line, one: Region, other: Region, pairs: Mapping[int, int]) -> bool:
    """Say whether two stretches in another format have only a blank between them."""
    between = line.old[one.old_end : other.old_start]
    return all(item.kind == "blank" for item in between) and all(
        any(
            n in pairs and line.old[pairs[n]].format != line.new[n].format
            for n in range(region.new_start, region.new_end)
        )
        for region in (one, other)
    )


# Widening ----------------------------------------------------------------------------------------


def widened(line: Line, regions: list[Region]) -> list[Region]:
    """Return regions that hold whole nodes, overlapping ones joined."""
    done = False
    while not done:
        done = True
        for region in regions:
            depth = len(inside(line, region))
            for edge in _edges(line, region, depth):
                done = done and not edge
        regions = _joined(regions)
    return regions


def _edges(line: Line, region: Region, depth: int) -> list[bool]:
    """Widen a region by the rest of each node that it cuts, and say whether that was needed."""
    changed = []
    nodes = {
        id(origin.path[depth])
        for origin in line.origins[region.old_start : region.old_end]
        if origin is not None and len(origin.path) > depth
    }
    while region.old_start and _belongs(line.origins[region.old_start - 1], depth, nodes):
        region.old_start, region.new_start = region.old_start - 1, region.new_start - 1
        changed.append(True)
    while region.old_end < len(line.old) and _belongs(line.origins[region.old_end], depth, nodes):
        region.old_end, region.new_end = region.old_end + 1, region.new_end + 1
        changed.append(True)
    while _is_cut(line, region.old_start):
        region.old_start, region.new_start = region.old_start - 1, region.new_start - 1
        changed.append(True)
    while region.old_end > region.old_start and _is_cut(line, region.old_end):
        region.old_end, region.new_end = region.old_end + 1, region.new_end + 1
        changed.append(True)
    return changed


def _is_cut(line: Line, place: int) -> bool:
    """Say whether the items on both sides of a place share a stretch of the source."""
    if not 0 < place < len(line.old):
        return False
    one, other = line.origins[place - 1], line.origins[place]
    if one is None or other is None or (one.exact and other.exact):
        return False
    return (one.start, one.end) == (other.start, other.end)


def _belongs(origin: Origin | None, depth: int, nodes: set[int]) -> bool:
    return origin is not None and len(origin.path) > depth and id(origin.path[depth]) in nodes


def _joined(regions: list[Region]) -> list[Region]:
    found: list[Region] = []
    for region in regions:
        before = found[-1] if found else None
        if before and (region.old_start < before.old_end or region.new_start < before.new_end):
            before.old_end = max(before.old_end, region.old_end)
            before.new_end = max(before.new_end, region.new_end)
        else:
            found.append(region)
    return found


def inside(line: Line, region: Region) -> Path:
    """Return the nodes that stay round a region: all that is new in it has their formats."""
    held = line.origins[region.old_start : region.old_end]
    new = line.new[region.new_start : region.new_end]
    wanted = [item.look for item in new if item.look is not None]
    if held:
        paths = [origin.path for origin in held if origin is not None]
        path = _shared(paths)
        while path and _is_whole(line, region, path[-1]) and not wanted:
            path = path[:-1]
    else:
        left = line.origins[region.old_start - 1] if region.old_start else None
        right = line.origins[region.old_end] if region.old_end < len(line.old) else None
        sides = [origin.path for origin in (left, right) if origin is not None]
        fitting = [side for side in sides if wanted and format_inside(side) == wanted[0]]
        path = fitting[0] if fitting else _shared(sides)
    while path and not all(_holds(path, look) for look in wanted):
        path = path[:-1]
    if any(item.kind == "end" for item in new):
        return ()
    return path


def _shared(paths: Sequence[Path]) -> Path:
    if not paths:
        return ()
    shared = paths[0]
    for path in paths[1:]:
        length = next(
            (n for n, (a, b) in enumerate(zip(shared, path, strict=False)) if a is not b),
            min(len(shared), len(path)),
        )
        shared = shared[:length]
    return shared


def _is_whole(line: Line, region: Region, node: Node) -> bool:
    """Say whether a region holds all items of a node."""
    outside = (*line.origins[: region.old_start], *line.origins[region.old_end :])
    return not any(o is not None and any(n is node for n in o.path) for o in outside)


def format_inside(path: Path) -> Format:
    """Return how text inside nodes looks; links are compared by their nodes alone."""
    kinds = {type(node) for node in path}
    return Format(
        Strong in kinds,
        Emphasis in kinds,
        Strikethrough in kinds,
        Code in kinds,
        "super" if Superscript in kinds else "sub" if Subscript in kinds else "",
        next((_link(node) for node in path if isinstance(node, Link)), ""),
    )


def _link(node: Link) -> str:
    if isinstance(node.href, Anchor):
        return f"#{bookmark_name(node.href)}"
    return node.href


def _holds(path: Path, wanted: Format) -> bool:
    own = format_inside(path)
    return (
        own.bold <= wanted.bold
        and own.italic <= wanted.italic
        and own.strike <= wanted.strike
        and not own.code
        and own.position in ("", wanted.position)
        and own.link in ("", wanted.link)
    )
