"""Where blocks stand in the source: what is round them, and what begins their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..model import Brief, ListItem, Node, children_of
from ..readers.source import Source
from .mapping import stretch

_NOTE = re.compile(r"[ \t]*\[\^[^\]]+\]:[ \t]*")
_BLANK_LINES = re.compile(r"(?:[> \t]*\n)*")
# A value of YAML in quotation marks, alone or in a flow collection (YAML 1.2, 7.3).
_QUOTED = re.compile(
    r"""(?:^|[\[{,]|[:-][ \t])\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""", re.DOTALL | re.MULTILINE
)
_NUMBER = re.compile(r"(\d+)([.)])")


def quotation(text: str, offset: int) -> str:
    """Return the quotation mark round what stands at an offset in the front matter, or ""."""
    for found in _QUOTED.finditer(text):
        if found.start(1) >= offset:
            break
        if offset < found.end(1):
            return found[1][0]
    return ""


class Around(Struct, frozen=True):
    """The nodes round each node, outermost first, by identity."""

    parents: Mapping[int, tuple[Node, ...]]

    def of(self, node: Node) -> tuple[Node, ...]:
        return self.parents.get(id(node), ())

    def outermost(self, node: Node) -> Node:
        """Return the block of the body that a node is in."""
        return next(iter(self.of(node)), node)


def around(brief: Brief) -> Around:
    found: dict[int, tuple[Node, ...]] = {}
    waiting: list[tuple[Node, tuple[Node, ...]]] = [(block, ()) for block in brief.blocks]
    while waiting:
        node, parents = waiting.pop()
        found[id(node)] = parents
        waiting += [(child, (*parents, node)) for child in _children(node)]
    return Around(found)


def _children(node: Node) -> Iterator[Node]:
    for name in children_of(type(node)):
        yield from _nodes(getattr(node, name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _nodes(inner)


class Lines(Struct, frozen=True):
    """The whole lines of a block, and what begins them.

    `first` is what stands before its text on its first line, `rest` what begins further lines.
    """

    start: int  # offset of its first line
    end: int  # after its last line, without the line end
    first: str
    rest: str


def lines_of(node: Node, source: Source) -> Lines:
    begin, end = stretch(source, node.span)
    start = source.text.rfind("\n", 0, begin) + 1
    last = source.text.find("\n", end)
    first = source.text[start:begin]
    rest = "".join(c if c in "> \t" else " " for c in first)
    if note := _NOTE.fullmatch(first):
        rest = " " * (len(note[0]) - len(note[0].lstrip())) + "    "
    return Lines(start, len(source.text) if last < 0 else last, first, rest)


def item_prefix(item: ListItem, source: Source, steps: int = 1) -> str:
    """Return what begins the line of an item `steps` after this one: "- ", "3. "."""
    begin, end = stretch(source, item.span)
    start = source.text.rfind("\n", 0, begin) + 1
    first = item.blocks[0] if item.blocks else None
    text_start = stretch(source, first.span)[0] if first is not None else end
    marker = source.text[begin:text_start] if text_start - begin < 20 else "- "
    marker = re.sub(r"\[[ xX]\][ \t]*", "[ ] ", marker)
    if number := _NUMBER.match(marker):
        marker = f"{int(number[1]) + steps}{number[2]}" + marker[number.end() :]
    return source.text[start:begin].replace("\n", "") + marker


def heading_marks(level: int, brief: Brief) -> str:
    return "#" * (level + brief.heading_shift) + " "


def whole_removal(node: Node, source: Source) -> tuple[int, int]:
    """Return the stretch to cut so that a block is gone, with a blank line that stood beside it."""
    lines, text = lines_of(node, source), source.text
    end = min(lines.end + 1, len(text))
    before = text[: lines.start].rsplit("\n", 2)[-2:]
    after_blank = lines.start == 0 or not before[0].strip(" \t>")
    if not after_blank:
        return lines.start, end
    blanks = _BLANK_LINES.match(text, end)
    if blanks is not None and blanks.end() > end:
        return lines.start, blanks.end()
    if end < len(text):
        return lines.start, end
    kept = text[: lines.start].rstrip(" \t>\n")
    return len(kept), lines.end


def note_definition(label_start: int, source: Source) -> tuple[int, int]:
    """Return the stretch of the definition of a footnote whose text begins at an offset."""
    text = source.text
    start = text.rfind("\n", 0, label_start) + 1
    end = start
    for row in text[start:].split("\n"):
        is_more = end == start or not row.strip() or row.startswith(("    ", "\t"))
        is_lazy = bool(row.strip()) and end > start and text[end - 2 : end] != "\n\n"
        if not is_more and not is_lazy:
            break
        end += len(row) + 1
    return start, min(end, len(text))


def block_of(node: Node, parents: tuple[Node, ...]) -> ListItem | None:
    """Return the item of a list that a block is the first of, if it is."""
    inner = parents[-1] if parents else None
    return inner if isinstance(inner, ListItem) and inner.blocks[:1] == (node,) else None
