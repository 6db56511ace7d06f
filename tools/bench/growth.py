"""How the time of a PDF grows with what a brief has, and that of a build with its briefs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .cases import build
from .corpus import Size, write
from .measuring import command

TIMES = (1, 2, 4, 8)
_SIZES: Mapping[str, tuple[Size, str, int]] = {
    "pages": (Size(4, 8, 8, 0), "pages", 4),
    "references": (Size(4, 400, 40, 0), "references", 40),
    "citations": (Size(12, 60, 30, 0), "citations", 60),
    "footnotes": (Size(12, 20, 20, 12), "footnotes", 12),
    "table rows": (Size(4, 8, 8, 0, 50), "rows", 50),
}


class Curve(NamedTuple):
    """Processor seconds for each of `TIMES` as many of something, of which there are `first`."""

    name: str
    first: int
    seconds: tuple[float, ...]


def curves(folder: Path) -> Iterator[Curve]:
    for name, (size, what, first) in _SIZES.items():
        briefs = [
            write(folder / "growth", f"{what}-{times}", size._replace(**{what: first * times}))
            for times in TIMES
        ]
        seconds = tuple(command(build(brief, "pdf"))().processor for brief in briefs)
        yield Curve(name, first, seconds)
