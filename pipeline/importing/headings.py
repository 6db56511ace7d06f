"""Headings of a Word file: their levels, and the numbers that were typed or that Word made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeGuard

from msgspec.structs import replace

from .lines import Context
from .values import Block, Paragraph, Words

_TYPED = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})*)\.?[\s\u00a0]+(?=\S)")


def arranged_headings(blocks: Sequence[Block], context: Context) -> tuple[list[Block], bool]:
    """Return blocks whose headings have no typed numbers, and whether sections have numbers.

    Typed numbers are taken away if the build would print the same ones. A heading without a number
    among others with numbers is marked as one.
    """
    headings = [block for block in blocks if is_heading(block)]
    if any(heading.numbered for heading in headings):
        return [_unnumbered(b) if is_heading(b) and not b.numbered else b for b in blocks], True
    typed = [heading for heading in headings if _typed_number(heading)]
    if not typed or not _agrees(typed):
        return list(blocks), False
    message = "a typed number of a heading, which the build prints"
    for heading in typed:
        context.lose("made", "heading-number", message, heading.place, _typed_number(heading))
    return [_renumbered(block) if is_heading(block) else block for block in blocks], True


def is_heading(block: object) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.kind == "heading" and bool(block.text.strip())


def _renumbered(heading: Paragraph) -> Paragraph:
    return _without_number(heading) if _typed_number(heading) else _unnumbered(heading)


def _typed_number(heading: Paragraph) -> str:
    first = heading.pieces[0] if heading.pieces else None
    found = _TYPED.match(first.text) if isinstance(first, Words) else None
    return found[1] if found else ""


def _agrees(headings: Sequence[Paragraph]) -> bool:
    """Say whether typed numbers are those that counting gives."""
    top = min(heading.level for heading in headings)
    counts: list[int] = []
    for heading in headings:
        depth = heading.level - top + 1
        if depth > len(counts) + 1:
            return False
        counts = [*counts[:depth], 0] if depth > len(counts) else counts[:depth]
        counts[depth - 1] += 1
        if ".".join(map(str, counts)) != _typed_number(heading):
            return False
    return True


def _without_number(heading: Paragraph) -> Paragraph:
    first, *rest = heading.pieces
    assert isinstance(first, Words)
    found = _TYPED.match(first.text)
    assert found is not None
    return replace(heading, pieces=(replace(first, text=first.text[found.end() :]), *rest))


def _unnumbered(heading: Paragraph) -> Paragraph:
    return replace(heading, unnumbered=True)
