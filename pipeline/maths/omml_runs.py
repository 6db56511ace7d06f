"""Signs of a formula as runs of OMML (ECMA-376, part 1, 22.1.2.87)."""

from __future__ import annotations

import re
from html import escape
from xml.etree.ElementTree import Element

from .grouping import BRACKETS, text_of

_STYLES = {"normal": "p", "bold": "b", "italic": "i", "bold-italic": "bi"}
_SPACES = ((0.9, "\N{EM SPACE}"), (0.25, "\N{FOUR-PER-EM SPACE}"), (0.1, "\N{THIN SPACE}"))
_NOTHING = "\N{HAIR SPACE}"  # where TeX wants no operand, but LibreOffice does
_FONT = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'


class NoObject(Exception):
    """OMML has no object for an element."""


def run(element: Element) -> str:
    """Return a run of signs. Word sets letters in italics, and all else upright, by itself."""
    text = text_of(element) if element.tag != "mtext" else (element.text or "")
    if not text:
        return ""
    style = _STYLES.get(element.get("mathvariant", ""), "")
    if element.get("mathvariant") and not style:
        raise NoObject
    if element.tag == "mtext" or (element.tag == "mo" and text in BRACKETS):
        properties = "<m:nor/>"  # text, and a bracket without its other half
    elif not style and len(text) > 1 and "".join(text.split()).isalpha():
        properties = '<m:sty m:val="p"/>'  # the name of a function
    else:
        properties = f'<m:sty m:val="{style}"/>' if style else ""
    return signs(text, properties)


def signs(text: str, properties: str = "") -> str:
    described = f"<m:rPr>{properties}</m:rPr>" if properties else ""
    return f'<m:r>{described}{_FONT}<m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


def space(element: Element) -> str:
    found = re.fullmatch(r"(-?[\d.]+)em", element.get("width", ""))
    if not found:
        raise NoObject
    width = float(found[1])
    return next((signs(sign) for least, sign in _SPACES if width >= least), "")


def nothing() -> str:
    """Return what stands for an operand that is not there: TeX wants none, LibreOffice does."""
    return signs(_NOTHING, "<m:nor/>")
