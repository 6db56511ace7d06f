"""The font files that a house style brings: read, and judged before anything is written with them.

Only plain TrueType and OpenType files are taken, because Word and the drawing of charts can use
nothing else; the web page gets them smaller.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from io import BytesIO
from typing import Any

from msgspec import Struct

# What a brief in a Latin script needs: letters, digits, and the signs of our typography.
# A no-break space is drawn as a space where a font has none.
_NEEDED = frozenset([*map(chr, range(0x20, 0x7F)), *"§°·–—‘’“”…‹›«»€£×"])
# OS/2 fsType (OpenType 1.9, OS/2): how a font may be embedded.
_RESTRICTED, _EDITABLE, _WHOLE_ONLY, _BITMAPS_ONLY = 0x0002, 0x0008, 0x0100, 0x0200
_SIGNATURES = (b"\0\1\0\0", b"OTTO", b"true")
_ITALIC, _BOLD = 0x01, 0x20  # bits of fsSelection


class BadFont(Exception):
    """Why a font file is refused: words that follow its name."""


class FontFace(Struct, frozen=True):
    """One font file of a house style."""

    family: str
    weight: int  # 400 is regular, 700 bold
    italic: bool
    content: bytes
    is_truetype: bool  # else its outlines are those of PostScript
    may_be_edited: bool  # in files that others change
    may_be_cut: bool  # to the characters that are used


def read_face(content: bytes, family: str) -> FontFace:
    """Return a font of a family. Raises `BadFont`."""
    if not content.startswith(_SIGNATURES):
        raise BadFont("is not a TrueType or OpenType file (.ttf, .otf)")
    try:
        font = _opened(content)
        os2, names = font["OS/2"], font["name"]
        found = names.getDebugName(16) or names.getDebugName(1) or ""
        simple = names.getDebugName(1) or ""
        rights, weight, italic = os2.fsType, os2.usWeightClass, bool(os2.fsSelection & _ITALIC)
        bold, is_variable = bool(os2.fsSelection & _BOLD), "fvar" in font
        characters_of(content)
    except Exception as error:  # fontTools raises whatever a damaged table leads to
        raise BadFont("is damaged, or lacks a table that fonts must have") from error
    if family not in (found, simple):
        raise BadFont(f"is of the family `{found}`, not `{family}`")
    if rights & 0xF == _RESTRICTED or rights & _BITMAPS_ONLY:
        raise BadFont("may not be embedded: its licence says so (fsType)")
    if is_variable:
        raise BadFont("is a variable font: programs differ in how they show it")
    return FontFace(
        family,
        max(weight, 700) if bold else weight,
        italic,
        content,
        not content.startswith(b"OTTO"),
        rights & 0xF in (0, _EDITABLE),
        not rights & _WHOLE_ONLY,
    )


def lacking(face: FontFace, characters: frozenset[str] = _NEEDED) -> str:
    """Return which of these characters a font cannot draw, in order."""
    return "".join(sorted(characters - characters_of(face.content)))


@lru_cache(maxsize=32)
def characters_of(content: bytes) -> frozenset[str]:
    """Return the characters that a font draws."""
    return frozenset(map(chr, _opened(content).getBestCmap() or ()))


@lru_cache(maxsize=64)
def cut(content: bytes, characters: frozenset[str]) -> bytes:
    """Return a font with these characters alone, as WOFF; the same ones give the same bytes."""
    from fontTools.subset import Options, Subsetter

    # It logs each table of font editors that it leaves out.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    font = _opened(content)
    options = Options(flavor="woff", notdef_outline=True)
    options.layout_features = [*options.layout_features, "tnum"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    font.flavor = "woff"
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def _opened(content: bytes) -> Any:
    from fontTools.ttLib import TTFont  # only for houses with fonts of their own

    return TTFont(BytesIO(content), lazy=True, recalcTimestamp=False)
