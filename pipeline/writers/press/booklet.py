"""Pages of a press file, two by two, on sheets that are folded and stapled through the fold."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from .saving import save
from .sheet import (
    BLEED,
    DASHED,
    MM,
    SLUG,
    TARGET,
    Rectangle,
    box,
    corners,
    drawn,
    folds,
    registration,
    target,
)


def sides(pages: int) -> list[tuple[int, int]]:
    """Return the pages on each side of each sheet, (left, right), outermost sheet first.

    `pages`, here n, is a multiple of 4. The front of sheet s has the pages (n - 2s, 1 + 2s), its
    back (2 + 2s, n - 1 - 2s).
    """
    found = []
    for sheet in range(pages // 4):
        found.append((pages - 2 * sheet, 1 + 2 * sheet))
        found.append((2 + 2 * sheet, pages - 1 - 2 * sheet))
    return found


def impose(press: bytes, version: str, calliper: float, *, right_to_left: bool = False) -> bytes:
    """Return a press file as a booklet, which opens on the other side if read from right to left.

    `calliper` is the thickness of the paper in millimetres. An inner sheet sticks out of the folded
    booklet and is trimmed more. So its pages are moved towards the fold, by the thickness of the
    sheets around it (creep).
    """
    with pikepdf.open(BytesIO(press)) as pdf:
        single = [page.obj for page in pdf.pages]
        for number, (left, right) in enumerate(sides(len(single))):
            pair = (right, left) if right_to_left else (left, right)
            creep = calliper * MM * (number // 2)
            pdf.pages.append(_spread(pdf, single[pair[0] - 1], single[pair[1] - 1], creep))
        del pdf.pages[: len(single)]
        return save(pdf, version)


def _spread(pdf: pikepdf.Pdf, left: Any, right: Any, creep: float) -> pikepdf.Page:
    width, height = _size(left)
    trim = (SLUG, SLUG, SLUG + 2 * width, SLUG + height)
    fold = SLUG + width
    bottom, top = trim[1] - BLEED, trim[3] + BLEED
    middle = (trim[1] + trim[3]) / 2
    lines = [*corners(trim), *target(trim[0] - TARGET, middle), *target(trim[2] + TARGET, middle)]
    content = (
        _placed("Left", left, trim[0] + creep, (trim[0] - BLEED, bottom, fold, top))
        + _placed("Right", right, fold - creep, (fold, bottom, trim[2] + BLEED, top))
        + drawn(lines)
        + drawn(folds(fold, trim), DASHED)
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=box((0.0, 0.0, trim[2] + SLUG, trim[3] + SLUG)),
        CropBox=box((0.0, 0.0, trim[2] + SLUG, trim[3] + SLUG)),
        BleedBox=box((trim[0] - BLEED, bottom, trim[2] + BLEED, top)),
        TrimBox=box(trim),
        Resources=Dictionary(
            XObject=Dictionary(Left=_form(left), Right=_form(right)),
            ColorSpace=Dictionary(All=registration(pdf)),
        ),
        Contents=pdf.make_stream(content),
    )
    return pikepdf.Page(pdf.make_indirect(page))


def _size(page: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.TrimBox)
    return right - left, top - bottom


def _form(page: Any) -> Any:
    return page.Resources.XObject.Page


def _placed(name: str, page: Any, x: float, clip: Rectangle) -> bytes:
    """Return operators that show a page with its trim at x and no bleed beyond the fold."""
    left, bottom = (float(value) + BLEED for value in list(_form(page).BBox)[:2])
    x1, y1, x2, y2 = clip
    return (
        f"q {x1:.4f} {y1:.4f} {x2 - x1:.4f} {y2 - y1:.4f} re W n "
        f"1 0 0 1 {x - left:.4f} {SLUG - bottom:.4f} cm /{name} Do Q\n"
    ).encode()
