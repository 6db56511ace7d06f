"""The characters of a page as pdfium counts them."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

_UNKNOWN = "\ufffd"  # a character that the font has no text for


def characters_of(textpage: Any) -> str:
    """Return the text of a page with one character for each index of pdfium."""
    count = raw.FPDFText_CountChars(textpage.raw)
    if count <= 0:
        return ""
    units = (ctypes.c_ushort * (count + 1))()
    length = raw.FPDFText_GetText(textpage.raw, 0, count, units)
    text = bytes(units)[: 2 * (length - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # A character that pdfium knows no text for takes an index, but no place in the text.
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(
        chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else _UNKNOWN for code in codes
    )
