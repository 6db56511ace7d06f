"""Colours as inks: RGB into CMYK by the profile of a printing condition, or into grey."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from io import BytesIO
from typing import Any, Protocol

from msgspec import Struct
from PIL import Image, ImageCms

from ...colours import luminance, rgb_of_hex

Colour = tuple[float, ...]  # components from 0 to 1
BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
_GREY = 3.5 / 255  # RGB components that differ by less are a grey


class Profile(Struct, frozen=True):
    """A printing condition: its ICC profile and its name.

    `registered` says whether the name is in the ICC's registry of characterisation data.
    """

    content: bytes
    condition: str  # "FOGRA39"
    description: str
    registered: bool = False


class Inks(Protocol):
    """Converts colours of the screen into colours on paper."""

    @property
    def space(self) -> str:
        """The name of the device colour space."""

    @property
    def operators(self) -> tuple[str, str]:
        """The operators that set the colour of fills and of strokes in that space."""

    @property
    def kept(self) -> tuple[str, ...]:
        """The colour spaces of images that need no conversion."""

    def solid(self, rgb: Colour) -> Colour: ...

    def ink(self, cmyk: Colour) -> Colour:
        """Convert a colour that is in inks already."""

    def image(self, picture: Image.Image) -> bytes: ...


class Cmyk:
    """Four inks. Greys use black alone, so that misregistration cannot blur small text."""

    space = "/DeviceCMYK"
    operators = ("k", "K")
    kept = ("/DeviceGray", "/DeviceCMYK")  # grey is black ink, and CMYK the author's choice

    def __init__(self, profile: Profile, declared: Mapping[str, Colour]) -> None:
        """`declared` are inks by CSS hex colour, from the house style."""
        self._profile = ImageCms.ImageCmsProfile(BytesIO(profile.content))
        self._declared = {_levels(rgb_of_hex(name)): inks for name, inks in declared.items()}

    def solid(self, rgb: Colour) -> Colour:
        levels = _levels(rgb)
        if levels in self._declared:
            return self._declared[levels]
        if max(rgb) - min(rgb) < _GREY:
            return (0.0, 0.0, 0.0, self._black(_lightness(rgb)))
        pixel = self.image(Image.new("RGB", (1, 1), levels))
        return tuple(round(value / 255, 3) for value in pixel)

    def ink(self, cmyk: Colour) -> Colour:
        return cmyk

    def image(self, picture: Image.Image) -> bytes:
        """Return the pixels of a picture, four bytes each."""
        converted = ImageCms.applyTransform(picture.convert("RGB"), self._transform)
        assert converted is not None
        return converted.tobytes()

    @cached_property
    def _transform(self) -> Any:
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            self._profile,
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

    @cached_property
    def _ramp(self) -> list[int]:
        """The darkness of each amount of black alone, from paper to full ink (0 to 255)."""
        ramp = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, k)) for k in range(256)))
        transform = ImageCms.buildTransform(
            self._profile,
            ImageCms.createProfile("LAB"),
            "CMYK",
            "LAB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        found = ImageCms.applyTransform(ramp, transform)
        assert found is not None
        return [255 - value for value in found.tobytes()[::3]]

    def _black(self, lightness: float) -> float:
        """Return the black ink that looks like a grey, between paper white and the ink's black."""
        wanted = self._ramp[0] + (1 - lightness) * (self._ramp[-1] - self._ramp[0])
        return round(bisect_left(self._ramp, round(wanted, 6), hi=255) / 255, 3)


class Grey:
    """Only black ink, or toner."""

    space = "/DeviceGray"
    operators = ("g", "G")
    kept = ("/DeviceGray",)

    def solid(self, rgb: Colour) -> Colour:
        return (round(0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2], 3),)

    def ink(self, cmyk: Colour) -> Colour:
        cyan, magenta, yellow, black = cmyk
        darkness = 0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black  # ISO 32000-1, 10.3.4
        return (round(1 - min(1.0, darkness), 3),)

    def image(self, picture: Image.Image) -> bytes:
        return picture.convert("L").tobytes()


def _levels(rgb: Colour) -> tuple[int, ...]:
    return tuple(round(255 * min(1.0, max(0.0, value))) for value in rgb)


_D50 = (0.9642, 1.0, 0.8249)
_TO_RGB = (  # from XYZ by D50: the inverse of the matrix of sRGB's ICC profile
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)


def rgb_of_lab(lab: Sequence[float]) -> Colour:
    """Return a colour of CIE 1976 L*a*b* (D50) in sRGB, clipped to its gamut."""
    y = (lab[0] + 16) / 116
    ratios = (y + lab[1] / 500, y, y - lab[2] / 200)
    xyz = [
        white * (ratio**3 if ratio > 6 / 29 else (ratio - 4 / 29) * 108 / 841)
        for white, ratio in zip(_D50, ratios, strict=True)
    ]
    linear = (sum(a * b for a, b in zip(row, xyz, strict=True)) for row in _TO_RGB)
    clipped = (min(1.0, max(0.0, value)) for value in linear)
    return tuple(v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in clipped)


def _lightness(rgb: Colour) -> float:
    """Return L* of an sRGB colour, from 0 to 1 (CIE 15)."""
    light = luminance(rgb)
    if light <= 216 / 24389:
        return light * 24389 / 2700
    return float(1.16 * light ** (1 / 3) - 0.16)
