"""Editions for readers: versions of the outputs for a purpose, with the same numbers.

In: a house style. Out: the house style of an edition, from which the writers make it.
"""

from __future__ import annotations

from msgspec.structs import replace

from .geometry import PAPER_SIZES, Geometry
from .house import House, Styles

# Large print: 16 points or more (UK Association for Accessible Formats, Clear and Large Print).
_LARGE, _LEAST, _MOST = 18.0, 16.0, 32.0  # points of the text, of small print, of titles
_MARGIN = 20.0  # millimetres
_BLACK = "#000000"
_IN_BLACK = ("text", "muted", "accent", "alert")


def in_edition(styles: Styles, edition: str) -> Styles:
    """Return a house style for an edition: a key of `model.EDITIONS`, or "" for the ordinary one.

    None has a cover. A reference docx of the house would bring sizes and boxes of its own: it is
    left out.
    """
    if not edition:
        return styles
    house = _large(styles.house) if edition == "large-print" else _plain(styles.house)
    house = replace(house, cover=replace(house.cover, show="off"))
    return replace(styles, house=replace(house, edition=edition), reference_docx=b"")


def _large(house: House) -> House:
    """Large type, in one column as wide as the paper allows, black on white."""
    factor = max(_LARGE / house.sizes["body"], 1.0)
    sizes = {
        name: round(min(max(size * factor, _LEAST), max(size, _MOST)), 1)
        for name, size in house.sizes.items()
    }
    return replace(_in_black(house), sizes=sizes, page=_whole_width(house), columns=1)


def _whole_width(house: House) -> dict[str, Geometry]:
    """Return the geometry of each paper with one column as wide as it allows."""
    found = {}
    for paper, page in house.page.items():
        inner, outer = min(page.inner, _MARGIN), min(page.outer, _MARGIN)
        measure = PAPER_SIZES[paper][0] - inner - outer
        found[paper] = replace(page, inner=inner, outer=outer, gutter=0.0, measure=measure)
    return found


def _plain(house: House) -> House:
    """Text alone, for translators and e-mail: no boxes, no grounds, no logo."""
    logo = replace(house.logo, file="")
    return replace(_in_black(house), page=_whole_width(house), logo=logo, columns=1)


def _in_black(house: House) -> House:
    return replace(house, colours={**house.colours, **dict.fromkeys(_IN_BLACK, _BLACK)})
