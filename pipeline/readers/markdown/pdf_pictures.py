"""Pictures that are PDFs: their first page, as PNG."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache

from .reading import BadImage

_PROGRAM = f"{__name__.partition('.')[0]}.pdf_drawing"


@lru_cache(maxsize=8)  # a preview reads a brief again and again
def first_page(content: bytes) -> tuple[bytes, int]:
    """Return the first page of a PDF as PNG, and how many pages there are.

    Raises `BadImage` for one that is damaged, encrypted, without pages, or too much to draw.
    """
    drawn = subprocess.run(
        [sys.executable, "-P", "-m", _PROGRAM],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        input=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if drawn.returncode:
        raise BadImage("is a PDF whose first page cannot be drawn")
    count, _, picture = drawn.stdout.partition(b"\n")
    return picture, int(count)
