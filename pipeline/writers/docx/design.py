"""What each Word style looks like in the house style: the design of the Word file."""

from __future__ import annotations

from collections.abc import Iterator

from ...cover import has_cover
from ...styles import House
from .cover_styles import cover_styles
from .reference_styles import character_styles, reference_styles
from .style_rule import INSETS, NUMBERED_TEXT, Border, StyleRule, hexadecimal

_PAPER = "FFFFFF"


def rules(
    house: House, text_width: int, right_to_left: bool, gutter: int = 0
) -> Iterator[StyleRule]:
    """Yield every style of the file; widths are in twips. Titles begin in the gutter.

    Indents count from where a line starts, but borders name the side of the page (17.3.1.17).
    """
    yield from _text(house, "right" if right_to_left else "left")
    yield from _title_block(house, -gutter if gutter else None)
    if has_cover(house):
        yield from cover_styles(house, -gutter if gutter else None)
    yield from _headings(house)
    yield from _lists_and_code(house)
    yield from _boxes(house, right_to_left)
    yield from reference_styles(house, text_width)
    yield from character_styles(house)


def _text(house: House, start: str) -> Iterator[StyleRule]:
    yield StyleRule("Normal", "", before=0, after=0, line=276)
    yield StyleRule("BodyText", after=140)
    if house.number_paragraphs == "on":
        yield StyleRule(NUMBERED_TEXT, "BodyText", built_in=False)
    muted, rule = hexadecimal(house, "muted"), hexadecimal(house, "rule")
    yield StyleRule(
        "Quote",
        "BodyText",
        priority=29,
        colour=muted,
        borders=(Border(start, 20, rule, 10),),
        left=INSETS["Quote"],
        right=INSETS["Quote"],
    )
    yield StyleRule(
        "ThematicBreak",
        next="BodyText",
        built_in=False,
        borders=(Border("bottom", 6, rule, 1),),
        before=60,
        after=260,
        line=240,
        left=2268,
        right=2268,
    )


def _title_block(house: House, left: int | None) -> Iterator[StyleRule]:
    small, muted = house.sizes["small"], hexadecimal(house, "muted")
    yield StyleRule(
        "Masthead",
        next="Title",
        left=left,
        built_in=False,
        font="heading",
        size=house.sizes["body"],
        bold=True,
        colour=hexadecimal(house, "accent"),
        borders=(Border("top", 24, hexadecimal(house, "accent"), 8),) if house.has_boxes else (),
        before=0,
        after=240,
    )
    yield StyleRule(
        "Title",
        next="Subtitle",
        left=left,
        priority=10,
        font="heading",
        size=house.sizes["title"],
        bold=True,
        keep_next=True,
        keep_lines=True,
        after=120,
        line=252,
    )
    yield StyleRule(
        "Subtitle",
        next="BodyText",
        left=left,
        priority=11,
        size=house.sizes["heading-2"] + 1,
        colour=muted,
        keep_next=True,
        after=160,
        line=264,
    )
    yield StyleRule("Author", next="Date", built_in=False, bold=True, left=left, after=40)
    yield StyleRule("Date", next="BodyText", priority=99, colour=muted, left=left, after=40)
    for name in ("About", "Disclaimer"):
        yield StyleRule(
            name,
            next="BodyText",
            left=left,
            built_in=False,
            size=small + 0.5,
            colour=muted,
            before=0 if name == "About" else 60,
            after=60,
            line=252,
        )
    yield StyleRule(
        "Draft",
        next="BodyText",
        built_in=False,
        size=house.sizes["heading-1"],
        bold=True,
        colour=hexadecimal(house, "alert"),
    )


def _headings(house: House) -> Iterator[StyleRule]:
    sizes = house.sizes
    body = sizes["body"]
    accent, text = hexadecimal(house, "accent"), hexadecimal(house, "text")
    levels = (
        (sizes["heading-1"], accent, 340, 100),
        (sizes["heading-2"], accent, 260, 80),
        (sizes["heading-3"], text, 220, 60),
        (body, text, 200, 60),
        (body, text, 200, 60),
        (body, text, 200, 60),
    )
    for level, (size, colour, before, after) in enumerate(levels):
        yield StyleRule(
            f"Heading{level + 1}",
            next="BodyText",
            priority=9,
            font="heading",
            size=size,
            bold=True,
            colour=colour,
            keep_next=True,
            keep_lines=True,
            numbered=True,
            before=before,
            after=after,
            line=252,
            outline=level,
        )


def _lists_and_code(house: House) -> Iterator[StyleRule]:
    tint = hexadecimal(house, "tint")
    sides = ("top", "left", "bottom", "right") if house.has_boxes else ()
    for name in ("ListBullet", "ListNumber", "ListContinue"):
        yield StyleRule(name, "BodyText", priority=20)
    yield StyleRule(
        "DefinitionTerm",
        next="Definition",
        built_in=False,
        bold=True,
        keep_next=True,
        before=60,
    )
    yield StyleRule("Definition", "BodyText", built_in=False, left=INSETS["Definition"])
    yield StyleRule(
        "SourceCode",
        built_in=False,
        font="code",
        size=house.sizes["small"] + 0.5,
        fill=tint if house.has_boxes else "",
        before=100,
        after=200,
        line=252,
        borders=tuple(Border(side, 4, tint, 5) for side in sides),
        left=120,
        right=120,
        left_to_right=True,
    )


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


def box_edges(
    style: str, house: House, right_to_left: bool, further: int = 0
) -> tuple[Border, ...]:
    """Return the borders of a paragraph in a box: a bar where lines start, and in the colour of
    the ground the other edges. `further` is how much more than the box it stands in (twips)."""
    bar, ground = _BOXES.get(style, ("", ""))
    if not (bar and house.has_boxes):
        return ()
    paper = hexadecimal(house, ground) if ground else _PAPER
    start, space = "right" if right_to_left else "left", _BAR_SPACE + further // 20
    return tuple(
        Border(side, 32, hexadecimal(house, bar), min(space, _MOST_SPACE))
        if side == start
        else Border(side, 4, paper, beside)
        for side, beside in (("top", 4), ("left", 8), ("bottom", 4), ("right", 8))
    )


def _boxes(house: House, right_to_left: bool) -> Iterator[StyleRule]:
    """Yield the styles of the parts of a brief: bars and grounds of paragraphs, no text boxes.

    Word makes one box of paragraphs only where their indents are equal, and those of lists are
    not. So no box has a frame, and what keeps its edges apart are borders in the colour of its
    ground: unlike the space between paragraphs, they leave no gap in it.
    """
    accent = hexadecimal(house, "accent")
    for name, box in _BOXES.items():
        bar, ground = box if house.has_boxes else ("", "")
        yield StyleRule(
            name,
            "BodyText",
            built_in=False,
            priority=30,
            borders=box_edges(name, house, right_to_left),
            fill=hexadecimal(house, ground) if ground else "",
            left=INSETS[name] if bar else None,
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
            if name == "KeyFindings" and house.has_boxes
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
