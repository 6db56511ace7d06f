"""What each Word style looks like in the house style: the design of the Word file."""

from __future__ import annotations

from collections.abc import Iterator

from ...styles import House
from .apparatus import apparatus, characters
from .lists import HEADINGS
from .rule import INSETS, Rule, border, hexadecimal

_PAPER = "FFFFFF"


def rules(house: House, text_width: int, right_to_left: bool) -> Iterator[Rule]:
    """Yield every style of the file; `text_width` is in twips.

    Indents count from where a line starts, but borders name the side of the page (17.3.1.17).
    """
    yield from _text(house, "right" if right_to_left else "left")
    yield from _title_block(house)
    yield from _headings(house)
    yield from _lists_and_code(house)
    yield from _boxes(house, right_to_left)
    yield from apparatus(house, text_width)
    yield from characters(house)


def _text(house: House, start: str) -> Iterator[Rule]:
    yield Rule("Normal", "", spacing='w:before="0" w:after="0" w:line="276" w:lineRule="auto"')
    yield Rule("BodyText", spacing='w:after="140"')
    muted, rule = hexadecimal(house, "muted"), hexadecimal(house, "rule")
    yield Rule(
        "Quote",
        "BodyText",
        priority=29,
        colour=muted,
        borders=border(start, 20, rule, 10),
        indent=f'w:left="{INSETS["Quote"]}" w:right="{INSETS["Quote"]}"',
    )
    yield Rule(
        "ThematicBreak",
        next="BodyText",
        built_in=False,
        borders=border("bottom", 6, rule, 1),
        spacing='w:before="60" w:after="260" w:line="240" w:lineRule="auto"',
        indent='w:left="2268" w:right="2268"',
    )


def _title_block(house: House) -> Iterator[Rule]:
    small, muted = house.sizes["small"], hexadecimal(house, "muted")
    yield Rule(
        "Masthead",
        next="Title",
        built_in=False,
        font="heading",
        size=house.sizes["body"],
        bold=True,
        colour=hexadecimal(house, "accent"),
        borders=border("top", 24, hexadecimal(house, "accent"), 8),
        spacing='w:before="0" w:after="240"',
    )
    yield Rule(
        "Title",
        next="Subtitle",
        priority=10,
        font="heading",
        size=house.sizes["title"],
        bold=True,
        keep_next=True,
        keep_lines=True,
        spacing='w:after="120" w:line="252" w:lineRule="auto"',
    )
    yield Rule(
        "Subtitle",
        next="BodyText",
        priority=11,
        size=house.sizes["heading-2"] + 1,
        colour=muted,
        keep_next=True,
        spacing='w:after="160" w:line="264" w:lineRule="auto"',
    )
    yield Rule("Author", next="Date", built_in=False, bold=True, spacing='w:after="40"')
    yield Rule("Date", next="BodyText", priority=99, colour=muted, spacing='w:after="40"')
    yield Rule(
        "Disclaimer",
        next="BodyText",
        built_in=False,
        size=small + 0.5,
        colour=muted,
        spacing='w:before="60" w:after="60" w:line="252" w:lineRule="auto"',
    )
    yield Rule(
        "Draft",
        next="BodyText",
        built_in=False,
        size=house.sizes["heading-1"],
        bold=True,
        colour=hexadecimal(house, "alert"),
    )


def _headings(house: House) -> Iterator[Rule]:
    sizes = house.sizes
    body = sizes["body"]
    accent, text = hexadecimal(house, "accent"), hexadecimal(house, "text")
    looks = (
        (sizes["heading-1"], accent, 'w:before="340" w:after="100"'),
        (sizes["heading-2"], accent, 'w:before="260" w:after="80"'),
        (sizes["heading-3"], text, 'w:before="220" w:after="60"'),
        (body, text, 'w:before="200" w:after="60"'),
        (body, text, 'w:before="200" w:after="60"'),
        (body, text, 'w:before="200" w:after="60"'),
    )
    for level, (size, colour, spacing) in enumerate(looks):
        numbers = f'<w:ilvl w:val="{level}"/>' if level else ""
        yield Rule(
            f"Heading{level + 1}",
            next="BodyText",
            priority=9,
            font="heading",
            size=size,
            bold=True,
            colour=colour,
            keep_next=True,
            keep_lines=True,
            numbers=f'<w:numPr>{numbers}<w:numId w:val="{HEADINGS}"/></w:numPr>',
            spacing=f'{spacing} w:line="252" w:lineRule="auto"',
            outline=level,
        )


