"""What tells series apart without colour: hatches of areas, dashes of lines (WCAG 1.4.1).

A hatch is drawn line by line, not as a pattern: all programs draw lines alike, and print shops take
them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
HATCHES: tuple[tuple[int, ...], ...] = (  # directions of the lines over each series, in degrees
    (),
    (45,),
    (0,),
    (-45,),
    (90,),
    (45, -45),
)
DASHES: tuple[tuple[float, ...], ...] = (  # of the line of each series: drawn, left out, drawn, …
    (),
    (9, 4),
    (3, 3),
    (12, 4, 3, 4),
    (6, 2),
    (12, 3, 3, 3, 3, 3),
)
_STEP = 6.0  # pixels between two lines


def hatch(points: Sequence[Point], directions: Sequence[int]) -> Iterator[tuple[Point, Point]]:
    """Yield the lines inside a polygon, of each direction those whose places are round numbers."""
    for direction in directions:
        across = math.sin(math.radians(direction)), math.cos(math.radians(direction))
        along = across[1], -across[0]
        turned = [(_dot(point, along), _dot(point, across)) for point in points]
        heights = [height for _, height in turned]
        for number in range(math.floor(min(heights) / _STEP), math.ceil(max(heights) / _STEP) + 1):
            height = (number + 0.5) * _STEP
            crossed = sorted(_crossings(turned, height))
            for start, end in zip(crossed[::2], crossed[1::2], strict=True):
                yield _turned_back(start, height, along), _turned_back(end, height, along)


def _crossings(points: Sequence[Point], height: float) -> Iterator[float]:
    """Yield where a level line enters and leaves a polygon."""
    for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
        if (y1 <= height) != (y2 <= height):
            yield x1 + (x2 - x1) * (height - y1) / (y2 - y1)


def _dot(point: Point, direction: Point) -> float:
    return point[0] * direction[0] + point[1] * direction[1]


def _turned_back(x: float, height: float, along: Point) -> Point:
    across = -along[1], along[0]
    return x * along[0] + height * across[0], x * along[1] + height * across[1]
