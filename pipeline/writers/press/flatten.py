"""Pages without transparency, as PDF/X-1a requires.

An opaque group looks the same without being a group, and a picture with transparent parts is put
on white. Anything half transparent stays so, and preflight refuses it.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from PIL import Image


def flatten(pdf: pikepdf.Pdf) -> None:
    """Remove transparency from a PDF in RGB, in place."""
    streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
    for found in streams:
        if found.get("/Subtype") == "/Form" and "/Group" in found:
            del found["/Group"]
        elif found.get("/Subtype") == "/Image" and "/SMask" in found:
            _lay_on_white(found)


def _lay_on_white(image: Any) -> None:
    picture = pikepdf.PdfImage(image).as_pil_image(apply_mask=False).convert("RGB")
    mask = pikepdf.PdfImage(image.SMask).as_pil_image().convert("L").resize(picture.size)
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=mask)
    for name in ("/SMask", "/DecodeParms", "/Decode"):
        if name in image:
            del image[name]
    image.write(white.tobytes())
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
