"""A font without its emoji, or of a variable font, is dated: bytes change from second to second.

fontTools writes the time of saving into `head.modified`, unless told not to.
"""

from __future__ import annotations

from functools import partial
from typing import Any


def undated(font: Any) -> Any:
    return partial(font, recalcTimestamp=False)
