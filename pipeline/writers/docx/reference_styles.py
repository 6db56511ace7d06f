"""The design of captions, tables, footnotes, references, contents, and of runs."""

from __future__ import annotations

from collections.abc import Iterator

from ...styles import House
from .figure_frames import frame_borders, frame_inset
from .style_rule import StyleRule, Tab, hexadecimal

_LABEL_WIDTH = 454  # twips for the numbers of the list of references
_BASE = "DefaultParagraphFont"


def reference_styles(house: House, text_width: int) -> Iterator[StyleRule]:
    """Yield the styles of captions, tables, footnotes, references, headers and contents."""
    small, muted = house.sizes["small"], hexadecimal(house, "muted")
    inside = frame_inset(house) or None
    yield StyleRule(
        "Figure",
        next="FigureSource",
        built_in=False,
        borders=frame_borders(house),
        before=60,
        after=160,
        left=inside,
        right=inside,
    )
    yield StyleRule(
        "Equation",
        "BodyText",
        next="BodyText",
        built_in=False,
        keep_lines=True,
        tabs=(Tab("center", text_width // 2), Tab("right", text_width)),
        before=120,
        after=180,
    )
    yield StyleRule(
        "Caption",
        next="BodyText",
        priority=35,
        size=small + 1.5,
        bold=True,
        colour=hexadecimal(house, "text"),
        keep_next=True,
        keep_lines=True,
        before=240,
        after=80,
        line=252,
    )
    for name in ("FigureSubtitle", "FigureSource", "FigureNotes"):
        is_above = name == "FigureSubtitle"
        yield StyleRule(
            name,
            next="Figure" if is_above else "BodyText",
            built_in=False,
            size=small + (0.5 if is_above else 0),
            colour=muted,
            keep_next=is_above,
            keep_lines=True,
            before=0 if is_above else 60,
            after=80 if is_above else 120,
            line=252,
        )
    yield StyleRule("TableText", built_in=False, size=small + 1, line=252)
    yield StyleRule("TableHeading", "TableText", built_in=False, bold=True, keep_next=True)
    yield StyleRule("FootnoteText", hidden=True, priority=99, size=small, after=40, line=252)
    yield StyleRule(
        "Bibliography",
        hidden=True,
        priority=37,
        size=small + 1,
        keep_lines=True,
        tabs=(Tab("left", _LABEL_WIDTH),),
        after=80,
        line=252,
        left=_LABEL_WIDTH,
        hanging=_LABEL_WIDTH,
    )
    yield StyleRule("Imprint", built_in=False, size=small, colour=muted, before=160)
    edge = (Tab("right", text_width),)
    yield StyleRule(
        "Header",
        hidden=True,
        priority=99,
        size=small,
        colour=muted,
        tabs=edge,
        after=160,
    )
    yield StyleRule("Footer", hidden=True, priority=99, size=small, colour=muted, tabs=edge)
    yield StyleRule(
        "TOCHeading",
        next="BodyText",
        priority=39,
        font="heading",
        size=house.sizes["heading-1"],
        bold=True,
        colour=hexadecimal(house, "accent"),
        keep_next=True,
        before=300,
        after=80,
    )
    dots = Tab("right", text_width, dotted=True)
    for level in range(1, 4):
        left, hanging = ((425, 425), (992, 567), (1701, 709))[level - 1]
        yield StyleRule(
            f"TOC{level}",
            next="Normal",
            hidden=True,
            priority=39,
            tabs=(Tab("left", left), dots),
            after=40,
            left=left,
            hanging=hanging,
        )


def character_styles(house: House) -> Iterator[StyleRule]:
    yield StyleRule("DefaultParagraphFont", "", character=True, hidden=True)
    accent, muted = hexadecimal(house, "accent"), hexadecimal(house, "muted")
    yield StyleRule("Strong", _BASE, character=True, priority=22, bold=True)
    yield StyleRule(
        "KeyNumber",
        _BASE,
        character=True,
        built_in=False,
        priority=22,
        font="heading",
        size=house.sizes["heading-1"] + 5,
        bold=True,
        colour=accent,
    )
    yield StyleRule("Emphasis", _BASE, character=True, priority=20, italic=True)
    yield StyleRule(
        "Hyperlink", _BASE, character=True, hidden=True, priority=99, colour=accent, underline=True
    )
    yield StyleRule(
        "VerbatimChar",
        _BASE,
        character=True,
        built_in=False,
        font="code",
        size=house.sizes["body"] - 1,
    )
    yield StyleRule(
        "FootnoteReference", _BASE, character=True, hidden=True, priority=99, position="superscript"
    )
    yield StyleRule(
        "BackReference",
        _BASE,
        character=True,
        built_in=False,
        size=house.sizes["small"],
        colour=muted,
    )
    yield StyleRule(
        "Unresolved",
        _BASE,
        character=True,
        built_in=False,
        bold=True,
        colour=hexadecimal(house, "alert"),
    )
