"""The design of what is not running text: captions, tables, notes, references, contents, runs."""

from __future__ import annotations

from collections.abc import Iterator

from ...styles import House
from .rule import Rule, hexadecimal

_LABEL_WIDTH = 454  # twips for the numbers of the list of references
_BASE = "DefaultParagraphFont"


def apparatus(house: House, text_width: int) -> Iterator[Rule]:
    """Yield what is not running text: captions, tables, notes, references, header, contents."""
    small, muted = house.sizes["small"], hexadecimal(house, "muted")
    yield Rule("Figure", next="Caption", built_in=False, spacing='w:before="200" w:after="80"')
    yield Rule(
        "Equation",
        "BodyText",
        next="BodyText",
        built_in=False,
        keep_lines=True,
        tabs=f'<w:tab w:val="center" w:pos="{text_width // 2}"/>'
        f'<w:tab w:val="right" w:pos="{text_width}"/>',
        spacing='w:before="120" w:after="180"',
    )
    yield Rule(
        "Caption",
        next="BodyText",
        priority=35,
        size=small + 1,
        colour=muted,
        keep_lines=True,
        spacing='w:before="80" w:after="220" w:line="252" w:lineRule="auto"',
    )
    table = 'w:line="252" w:lineRule="auto"'
    yield Rule("TableText", built_in=False, size=small + 1, spacing=table)
    yield Rule("TableHeading", "TableText", built_in=False, bold=True, keep_next=True)
    yield Rule(
        "FootnoteText", hidden=True, priority=99, size=small, spacing='w:after="40" ' + table
    )
    yield Rule(
        "Bibliography",
        hidden=True,
        priority=37,
        size=small + 1,
        keep_lines=True,
        tabs=f'<w:tab w:val="left" w:pos="{_LABEL_WIDTH}"/>',
        spacing='w:after="80" ' + table,
        indent=f'w:left="{_LABEL_WIDTH}" w:hanging="{_LABEL_WIDTH}"',
    )
    yield Rule("Imprint", built_in=False, size=small, colour=muted, spacing='w:before="160"')
    edge = f'<w:tab w:val="right" w:pos="{text_width}"/>'
    yield Rule(
        "Header",
        hidden=True,
        priority=99,
        size=small,
        colour=muted,
        tabs=edge,
        spacing='w:after="160"',
    )
    yield Rule("Footer", hidden=True, priority=99, size=small, colour=muted, tabs=edge)
    yield Rule(
        "TOCHeading",
        next="BodyText",
        priority=39,
        font="heading",
        size=house.sizes["heading-1"],
        bold=True,
        colour=hexadecimal(house, "accent"),
        keep_next=True,
        spacing='w:before="300" w:after="80"',
    )
    dots = f'<w:tab w:val="right" w:leader="dot" w:pos="{text_width}"/>'
    for level in range(1, 4):
        left, hanging = ((425, 425), (992, 567), (1701, 709))[level - 1]
        yield Rule(
            f"TOC{level}",
            next="Normal",
            hidden=True,
            priority=39,
            tabs=f'<w:tab w:val="left" w:pos="{left}"/>{dots}',
            spacing='w:after="40"',
            indent=f'w:left="{left}" w:hanging="{hanging}"',
        )


def characters(house: House) -> Iterator[Rule]:
    yield Rule("DefaultParagraphFont", "", character=True, hidden=True)
    accent, muted = hexadecimal(house, "accent"), hexadecimal(house, "muted")
    yield Rule("Strong", _BASE, character=True, priority=22, bold=True)
    yield Rule("Emphasis", _BASE, character=True, priority=20, italic=True)
    yield Rule(
        "Hyperlink", _BASE, character=True, hidden=True, priority=99, colour=accent, underline=True
    )
    yield Rule(
        "VerbatimChar",
        _BASE,
        character=True,
        built_in=False,
        font="code",
        size=house.sizes["body"] - 1,
    )
    yield Rule(
        "FootnoteReference", _BASE, character=True, hidden=True, priority=99, position="superscript"
    )
    yield Rule(
        "BackReference",
        _BASE,
        character=True,
        built_in=False,
        size=house.sizes["small"],
        colour=muted,
    )
    yield Rule(
        "Unresolved",
        _BASE,
        character=True,
        built_in=False,
        bold=True,
        colour=hexadecimal(house, "alert"),
    )
