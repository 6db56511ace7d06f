"""An SVG being drawn. Coordinates are in CSS pixels, rounded so that all machines agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from .hatching import DASHES, HATCHES, Point, hatch

FONT_SIZE = 14.0
_WIDE = frozenset("mwMW%@—")
_NARROW = frozenset("ijlt.,:;'|!()[] fr-")


def width_of(text: str) -> float:
    """Return the approximate width of a label in pixels; rather too much than too little."""
    units = sum(
        1.0 if ord(c) > 0x2E7F else 0.85 if c in _WIDE else 0.33 if c in _NARROW else 0.56
        for c in text
    )
    return units * FONT_SIZE


def wrapped(text: str, width: float) -> list[str]:
    """Return a label in lines that fit a width; a single word may be wider."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def cut(text: str, width: float) -> str:
    """Return a label, cut with an ellipsis if it does not fit."""
    if width_of(text) <= width:
        return text
    while text and width_of(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _joined(points: Iterable[Point]) -> str:
    return "L".join(f"{number(x)} {number(y)}" for x, y in points)


class Canvas:
    """`attributes` are those that the `svg` has beside its own; `lettering` changes each label."""

    def __init__(
        self,
        width: float,
        height: float,
        font: str,
        ink: str,
        attributes: Mapping[str, str],
        lettering: Callable[[str], str],
    ) -> None:
        others = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        self._start = (
            f'<svg{others} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} '
            f'{number(height)}" width="{number(width)}" height="{number(height)}" '
            f'font-family="{escape(font)}, sans-serif" font-size="{number(FONT_SIZE)}" '
            f'fill="{ink}">'
        )
        self.width, self.height = width, height
        self._parts: list[str] = []
        self._lettering = lettering

    def svg(self) -> str:
        return f"{self._start}{''.join(self._parts)}</svg>"

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str) -> None:
        self._parts.append(
            f'<path d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" '
            f'stroke="{colour}" fill="none"/>'
        )

    def rectangle(
        self, x: float, y: float, width: float, height: float, series: int, colour: str
    ) -> None:
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
            f'height="{number(height)}" fill="{colour}"/>'
        )
        right, bottom = x + width, y + height
        self._hatch([(x, y), (right, y), (right, bottom), (x, bottom)], series)

    def area(self, points: Sequence[Point], series: int, colour: str) -> None:
        self._shape(points, colour)
        self._hatch(points, series)

    def curve(self, points: Iterable[Point], series: int, colour: str) -> None:
        dashes = " ".join(map(number, DASHES[series]))
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<path d="M{_joined(points)}" fill="none" stroke="{colour}" stroke-width="2.2" '
            f'stroke-linejoin="round"{dashed}/>'
        )

    def _shape(self, points: Iterable[Point], colour: str) -> None:
        self._parts.append(f'<path d="M{_joined(points)}Z" fill="{colour}" stroke="#fff"/>')

    def _hatch(self, points: Sequence[Point], series: int) -> None:
        lines = "M".join(map(_joined, hatch(points, HATCHES[series])))
        if lines:
            self._parts.append(f'<path d="M{lines}" fill="none" stroke="#fff"/>')

    def marker(self, x: float, y: float, series: int, colour: str) -> None:
        """Draw the marker of a series: shapes distinguish series where colours do not."""
        r = 4.2
        shapes = (
            [(-r, -r), (r, -r), (r, r), (-r, r)],
            [(0, -r * 1.3), (r * 1.2, r), (-r * 1.2, r)],
            [(0, -r * 1.4), (r * 1.4, 0), (0, r * 1.4), (-r * 1.4, 0)],
            [(0, r * 1.3), (r * 1.2, -r), (-r * 1.2, -r)],
        )
        if series in (0, 5):
            filling = "#fff" if series else colour
            self._parts.append(
                f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{filling}" '
                f'stroke="{colour}"/>'
            )
        else:
            shape = shapes[series - 1]
            self._shape([(x + dx, y + dy) for dx, dy in shape], colour)

    def label(
        self, x: float, y: float, text: str, anchor: str = "start", turned: bool = False
    ) -> None:
        turn = f' transform="rotate(-40 {number(x)} {number(y)})"' if turned else ""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"{turn}>'
            f"{escape(self._lettering(text), quote=False)}</text>"
        )
