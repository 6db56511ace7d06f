"""Colours: CSS hex colours, and how well one stands out from another (WCAG 2.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

Rgb = tuple[float, float, float]  # red, green and blue of sRGB, each from 0 to 1

WHITE = "#ffffff"
_HEX = re.compile("#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def hex_digits(colour: str) -> str:
    """Return the six digits of a CSS hex colour (CSS Color 4, 5.2): "#abc" → "AABBCC".

    Raises ValueError for anything else.
    """
    if not _HEX.fullmatch(colour):
        raise ValueError(f"`{colour}` is not a hex colour")
    digits = colour[1:].upper()
    return digits if len(digits) == 6 else "".join(2 * digit for digit in digits)


def rgb_of_hex(colour: str) -> Rgb:
    """Return red, green and blue of a CSS hex colour. Raises ValueError for anything else."""
    red, green, blue = (level / 255 for level in bytes.fromhex(hex_digits(colour)))
    return red, green, blue


def luminance(rgb: Sequence[float]) -> float:
    """Return the relative luminance of an sRGB colour, from 0 to 1 (WCAG 2.2, definitions)."""
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast ratio of two sRGB colours, from 1 to 21 (WCAG 2.2, definitions)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
