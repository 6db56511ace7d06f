"""A hyphen that breaks a word at the end of a line is painted as if it were typed.

A reader of the text finds "reflec- tive". Here it is a soft hyphen (ISO 32000-1, 14.8.2.2.3); a
typed hyphen at the end of a line stays one.
"""

from __future__ import annotations

import re
from typing import Any

from .glyph_codes import SOFT_HYPHEN, paint

_LAST_CODE = re.compile(rb"([0-9a-f]{4})>(?=[^<>]*\] TJ$)")


def note_hyphen(layout: Any, text: str, ends: Any, hyphenated: bool) -> None:
    layout.hyphenated = hyphenated


def soften(stream: Any, textbox: Any, painted: list[Any], before: Any) -> list[Any]:
    """Give the last glyph of a hyphenated line a code that is read as a soft hyphen."""
    last = stream._current_font[0]
    font = next(font for font in stream._fonts.values() if font.hash == last)
    if not getattr(textbox.pango_layout, "hyphenated", False) or font.bitmap:
        return painted

    def soft(found: re.Match[bytes]) -> bytes:
        code = font.get_unused_glyph_id(ord(SOFT_HYPHEN))
        font.to_unicode[code] = SOFT_HYPHEN
        paint(font, code, int(found[1], 16))
        return b"%04x>" % code

    return [*painted[:-1], _LAST_CODE.sub(soft, painted[-1])]
