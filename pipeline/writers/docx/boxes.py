"""The boxes of the parts of a brief: bars and grounds of paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from ...styles import House
from .style_rule import INSETS, Border, StyleRule, hexadecimal

_PAPER = "FFFFFF"

# The boxes of the parts of a brief: their bar and their ground, as colours of the house.
_BOXES = {
    "Summary": ("accent", "tint"),
    "KeyFindings": ("", ""),
    "KeyFigures": ("", ""),
    "Callout": ("rule", ""),
    "Aside": ("rule", ""),
    "PullQuote": ("accent", ""),
    "FollowUps": ("tint", "tint"),
    "Claim": ("rule", ""),
    "Verdict": ("rule", ""),
    "Corrections": ("alert", ""),
}
_SAID_BESIDE = ("KeyFigures", "Callout", "Aside", "PullQuote")  # no part of its own
# Sizes of their text, in that of the body.
_SIZES = {"Aside": 0.88, "KeyFigures": 0.9, "PullQuote": 1.3}
_COLOURS = {"KeyFigures": "muted", "PullQuote": "accent"}
_BAR_SPACE, _MOST_SPACE = 8, 31  # points between bar and text; what Word allows (17.3.1.17)
FURTHEST = (_MOST_SPACE - _BAR_SPACE) * 20  # twips that a paragraph may stand in inside a box


def _box(style: str, house: House) -> tuple[str, str]:
    """Return the colours of the bar and the ground of a box, "" for none."""
    if not house.has_boxes or (style == "Summary" and house.has_ruled_summary):
        return "", ""
    return _BOXES.get(style, ("", ""))


def box_inset(style: str, house: House) -> int:
    """Return how far the text of a style is indented, in twips."""
    stands_in = style not in _BOXES or bool(_box(style, house)[0])
    return INSETS.get(style, 0) if stands_in else 0


def box_edges(
    style: str, house: House, right_to_left: bool, further: int = 0
) -> tuple[Border, ...]:
    """Return the borders of a paragraph in a box: a bar where lines start, and in the colour of
    the ground the other edges. `further` is how much more than the box it stands in (twips)."""
    bar, ground = _box(style, house)
    if not bar:
        return ()
    paper = hexadecimal(house, ground) if ground else _PAPER
    start, space = "right" if right_to_left else "left", _BAR_SPACE + further // 20
    return tuple(
        Border(side, 32, hexadecimal(house, bar), min(space, _MOST_SPACE))
        if side == start
        else Border(side, 4, paper, beside)
        for side, beside in (("top", 4), ("left", 8), ("bottom", 4), ("right", 8))
    )


def part_styles(house: House, right_to_left: bool) -> Iterator[StyleRule]:
    """Yield the styles of the parts of a brief: bars and grounds of paragraphs, no text boxes.

    Word makes one box of paragraphs only where their indents are equal, and those of lists are
    not. So no box has a frame, and what keeps its edges apart are borders in the colour of its
    ground: unlike the space between paragraphs, they leave no gap in it.
    """
    accent = hexadecimal(house, "accent")
    for name in _BOXES:
        bar, ground = _box(name, house)
        is_ruled = name == "Summary" and house.has_ruled_summary
        yield StyleRule(
            name,
            "BodyText",
            built_in=False,
            priority=30,
            borders=box_edges(name, house, right_to_left),
            fill=hexadecimal(house, ground) if ground else "",
            left=box_inset(name, house) or None,
            right=170 if bar or name == "KeyFigures" else None,
            italic=name == "Claim",
            font="heading" if name == "PullQuote" else "",
            size=round(house.sizes["body"] * _SIZES.get(name, 0) * 2) / 2,
            colour=_COLOURS.get(name, "") and hexadecimal(house, _COLOURS[name]),
            after=100,
        )
        yield StyleRule(
            f"{name}Title",
            name,
            next=name,
            built_in=False,
            priority=30,
            font="heading",
            size=house.sizes["body" if name == "Aside" else "heading-2"],
            bold=True,
            colour=accent,
            borders=(Border("top", 16, accent, 6),)
            if is_ruled or (name == "KeyFindings" and house.has_boxes)
            else (),
            upright=name == "Claim",
            keep_next=True,
            before=240,
            after=60,
            outline=None if name in _SAID_BESIDE else int(name == "Verdict"),
        )
    yield StyleRule(
        "VerdictLabel",
        "Verdict",
        next="Verdict",
        built_in=False,
        priority=30,
        bold=True,
        colour=_PAPER if house.has_boxes else "",
        fill=hexadecimal(house, "accent") if house.has_boxes else "",
    )
    yield StyleRule(
        "PartTitle",
        next="BodyText",
        built_in=False,
        font="heading",
        size=house.sizes["heading-2"],
        bold=True,
        colour=accent,
        keep_next=True,
        before=240,
        after=60,
    )
