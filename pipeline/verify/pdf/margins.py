"""The lines of pages without those of their margins: page numbers and running heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .text import Line, Page


def bodies(pages: list[Page]) -> Iterator[list[Line]]:
    """Yield the lines of each page without those of its margins.

    The margins are drawn last: the page number, and the running heads in one row above all else.
    """
    for page in pages:
        body = list(page.lines)
        while body and _is_folio(body[-1], len(pages)):
            body.pop()
        heads = _last_row(body)
        rest = body[: len(body) - heads]
        if rest and max(line.centre[1] for line in rest) < body[-1].centre[1] - 1:
            body = rest
        while body and _is_folio(body[-1], len(pages)):
            body.pop()
        yield body


def _is_folio(line: Line, count: int) -> bool:
    """Say whether a line is the number of its page in words: "Page 3 of 8"."""
    numbers = re.findall("[0-9]+", line.text)
    words = re.findall(r"[^\W\d_]+", line.text)
    own = str(line.page.number + 1)
    return len(words) <= 3 and numbers in ([own, str(count)], [str(count), own])


def _last_row(lines: list[Line]) -> int:
    """Return how many lines at the end stand at one height."""
    heights = [line.centre[1] for line in lines]
    return next(
        (n for n, height in enumerate(reversed(heights)) if abs(height - heights[-1]) > 1),
        len(lines),
    )
