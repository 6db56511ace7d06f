"""From an edited paragraph to patches: the stretches of the source that must change, and no more.

What the two versions of a paragraph share keeps its source. A stretch that changes is widened until
it holds whole nodes (`**bold**`, a link), then written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..model import Citation, Code, CrossReference, FootnoteReference, Node, Passage
from .citing import changed_citation
from .items import Item
from .mapping import Origin, Path, stretch
from .places import quotation
from .regions import Line, Region, format_inside, inside, pairs_of, regions_of, widened
from .writing import Setting, Token, Unwritable, joined, token_at, without_block_start

MADE = "is made by the build"


class Patch(Struct, frozen=True, order=True):
    """A stretch of the source, and what takes its place."""

    start: int
    end: int
    text: str


class Conflict(Exception):
    """Two edits change the same stretch of the source."""


def patched(text: str, patches: Sequence[Patch]) -> str:
    """Return a text with patches. Raises `Conflict` if two overlap."""
    parts: list[str] = []
    place = 0
    for patch in sorted(patches):
        if patch.start < place:
            raise Conflict
        parts += [text[place : patch.start], patch.text]
        place = patch.end
    return "".join([*parts, text[place:]])


def patches_of(line: Line) -> list[Patch]:
    """Return what must change. Raises `Unwritable` for what cannot be written, with the reason."""
    pairs = pairs_of(line.old, line.new)
    regions = widened(line, regions_of(line, pairs))
    return [_patch(line, region, pairs) for region in regions]


# Writing -----------------------------------------------------------------------------------------


def _patch(line: Line, region: Region, pairs: Mapping[int, int]) -> Patch:
    held = line.origins[region.old_start : region.old_end]
    for item, origin in zip(line.old[region.old_start : region.old_end], held, strict=True):
        if origin is None:
            raise Unwritable(f"“{item.shown or item.text}” {MADE}")
    path = inside(line, region)
    start, end = _stretch(line, region, len(path))
    source = line.source.text
    setting = Setting(
        format_inside(path),
        line.setting.cell,
        line.setting.front,
        quotation(source, start) if line.setting.front else "",
        source[start - 1 : start],
        source[end : end + 1],
        line.setting.anchors,
    )
    parts: list[str] = []
    tokens: list[Token] = []
    place = region.new_start
    while place < region.new_end:
        item = line.new[place]
        if item.kind == "end" and place not in pairs:
            parts.append(joined(tokens, setting).rstrip())
            parts.append(line.breaks[place])
            tokens = []
            place += 1
            continue
        whole = _whole_node(line, place, region, pairs, len(path))
        if whole is not None:
            node, place = whole
            first, last = stretch(line.source, node.span)
            tokens.append(Token(source[first:last], None))
            continue
        token = _token(line, place, pairs, setting, region)
        tokens.append(replace(token, written=_margin(line, place, pairs) + token.written))
        place += 1
    parts.append(joined(tokens, setting))
    for place in range(2, len(parts), 2):
        if not parts[place - 1].strip(" \n>"):
            parts[place] = without_block_start(parts[place].lstrip(" "))
    text = "".join(parts)
    if source[start:end].endswith("\n") and not text.endswith("\n"):
        end += len(source[end:]) - len(source[end:].lstrip(" \t>"))  # what began the next line
    margin = source[source.rfind("\n", 0, start) + 1 : start]
    if not margin.strip(" \t>") and not (line.setting.cell or line.setting.front):
        following = source[end:].split("\n", 1)[0]
        safe = without_block_start((text + following).lstrip(" "))
        text = safe[: len(safe) - len(following)] if text.strip() or safe != following else text
        if not text and safe != following:
            text = "\\"
    return Patch(start, end, text)


def _stretch(line: Line, region: Region, depth: int) -> tuple[int, int]:
    """Return the offsets of a region in the source."""
    held = [o for o in line.origins[region.old_start : region.old_end] if o is not None]
    if held:
        edges = [_edge(line, origin, depth) for origin in held]
        start, end = min(a for a, _ in edges), max(b for _, b in edges)
        return _with_blank(line, region, start), end
    if region.old_start and (left := line.origins[region.old_start - 1]) is not None:
        place = _edge(line, left, depth)[1]
        return place, place
    if region.old_end < len(line.old) and (right := line.origins[region.old_end]) is not None:
        place = _edge(line, right, depth)[0]
        return place, place
    if line.old:
        raise Unwritable(f"what stands beside it {MADE}")
    return line.start, line.start


def _edge(line: Line, origin: Origin, depth: int) -> tuple[int, int]:
    if len(origin.path) > depth:
        return stretch(line.source, origin.path[depth].span)
    return origin.start, origin.end


def _with_blank(line: Line, region: Region, start: int) -> int:
    """Return where a stretch begins whose first mark stands behind a blank that is not printed."""
    first, new = line.old[region.old_start], line.new[region.new_start : region.new_end]
    before = line.origins[region.old_start - 1] if region.old_start else None
    if first.kind != "citation" or new or before is None:
        return start
    gap = line.source.text[before.end : start]
    return before.end if gap and not gap.strip() else start


def _whole_node(
    line: Line, place: int, region: Region, pairs: Mapping[int, int], depth: int
) -> tuple[Node, int] | None:
    """Return a node that is as it was, and the place after its items."""
    before = pairs.get(place)
    origin = line.origins[before] if before is not None else None
    if before is None or origin is None or len(origin.path) <= depth:
        return None
    node = origin.path[depth]
    end, old = place, before
    while old < len(line.old) and (found := line.origins[old]) and _has(found.path, node):
        if end >= region.new_end or pairs.get(end) != old:
            return None
        if line.old[old].format != line.new[end].format:
            return None
        end, old = end + 1, old + 1
    is_start = before == 0 or not _has(_path_at(line, before - 1), node)
    return (node, end) if is_start and end > place else None


def _path_at(line: Line, place: int) -> Path:
    origin = line.origins[place]
    return origin.path if origin is not None else ()


def _has(path: Path, node: Node) -> bool:
    return any(found is node for found in path)


def _token(
    line: Line, place: int, pairs: Mapping[int, int], setting: Setting, region: Region
) -> Token:
    """Return an item as it was written, or as new Markdown."""
    item = line.new[place]
    before = pairs.get(place)
    origin = line.origins[before] if before is not None else None
    if origin is None:
        origin = _elsewhere(line, item)
    look = item.look
    if origin is not None:
        if any(isinstance(node, Passage) for node in origin.path[len(inside(line, region)) :]):
            raise Unwritable("it is partly in another language: change it in the Markdown")
        if origin.exact and not item.format.code and not _is_code(origin):
            return Token(line.source.text[origin.start : origin.end], look)
    if item.kind == "citation":
        written = changed_citation(item, _citations(line), line.source)
        if written:
            return Token(written, None)
    if item.kind == "call":
        note = line.notes.get(item.text)
        if note is None:
            raise Unwritable("a footnote was added or copied that cannot be written in one line")
        return Token(note, None)
    return token_at(line.new, place, setting)


def _margin(line: Line, place: int, pairs: Mapping[int, int]) -> str:
    """Return what stands before an item that begins a line of the source, as it did before."""
    now, before = pairs.get(place), pairs.get(place - 1)
    if now is None or before is None or now != before + 1:
        return ""
    one, other = line.origins[before], line.origins[now]
    if one is None or other is None or one.path != other.path:
        return ""
    gap = line.source.text[one.end : other.start]
    is_line_end = line.source.text[one.start : one.end].endswith("\n")
    return gap if is_line_end and not gap.strip(" \t>") else ""


def _is_code(origin: Origin) -> bool:
    return any(isinstance(node, Code) for node in origin.path)


def _elsewhere(line: Line, item: Item) -> Origin | None:
    """Return where a thing was written that only moved in its line."""
    if item.kind not in ("citation", "field", "call"):
        return None
    for old, origin in zip(line.old, line.origins, strict=True):
        if origin is not None and origin.node is not None and old.key == item.key:
            is_thing = isinstance(origin.node, Citation | CrossReference | FootnoteReference)
            if is_thing or item.kind == "call":
                return origin
    return None


def _citations(line: Line) -> dict[str, Citation]:
    """Return the citations of a line by their bookmarks."""
    return {
        name: origin.node
        for item, origin in zip(line.old, line.origins, strict=True)
        if origin is not None and isinstance(origin.node, Citation)
        for name in item.names
    }
