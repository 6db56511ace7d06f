"""The fonts of a house in a web page: in the page itself, cut to the characters that it may need.

A page is one file that asks for nothing else, so its fonts are data in its style sheet. Whole fonts
would be ten times as large; a font whose licence forbids cutting is whole.
"""

from __future__ import annotations

from msgspec.structs import replace

from ...numbering import NumberedBrief
from ...styles import FontFace, Styles, characters_of, cut
from ...text import data_url
from .style_sheet import font_faces

# Latin letters, and the signs of texts in them: for words of ours, and of other pages.
_LATIN = frozenset(map(chr, (*range(0x20, 0x180), *range(0x2010, 0x2045), 0x20AC, 0x2122, 0x2212)))


def web_fonts(styles: Styles, numbered: NumberedBrief | None = None) -> str:
    """Return the rules for the fonts of a house, with those that a brief needs."""
    if not styles.faces:
        return ""
    characters = _LATIN
    if numbered:
        texts = replace(numbered.brief, images=(), data=()), numbered.bibliography
        characters |= set(repr(texts))

    def address(face: FontFace) -> str:
        if not face.may_be_cut:
            return data_url("font/sfnt", face.content)
        return data_url("font/woff", cut(face.content, characters & characters_of(face.content)))

    return font_faces(styles.faces, address)
