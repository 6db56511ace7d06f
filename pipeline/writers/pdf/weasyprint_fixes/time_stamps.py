"""Fonts with emoji and variable fonts are stamped with the time: bytes change every second.

fontTools writes the time of saving to `head.modified` unless told not to.
"""

from __future__ import annotations

from functools import partial
from typing import Any


def undated(font: Any) -> Any:
    return partial(font, recalcTimestamp=False)
