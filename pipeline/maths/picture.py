"""Formulas as vector pictures, set by ziamath in STIX Two Math; symbols are paths, not text."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, tostring

from msgspec import Struct

from .tex import BadMath, tree

_SIZE = 16.0  # CSS pixels to the em while a formula is drawn
_NAME = re.compile(r"STIXTwoMath\w*_-?\d+")
_MOST_NODES = 20_000  # a second or two
_ROWS = frozenset({"math", "mrow", "mtd", "mpadded", "mphantom"})
_UNSEEN = frozenset(" \t\n\N{NO-BREAK SPACE}\N{THIN SPACE}\N{ZERO WIDTH SPACE}")


class Picture(Struct, frozen=True):
    """An SVG and its size in em of the text round it; `depth` is the part below the baseline."""

    svg: bytes
    width: float
    height: float
    depth: float


@lru_cache(maxsize=512)
def draw(tex: str, display: bool) -> Picture:
    """Return a formula as a picture. Raises `BadMath`, also for what cannot be drawn."""
    from ziamath.zmath import Math, loadedfonts

    found = tree(tex, display)
    if _nodes(found) > _MOST_NODES:
        raise BadMath("it is nested too deeply to be drawn")
    _fill_empty_rows(found)
    font = loadedfonts["default"]
    for sign in "".join(found.itertext()):
        if sign not in _UNSEEN and not font.glyphindex(sign):
            raise BadMath(f"the maths font has no glyph for `{sign}`")
    try:
        # As a tree: in a string ziamath takes hyphens in text for minus signs.
        svg = Math(found, size=_SIZE).svgxml()
        _, top, width, height = map(float, svg.attrib["viewBox"].split())
    except Exception as error:  # ziamath fails by AssertionError, ValueError and others
        raise BadMath("it cannot be drawn") from error
    if height <= 0:
        raise BadMath("it cannot be drawn")
    _rename_signs(svg)
    return Picture(tostring(svg), width / _SIZE, height / _SIZE, max(height + top, 0.0) / _SIZE)


def _rename_signs(svg: Element) -> None:
    """Number the shapes of symbols; ziamath names them by hashes that differ in each run."""
    names: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"sign-{len(names) + 1}")

    for element in svg.iter():
        for key, value in element.items():
            element.set(key, _NAME.sub(number, value))


def _nodes(found: Element) -> int:
    """Return how many nodes ziamath makes: it makes those in a row twice, at every level."""
    total, waiting = 0, [(found, 1)]
    while waiting and total <= _MOST_NODES:
        element, times = waiting.pop()
        total += times
        inside = 2 * times if element.tag in _ROWS else times
        waiting += [(child, inside) for child in element]
    return total


def _fill_empty_rows(found: Element) -> None:
    """Give empty rows (`\\\\ \\\\`) the height of a letter; ziamath gives them none."""
    for row in found.iter("mtr"):
        if len(row) and not "".join(row.itertext()).strip():
            SubElement(SubElement(row[0], "mphantom"), "mi").text = "x"
