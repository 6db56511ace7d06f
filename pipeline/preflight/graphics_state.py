"""As much of the graphics state as the rules need (ISO 32000-1, 8.4)."""

from __future__ import annotations

import math
from typing import Any

from msgspec import Struct

from .spaces import IDENTITY, Matrix, times


class State(Struct, frozen=True):
    matrix: Matrix = IDENTITY
    space: str = "DeviceGray"
    stroke: str = "DeviceGray"
    colour: tuple[float, ...] = (0.0,)
    stroke_colour: tuple[float, ...] = (0.0,)
    overprint: bool = False
    overprint_mode: int = 0
    text_mode: int = 0
    font: Any = None
    size: float = 0.0  # of text, in units of its matrix
    text_matrix: Matrix = IDENTITY
    line_width: float = 1.0

    @property
    def points(self) -> float:
        """The size of text on the page."""
        return self.size * scale(times(self.text_matrix, self.matrix))


def scale(matrix: Matrix) -> float:
    """Return how much larger a length is on the page, whatever its direction."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
