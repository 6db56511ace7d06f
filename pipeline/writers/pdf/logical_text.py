"""The text of a box in the order of reading, where the order of painting is another one.

Glyphs are painted from the left to the right. Of a script from right to left, and of one whose
vowels stand before the consonant that they follow, a reader of the tags would get letters in the
wrong order (ISO 32000-1, 14.8.2.3.3); `ActualText` (14.9.4) gives it the right one. So it does for
brackets: from right to left, the glyph of one stands for the other, in all of the file.
"""

from __future__ import annotations

import re
from typing import Any

from weasyprint.formatting_structure import boxes

from ...direction import FROM_RIGHT, has_letters_from_right
from .weasyprint_fixes.glyph_codes import SOFT_HYPHEN

# Scripts of India, Tibet, and South East Asia, whose signs join and change their places.
_JOINING = "\u0900-\u0eff\u0f00-\u109f\u1700-\u17ff\u1900-\u1aaf\u1b00-\u1c4f\ua980-\uaadf"
_OTHER_ORDER = re.compile(f"[{FROM_RIGHT}{_JOINING}]")
_PAIRED = re.compile(r"[()\[\]{}<>«»‹›]")


def has_turned_text(pages: list[Any]) -> bool:
    """Say whether anything on the pages runs from right to left."""
    found = (box for page in pages for box in page._page_box.descendants())
    return any(isinstance(b, boxes.TextBox) and has_letters_from_right(b.text) for b in found)


def logical_text(box: Any, turned: bool) -> str:
    """Return the text of a box as written, with the space or hyphen that ends its line; "" if it is
    painted in that order. `turned`: there is text from right to left in the file."""
    if not isinstance(box, boxes.TextBox):
        return ""
    text: str = box.text
    layout = box.pango_layout
    if box.style["direction"] == "rtl":
        if layout.text == f"{text} ":
            return f"{text} "  # it hangs over the edge of the line
    elif not (_OTHER_ORDER.search(text) or (turned and _PAIRED.search(text))):
        return ""
    if getattr(layout, "hyphenated", False):
        return text[:-1] + SOFT_HYPHEN
    return f"{text} " if getattr(layout, "at_blank", False) else text
