"""The pictures of a tagged PDF, and the levels of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_MOST = 500_000  # elements that are looked at
_HEADING = re.compile("/H([2-6])")  # H1 is the title
_Tags = list[tuple[str, str]]


def tags_of(pdf: pikepdf.Pdf) -> _Tags:
    """Return the types of structure elements in reading order, each with what is read out for it
    (ISO 32000-1, 14.7)."""
    left: list[Any] = [pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())]
    found: _Tags = []
    for _ in range(_MOST):
        if not left:
            break
        element = left.pop()
        if isinstance(element, pikepdf.Array):
            left += list(element)[::-1]
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element["/S"]), str(element.get("/Alt", ""))))
            if "/K" in element:
                left.append(element["/K"])
    return found


def pictures(tags: _Tags) -> Iterator[str]:
    """Yield what is read out for pictures and charts."""
    return (alt for tag, alt in tags if tag == "/Figure")


def levels(pdf: pikepdf.Pdf, tags: _Tags) -> Iterator[tuple[str, int]]:
    """Yield the levels of headings by their number and words, which the outline has: none where
    that has other entries than there are headings."""
    found = [int(heading[1]) - 1 for tag, _ in tags if (heading := _HEADING.fullmatch(tag))]
    with pdf.open_outline() as outline:
        titles = list(_titles(outline.root))
    if len(titles) == len(found):
        yield from zip(titles, found, strict=True)


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)
