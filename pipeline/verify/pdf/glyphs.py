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

_TO_GLYPH = re.compile(rb"<([0-9a-fA-F]{4})>\s+([0-9]+)\s")
_TO_TEXT = re.compile(rb"<([0-9a-fA-F]{4})>\s+<([0-9a-fA-F]+)>")
# Fonts by the first word of a character's Unicode name.
_FONTS = {
    "ARABIC": "Noto Sans Arabic (Debian: fonts-noto-core)",
    "HEBREW": "Noto Sans Hebrew (Debian: fonts-noto-core)",
    "CJK": "Noto Sans CJK (Debian: fonts-noto-cjk)",
    "HIRAGANA": "Noto Sans CJK (Debian: fonts-noto-cjk)",
    "KATAKANA": "Noto Sans CJK (Debian: fonts-noto-cjk)",
    "HANGUL": "Noto Sans CJK (Debian: fonts-noto-cjk)",
}
_ANY_FONT = "a Noto font of its script (Debian: fonts-noto)"


def missing_glyphs(
    content: bytes, path: str, source: str = "", shown: str = ""
) -> list[Diagnostic]:
    """Return one finding for each character without a glyph.

    `source` is the text of the brief, at the path `shown`, where the character is looked for.
    """
    found = []
    for character in dict.fromkeys(_without_glyph(content)):
        name = unicodedata.name(character, "")
        label = f"U+{ord(character):04X}" + (f" {name}" if name else "")
        hint = f"install {_FONTS.get(name.partition(' ')[0], _ANY_FONT)}, or write it otherwise"
        span, index = Span.of_file(path), source.find(character)
        if index >= 0:
            before = source[:index]
            column = index - (before.rfind("\n") + 1) + 1
            span = Span.on_line(shown, before.count("\n") + 1, column, 1)
        message = f"no font of this machine can draw “{character}” ({label}) in the PDF"
        found.append(Diagnostic("missing-glyph", message, span, hint))
    return found


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
