"""A character that no font can draw is painted as glyph 0, `.notdef`.

Neither PDF/A nor PDF/UA allows that (ISO 19005-3, 6.2.11.8; ISO 14289-1, 7.21.8). Here it is the
white square of the font, where that has one; `verify` names the character.
"""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont

from .glyph_codes import SOFT_HYPHEN, paint

_OTHER_GLYPHS = "□\N{REPLACEMENT CHARACTER}?"
_FONT = re.compile(rb"/([A-Z]{6}) \S+ Tf$")
_CODES = re.compile(rb"<((?:[0-9a-f]{4})+)>")


def substitute(stream: Any, textbox: Any, painted: list[Any], before: Any) -> list[Any]:
    """Paint another glyph for each that a font lacks."""
    fonts = {font.hash: font for font in stream._fonts.values()}
    if not any(font.missing for font in fonts.values()):
        return painted
    font = fonts[before[0]] if before else None
    found = list(painted)
    for place, operator in enumerate(painted):
        if name := _FONT.match(operator):
            font = fonts[name[1].decode()]
        elif font is not None and font.missing and operator.endswith(b"] TJ"):
            found[place] = _CODES.sub(partial(_in_place, font), operator)
    return found


def _in_place(font: Any, found: re.Match[bytes]) -> bytes:
    """Return codes; what follows a missing one is moved back to where it was laid out."""
    result = b"<"
    for code in (int(found[1][i : i + 4], 16) for i in range(0, len(found[1]), 4)):
        result += b"%04x" % code
        missing = code in font.missing.values() and font.to_unicode[code] != SOFT_HYPHEN
        if missing and (substitute := _other_glyph(font)):
            glyph, width = substitute
            paint(font, code, glyph)
            result += b">%d<" % (width - font.widths[code])
    return result + b">"


def _other_glyph(font: Any) -> tuple[int, int] | None:
    """Return a glyph that a font has, and its width in 1/1000 of the font size."""
    if not hasattr(font, "other_glyph"):
        with TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True) as file:
            known = file.getBestCmap()
            character = next((found for found in _OTHER_GLYPHS if ord(found) in known), "")
            font.other_glyph = None
            if character:
                name = known[ord(character)]
                glyph, width = file.getGlyphID(name), file["hmtx"][name][0] * 1000 / font.upem
                font.widths[glyph] = round(width)
                font.to_unicode.setdefault(glyph, character)
                font.other_glyph = glyph, round(width)
    found: tuple[int, int] | None = font.other_glyph
    return found
