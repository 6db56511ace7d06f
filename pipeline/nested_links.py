"""Links cannot stand inside links, in no format: what is a link itself there, such as a mark or a
call, ends the link before it, and the link goes on behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from .model import (
    Emphasis,
    Inline,
    Inlines,
    Link,
    Passage,
    Pointing,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    walk,
)


def unnested(link: Link) -> Iterator[Inline]:
    """Yield the parts of a link: links to the same place, and between them what is one itself."""
    for linking, run in groupby(link.inlines, key=_has_links):
        if not linking:
            yield replace(link, inlines=tuple(run))
            continue
        for inline in run:
            match inline:
                case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
                    yield replace(inline, inlines=_unnested(link, inline.inlines))
                case Passage():
                    yield replace(inline, inlines=_unnested(link, inline.inlines))
                case _:
                    yield inline


def _unnested(link: Link, inlines: Inlines) -> Inlines:
    return tuple(unnested(replace(link, inlines=inlines)))


def _has_links(inline: Inline) -> bool:
    return any(isinstance(node, Pointing | Link) for node in walk(inline))
