"""Whether the headings of a file have the levels of its brief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .expected import ExpectedHeading
from .forms import spelled
from .messages import quote

_DEEPEST = 5  # pages have no deeper headings, below that of the title


def wrong_levels(
    expected: Sequence[ExpectedHeading], found: Sequence[tuple[str, int]], by_words: bool
) -> Iterator[str]:
    """Yield each heading whose level is another. `found` has them by their anchor, or by number
    and words, where other headings may be the same: those are not compared."""
    levels = defaultdict[str, list[int]](list)
    for key, level in found:
        levels[spelled(key) if by_words else key].append(min(level, _DEEPEST))
    wanted = defaultdict[str, list[ExpectedHeading]](list)
    for heading in expected:
        if not by_words:
            wanted[str(heading.anchor)].append(heading)
        elif heading.text is not None:
            wanted[spelled(f"{heading.number}{heading.text}")].append(heading)
    for key, headings in wanted.items():
        for heading, level in zip(headings, levels[key], strict=False):
            right = min(heading.level, _DEEPEST)
            if level != right and len(headings) == len(levels[key]):
                said = quote(heading.text or str(heading.anchor))
                yield f"the heading {said} is of level {level} instead of {right}"
