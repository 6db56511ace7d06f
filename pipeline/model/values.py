"""Plain values that nodes of the tree hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Alignment = Literal["left", "center", "right", ""]
Change = Literal["inserted", "deleted"]  # between two editions
ChartKind = Literal["bar", "line", "area", "pie", "scatter"]


# CSS pixels to each unit (CSS Values and Units 4, 6.2); a number alone is in pixels.
_PIXELS: Mapping[str, float] = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
}
_LENGTH = re.compile(
    r"\s*\+?(\d*\.?\d+(?:e[-+]?\d+)?)\s*(px|pt|pc|mm|cm|in|q|rem|em|ex|%)?\s*", re.IGNORECASE
)


class Length(Struct, frozen=True):
    """A length as CSS and SVG have it: 8 "cm", 60 "%" of the room there is."""

    value: float
    unit: str  # in lower case; "" for pixels

    def pixels(self, room: float, font_size: float = 16.0) -> float:
        """Return the length in CSS pixels, where 100 % are `room` and 1 em is `font_size`."""
        match self.unit:
            case "%":
                return self.value / 100 * room
            case "em" | "rem":
                return self.value * font_size
            case "ex":
                return self.value * font_size / 2
            case unit:
                return self.value * _PIXELS[unit]

    def __str__(self) -> str:
        return f"{self.value:g}{self.unit or 'px'}"


def length_of(text: str) -> Length | None:
    """Return the length that a text is, "8cm", "60%" or "200"; None for none, and for nothing."""
    found = _LENGTH.fullmatch(text)
    value = float(found[1]) if found else 0.0
    return Length(value, (found[2] or "").lower()) if found and value else None


class Series(Struct, frozen=True):
    """One row of values of a chart; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Locator(Struct, frozen=True):
    """Where in the cited work: `label` is a CSL locator term ("page"), `value` is "3–5"."""

    label: str
    value: str
    several: bool = False  # the author wrote the plural, though the value is one: "pp. 12 ff."
