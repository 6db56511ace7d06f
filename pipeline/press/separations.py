"""What a press file prints, drawn plate by plate: how much ink, and how it looks on its paper."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageChops, ImageCms, ImageStat

from ..writers.press import Profile
from ..writers.press.plates import plates

DOTS = 150  # per inch, of a page as it is drawn here
_SPOT = round(DOTS / 25.4)  # dots of a millimetre


class Inking(Struct, frozen=True):
    """The ink on one page, within its trim.

    `coverage` has the mean of each of `INKS` from 0 to 1; `most` is the most ink on any square
    millimetre, all plates added up: 4.0 would be full ink of all four.
    """

    coverage: tuple[float, ...]
    most: float


def separated(press: bytes) -> list[Image.Image]:
    """Return each page of a press file, cut at its trim, as a picture in four inks."""
    documents = [pypdfium2.PdfDocument(plate) for plate in plates(press)]
    return [
        Image.merge("CMYK", [_drawn(document[number]) for document in documents])
        for number in range(len(documents[0]))
    ]


def inking(page: Image.Image) -> Inking:
    """Return how much ink a page has."""
    coverage = tuple(mean / 255 for mean in ImageStat.Stat(page).mean)
    spots = page.reduce(_SPOT)
    sums = map(sum, zip(*(plate.tobytes() for plate in spots.split()), strict=True))
    return Inking(coverage, max(sums) / 255)


def soft_proof(pages: Sequence[Image.Image], profile: Profile) -> list[bytes]:
    """Return PNG files that show on a screen how each page looks on the paper of a profile."""
    on_screen: Any = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile.content)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
    )
    return [_png(ImageCms.applyTransform(page, on_screen)) for page in pages]


def _drawn(page: Any) -> Image.Image:
    """Return the ink of one plate of a page, 255 where it is full."""
    left, bottom, right, top = page.get_trimbox()
    width, height = page.get_size()
    drawn = page.render(
        scale=DOTS / 72, grayscale=True, crop=(left, bottom, width - right, height - top)
    )
    return ImageChops.invert(drawn.to_pil().convert("L"))


def _png(picture: Any) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG", dpi=(DOTS, DOTS))
    return written.getvalue()
