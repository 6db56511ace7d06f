"""Ranges in a PDF: the dash of `[1]–[4]` is parted into the areas of links, one for each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ..texts import is_range
from .links import Area
from .text import Page

_NEAR = 0.5  # points that edges of adjacent areas may differ by


def slices(page: Page, areas: Sequence[Area]) -> Iterator[tuple[Area, Area]]:
    """Yield each area with the one whose text it stands for: of a slice, that of the whole dash."""
    place = 0
    while place < len(areas):
        end, whole = place + 1, areas[place]
        last, around = end, whole
        while end < len(areas) and _adjoins(areas[end - 1], areas[end]):
            whole = _joined(whole, areas[end])
            end += 1
            if _has_range(page, whole):
                last, around = end, whole
            elif _has_digit(page, whole):
                break
        yield from ((area, around) for area in areas[place:last])
        place = last


def _adjoins(one: Area, other: Area) -> bool:
    level = abs(one.top - other.top) < _NEAR and abs(one.bottom - other.bottom) < _NEAR
    beside = min(abs(one.right - other.left), abs(one.left - other.right)) < _NEAR
    return level and beside and one.anchor.kind == other.anchor.kind == "reference"


def _joined(one: Area, other: Area) -> Area:
    return replace(
        one,
        left=min(one.left, other.left),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
        top=min(one.top, other.top),
    )


def _has_range(page: Page, area: Area) -> bool:
    return is_range(_text(page, area))


def _has_digit(page: Page, area: Area) -> bool:
    """Say whether a mark is in an area: what joins one to it is no part of a dash."""
    return any(character.isdigit() for character in _text(page, area))


def _text(page: Page, area: Area) -> str:
    under = page.within(area.left, area.bottom, area.right, area.top)
    return "".join(page.text[index] for index in under)
