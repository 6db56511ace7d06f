"""Which columns of a table hold numbers, and what stands behind each number to align them.

Numbers stand at the right of their column, decimal sign below decimal sign. An author who aligns a
column decides for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from .language.numbers import has_decimal_comma
from .model import Alignment, Cell, Pointing, Table, plain, walk

_FEW = 4  # letters of what stands in place of a number: "n/a", "–"
_MOST_BEHIND = 8  # characters of what follows a number, such as " ± 0.3"
_TURN = "\N{LEFT-TO-RIGHT MARK}"  # before a minus in a brief from right to left
_YEAR = re.compile(r"[12][0-9]{3}")
_BEFORE = r"[(<>≤≥~≈]?\s?[-+−–±]?\s?(?:[A-Z]{0,3}[$€£¥₹]|[A-Z]{3})?\s?[-+−–]?"
_BEHIND = (
    r"(?P<behind>\s?(?:%|‰|°[CF]?|[$€£¥₹]|[^\W\d_]{1,3}\.?)?"
    r"(?:\s?(?:±|\+/-)\s?[\d.,]+\s?%?|\s?\([\d.,]+\))?[*†‡]{0,3}\)?)"
)
_NUMBERS = {
    sign: re.compile(
        rf"{_BEFORE}(?:\d{{1,3}}(?:[{others}\s]\d{{3}})+|\d+)"
        rf"(?:\{sign}(?P<fraction>\d+))?{_BEHIND}"
    )
    for sign, others in ((".", ",'’"), (",", ".'’"))
}


class Column(Struct, frozen=True):
    """How a column is aligned, and for each of its rows what an alignment on the decimal sign
    leaves free behind the text: characters of the same width, which are not printed."""

    alignment: Alignment
    behind: tuple[str, ...]
    numeric: bool = False


def aligned_columns(table: Table, lang: str) -> tuple[Column, ...]:
    """Return the columns of a table in a brief in a language."""
    return tuple(
        _column([row[place] for row in table.rows], alignment, place == 0, lang)
        for place, alignment in enumerate(table.alignments)
    )


def _column(cells: Sequence[Cell], chosen: Alignment, is_first: bool, lang: str) -> Column:
    none = ("",) * len(cells)
    lines = [cell.inlines if cell.across == 1 and not cell.blocks else () for cell in cells]
    texts = [" ".join(plain(line).replace(_TURN, "").split()) for line in lines]
    own, other = (",", ".") if has_decimal_comma(lang) else (".", ",")
    for sign in (own, other):
        found = [_NUMBERS[sign].fullmatch(text) for text in texts]
        if any(cell.blocks for cell in cells) or not _are_numbers(texts, found):
            continue
        if chosen:
            return Column(chosen, none, numeric=True)
        if is_first and all(_YEAR.fullmatch(text) for text in texts if text):
            break
        bare = [None if _has_more(cell) else m for cell, m in zip(cells, found, strict=True)]
        return Column("right", _behind(bare, sign), numeric=True)
    return Column(chosen, none)


def _are_numbers(texts: Sequence[str], found: Sequence[re.Match[str] | None]) -> bool:
    """Say whether most cells are numbers, and the others only say that there is none."""
    numbers = sum(match is not None for match in found)
    others = [t for t, match in zip(texts, found, strict=True) if t and match is None]
    short = all(len(t) <= _FEW and not any(map(str.isdigit, t)) for t in others)
    return 0 < numbers >= len(others) and short


def _has_more(cell: Cell) -> bool:
    """Say whether more than its plain text is printed in a cell."""
    return any(isinstance(node, Pointing) for node in walk(cell.inlines))


def _behind(found: Sequence[re.Match[str] | None], sign: str) -> tuple[str, ...]:
    numbers = [match for match in found if match]
    most = max((len(match["fraction"] or "") for match in numbers), default=0)
    longest = max((match["behind"] for match in numbers), key=len, default="")
    if len(longest) > _MOST_BEHIND:
        longest = ""
    return tuple(_lacking(match, sign, most, longest) if match else "" for match in found)


def _lacking(match: re.Match[str], sign: str, most: int, longest: str) -> str:
    fraction, behind = match["fraction"] or "", match["behind"]
    zeros = "0" * (most - len(fraction))
    rest = longest.removeprefix(behind) if longest.startswith(behind) else ""
    lacking = (sign if zeros and not fraction else "") + zeros + rest
    return lacking.replace(" ", "\N{NO-BREAK SPACE}")
