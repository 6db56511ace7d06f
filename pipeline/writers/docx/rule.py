"""One Word style as data, and the small parts that styles are made of."""

from __future__ import annotations

from msgspec import Struct

from ...colours import hex_digits
from ...styles import House

# Twips that the text of these stands in; lists inside them count from there. The bar of a box is
# 4 points wide and 8 away from the text, so that it begins where the lines above it do.
_BAR = 240
INSETS = {
    "Quote": 454,
    "Summary": _BAR,
    "Callout": _BAR,
    "FollowUps": _BAR,
    "Claim": _BAR,
    "Verdict": _BAR,
    "Corrections": _BAR,
    "Definition": 360,
}

PART_STYLES = {  # of the paragraphs of parts; each has a style for its title beside it
    "summary": "Summary",
    "key-findings": "KeyFindings",
    "callout": "Callout",
    "follow-ups": "FollowUps",
    "claim": "Claim",
    "verdict": "Verdict",
    "corrections": "Corrections",
}


class Rule(Struct, frozen=True):
    """One style: what differs from the style it is based on. Sizes in points."""

    id: str
    based_on: str = "Normal"
    next: str = ""
    built_in: bool = True
    character: bool = False
    hidden: bool = False  # not among the styles that Word offers first
    priority: int = 1
    font: str = ""  # a key of `House.fonts`
    size: float = 0
    bold: bool = False
    italic: bool = False
    upright: bool = False  # takes back the italics of the style that it is based on
    underline: bool = False
    colour: str = ""
    position: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    numbers: str = ""
    borders: str = ""
    fill: str = ""
    tabs: str = ""
    spacing: str = ""  # attributes of w:spacing, in twips; w:line in 240ths of a line
    indent: str = ""
    contextual: bool = False
    outline: int | None = None
    left_to_right: bool = False


def hexadecimal(house: House, name: str) -> str:
    """Return a colour of the house as Word writes it: "0B4F6C"."""
    return hex_digits(house.colours[name])


def border(side: str, size: int, colour: str, space: int = 0) -> str:
    """Return one side of `w:pBdr`; `size` in eighths of a point, `space` in points."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
