"""The design of the cover."""

from __future__ import annotations

from collections.abc import Iterator

from ...colours import hex_digits
from ...cover import cover_ink
from ...styles import House
from .style_rule import StyleRule, hexadecimal


def cover_styles(house: House, left: int | None) -> Iterator[StyleRule]:
    """Yield the styles of the cover; its lines begin at `left` (twips)."""
    ink = hex_digits(cover_ink(house))
    yield StyleRule(
        "CoverMasthead",
        next="CoverTitle",
        built_in=False,
        hidden=True,
        font="heading",
        size=house.sizes["heading-1"],
        bold=True,
        colour=hexadecimal(house, "accent"),
        left=left,
        after=0,
        line=240,
    )
    yield StyleRule(
        "CoverTitle",
        next="CoverSubtitle",
        built_in=False,
        hidden=True,
        font="heading",
        size=house.sizes["title"],
        bold=True,
        colour=ink,
        left=left,
        before=120,
        after=200,
        line=252,
    )
    for name, size in (("CoverSubtitle", house.sizes["heading-1"]), ("CoverText", 0.0)):
        yield StyleRule(
            name,
            next="CoverText",
            built_in=False,
            hidden=True,
            size=size or house.sizes["body"],
            colour=ink,
            left=left,
            after=360 if size else 60,
            line=264,
        )
