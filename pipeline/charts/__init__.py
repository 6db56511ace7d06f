"""Draw charts.

In: a chart and the colours of the house style. Out: SVG, the same on every machine.
"""

from __future__ import annotations

from .data import csv_of
from .drawing import HEIGHT, NARROW, SIZE, WIDTH, draw_chart, size_in_print
from .scale import COLOURS, Scale, percent, place_scale, scale_of, shown, stated, value_scale

__all__ = [
    "COLOURS",
    "HEIGHT",
    "NARROW",
    "SIZE",
    "WIDTH",
    "Scale",
    "csv_of",
    "draw_chart",
    "percent",
    "place_scale",
    "scale_of",
    "shown",
    "size_in_print",
    "stated",
    "value_scale",
]
