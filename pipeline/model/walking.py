"""Walking a tree, changing its lines, and reading it as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from msgspec.structs import replace

from .tree import (
    Citation,
    Code,
    CrossReference,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Node,
    Text,
)

_INLINES = frozenset(get_args(Inline))
_LEAVES = ("str", "bool", "int", "float", "Span", "Anchor")  # kinds of fields that hold no nodes


@cache
def children_of(kind: type[Node]) -> tuple[str, ...]:
    """Return the names of the fields of a kind of node that can hold nodes."""
    return tuple(name for name, held in kind.__annotations__.items() if held not in _LEAVES)


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it, in reading order, depth first."""
    left: list[object] = [node]
    while left:
        value = left.pop()
        if isinstance(value, tuple):
            left += value[::-1]
        elif isinstance(value, Node):
            yield value
            if names := children_of(type(value)):
                left += [child for name in names[::-1] if (child := getattr(value, name))]


def is_run(value: tuple[Any, ...]) -> bool:
    """Say whether a field holds a run of inlines."""
    return bool(value) and type(value[0]) in _INLINES


def runs(top: Node) -> Iterator[Inlines]:
    """Yield every run of inlines below a node, outermost first."""
    for node in walk(top):
        for name in children_of(type(node)):
            value = getattr(node, name)
            if isinstance(value, tuple) and is_run(value):
                yield value


_N = TypeVar("_N", bound=Node)


def transform(node: _N, change: Callable[[Inlines], Inlines]) -> _N:
    """Return the tree with `change` applied to every run of inlines, innermost first."""
    changes: dict[str, Any] = {}
    for name in children_of(type(node)):
        value = getattr(node, name)
        changed = _transform_value(value, change)
        if changed is not value:
            changes[name] = changed
    return replace(node, **changes) if changes else node


def _transform_value(value: Any, change: Callable[[Inlines], Inlines]) -> Any:
    if isinstance(value, Node):
        return transform(value, change)
    if not isinstance(value, tuple) or not value:
        return value
    items = tuple(_transform_value(item, change) for item in value)
    if any(new is not old for new, old in zip(items, value, strict=True)):
        value = items
    return change(value) if is_run(value) else value


def plain(inlines: Inlines) -> str:
    """Return the plain text of inlines, without citations and footnotes."""
    parts = []
    for inline in inlines:
        match inline:
            case Text(text=text) | Code(text=text):
                parts.append(text)
            case Math(tex=tex):
                parts.append(tex)
            case LineBreak():
                parts.append(" ")
            case Image(alt=alt):
                parts.append(alt)
            case Citation() | Footnote() | FootnoteReference() | CrossReference():
                pass
            case _:
                parts.append(plain(inline.inlines))
    return " ".join("".join(parts).split())


def without_citations(inlines: Inlines) -> Inlines:
    """Return a heading as contents, bookmarks and running heads show it: no marks, notes, links.

    The space before a mark is dropped with it; the words of a link are kept.
    """
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Citation | Footnote | FootnoteReference):
            if kept and isinstance(kept[-1], Text):
                kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
            continue
        if isinstance(inline, Image):
            continue
        if isinstance(inline, Link):
            kept += without_citations(inline.inlines)
            continue
        kept.append(transform(inline, without_citations))
    return tuple(kept)
