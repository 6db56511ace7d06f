"""What a file bears: every printed number by what it points to, and the reference list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct


class Unreadable(Exception):
    """A file is not what its ending says, or could do harm. The message is one clause."""


class PrintedNumber(Struct, frozen=True):
    """One number where it stands.

    The middle of a range, its dash, has an empty `number`: it stands for numbers, and prints none.
    """

    anchor: str  # "ref-smith2021", "fig-lng", "sec-cost", "fn-a"
    number: str  # "3", "1.2", or "" where no number is to be found
    locator: str = ""  # "p. 4"
    text: str = ""  # all that is printed for it: "[3, p. 4]", "Figure 2"
    # What follows the number in its citation up to the next one. Word shows no more: there a
    # suffix is text like the locator before it. None where it was not read: HTML and PDF show
    # where a mark ends.
    follows: str | None = None


class PrintedEntry(Struct, frozen=True):
    """One entry of the reference list: its citation key, the number of its label, its text."""

    key: str
    number: str
    text: str


class Printed(Struct, frozen=True):
    """All numbers of one file in reading order, and its reference list in order.

    The text of a footnote stands where the footnote is called first. `repeated` holds numbers that
    are said again in the contents ("sec-cost", "2") and in links back from the reference list
    ("cite-7", "Section 2"): not every format has them. `anchors` is what a link can lead to.
    """

    numbers: tuple[PrintedNumber, ...] = ()
    bibliography: tuple[PrintedEntry, ...] = ()
    repeated: tuple[PrintedNumber, ...] = ()
    anchors: frozenset[str] = frozenset()
    pages: int | None = None
    misled: tuple[tuple[str, str, int], ...] = ()  # links back: text, page it says, page it is
    shuffled: bool = False  # the characters of texts are sure, their order is not


def to_json(printed: Printed) -> dict[str, Any]:
    """Return values for JSON: {"numbers": [{anchor, …}], "bibliography": [{key, …}]}."""
    return {
        "numbers": [
            {"anchor": n.anchor, "number": n.number, "locator": n.locator, "text": n.text}
            for n in printed.numbers
        ],
        "bibliography": [
            {"key": e.key, "number": e.number, "text": e.text} for e in printed.bibliography
        ],
    }


def from_json(value: Mapping[str, Any]) -> Printed:
    """Return what `to_json` was given. Raises ValueError for values of another shape."""
    try:
        return Printed(
            tuple(PrintedNumber(**_texts(found)) for found in value["numbers"]),
            tuple(PrintedEntry(**_texts(found)) for found in value["bibliography"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a table of printed numbers") from error


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    if not all(isinstance(text, str) for text in value.values()):
        raise TypeError("a number and its anchor are texts")
    return dict(value)


def spliced(
    body: list[PrintedNumber | None], footnotes: dict[str, list[PrintedNumber | None]]
) -> tuple[PrintedNumber, ...]:
    """Return the numbers of a body, those of each footnote after its first call.

    A footnote that is never called stands at the end. None stands for nothing.
    """
    left = dict(footnotes)
    found = list(_spliced(body, left))
    while left:
        found += _spliced(left.pop(next(iter(left))), left)
    return tuple(found)


def _spliced(
    numbers: list[PrintedNumber | None], left: dict[str, list[PrintedNumber | None]]
) -> Iterator[PrintedNumber]:
    for number in numbers:
        if number:
            yield number
            if number.anchor in left:
                yield from _spliced(left.pop(number.anchor), left)
