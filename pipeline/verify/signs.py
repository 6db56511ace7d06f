"""The signs that give a number its value: "12.5" that is printed as "125" has all its digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .expected import Expected
from .forms import visible
from .messages import quote
from .readback import Readback

# A minus stands at the beginning of a text or behind a blank: elsewhere it is a hyphen or a dash.
_NUMBER = re.compile(r"(?:(?<!\S)−)?\d+(?:[.,]\d+)+|(?<!\S)−\d+")
_MINUS = re.compile("[-–\u2011]")


def lost_signs(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each number of the text that a file has less often with its decimal or minus sign."""
    if found.shuffled:
        return
    is_drawn = found.pages is not None
    wanted = Counter(
        number
        for story in expected.stories
        for said in story
        if not (is_drawn and said.turned)
        for number in _NUMBER.findall(_plain(said.text))
    )
    shown = _plain("\n".join(found.words)) if wanted else ""
    read = Counter(_NUMBER.findall(shown))
    whole = shown.replace("\n", "")  # a line may end inside an address, or in code
    for number, times in wanted.items():
        # A raised mark may follow a number, and a blank before it may be lost.
        ways = (_beginning_with(number, text) for text in (shown, whole))
        if read[number] < times and all(len(places) < times for places in ways):
            yield f"the number {quote(number)} is missing"


def _beginning_with(number: str, text: str) -> list[str]:
    """Return where a text has a number, with any digits behind it."""
    unsigned = "" if number.startswith("−") else r"(?<!\d)(?<!\s−)"
    return re.findall(rf"{unsigned}{re.escape(number)}(?![.,]\d)", text)


def _plain(text: str) -> str:
    return _MINUS.sub("−", visible(text))
