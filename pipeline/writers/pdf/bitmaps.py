"""Convert bitmaps so that all PDF readers show them alike: eight bits, sRGB, upright.

WeasyPrint 70.0 says of every picture in colour that it is DeviceRGB, whatever profile it has; it
writes 16 bits of grey as if they were 8, turns photographs at a loss, and goes on with half a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageChops, ImageCms
from PIL import ImageFile as Decoder

from ...model import ImageFile, LostImageError

_QUALITY = 95  # of a JPEG that is written again


def plain_bitmaps(images: Iterable[ImageFile], *, keep_inks: bool = False) -> tuple[ImageFile, ...]:
    """Return the images of a brief, changed where necessary. Raises `LostImageError`.

    `keep_inks`: a CMYK picture stays as its author made it, for the press.
    """
    return tuple(
        image if image.media_type == "image/svg+xml" else _plain(image, keep_inks)
        for image in images
    )


def _plain(image: ImageFile, keep_inks: bool) -> ImageFile:
    try:
        with Image.open(BytesIO(image.content)) as picture:
            _load(picture)
            changed = _changed(picture, keep_inks)
            if changed is picture:
                return image
            kind = "PNG" if image.media_type == "image/png" else "JPEG"
            content = BytesIO()
            changed.save(content, kind, quality=_QUALITY, exif=Image.Exif())
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LostImageError(image.src, "is damaged, or cut off") from error
    return replace(image, content=content.getvalue())


def _load(picture: Image.Image) -> None:
    """Read all pixels. Raises `OSError` for a truncated file, which WeasyPrint would accept."""
    allowed, Decoder.LOAD_TRUNCATED_IMAGES = Decoder.LOAD_TRUNCATED_IMAGES, False
    try:
        picture.load()
    finally:
        Decoder.LOAD_TRUNCATED_IMAGES = allowed


def _changed(picture: Image.Image, keep_inks: bool) -> Image.Image:
    """Return the picture itself where there is nothing to change."""
    found = picture
    if found.mode.startswith(("I", "F")):
        found = found.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    elif found.mode == "CMYK" and not keep_inks:
        found = _in_srgb(found, "RGB") or found.convert("RGB")
    elif found.mode == "1" or _is_grey(found):
        found = found.convert("L")
    elif found.mode in ("RGB", "RGBA", "P"):
        found = _in_srgb(found, "RGBA" if _has_alpha(found) else "RGB") or found
    return found


def _is_grey(picture: Image.Image) -> bool:
    """Whether a colour picture has only greys: it is printed in black ink alone."""
    if picture.format != "PNG" or picture.mode not in ("RGB", "P") or _has_alpha(picture):
        return False
    red, green, blue = picture.convert("RGB").split()
    differ = (ImageChops.difference(red, other).getbbox() for other in (green, blue))
    return not any(differ)


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode == "RGBA" or "transparency" in picture.info


def _in_srgb(picture: Image.Image, mode: str) -> Any:
    """Return a picture in sRGB, or None if it has no profile or that of sRGB."""
    content = picture.info.get("icc_profile")
    if not content:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(content))
        if "srgb" in ImageCms.getProfileDescription(profile).lower():
            return None
        into = ImageCms.createProfile("sRGB")
        source = picture if picture.mode == "CMYK" else picture.convert(mode)
        found = ImageCms.profileToProfile(source, profile, into, outputMode=mode)
    except (OSError, ImageCms.PyCMSError):  # a damaged profile, or one for another colour mode
        return None
    assert found is not None
    found.info.pop("icc_profile", None)
    return found
