"""Where a brief and its libraries name citation keys and anchors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct

from ..diagnostics import Span
from ..model import (
    Anchor,
    Chart,
    Cite,
    CrossReference,
    Equation,
    Figure,
    Heading,
    Link,
    ListItem,
    Node,
    Table,
    walk,
)
from .positions import SourceText
from .reading import Reading, real

Texts = Callable[[str], SourceText]  # of a file, by the path in spans
# Fields of BibTeX and biblatex that name other entries (biblatex manual, 2.2.3 and 2.4.1).
_NAMING = ("crossref", "xref", "xdata", "related", "entryset", "ids")


class Mention(Struct, frozen=True):
    """A place that names a citation key or an anchor. `defines`: it is what others point to."""

    name: str | Anchor
    span: Span
    defines: bool = False


def mentions(reading: Reading, texts: Texts) -> Iterator[Mention]:
    """Yield what a brief names, and the keys that its libraries define and name."""
    yield from _of_brief(reading, texts)
    yield from _keys(reading)
    yield from _named_by_entries(reading, texts)


def _of_brief(reading: Reading, texts: Texts) -> Iterator[Mention]:
    brief = reading.brief
    for (field, value), span in brief.front.places.items():
        if field == "nocite" and value in brief.front.nocite:
            yield Mention(value, span)
    for node in walk(brief):
        match node:
            case Cite(key=key, span=span):
                yield Mention(key, span)
            case CrossReference(anchor=anchor, span=span, foreign=foreign):
                pattern = rf"(?:^|[{{`<])({re.escape(str(anchor))})(?=$|[}}`>])"
                found = list(_found(anchor, pattern, span, texts)) if foreign else []
                yield from found or [Mention(anchor, span)]
            case Link(href=Anchor() as anchor, span=span):
                yield from _found(anchor, rf"\(#({re.escape(str(anchor))})(?=[\s)]|$)", span, texts)
            case _:
                if own := defined(node):
                    pattern = rf"[{{\s]#({re.escape(str(own))})(?=[\s}}]|$)"
                    written = list(_found(own, pattern, node.span, texts, defines=True))
                    yield from written[-1:]  # cells and captions come before it


def defined(node: Node) -> Anchor | None:
    """Return the anchor of what cross-references and links can point to."""
    match node:
        case Heading() | Table() | Figure() | Chart() | Equation() | ListItem():
            return node.anchor
        case _:
            return None


def _keys(reading: Reading) -> Iterator[Mention]:
    for key, span in reading.library.spans.items():
        yield Mention(key, span, defines=True)


def _named_by_entries(reading: Reading, texts: Texts) -> Iterator[Mention]:
    """Yield where entries name other entries. All of the library is decoded for that."""
    for key in reading.library:
        written = reading.library[key].written
        for named in (written[field] for field in _NAMING if field in written):
            for name in re.split(r"[\s,]+", named.text.strip()):
                pattern = rf"[{{\"\s,=]({re.escape(name)})(?=[}}\"\s,]|$)"
                yield from _found(name, pattern, named.span, texts)


def _found(
    name: str | Anchor, pattern: str, span: Span, texts: Texts, defines: bool = False
) -> Iterator[Mention]:
    for line, column, text in texts(span.path).whole(span):
        for found in re.finditer(pattern, text):
            place = Span.on_line(span.path, line, column + found.start(1), len(found[1]))
            yield Mention(name, place, defines)


def mention_at(
    reading: Reading, texts: Texts, path: Path, line: int, column: int
) -> Mention | None:
    """Return what is named at a place of a file; the end of a word belongs to it."""
    found = chain(_of_brief(reading, texts), _keys(reading))
    if path != reading.path:
        found = chain(found, _named_by_entries(reading, texts))
    inside = (
        one
        for one in found
        if one.span.line == line
        and one.span.column <= column <= one.span.column + one.span.length
        and real(one.span.path) == path
    )
    return next(inside, None)


def definition(reading: Reading, texts: Texts, name: str | Anchor) -> Span | None:
    """Return where a key or an anchor stands: an anchor without one is at its heading."""
    if isinstance(name, str):
        key = reading.library.aliases.get(name, name)
        return reading.library.spans.get(key)
    written = (one.span for one in _of_brief(reading, texts) if one.defines and one.name == name)
    nodes = (node.span for node in walk(reading.brief) if defined(node) == name)
    return next(written, next(nodes, None))
