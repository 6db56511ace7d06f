"""What runs say, and how they look as far as Markdown can say it (ECMA-376, part 1, 17.3)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ...ooxml import HYPHENS, qualified
from .values import PLAIN, Format

_OFF = ("0", "false", "off", "none")
_TAKEN_OUT = (qualified("w:del"), qualified("w:moveFrom"))
_HYPHENS = {qualified(f"w:{name}"): character for name, character in HYPHENS.items()}
_POSITIONS = {"superscript": "super", "subscript": "sub"}


def said_by(element: Element) -> str:
    """Return the text of an element of a run: of `w:t`, `w:delText` or a hyphen; "" of others."""
    if element.tag in (qualified("w:t"), qualified("w:delText")):
        return element.text or ""
    return _HYPHENS.get(element.tag, "")


def text_in(found: Element, *, deleted: bool = False) -> str:
    """Return the text in an element; with `deleted`, also what tracked changes take out."""
    if found.tag in _TAKEN_OUT and not deleted:
        return ""
    return said_by(found) + "".join(text_in(child, deleted=deleted) for child in found)


def value(parent: Element | None, name: str) -> str:
    """Return the value of a property, "" where it is missing."""
    found = parent.find(qualified(name)) if parent is not None else None
    return found.get(qualified("w:val"), "") if found is not None else ""


def format_of(properties: Element | None, link: str) -> Format:
    """Return the format of a run, `link` being the address of the link round it.

    Bold of a paragraph style, that of a heading, does not count: the style says it.
    """
    if properties is None:
        return Format(link=link) if link else PLAIN
    style = value(properties, "w:rStyle")
    bold = _is_on(properties, "w:b", style == "Strong")
    italic = _is_on(properties, "w:i", style == "Emphasis")
    # Emphasis in a script without italics is bold and upright.
    is_stressed = style == "Emphasis" and bold and not italic
    return Format(
        bold=bold and not is_stressed,
        italic=italic or is_stressed,
        strike=_is_on(properties, "w:strike") or _is_on(properties, "w:dstrike"),
        code=style == "VerbatimChar",
        position=_POSITIONS.get(value(properties, "w:vertAlign"), ""),
        link=link,
    )


def _is_on(properties: Element, name: str, otherwise: bool = False) -> bool:
    found = properties.find(qualified(name))
    if found is None:
        return otherwise
    return found.get(qualified("w:val"), "1") not in _OFF
