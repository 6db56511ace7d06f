"""Paper and margins, in twips (1/20 point)."""

from __future__ import annotations

from ...styles import PAPER_SIZES, Geometry, House, suited

EMU_PER_TWIP = 635  # English metric units (20.1.2.1), 914 400 to the inch
_TWIPS = 1440 / 25.4  # to the millimetre


def twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def page_size(paper: str) -> tuple[int, int]:
    """Return width and height."""
    width, height = PAPER_SIZES[paper]
    return twips(width), twips(height)


def geometry(house: House, paper: str, lang: str) -> Geometry:
    return suited(house.page[paper], lang, house.sizes["body"])


def text_size(house: House, paper: str, lang: str) -> tuple[int, int]:
    """Return width and height of the area between the margins."""
    (width, height), page = page_size(paper), geometry(house, paper, lang)
    across, down = twips(page.inner) + twips(page.outer), twips(page.top) + twips(page.bottom)
    return width - across, height - down
