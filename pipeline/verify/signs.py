"""What gives a number its value: "12.5" that is printed as "125" has all its digits, and so has
"10⁶" that is printed as "106"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from .expected import Expected
from .forms import spelled, visible
from .messages import quote
from .readback import Readback

# A minus stands at the beginning of a text or behind a blank: elsewhere it is a hyphen or a dash.
_NUMBER = re.compile(r"(?:(?<!\S)−)?\d+(?:[.,]\d+)+|(?<!\S)−\d+")
# Raised or lowered digits, and the letter or digit that they stand at. pdfium may part them.
_SCRIPT = re.compile("([^\\W_⁰¹²³⁴-⁹₀-₉]?)\\n?([⁺⁻]?[⁰¹²³⁴-⁹]+|[₊₋]?[₀-₉]+)")
_MINUS = re.compile("[-–\u2011]")


def lost_signs(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each number of the text that a file has less often with its decimal or minus sign, or
    with its raised or lowered digits."""
    if found.shuffled:
        return
    is_drawn = found.pages is not None
    texts = [
        _plain(said.text)
        for story in expected.stories
        for said in story
        if not (is_drawn and said.turned)
    ]
    wanted = Counter(chain.from_iterable(map(_NUMBER.findall, texts)))
    scripts = Counter(chain.from_iterable(map(_SCRIPT.findall, texts)))
    shown = _plain("\n".join(found.words)) if wanted or scripts else ""
    read = Counter(_NUMBER.findall(shown))
    whole = shown.replace("\n", "")  # a line may end inside an address, or in code
    moved = Counter(_SCRIPT.findall(shown) if scripts else ())
    for number, times in wanted.items():
        # A raised mark may follow a number or its stop, "5.5.¹", and a blank before be lost.
        if read[number] < times:
            least = _beginning_with(number, "\n".join(texts))
            if all(_beginning_with(number, text) < least for text in (shown, whole)):
                yield f"the number {quote(number)} is missing"
    for (letter, digits), times in scripts.items():
        # A raised mark may follow here as well, and a blank before may be lost.
        known = spelled(letter)[-1:]
        if is_drawn and not known:
            continue  # digits that stand alone may be a line of their own
        same = (
            number
            for (before, there), number in moved.items()
            if there.startswith(digits) and known in ("", spelled(before)[-1:])
        )
        if sum(same) < times:
            yield f"{quote(letter + digits)} is not printed with raised or lowered digits"


def _beginning_with(number: str, text: str) -> int:
    """Return how often a text has a number, whatever follows it."""
    unsigned = "" if number.startswith("−") else r"(?<!\d)(?<!\s−)"
    return len(re.findall(unsigned + re.escape(number), text))


def _plain(text: str) -> str:
    return _MINUS.sub("−", visible(text))
