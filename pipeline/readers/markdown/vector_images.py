"""SVG images: measured, or refused if they could run code or fetch something."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, XMLParser

from ...model import length_of
from ...text import link_target
from .reading import BadImage

# Declarations of entities, or a DOCTYPE that holds some (XML 1.0, 2.8). One that only names a
# document type, as matplotlib writes it, is harmless: nothing is fetched.
DECLARATION = re.compile(rb"<!\s*ENTITY|<!\s*DOCTYPE[^>]*\[", re.IGNORECASE)
CODE = frozenset(("script", "foreignobject", "iframe", "object", "embed", "handler", "listener"))
FETCHED = re.compile(r"url\(\s*['\"]?(?!\s*['\"]?(?:#|data:image/))|@import", re.IGNORECASE)
HARMLESS = r"(?i)\s*(?:#|data:image/(?:png|jpeg|gif);)"
# What WeasyPrint 70.0 draws wrongly or not at all; browsers and Word draw it.
_NOT_IN_PDF = {
    "filters": re.compile(rb"\bfilter\s*[:=]\s*[\"']?\s*url\("),
    "blend modes": re.compile(rb"mix-blend-mode\s*[:=]\s*[\"']?\s*(?!normal\b)\w"),
    "text on a path": re.compile(rb"<(?:\w+:)?textPath\b"),
    "CSS variables": re.compile(rb"\bvar\(\s*--"),
    "an `<svg>` inside without a size": re.compile(rb"<svg\b.*<svg\b(?![^>]*\swidth)", re.DOTALL),
}
DEFAULT = (300.0, 150.0)  # CSS Images 3, section 5.3: of a replaced element without a size


def measure_svg(content: bytes) -> tuple[float, float]:
    """Return the width and height of an SVG image in CSS pixels."""
    if DECLARATION.search(content) or DECLARATION.search(content.replace(b"\0", b"")):
        raise BadImage("declares entities, which are not read")
    root = _checked(content)
    if _local(root.tag) != "svg":
        raise BadImage("is not a PNG, JPEG or SVG image")
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = _view_box(root.get("viewBox"))
    if width and height:
        return width, height
    if not box:
        return width or DEFAULT[0], height or DEFAULT[1]
    if width:
        return width, width * box[1] / box[0]
    if height:
        return height * box[0] / box[1], height
    return box


def not_in_pdf(content: bytes) -> list[str]:
    """Return in words what of an SVG image the PDF does not show."""
    return [words for words, sign in _NOT_IN_PDF.items() if sign.search(content)]


def _checked(content: bytes) -> Element:
    """Read the image, and refuse what could run or fetch."""
    parser = XMLParser()
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as problem:
        raise BadImage(f"is not well-formed XML: {problem}") from None
    if b"<?xml-stylesheet" in content:
        raise BadImage("refers to an external style sheet")
    for element in root.iter():
        _refuse_code(element)
        _refuse_style(element)
    return root


def _refuse_code(element: Element) -> None:
    if _local(element.tag).lower() in CODE:
        raise BadImage(f"holds a <{_local(element.tag)}>, which could run code")
    for name, value in element.attrib.items():
        local = _local(name).lower()
        if local.startswith("on"):
            raise BadImage(f"has an `{local}` attribute, which could run code")
        if local in ("href", "src", "base") and not re.match(HARMLESS, value):
            if _local(element.tag) == "a" and link_target(value):
                continue
            raise BadImage(f"refers to `{value[:60]}`, outside the image")
        if FETCHED.search(value):
            raise BadImage(f"refers to `{value[:60]}`, outside the image")


def _refuse_style(element: Element) -> None:
    if _local(element.tag) == "style" and FETCHED.search(element.text or ""):
        raise BadImage("has a style that refers to something outside the image")


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _length(text: str | None) -> float:
    """Return a length in CSS pixels, and 0 for none or a percentage."""
    length = length_of(text or "")
    return length.pixels(room=0) if length else 0.0


def _view_box(text: str | None) -> tuple[float, float] | None:
    try:
        numbers = [float(number) for number in re.split(r"[\s,]+", (text or "").strip())]
    except ValueError:
        return None
    return (numbers[2], numbers[3]) if len(numbers) == 4 and min(numbers[2:]) > 0 else None
