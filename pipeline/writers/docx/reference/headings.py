"""The numbers of headings in a reference docx, whose styles may number otherwise or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from ....ooxml import qualified

_VALUE = qualified("w:val")
_DEFAULT_SIZE = 20  # half-points (17.3.2.38)
_BEFORE_NUMBERS = tuple(
    qualified(f"w:{name}")
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_AFTER_INDENT = tuple(
    qualified(f"w:{name}")
    for name in ("contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr")
)


def number_headings(blocks: list[Any], numbering: Any, scale: Callable[[str], float]) -> None:
    """Say on each of our headings which list numbers it, and how far its text stands in.

    The indent is said too: that of a style would stand over that of a list (17.9.22). `scale` is
    how much larger a heading is than ours, and so its number, by the id of our style.
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
            ours, larger = indents.get(str(level), {}), max(scale(name), 1.0)
            scaled = {side: str(round(int(value) * larger)) for side, value in ours.items()}
            indent = etree.Element(qualified("w:ind"), scaled)
            following = next((x for x in properties if x.tag in _AFTER_INDENT), None)
            properties.append(indent) if following is None else following.addprevious(indent)


def size_of(styles: Any, identity: str) -> int:
    """Return the size of a style in half-points, its own or that of what it is based on."""
    by_id = {
        style.get(qualified("w:styleId")): style for style in styles.iter(qualified("w:style"))
    }
    seen: set[str] = set()
    while identity in by_id and identity not in seen:
        seen.add(identity)
        size = by_id[identity].find(f"{qualified('w:rPr')}/{qualified('w:sz')}")
        if size is not None and size.get(_VALUE, "").isdigit():
            return int(size.get(_VALUE))
        based = by_id[identity].find(qualified("w:basedOn"))
        identity = based.get(_VALUE, "") if based is not None else ""
    default = next(styles.iter(qualified("w:docDefaults")), None)
    sizes = default.iter(qualified("w:sz")) if default is not None else iter(())
    found = next(sizes, None)
    return int(found.get(_VALUE)) if found is not None else _DEFAULT_SIZE


def _indents(numbering: Any) -> dict[str, dict[str, str]]:
    """Return the attributes of the indent of each level of the headings' list, the first one."""
    return {
        level.get(qualified("w:ilvl")): dict(
            level.find(f"{qualified('w:pPr')}/{qualified('w:ind')}").attrib
        )
        for level in numbering.find(qualified("w:abstractNum")).iterchildren(qualified("w:lvl"))
    }
