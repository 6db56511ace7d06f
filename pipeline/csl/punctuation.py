"""The points and quotes of an entry, set when all of its text is together.

What an author wrote stands between BEGIN and END and keeps its own points ("Yahoo!", "Wait ...");
these corrections touch what the citation style adds, and the seams.
"""

from __future__ import annotations

import re

from msgspec import Struct

from .marked import (
    BEGIN,
    CLOSE,
    CLOSE_QUOTE,
    END,
    LINK,
    MARKS,
    OPEN_QUOTE,
    pieces,
)


class Quotes(Struct, frozen=True):
    """The quotes of a locale, and whether a comma or full stop goes inside them."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    points_inside: bool


# French ones have them: « Eau ». A locale that wants them has them in its own quotes.
_BLANK_IN_QUOTES = re.compile(f"(?<={OPEN_QUOTE})[ \xa0\u202f]+|[ \xa0\u202f]+(?={CLOSE_QUOTE})")


# An address, and what a style sets right behind it: ISO 690 does so with a note.
_GLUED = re.compile(f"{LINK}.[^{CLOSE}]*{CLOSE}[\ufdd0-\ufdef]*(?={BEGIN}[\ufdd0-\ufdef]*\\w)")


def tidy(text: str, quotes: Quotes, neat: bool = True) -> str:
    """Return an entry with its doubled points and spaces removed, and its quotes set.

    `neat` leaves out more than CSL processors do: points that stand alone, and commas before stops.
    """
    text = _GLUED.sub(r"\g<0>. " if neat else r"\g<0> ", _BLANK_IN_QUOTES.sub("", text))
    if quotes.points_inside:
        text = _points_into_quotes(text)
    return _set_quotes(_single_blanks(_single_points(_single_blanks(text), neat)), quotes)


_BEHIND = f"[{CLOSE_QUOTE}{CLOSE}{END}]*"


_POINT_AFTER_QUOTE = re.compile(f"({CLOSE_QUOTE}{_BEHIND})([.,])")


def _points_into_quotes(text: str) -> str:
    """Set comma and full stop before the closing quote (CSL 1.0.2, punctuation-in-quote)."""
    return _POINT_AFTER_QUOTE.sub(r"\2\1", text)


_DRESS = f"(?:{LINK}.|[\ufdd0-\ufdef])*"  # dress and links between two characters
_LOOSE_BLANK = re.compile(f"(?:^| ){_DRESS} | {_DRESS}$", re.DOTALL)


def _single_blanks(text: str) -> str:
    """Drop a space beside a space (affixes and delimiters of a style bring one each) or an end."""
    if not _LOOSE_BLANK.search(text):
        return text
    kept: list[str] = []
    last = -1  # where in `kept` the last visible character stands
    for piece in pieces(text):
        if piece == " " and (last < 0 or kept[last] == " "):
            continue
        if piece[0] not in MARKS:
            last = len(kept)
        kept.append(piece)
    if last >= 0 and kept[last] == " ":
        del kept[last]
    return "".join(kept)


# What is left of two points that meet: citeproc-js and pandoc agree on each.
_SECOND_DROPPED = frozenset(
    ["..", ",,", ";;", "::", "??", "!!", ";.", ";:", ":.", "?.", "?:", "!.", "!:", "…."]
)
_FIRST_DROPPED = frozenset([";?", ";!", ":?", ":!"])
# And what reads better, where a style brings points of elements that are empty.
_NEAT_SECOND_DROPPED = _SECOND_DROPPED - {";."} | {":,", ";,", ":;"}
_NEAT_FIRST_DROPPED = _FIRST_DROPPED | {",.", ",;", ",:", ";."}
_POINTS = frozenset(".,;:")
_NEAR_POINTS = re.compile(f"[.,;:?!…]{_DRESS} ?{_DRESS}[.,;:?!]", re.DOTALL)


def _single_points(text: str, neat: bool) -> str:
    """Leave one of two points that meet at a seam.

    Where a style puts two together, it looks at no quote or dress between them: `Why?.”`.
    """
    if not _NEAR_POINTS.search(text):
        return text
    second_dropped = _NEAT_SECOND_DROPPED if neat else _SECOND_DROPPED
    first_dropped = _NEAT_FIRST_DROPPED if neat else _FIRST_DROPPED
    kept: list[str] = []
    last = -1  # where in `kept` the last visible character stands
    inside = 0
    seam = True  # whether this character is of another text than the last
    written = False  # whether an author wrote the last
    for piece in pieces(text):
        if piece[0] in MARKS:
            inside += (piece == BEGIN) - (piece == END)
            seam = seam or piece in (BEGIN, END)
        else:
            pair = kept[last] + piece if last >= 0 and (seam or not inside) else ""
            if pair in second_dropped or (written and pair == ";."):
                continue
            if neat and not inside and _stands_alone(kept, last, piece):
                continue
            if pair in first_dropped:
                kept[last] = ""
            last, seam, written = len(kept), False, inside > 0
        kept.append(piece)
    return "".join(kept)


def _stands_alone(kept: list[str], last: int, point: str) -> bool:
    """Say whether a point is all that is left of its part of the style: `Title. . Publisher`."""
    if point not in _POINTS or last < 1 or kept[last] != " ":
        return False
    before = next((piece for piece in reversed(kept[:last]) if piece[:1] not in MARKS), "")
    return before in _POINTS


def _set_quotes(text: str, quotes: Quotes) -> str:
    """Set outer and inner quotes in turn."""
    depth = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal depth
        opens = found[0] == OPEN_QUOTE
        depth -= not opens
        quote = (quotes.inner if depth % 2 else quotes.outer)[0 if opens else 1]
        depth += opens
        return quote

    return re.sub(f"[{OPEN_QUOTE}{CLOSE_QUOTE}]", shown, text)
