"""Codes of glyphs: which glyph is painted for one, and which text is read.

WeasyPrint gives a character without a glyph a code of its own, from the number of glyphs on. One
table says which glyph is painted for a code (ISO 32000-1, 9.7.5.3), another which text is read.
Soft hyphens get such a code, too. WeasyPrint paints glyph 0 for all of these codes; here each has
the glyph that was noted for it.

A glyph that is part of a letter, as in Hindi, has a code without any text, which PDF readers take
for a fault. Here it is read as a word joiner.
"""

from __future__ import annotations

import re
from typing import Any

from ..objects import object_of

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_WORD_JOINER = "\N{WORD JOINER}"  # invisible, and no word boundary
_CODE = re.compile(rb"<([0-9a-f]{4})> 0$")


def paint(font: Any, code: int, glyph: int) -> None:
    """Note which glyph is painted for a code, in an attribute that WeasyPrint's fonts lack."""
    if not hasattr(font, "painted"):
        font.painted = {}
    font.painted[code] = glyph


def with_codes(build: Any) -> Any:
    def build_fonts_dictionary(pdf: Any, fonts: Any, *values: Any) -> Any:
        for font in fonts.values():
            texts = font.to_unicode.items()
            font.to_unicode = {code: text or _WORD_JOINER for code, text in texts}
        written = build(pdf, fonts, *values)
        for font in fonts.values():
            if hasattr(font, "painted"):
                dictionary = object_of(pdf, written[font.hash])
                encoding = object_of(pdf, dictionary["Encoding"]).stream
                encoding[:] = [_encoded(line, font.painted) for line in encoding]
        return written

    return build_fonts_dictionary


def _encoded(line: bytes, painted: dict[int, int]) -> bytes:
    found = _CODE.match(line)
    glyph = painted.get(int(found[1], 16)) if found else None
    return line if found is None or glyph is None else b"<%s> %d" % (found[1], glyph)
