"""The plates of a press file: what each of its four inks prints, as a PDF in greys.

In: the bytes of a press file. Out: four PDFs, of cyan, magenta, yellow and black, in which black is
full ink and white is paper. Black text that overprints leaves the other plates as they are.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, ImageChops

from .inks import Colour
from .recolour import recolour
from .saving import save

INKS = ("cyan", "magenta", "yellow", "black")
_BLACK = INKS.index("black")


def plates(press: bytes) -> tuple[bytes, ...]:
    """Return a PDF in DeviceGray for each of `INKS`."""
    return tuple(_plate(press, index) for index in range(len(INKS)))


class _Plate:
    """One ink of the four. Greys are black ink."""

    space = "/DeviceGray"
    operators = ("g", "G")
    kept = ()

    def __init__(self, index: int) -> None:
        self._index = index

    def solid(self, rgb: Colour) -> Colour:
        return (rgb[0] if self._index == _BLACK else 1.0,)

    def ink(self, cmyk: Colour) -> Colour:
        return (round(1 - cmyk[self._index], 3),)

    def image(self, picture: Image.Image) -> bytes:
        if picture.mode == "CMYK":
            return ImageChops.invert(picture.getchannel(self._index)).tobytes()
        if self._index == _BLACK:
            return picture.convert("L").tobytes()
        return Image.new("L", picture.size, 255).tobytes()


def _plate(press: bytes, index: int) -> bytes:
    with pikepdf.open(BytesIO(press)) as pdf:
        recolour(pdf, _Plate(index))
        if index != _BLACK:
            for found in pdf.objects:
                _leave_what_is_below(found)
        return save(pdf, pdf.pdf_version)


def _leave_what_is_below(found: Any) -> None:
    """Make what overprints invisible on this plate: it is black ink alone."""
    if isinstance(found, pikepdf.Dictionary) and "/OPM" in found:
        found.ca = 0 if found.op else 1
