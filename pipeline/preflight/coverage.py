"""How much ink there is on one spot, all plates added up: 1.0 is one plate in full.

Ink beyond what the paper takes does not dry. The limit follows from the output profile, whose
darkest colours keep to the limit of its paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, ImageCms

from .spaces import get

USUAL = 3.0  # offset on coated paper
MOST_PIXELS = 120_000_000
_MOST_BLOCKS = 250_000
_STEPS = 11  # of red, green and blue, when searching for the most ink of a profile
_INTENTS = (ImageCms.Intent.PERCEPTUAL, ImageCms.Intent.RELATIVE_COLORIMETRIC)


def limit(profile: bytes) -> float:
    """Return the most ink that a profile uses for any colour, rounded up to 5 %.

    Returns `USUAL` for a profile without a table from colours to four inks.
    """
    levels = [round(255 * step / (_STEPS - 1)) for step in range(_STEPS)]
    colours = bytes(v for r in levels for g in levels for b in levels for v in (r, g, b))
    picture = Image.frombytes("RGB", (_STEPS**2, _STEPS), colours)
    most = 0
    try:
        printer = ImageCms.ImageCmsProfile(BytesIO(profile))
        for intent in _INTENTS:
            way = ImageCms.buildTransform(
                ImageCms.createProfile("sRGB"), printer, "RGB", "CMYK", intent
            )
            inked = ImageCms.applyTransform(picture, way)
            most = max(most, *_sums(inked)) if inked else most
    except (OSError, ValueError, ImageCms.PyCMSError):
        return USUAL
    return math.ceil(round(most / 2.55, 1) / 5) / 20


def of_image(image: Any, dots: float) -> tuple[float, tuple[float, float]]:
    """Return the most ink in one square millimetre of a picture in four inks, and where that is.

    `dots` are its dots per inch on paper. The place is given from the upper left corner, as
    fractions of width and height. Raises `ValueError` for a picture that is too large.
    """
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if width * height > MOST_PIXELS:
        raise ValueError(f"it has {width * height // 1_000_000} million dots")
    picture = pikepdf.PdfImage(image).as_pil_image(apply_mask=False)
    if picture.mode != "CMYK":
        raise ValueError(f"its dots are {picture.mode}, not CMYK")
    block = max(1, round(dots / 25.4), math.ceil(math.sqrt(width * height / _MOST_BLOCKS)))
    blocks = picture.reduce(block) if block > 1 else picture
    sums = list(_sums(blocks))
    most = max(sums)
    row, column = divmod(sums.index(most), blocks.width)
    return most / 255, ((column + 0.5) / blocks.width, (row + 0.5) / blocks.height)


def of_function(function: Any, depth: int = 0) -> float:
    """Return the most ink of the colours between which the function of a shading interpolates."""
    if isinstance(function, pikepdf.Array) or depth > 8:  # one for each ink, or nonsense
        return 0.0
    ends = [get(function, "/C0"), get(function, "/C1")]
    most = [
        sum(map(float, end)) for end in ends if isinstance(end, pikepdf.Array) and len(end) == 4
    ]
    parts = get(function, "/Functions")
    if isinstance(parts, pikepdf.Array):
        most += [of_function(part, depth + 1) for part in parts]
    return max(most, default=0.0)


def _sums(picture: Image.Image) -> Iterator[int]:
    inks = picture.tobytes()
    return map(sum, zip(inks[::4], inks[1::4], inks[2::4], inks[3::4], strict=True))
