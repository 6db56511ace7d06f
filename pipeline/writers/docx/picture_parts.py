"""The parts that hold pictures, of the text and of the house."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from ...model import ImageFile
from ...styles import House
from ...xml import Element
from .package import add_part
from .paper import EMU_PER_TWIP, twips
from .pictures import embedded
from .vector import bitmap_of

_ENDINGS = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}


def add_picture(part: Any, identity: str, image: ImageFile, bitmap: bool, house: House) -> None:
    """Add a picture, or the bitmap of a drawing. The suffix of its `src` cannot be trusted."""
    drawn = bitmap and image.media_type == "image/svg+xml"
    media_type = "image/png" if drawn else image.media_type
    content = bitmap_of(image, house) if drawn else image.content
    name = f"/word/media/image%d.{_ENDINGS[media_type]}"
    add_part(part, RT.IMAGE, name, media_type, content, identity)


def logo_run(
    part: Any, logo: ImageFile, identity: int, house: House, height: float, widest: int
) -> Element:
    """Return the logo of a house as a run of a header, to which its parts are added.

    It is `height` millimetres high, unless it were wider than `widest` (twips).
    """
    ratio = logo.height / logo.width
    width = min(twips(height) / ratio, widest) * EMU_PER_TWIP
    vector = "rIdLogoVector" if logo.media_type == "image/svg+xml" else ""
    add_picture(part, "rIdLogo", logo, True, house)
    if vector:
        add_picture(part, vector, logo, False, house)
    size = round(width), round(width * ratio)
    return embedded(house.logo.alt or house.name, identity, size, "rIdLogo", vector)
