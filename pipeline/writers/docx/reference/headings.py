"""The numbers of headings in a reference docx, whose styles may number otherwise or not at all."""

from __future__ import annotations

from typing import Any

from lxml import etree

from pipeline.ooxml import qualified

_VALUE = qualified("w:val")
_BEFORE_NUMBERS = tuple(
    qualified(f"w:{name}")
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_AFTER_INDENT = tuple(
    qualified(f"w:{name}")
    for name in ("contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr")
)


def number_headings(blocks: list[Any], numbering: Any) -> None:
    """Say on each of our headings which list numbers it, and how far its text stands in.

    The indent is said too: that of a style would stand over that of a list (17.9.22).
    """
    indents = _indents(numbering)
    for paragraph in (p for block in blocks for p in block.iter(qualified("w:p"))):
        properties = paragraph.find(qualified("w:pPr"))
        style = properties.find(qualified("w:pStyle")) if properties is not None else None
        name = style.get(_VALUE, "") if style is not None else ""
        heading = name.removeprefix("Heading")
        level = int(heading) - 1 if name != heading and heading.isdigit() else None
        said = properties is not None and properties.find(qualified("w:numPr")) is not None
        if said or (level is None and name != "TOCHeading"):
            continue
        numbers = etree.Element(qualified("w:numPr"))
        etree.SubElement(numbers, qualified("w:ilvl"), {_VALUE: str(level or 0)})
        etree.SubElement(numbers, qualified("w:numId"), {_VALUE: "0" if level is None else "1"})
        [child for child in properties if child.tag in _BEFORE_NUMBERS][-1].addnext(numbers)
        if level is not None and properties.find(qualified("w:ind")) is None:
            indent = etree.Element(qualified("w:ind"), indents.get(str(level), {}))
            following = next((x for x in properties if x.tag in _AFTER_INDENT), None)
            properties.append(indent) if following is None else following.addprevious(indent)


def _indents(numbering: Any) -> dict[str, dict[str, str]]:
    """Return the attributes of the indent of each level of the headings' list, the first one."""
    return {
        level.get(qualified("w:ilvl")): dict(
            level.find(f"{qualified('w:pPr')}/{qualified('w:ind')}").attrib
        )
        for level in numbering.find(qualified("w:abstractNum")).iterchildren(qualified("w:lvl"))
    }
