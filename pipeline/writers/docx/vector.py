"""An SVG as a bitmap, for programs that do not draw the SVG beside it.

resvg draws it: in one library and in the fonts of the system, with the house's for what the
picture leaves open.
"""

from __future__ import annotations

from functools import lru_cache

from ...model import ImageFile, LostImageError
from ...styles import House

_PIXELS = 192 / 96  # bitmap pixels per CSS pixel
_DPI = 96  # of pt, mm and other units in the picture (CSS Values 4, 6.2)
_LONGEST = 4000  # pixels: a picture of a page's width at 600 dpi


def bitmap_of(image: ImageFile, house: House) -> bytes:
    """Return a PNG of an SVG. Nothing is fetched: readers refuse pictures that would.

    Raises `LostImageError`.
    """
    longest = max(image.width, image.height, 1)
    width = max(round(image.width * min(_PIXELS, _LONGEST / longest)), 1)
    try:
        return _drawn(image.content, width, house.fonts["body"].family, house.fonts["code"].family)
    except ValueError as error:
        raise LostImageError(image.src, f"cannot be drawn: {error}") from error


@lru_cache(maxsize=64)
def _drawn(content: bytes, width: int, body: str, code: str) -> bytes:
    """Draw a picture `width` pixels wide. Raises `ValueError`."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(
        _text(content),
        width=width,
        dpi=_DPI,
        font_family=body,
        sans_serif_family=body,
        serif_family=body,
        monospace_family=code,
    )


def _text(content: bytes) -> str:
    """Return an SVG as text, whatever its encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from lxml import etree

        return str(etree.tostring(etree.fromstring(content), encoding="unicode"))
