"""Characters that no font of a PDF can draw, so that a reader sees an empty box.

Each one has a code of its own, which is not the number of the glyph that is painted in its place
(ISO 32000-1, 9.7.5.3). What the codes stand for is in the font's table for copying text. Soft
hyphens have such a code, too: they are painted as hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from ...diagnostics import Diagnostic, Span
from ...text import is_wide

_TO_GLYPH = re.compile(rb"<([0-9a-fA-F]{4})>\s+([0-9]+)\s")
_TO_TEXT = re.compile(rb"<([0-9a-fA-F]{4})>\s+<([0-9a-fA-F]+)>")
# Fonts by the first word of a character's Unicode name.
_FONTS = {
    "ARABIC": "Noto Sans Arabic (Debian: fonts-noto-core)",
    "HEBREW": "Noto Sans Hebrew (Debian: fonts-noto-core)",
    "CJK": "Noto Sans CJK (Debian: fonts-noto-cjk)",
}
_MOST_SHOWN = 20  # characters
_MOST_BOXES = 0.1  # of the characters of a brief
_ANY_FONT = "a Noto font of its script (Debian: fonts-noto)"


def missing_glyphs(
    content: bytes, path: str, source: str = "", shown: str = ""
) -> list[Diagnostic]:
    """Return one finding for all characters without a glyph that one font would draw.

    `source` is the text of the brief, at the path `shown`, where the first of them is looked for.
    """
    by_font: dict[str, list[str]] = {}
    for character in dict.fromkeys(_without_glyph(content)):
        wide = is_wide(character)
        script = "CJK" if wide else unicodedata.name(character, "").partition(" ")[0]
        by_font.setdefault(_FONTS.get(script, _ANY_FONT), []).append(character)
    found = []
    for font, characters in by_font.items():
        places = [index for c in characters if (index := source.find(c)) >= 0]
        span = Span.of_file(path)
        if places:
            before = source[: min(places)]
            column = len(before) - (before.rfind("\n") + 1) + 1
            span = Span.on_line(shown, before.count("\n") + 1, column, 1)
        label = ""
        if len(characters) == 1:
            name = unicodedata.name(characters[0], "")
            label = f" (U+{ord(characters[0]):04X}{name and f' {name}'})"
        words = "".join(characters[:_MOST_SHOWN]) + ("…" if len(characters) > _MOST_SHOWN else "")
        message = f"no font of this machine can draw “{words}”{label} in the PDF"
        hint = f"install {font}, or write it otherwise"
        found.append(Diagnostic("missing-glyph", message, span, hint))
    return found


def is_unreadable(content: bytes, source: str) -> bool:
    """Say whether boxes stand in place of so much of a brief that nobody could read it."""
    missing = frozenset(_without_glyph(content))
    signs = [sign for sign in source if not sign.isspace()]
    return sum(sign in missing for sign in signs) > _MOST_BOXES * len(signs)


def _without_glyph(content: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                yield from _unmapped(item)


def _unmapped(font: Any) -> Iterator[str]:
    encoding, texts = font.get("/Encoding"), font.get("/ToUnicode")
    if not isinstance(encoding, pikepdf.Stream) or not isinstance(texts, pikepdf.Stream):
        return
    glyphs = {code.lower(): int(glyph) for code, glyph in _TO_GLYPH.findall(encoding.read_bytes())}
    for code, text in _TO_TEXT.findall(texts.read_bytes()):
        if glyphs.get(code.lower(), int(code, 16)) != int(code, 16):
            found = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
            yield from found.replace("\N{SOFT HYPHEN}", "")
