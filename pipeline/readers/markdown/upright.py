"""Photos that a camera took on its side, turned as their EXIF data say.

Browsers turn such a photo, Word and LibreOffice do not. Turned here, all outputs show the same.
"""

from __future__ import annotations

from io import BytesIO

from PIL import ExifTags, Image, ImageOps

from .reading import BadImage

_QUALITY = 95
_ON_ITS_SIDE = 5  # the first orientation in which width is height (Exif 3.0, 4.6.4)


def upright(content: bytes) -> bytes:
    """Return a picture with its pixels turned, as JPEG or PNG as it was, without EXIF data.

    Raises `BadImage` for a picture that cannot be decoded.
    """
    turned = BytesIO()
    try:
        with Image.open(BytesIO(content)) as picture:
            kind, profile = picture.format, picture.info.get("icc_profile")
            density = picture.info.get("dpi")
            if density and picture.getexif()[ExifTags.Base.Orientation] >= _ON_ITS_SIDE:
                density = density[::-1]
            ImageOps.exif_transpose(picture).save(
                turned, kind, quality=_QUALITY, exif=Image.Exif(), icc_profile=profile, dpi=density
            )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadImage("is damaged, or cut off") from error
    return turned.getvalue()
