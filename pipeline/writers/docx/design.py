"""What each Word style looks like in the house style: the design of the Word file."""

from __future__ import annotations

from collections.abc import Iterator

from ...cover import has_cover
from ...styles import House
from .boxes import part_styles
from .cover_styles import cover_styles
from .reference_styles import character_styles, reference_styles
from .style_rule import INSETS, NUMBERED_TEXT, Border, StyleRule, hexadecimal


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
    yield from part_styles(house, right_to_left)
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
