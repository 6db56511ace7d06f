"""The fonts of a house inside the Word file (17.8.1): obfuscated, so that none is a file to take.

Only fonts that may be edited with the text are embedded, and only where no font that readers have
stands for them. Word embeds TrueType outlines alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from ...ooxml import qualified
from ...styles import FontFace, House
from ...xml import Element
from .package import add_part, parsed
from .schema import insert

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_HIDDEN = 32  # bytes at the start, which are combined with the key
_BOLD = 600  # the least weight of a bold font


def embed_fonts(table: Any, house: House, faces: Iterable[FontFace]) -> bool:
    """Add fonts to the part with the font table; say whether there are any."""
    named = {font.family for font in house.fonts.values() if not font.stands_for}
    added: set[tuple[str, str]] = set()
    for face in faces:
        slot = _slot(face)
        if face.family not in named or not (face.may_be_edited and face.is_truetype):
            continue
        if (face.family, slot) not in added:
            added.add((face.family, slot))
            _embed(table, face, slot, f"rIdFont{len(added)}")
    return bool(added)


def _slot(face: FontFace) -> str:
    return {
        (False, False): "Regular",
        (True, False): "Bold",
        (False, True): "Italic",
        (True, True): "BoldItalic",
    }[face.weight >= _BOLD, face.italic]


def _embed(table: Any, face: FontFace, slot: str, identity: str) -> None:
    digits = hashlib.sha256(face.content).hexdigest()[:32].upper()
    cuts = (0, 8, 12, 16, 20, 32)
    key = "-".join(digits[start:end] for start, end in pairwise(cuts))
    content = _obfuscated(face.content, bytes.fromhex(digits))
    add_part(table, _KIND, "/word/fonts/font%d.odttf", _TYPE, content, identity)
    for font in table.element.iterchildren():
        if font.get(qualified("w:name")) == face.family:
            attributes = {"r:id": identity, "w:fontKey": f"{{{key}}}"}
            insert(font, parsed(Element(f"w:embed{slot}", attributes), "w", "r"))


def _obfuscated(content: bytes, key: bytes) -> bytes:
    start = bytes(byte ^ key[15 - i % 16] for i, byte in enumerate(content[:_HIDDEN]))
    return start + content[_HIDDEN:]
