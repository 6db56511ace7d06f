"""Formulas as vector pictures, set by ziamath in STIX Two Math; signs are paths, not text."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct

from .tex import BadMath, tree

_SIZE = 16.0  # CSS pixels to the em while a formula is drawn
_BOX = re.compile(r'viewBox="\S+ (?P<top>\S+) (?P<width>\S+) (?P<height>\S+)"')
_NAME = re.compile(r"STIXTwoMath\w*_-?\d+")
_MOST_NODES = 20_000  # a second or two
_ROWS = frozenset({"math", "mrow", "mtd", "mpadded", "mphantom"})
_UNSEEN = frozenset(" \t\n\N{NO-BREAK SPACE}\N{THIN SPACE}\N{ZERO WIDTH SPACE}")


class Picture(Struct, frozen=True):
    """An SVG and its size in em of the text round it; `depth` is what hangs below the line."""

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
        # As a tree: in a string ziamath takes the hyphens of text for signs of minus.
        written = Math(found, size=_SIZE).svg()
    except Exception as error:  # ziamath fails by AssertionError, ValueError and others
        raise BadMath("it cannot be drawn") from error
    box = _BOX.search(written)
    if box is None:
        raise BadMath("it cannot be drawn")
    names: dict[str, str] = {}  # ziamath's are hashes that differ from run to run
    written = _NAME.sub(lambda m: names.setdefault(m[0], f"sign-{len(names) + 1}"), written)
    top, width, height = (float(box[name]) for name in ("top", "width", "height"))
    if height <= 0:
        raise BadMath("it cannot be drawn")
    return Picture(
        written.encode("utf-8"), width / _SIZE, height / _SIZE, max(height + top, 0.0) / _SIZE
    )


def _nodes(found: Element) -> int:
    """Return how many nodes ziamath makes: those in a row twice, so that every row doubles them."""
    total, waiting = 0, [(found, 1)]
    while waiting and total <= _MOST_NODES:
        element, times = waiting.pop()
        total += times
        inside = 2 * times if element.tag in _ROWS else times
        waiting += [(child, inside) for child in element]
    return total


def _fill_empty_rows(found: Element) -> None:
    """Give rows with nothing in them (`\\\\ \\\\`) the height of a letter: ziamath finds none."""
    for row in found.iter("mtr"):
        if len(row) and not "".join(row.itertext()).strip():
            SubElement(SubElement(row[0], "mphantom"), "mi").text = "x"
