"""Where each item of a paragraph was written: the way from a Word file back to the Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import assert_never

from msgspec import Struct

from ..diagnostics import Span
from ..model import (
    Cell,
    Chart,
    Citation,
    Code,
    CrossReference,
    Definition,
    Deleted,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    FrontMatter,
    Heading,
    Image,
    Inlines,
    Inserted,
    LineBreak,
    Link,
    Math,
    Node,
    Paragraph,
    Part,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from ..readers.docx import tokens, visible
from ..readers.source import Source
from .items import Item

Path = tuple[Node, ...]
_THINGS = ("image", "maths")
MAPPED_FRONT = ("title", "subtitle", "disclaimer")


class Origin(Struct, frozen=True):
    """What one item was written as: a stretch of the source, inside the nodes of `path`.

    One that is not `exact` shares its stretch with its neighbours. `node` is that of a thing.
    """

    key: tuple[str, str]
    start: int
    end: int
    path: Path = ()
    node: Node | None = None
    exact: bool = True


class _Character(Struct, frozen=True):
    shown: str
    start: int
    end: int
    path: Path
    exact: bool


def inlines_of(node: Node, key: str) -> list[Inlines]:
    """Return the lines that a block with a bookmark may print; a figure has a picture as well."""
    match node:
        case Paragraph(inlines=inlines) | Heading(inlines=inlines) | Cell(inlines=inlines):
            return [inlines]
        case Figure() | Chart() | Table():
            return [node.caption, node.subtitle, node.source, node.notes]
        case Definition(term=term):
            return [term]
        case Part(title=title):
            return [title]
        case FrontMatter() if key in MAPPED_FRONT:
            return [getattr(node, key)]
        case _:
            return []


def origins(items: Sequence[Item], lines: Sequence[Inlines], source: Source) -> list[Origin | None]:
    """Return where each item was written; None for what the build makes: labels, numbers."""
    found: list[Origin | None] = [None] * len(items)
    best = 0
    keys = [_kind_of(item) for item in items]
    for inlines in lines:
        written = list(_written(inlines, (), source))
        matcher = SequenceMatcher(None, keys, [w.key for w in written], autojunk=False)
        blocks = matcher.get_matching_blocks()
        size = sum(block.size for block in blocks)
        if size <= best:
            continue
        best = size
        found = [None] * len(items)
        for block in blocks:
            for offset in range(block.size):
                found[block.a + offset] = written[block.b + offset]
    return found


def front_origins(items: Sequence[Item], span: Span, source: Source) -> list[Origin | None]:
    """Return where items that a value of the front matter prints stand in it, word by word."""
    start, end = stretch(source, span)
    found: list[Origin | None] = [None] * len(items)
    typed = list(tokens(source.text[start:end]))
    keys = [("blank", "") if token.isspace() else ("text", token) for _, token in typed]
    matcher = SequenceMatcher(None, list(map(_kind_of, items)), keys, autojunk=False)
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            place, token = typed[block.b + n]
            key = keys[block.b + n]
            found[block.a + n] = Origin(key, start + place, start + place + len(token))
    return found


def _kind_of(item: Item) -> tuple[str, str]:
    if item.kind == "text":
        return item.kind, item.text
    return "thing" if item.kind in _THINGS else item.kind, ""


def offset(source: Source, line: int, column: int) -> int:
    """Return the offset of a line and a column, both from 1."""
    return source.starts[min(line, len(source.starts)) - 1] + column - 1


def stretch(source: Source, span: Span) -> tuple[int, int]:
    """Return the offsets of a span."""
    return (
        offset(source, span.line, span.column),
        offset(source, span.end_line, span.end_column),
    )


def _written(inlines: Inlines, path: Path, source: Source) -> Iterator[Origin]:
    for is_text, group in groupby(_flat(inlines, path, source), key=_is_character):
        if not is_text:
            for found in group:
                assert isinstance(found, Origin)
                yield found
            continue
        for where, characters in groupby(_only(group), key=lambda c: c.path):
            yield from _tokens(list(characters), where)


def _is_character(found: _Character | Origin) -> bool:
    return isinstance(found, _Character)


def _only(group: Iterator[_Character | Origin]) -> Iterator[_Character]:
    return (found for found in group if isinstance(found, _Character))


def _tokens(characters: list[_Character], path: Path) -> Iterator[Origin]:
    text = "".join(c.shown for c in characters)
    for start, token in tokens(text):
        held = characters[start : start + len(token)]
        key = ("blank", "") if token.isspace() else ("text", token)
        exact = all(c.exact for c in held)
        yield Origin(key, held[0].start, max(c.end for c in held), path, None, exact)


def _flat(inlines: Inlines, path: Path, source: Source) -> Iterator[_Character | Origin]:
    """Yield the characters of text, and things; the nodes round each are its path."""
    for inline in inlines:
        match inline:
            case Text():
                yield from _characters(inline.text, inline, path, source)
            case Code():
                yield from _characters(inline.text, inline, (*path, inline), source)
            case (
                Emphasis()
                | Strong()
                | Strikethrough()
                | Superscript()
                | Subscript()
                | Passage()
                | Link()
                | Inserted()
                | Deleted()
            ):
                yield from _flat(inline.inlines, (*path, inline), source)
            case Citation():
                yield _thing("citation", inline, path, source)
            case CrossReference():
                yield Origin(("field", ""), *_reference(inline, source), path, inline)
            case FootnoteReference():
                yield _thing("field", inline, path, source)
            case Footnote():
                yield _thing("call", inline, path, source)
            case Math() | Image():
                yield _thing("thing", inline, path, source)
            case LineBreak():
                yield _thing("break", inline, path, source)
            case _:
                assert_never(inline)


def _thing(kind: str, node: Node, path: Path, source: Source) -> Origin:
    return Origin((kind, ""), *stretch(source, node.span), path, node)


def _reference(node: CrossReference, source: Source) -> tuple[int, int]:
    """Return the stretch of a cross-reference with its sign, and with brackets of its own.

    Its span is that of the anchor alone.
    """
    text, (start, end) = source.text, stretch(source, node.span)
    if text[start - 1 : start] == "{" and text[end : end + 1] == "}":
        start, end = start - 1, end + 1
    if text[start - 1 : start] != "@":
        return start, end
    opening = "[-@" if text[:start].endswith("[-@") else "[@"
    if text[:start].endswith(opening) and text[end : end + 1] == "]":
        return start - len(opening), end + 1
    return start - 1, end


def _characters(text: str, node: Text | Code, path: Path, source: Source) -> Iterator[_Character]:
    start, end = stretch(source, node.span)
    typed = source.text[start:end]
    if isinstance(node, Code) and text in typed:
        start += typed.index(text)
        typed = text
    elif text[-1:].isspace() and not typed[-1:].isspace() and source.text[end : end + 1] == "\n":
        typed += "\n"  # a soft line break
    if len(typed) == len(text):
        pairs = [
            (place, place + (one.isspace() or not other.isspace()), True)
            for place, (one, other) in enumerate(zip(text, typed, strict=True))
        ]  # a stop that moved before a mark stands over a blank
    else:
        pairs = _matched(text, typed)
    for character, (first, last, exact) in zip(text, pairs, strict=True):
        if shown := visible(character):
            yield _Character(shown, start + first, start + last, path, exact)


def _matched(printed: str, typed: str) -> list[tuple[int, int, bool]]:
    """Return for each printed character where it was typed: typography may have changed some."""
    if len(printed) == 1:
        return [(0, len(typed), True)]
    both = [re.sub(r"\s", " ", text) for text in (printed, typed)]
    matcher = SequenceMatcher(None, both[0], both[1], autojunk=False)
    found: list[tuple[int, int, bool]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [(place, place + 1, True) for place in range(c, d)]
        elif not both[1][c:d].strip() and both[0][a:b].strip():
            found += [(c, c, True)] * (b - a)
        else:
            found += [(c, d, b - a == 1)] * (b - a)
    return found
