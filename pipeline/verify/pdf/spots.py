"""Where the letters of pages stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..forms import spelled
from ..readback import Spots
from .layout import Layout

_form = lru_cache(maxsize=4096)(spelled)  # of one character


def spots(layout: Layout) -> Iterator[Spots]:
    for page in layout.pages:
        text: list[str] = []
        places: list[tuple[float, float]] = []
        for line in page.lines:
            for character, place in zip(line.text, line.centres, strict=True):
                if shown := _form(character):
                    text.append(shown)
                    places += [place] * len(shown)
        yield Spots("".join(text), tuple(places))
