"""One Word style as data, and the small values that styles are made of."""

from __future__ import annotations

from msgspec import Struct

from ...colours import hex_digits
from ...styles import House

# How far the text of these styles is indented, in twips; lists inside them count from there. The
# bar of a box is 4 points wide and 8 away from its text: it begins where the lines above do.
_BAR = 240
INSETS = {
    "Quote": 454,
    "Summary": _BAR,
    "Callout": _BAR,
    "Aside": _BAR,
    "PullQuote": _BAR,
    "FollowUps": _BAR,
    "Claim": _BAR,
    "Verdict": _BAR,
    "VerdictLabel": _BAR,
    "Corrections": _BAR,
    "Definition": 360,
}

NUMBERED_TEXT = "NumberedText"  # the style of paragraphs that have a number
PART_STYLES = {  # of the paragraphs of parts; each has a style for its title beside it
    "summary": "Summary",
    "key-findings": "KeyFindings",
    "figures": "KeyFigures",
    "callout": "Callout",
    "aside": "Aside",
    "pull-quote": "PullQuote",
    "follow-ups": "FollowUps",
    "claim": "Claim",
    "verdict": "Verdict",
    "corrections": "Corrections",
}


class Border(Struct, frozen=True):
    """One side of a paragraph's border (17.3.1.24)."""

    side: str  # "top", "left", "bottom", "right"
    size: int  # eighths of a point
    colour: str
    space: int  # points between border and text


class Tab(Struct, frozen=True):
    """A tab stop (17.3.1.37); its position in twips."""

    kind: str  # "left", "center", "right"
    position: int
    dotted: bool = False


class StyleRule(Struct, frozen=True):
    """One style: what differs from the style it is based on.

    `size` is in points, `line` in 240ths of a line; other lengths are in twips, None where the
    style says nothing.
    """

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
    numbered: bool = False  # a heading, counted at the level of its outline
    borders: tuple[Border, ...] = ()
    fill: str = ""
    tabs: tuple[Tab, ...] = ()
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    outline: int | None = None  # level of a heading, from 0
    left_to_right: bool = False
    from_start: bool = False  # lines begin where those of the language do, whatever it is based on


def hexadecimal(house: House, name: str) -> str:
    """Return a colour of the house as Word writes it: "0B4F6C"."""
    return hex_digits(house.colours[name])
