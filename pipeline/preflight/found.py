"""What the pages of a PDF paint, before any rule judges it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class TooMuchError(Exception):
    """A page has far more operators than a page that is meant to be printed."""


class PlacedImage(Struct, frozen=True):
    place: str
    name: str  # in its resources
    space: str
    resolution: float | None  # dots per inch; None for a mask
    ink: float  # the most on one spot: 4.0 is four inks in full
    spot: str  # where that is: "40 mm from the left, 90 mm from the top"


class Painting(Struct):
    """What was found, with the places ("page 2: form /x3") where it is first on each page."""

    spaces: dict[str, list[str]] = field(default_factory=dict)
    blended: dict[str, list[str]] = field(default_factory=dict)  # the spaces of groups
    images: list[PlacedImage] = field(default_factory=list)
    transparency: list[str] = field(default_factory=list)
    knocked_out: list[str] = field(default_factory=list)  # black text without overprint
    black_texts: int = 0
    vanishing: list[str] = field(default_factory=list)  # white text that overprints
    small_texts: dict[tuple[str, int], float] = field(default_factory=dict)  # points, by inks
    thin_lines: dict[str, float] = field(default_factory=dict)  # points
    inks: dict[str, float] = field(default_factory=dict)  # the most in one colour, by place
    marks: list[tuple[int, float, float]] = field(default_factory=list)  # of registration colour
    fonts: dict[tuple[int, int] | int, tuple[Any, str]] = field(default_factory=dict)
