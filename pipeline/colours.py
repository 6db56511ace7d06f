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


def hex_of_rgb(rgb: Sequence[float]) -> str:
    """Return a CSS hex colour: (1.0, 1.0, 1.0) → "#ffffff"."""
    return "#" + "".join(f"{round(level * 255):02x}" for level in rgb)


def mixed(one: Sequence[float], other: Sequence[float], share: float) -> Rgb:
    """Return a colour with this share of another, from 0 to 1."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def lightened(rgb: Sequence[float], ground: Sequence[float], least: float) -> Rgb:
    """Return the colour, mixed with so much white that its contrast with a ground is the least."""
    steps = (mixed(rgb, (1.0, 1.0, 1.0), step / 20) for step in range(20))
    return next((found for found in steps if contrast(found, ground) >= least), (1.0, 1.0, 1.0))
