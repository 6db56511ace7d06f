"""The lines of pages without those of their margins: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .text import Line, Page


def bodies(pages: list[Page]) -> Iterator[list[Line]]:
    """Yield the lines of each page without those of its margins.

    The margins are drawn last: the foot, whose words most pages have, and the running heads in one
    row above all else.
    """
    folio = _repeated(pages) | {_folio(pages)}
    for page in pages:
        body, sides = list(page.lines), {"above", "below"}
        while (side := _side_of_last_row(body)) in sides:
            row = body[-_last_row(body) :]
            if side == "below" and not all(_words(line) in folio for line in row):
                break
            sides.remove(side)  # a page has one head and one foot: the next row is text
            body = body[: len(body) - len(row)]
        yield body


def _side_of_last_row(lines: list[Line]) -> str:
    """Say whether the last row stands "above" or "below" all other lines, "" if it does neither."""
    if not lines:
        return ""
    height, others = lines[-1].centre[1], lines[: len(lines) - _last_row(lines)]
    if all(line.centre[1] > height + 1 for line in others):
        return "below"
    return "above" if all(line.centre[1] < height - 1 for line in others) else ""


def _folio(pages: list[Page]) -> str:
    """Return the words of page numbers, "Page # of #": those that most pages have."""
    found = Counter(
        words
        for page in pages
        for words in {_words(line) for line in page.lines if _is_page_number(line, len(pages))}
    )
    words, count = found.most_common(1)[0] if found else ("", 0)
    return words if 2 * count > len(pages) else "none"


def _repeated(pages: list[Page]) -> set[str]:
    """Return the words of lines that most pages have, whatever their numbers."""
    found = Counter(words for page in pages for words in {_words(line) for line in page.lines})
    return {words for words, count in found.items() if 2 * count > len(pages) > 1}


def _is_page_number(line: Line, count: int) -> bool:
    numbers, own = re.findall("[0-9]+", line.text), str(line.page.number + 1)
    return numbers in ([own, str(count)], [str(count), own]) and not re.search(r"[\[(]", line.text)


def _words(line: Line) -> str:
    return re.sub("[0-9]+", "#", line.text.strip())


def _last_row(lines: list[Line]) -> int:
    """Return how many lines at the end stand at one height."""
    heights = [line.centre[1] for line in lines]
    return next(
        (n for n, height in enumerate(reversed(heights)) if abs(height - heights[-1]) > 1),
        len(lines),
    )
