"""What is drawn over text that was there before."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from pypdfium2 import raw

from .text import Page

_LEAST = 2.5  # points of overlap, across and down: the ground of a word reaches that far
Box = tuple[float, float, float, float]  # left, bottom, right, top


def covers(page: Page) -> Iterator[Box]:
    """Yield the boxes of what is filled or pictured over text that was drawn before it."""
    texts: list[Box] = []
    for place in range(raw.FPDFPage_CountObjects(page.raw)):
        found = raw.FPDFPage_GetObject(page.raw, place)
        box = _box(found)
        match raw.FPDFPageObj_GetType(found):
            case raw.FPDF_PAGEOBJ_TEXT:
                texts.append(box)
            case raw.FPDF_PAGEOBJ_PATH if not _is_filled(found):
                pass
            case _:
                if any(_overlap(box, text) for text in texts):
                    yield box


def _box(found: object) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(found, *map(ctypes.byref, sides))
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _is_filled(path: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value != 0


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > _LEAST and down > _LEAST
