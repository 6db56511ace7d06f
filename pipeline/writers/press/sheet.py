"""Pages with bleed on larger paper: boxes, and marks outside the bleed.

Coordinates are in points, from the lower left corner of the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

MM = 72 / 25.4
BLEED_WIDTH = 3.0  # millimetres
BLEED = BLEED_WIDTH * MM
SLUG = 12 * MM  # from the trim to the edge of the paper
_MARK_BEGINS, _MARK_ENDS = 4 * MM, 9 * MM  # from the trim: the bleed ends at 3 mm
_WIDTH = 0.25
TARGET = 7.5 * MM  # from the trim to the middle of a registration mark
_RADIUS = 1.5 * MM
_ARM = 2.5 * MM
DASHED = "[3 3] 0 d"  # of marks where a sheet is folded
_KAPPA = 0.5523  # of a quarter of a circle drawn as a Bézier curve

Rectangle = tuple[float, float, float, float]


def put_on_sheet(
    pdf: pikepdf.Pdf, page: Any, *, registered: bool, folds_at: Sequence[float] = ()
) -> None:
    """Put a page with bleed on its sheet. Its origin is the lower left corner of the trim.

    `registered`: with registration marks beside the crop marks. `folds_at` are points from the
    left edge of the trim at which it is folded.
    """
    left, bottom, right, top = (float(value) for value in page.obj.TrimBox)
    bled = (left - BLEED, bottom - BLEED, right + BLEED, top + BLEED)
    # A form keeps its patterns in place wherever it is shown (ISO 32000-1, 8.7.3.1).
    form = pdf.make_stream(page.obj.Contents.read_bytes())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = box(bled)
    form.Resources = page.obj.Resources
    trim = (SLUG, SLUG, SLUG + right - left, SLUG + top - bottom)
    place = f"q 1 0 0 1 {trim[0] - left:.4f} {trim[1] - bottom:.4f} cm /Page Do Q\n"
    lines = [mark for x in folds_at for mark in folds(trim[0] + x, trim)]
    dashed = drawn(lines, DASHED) if lines else b""
    page.obj.Contents = pdf.make_stream(place.encode() + marks(trim, registered) + dashed)
    page.obj.Resources = Dictionary(
        XObject=Dictionary(Page=form), ColorSpace=Dictionary(All=registration(pdf))
    )
    page.obj.MediaBox = box((0.0, 0.0, trim[2] + SLUG, trim[3] + SLUG))
    page.obj.CropBox = page.obj.MediaBox
    page.obj.BleedBox = box((trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED))
    page.obj.TrimBox = box(trim)


def box(rectangle: Rectangle) -> Any:
    return Array([round(value, 4) for value in rectangle])


def registration(pdf: pikepdf.Pdf) -> Any:
    """Return the colour that prints on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1, Range=[0, 1] * 4
    )
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))


def marks(trim: Rectangle, registered: bool) -> bytes:
    """Return operators that draw crop marks at each corner and a registration mark at each side."""
    left, bottom, right, top = trim
    middle, centre = (left + right) / 2, (bottom + top) / 2
    places = (
        (middle, bottom - TARGET),
        (middle, top + TARGET),
        (left - TARGET, centre),
        (right + TARGET, centre),
    )
    lines = corners(trim)
    for x, y in places if registered else ():
        lines += target(x, y)
    return drawn(lines)


def corners(trim: Rectangle) -> list[str]:
    """Return the crop marks, which show where the paper is cut."""
    left, bottom, right, top = trim
    lines = []
    for x in (left, right):
        lines += folds(x, trim)
    for y in (bottom, top):
        lines.append(line(left - _MARK_ENDS, y, left - _MARK_BEGINS, y))
        lines.append(line(right + _MARK_BEGINS, y, right + _MARK_ENDS, y))
    return lines


def folds(x: float, trim: Rectangle) -> list[str]:
    """Return a mark above and one below the trim."""
    _, bottom, _, top = trim
    return [
        line(x, bottom - _MARK_ENDS, x, bottom - _MARK_BEGINS),
        line(x, top + _MARK_BEGINS, x, top + _MARK_ENDS),
    ]


def drawn(lines: list[str], dash: str = "[] 0 d") -> bytes:
    """Return operators that draw lines in the colour of all plates."""
    return f"q /All CS 1 SCN {_WIDTH} w {dash} {' '.join(lines)} Q\n".encode()


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S"


def target(x: float, y: float) -> list[str]:
    """Return a registration mark, a circle with a cross that shows whether the plates align."""
    r, k = _RADIUS, _RADIUS * _KAPPA
    points = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    curves = " ".join(" ".join(f"{value:.3f}" for value in curve) + " c" for curve in points)
    return [
        f"{x + r:.3f} {y:.3f} m {curves} S",
        line(x - _ARM, y, x + _ARM, y),
        line(x, y - _ARM, x, y + _ARM),
    ]