def _lists_and_code(house: House) -> Iterator[Rule]:
    tint = hexadecimal(house, "tint")
    for name in ("ListBullet", "ListNumber", "ListContinue"):
        yield Rule(name, "BodyText", priority=20)
    yield Rule(
        "DefinitionTerm",
        next="Definition",
        built_in=False,
        bold=True,
        keep_next=True,
        spacing='w:before="60"',
    )
    yield Rule("Definition", "BodyText", built_in=False, indent=f'w:left="{INSETS["Definition"]}"')
    yield Rule(
        "SourceCode",
        built_in=False,
        font="code",
        size=house.sizes["small"] + 0.5,
        fill=tint,
        spacing='w:before="100" w:after="200" w:line="252" w:lineRule="auto"',
        borders="".join(border(side, 4, tint, 5) for side in ("top", "left", "bottom", "right")),
        indent='w:left="120" w:right="120"',
        left_to_right=True,
    )


# The boxes of the parts of a brief: their bar and their ground, as colours of the house.
_BOXES = {
    "Summary": ("accent", "tint"),
    "KeyFindings": ("", ""),
    "Callout": ("rule", ""),
    "FollowUps": ("tint", "tint"),
    "Claim": ("rule", ""),
    "Verdict": ("rule", ""),
    "Corrections": ("alert", ""),
}
_BAR_SPACE, _MOST_SPACE = 8, 31  # points between bar and text; what Word allows (17.3.1.17)
FURTHEST = (_MOST_SPACE - _BAR_SPACE) * 20  # twips that a paragraph may stand in inside a box


def box_edges(style: str, house: House, right_to_left: bool, further: int = 0) -> str:
    """Return the borders of a paragraph in a box: a bar where lines start, and in the colour of
    the ground the other edges. `further` is how much more than the box it stands in (twips)."""
    bar, ground = _BOXES.get(style, ("", ""))
    if not bar:
        return ""
    paper = hexadecimal(house, ground) if ground else _PAPER
    start, space = "right" if right_to_left else "left", _BAR_SPACE + further // 20
    return "".join(
        border(side, 32, hexadecimal(house, bar), min(space, _MOST_SPACE))
        if side == start
        else border(side, 4, paper, beside)
        for side, beside in (("top", 4), ("left", 8), ("bottom", 4), ("right", 8))
    )


def _boxes(house: House, right_to_left: bool) -> Iterator[Rule]:
    """Yield the styles of the parts of a brief: bars and grounds of paragraphs, no text boxes.

    Word makes one box of paragraphs only where their indents are equal, and those of lists are
    not. So no box has a frame, and what keeps its edges apart are borders in the colour of its
    ground: unlike the space between paragraphs, they leave no gap in it.
    """
    accent = hexadecimal(house, "accent")
    for name, (bar, ground) in _BOXES.items():
        inset = f'w:left="{INSETS[name]}" w:right="170"' if bar else ""
        yield Rule(
            name,
            "BodyText",
            built_in=False,
            priority=30,
            borders=box_edges(name, house, right_to_left),
            fill=hexadecimal(house, ground) if ground else "",
            indent=inset,
            italic=name == "Claim",
            bold=name == "Verdict",
            spacing='w:after="100"',
        )
        yield Rule(
            f"{name}Title",
            name,
            next=name,
            built_in=False,
            priority=30,
            font="heading",
            size=house.sizes["heading-2"],
            bold=True,
            colour=accent,
            borders="" if bar else border("top", 16, accent, 6),
            upright=name == "Claim",
            keep_next=True,
            spacing='w:before="240" w:after="60"',
            outline=None if name in ("Callout", "Verdict") else 0,
        )
    yield Rule(
        "PartTitle",
        next="BodyText",
        built_in=False,
        font="heading",
        size=house.sizes["heading-2"],
        bold=True,
        colour=accent,
        keep_next=True,
        spacing='w:before="240" w:after="60"',
    )
