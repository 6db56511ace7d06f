"""How the items of an ordered list are numbered: `1.`, `a)`, `(iv)`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NumberFormat = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Enumerator(Struct, frozen=True):
    """The numbers of a list, and what stands around each."""

    format: NumberFormat = "decimal"
    before: Literal["", "("] = ""
    after: Literal[".", ")"] = "."

    def label(self, number: int) -> str:
        """Return what is printed before the item with a number, from 0: `(b)` for 2."""
        return self.before + written(number, self.format) + self.after


def written(number: int, number_format: NumberFormat) -> str:
    """Return a number, from 0, in the digits or letters of a format."""
    if number < 1:
        return str(number)
    match number_format:
        case "decimal":
            return str(number)
        case "lower-alpha" | "upper-alpha":
            # As Word counts (ECMA-376, 17.18.59): after z come aa, bb, cc.
            times, letter = divmod(number - 1, 26)
            found = chr(ord("a") + letter) * (times + 1)
        case _:
            found = ""
            for value, letters in ROMAN:
                times, number = divmod(number, value)
                found += letters * times
    return found.upper() if number_format.startswith("upper") else found
