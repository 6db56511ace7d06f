"""Bitmaps that are neither PNG nor JPEG, as PNG: not all outputs show the others."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from ...model import MOST_PIXELS
from .reading import BadImage

_FORMATS = ("GIF", "WEBP", "TIFF", "BMP", "PNG", "JPEG")
_NO_DENSITY = 20  # dots per inch: programs write 0 or 1 for a density that nobody stated
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")  # of a PNG


def as_png(content: bytes) -> tuple[bytes, int]:
    """Return the first picture of a file as PNG, upright, and how many the file has.

    Raises `BadImage` for one that cannot be decoded.
    """
    out = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as file:
            if file.width * file.height > MOST_PIXELS:
                millions = file.width * file.height // 1_000_000
                raise BadImage(f"has {millions} million pixels, more than any page")
            count = getattr(file, "n_frames", 1)
            file.seek(0)
            picture = ImageOps.exif_transpose(file)
            if picture.mode not in _MODES:
                picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
            density = file.info.get("dpi")
            picture.save(
                out, "PNG", dpi=density if density and min(density) > _NO_DENSITY else None
            )
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError) as error:
        raise BadImage("is damaged, or cut off") from error
    return out.getvalue(), count
