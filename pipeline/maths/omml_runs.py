"""Signs of a formula as runs of OMML (ECMA-376, part 1, 22.1.2.87)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element as MathML

from ..ooxml import m, w
from ..xml import Element
from .grouping import BRACKETS, text_of

_STYLES = {"normal": "p", "bold": "b", "italic": "i", "bold-italic": "bi"}
_SPACES = ((0.9, "\N{EM SPACE}"), (0.25, "\N{FOUR-PER-EM SPACE}"), (0.1, "\N{THIN SPACE}"))
_NOTHING = "\N{HAIR SPACE}"  # where TeX wants no operand, but LibreOffice does
_FONT = w("rPr", w("rFonts", ascii="Cambria Math", hAnsi="Cambria Math"))
UPRIGHT = m("nor")  # of text, and of signs that are no operators


class NoObject(Exception):
    """OMML has no object for an element."""


def run(element: MathML) -> list[Element]:
    """Return a run of signs. Word sets letters in italics, and all else upright, by itself."""
    text = text_of(element) if element.tag != "mtext" else (element.text or "")
    if not text:
        return []
    style = _STYLES.get(element.get("mathvariant", ""), "")
    if element.get("mathvariant") and not style:
        raise NoObject
    if element.tag == "mtext" or (element.tag == "mo" and text in BRACKETS):
        return [signs(text, UPRIGHT)]  # text, and a bracket without its other half
    if not style and len(text) > 1 and "".join(text.split()).isalpha():
        style = "p"  # the name of a function
    return [signs(text, m("sty", val=style) if style else None)]


def signs(text: str, look: Element | None = None) -> Element:
    properties = m("rPr", look) if look else None
    return m("r", properties, _FONT, Element("m:t", {"xml:space": "preserve"}, (text,)))


def space(element: MathML) -> list[Element]:
    found = re.fullmatch(r"(-?[\d.]+)em", element.get("width", ""))
    if not found:
        raise NoObject
    width = float(found[1])
    return next(([signs(sign)] for least, sign in _SPACES if width >= least), [])


def nothing() -> Element:
    """Return what stands for an operand that is not there: TeX wants none, LibreOffice does."""
    return signs(_NOTHING, UPRIGHT)
