"""Pictures, inline in the text so that they move with it and are read out where they stand."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ...model import Image, ImageFile
from ...ooxml import NAMESPACES, escape
from .runs import Dress, text_run
from .writing import MARGIN, Writing

_EMU_PER_PIXEL = 9525  # English metric units (20.1.2.1), 914 400 to the inch
_EMU_PER_TWIP = 635
_UNITS = {  # EMU
    "px": 9525,
    "pt": 12700,
    "mm": 36000,
    "cm": 360000,
    "in": 914400,
    "em": 133350,  # of the body text's 10.5 points
    "rem": 133350,
}
_WIDTH = re.compile(r"(\d{1,4}(?:\.\d+)?)(%|px|pt|mm|cm|in|em|rem)")
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # [MS-ODRAWXML] 2.3.1.10


def picture_run(image: Image, writing: Writing, dress: Dress) -> str:
    """Return the run of a picture; for one that a draft lacks, its alt text in red."""
    found = writing.image(image.src)
    if found is None:
        return text_run(f"[{image.alt or image.src}]", replace(dress, style="Unresolved"))
    writing.pictures += 1
    width, height = picture_size(image, found, writing)
    return f"<w:r><w:drawing>{_inline(image, found, writing, width, height)}</w:drawing></w:r>"


def picture_size(image: Image, found: ImageFile, writing: Writing) -> tuple[int, int]:
    """Return width and height in EMU: as the author wished, and never larger than the text."""
    text_width = writing.text_width * _EMU_PER_TWIP
    # Room for a caption of four lines stays below the picture.
    text_height = (writing.page_size[1] - 2 * MARGIN - 1440) * _EMU_PER_TWIP
    natural = max(found.width, 1.0), max(found.height, 1.0)
    wished = natural[0] * _EMU_PER_PIXEL
    if match := _WIDTH.fullmatch(image.width.strip()):
        unit = text_width / 100 if match[2] == "%" else _UNITS[match[2]]
        wished = float(match[1]) * unit
    ratio = natural[1] / natural[0]
    width = max(min(wished, text_width, text_height / ratio), 1.0)
    return round(width), max(round(width * ratio), 1)


def _inline(image: Image, found: ImageFile, writing: Writing, width: int, height: int) -> str:
    """Return `wp:inline` (20.4.2.8); an SVG stands beside a bitmap of it for other programs."""
    identity = writing.pictures
    name = f'id="{identity}" name="Picture {identity}"'
    bitmap = writing.relations.picture(image.src, "image")
    extension = ""
    if found.media_type == "image/svg+xml":
        vector = writing.relations.picture(image.src, "vector")
        extension = (
            f'<a:extLst><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip r:embed="{vector}"/>'
            "</a:ext></a:extLst>"
        )
    return (
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr {name} descr="{escape(image.alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {name} descr="{escape(image.alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{bitmap}">{extension}</a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
