"""Walking a tree, changing its lines, and reading it as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from msgspec.structs import replace

from .leaves import Code, CrossReference, FootnoteReference, Image, LineBreak, Math, Node, Text
from .tree import (
    Citation,
    Deleted,
    DeletedBlocks,
    Footnote,
    Inline,
    Inlines,
    Inserted,
    InsertedBlocks,
    Link,
    Superscript,
)
from .values import Change

_INLINES = frozenset(get_args(Inline))
_MARKS = (Citation, Footnote, FootnoteReference)
_LEAVES = ("str", "bool", "int", "float", "Span", "Anchor")  # kinds of fields that hold no nodes


@cache
def children_of(kind: type[Node]) -> tuple[str, ...]:
    """Return the names of the fields of a kind of node that can hold nodes of the brief."""
    if kind in (Deleted, DeletedBlocks):
        return ()
    return tuple(name for name, held in kind.__annotations__.items() if held not in _LEAVES)


def walk(node: Node | tuple[Node, ...]) -> Iterator[Node]:
    """Yield `node` and everything below it, in reading order, depth first.

    What a redline shows as deleted is passed over.
    """
    left: list[object] = [node]
    while left:
        value = left.pop()
        if isinstance(value, tuple):
            left += value[::-1]
        elif isinstance(value, Node):
            yield value
            if names := children_of(type(value)):
                left += [child for name in names[::-1] if (child := getattr(value, name))]


def walk_changes(top: Node | tuple[Node, ...]) -> Iterator[tuple[Node, Change | None]]:
    """Yield as `walk` does, deleted nodes too, each with what happened to it."""
    left: list[tuple[object, Change | None]] = [(top, None)]
    while left:
        value, change = left.pop()
        if isinstance(value, tuple):
            left += [(item, change) for item in value[::-1]]
            continue
        if not isinstance(value, Node):
            continue
        yield value, change
        names = children_of(type(value))
        match value:
            case Inserted() | InsertedBlocks():
                change = "inserted"
            case Deleted(inlines=inner) | DeletedBlocks(blocks=inner):
                left.append((inner, "deleted"))
            case _:
                pass
        left += [(getattr(value, name), change) for name in names[::-1]]


def is_run(value: tuple[Any, ...]) -> bool:
    """Say whether a field holds a run of inlines."""
    return bool(value) and type(value[0]) in _INLINES


def runs(top: Node) -> Iterator[Inlines]:
    """Yield every run of inlines below a node, outermost first."""
    for node in walk(top):
        yield from own_runs(node)


def own_runs(node: Node) -> Iterator[Inlines]:
    """Yield the runs of inlines that are fields of a node."""
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
    return " ".join("".join(_texts(inlines)).split())


def _texts(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text=text) | Code(text=text):
                yield text
            case Math(tex=tex):
                yield tex
            case LineBreak():
                yield " "
            case Image(alt=alt):
                yield alt
            case Citation() | Footnote() | FootnoteReference() | CrossReference() | Deleted():
                pass
            case _:
                yield from _texts(inline.inlines)


def without_citations(inlines: Inlines) -> Inlines:
    """Return a heading as contents, bookmarks and running heads show it: no marks, notes, links.

    The space before a mark is dropped with it; the words of a link are kept.
    """
    kept: list[Inline] = []
    before: Inline | None = None
    for inline in inlines:
        behind_mark, before = isinstance(before, _MARKS), inline
        if behind_mark and isinstance(inline, Superscript) and plain(inline.inlines) == ",":
            continue  # it stands between two raised numbers
        if isinstance(inline, _MARKS):
            if kept and isinstance(kept[-1], Text):
                kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
            continue
        if isinstance(inline, Image):
            continue
        if isinstance(inline, Link):
            kept += without_citations(inline.inlines)
            continue
        if isinstance(inline, Deleted):
            inline = replace(inline, inlines=without_citations(inline.inlines))
        kept.append(transform(inline, without_citations))
    return tuple(kept)
