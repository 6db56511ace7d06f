"""Quotation marks and full stops that an author wrote in a title or a name."""

from __future__ import annotations

import re

from .marked import CLOSE, CLOSE_QUOTE, END, MARKS, OPEN_QUOTE, bare, pieces

# LaTeX makes an apostrophe of each quote in 'Oil', so that two of them may be a pair.
_CLOSING = {"“": "”", "‘": "’", "„": "“", "«": "»", '"': '"', "'": "'", "’": "’"}
_CLOSERS = frozenset(_CLOSING.values())
_QUOTES = _CLOSERS | _CLOSING.keys()
# More than these are no quotes but noise, which must not cost minutes.
_MOST_OPEN = 10
_MOST_MARKS = 40


def mark_quotes(text: str) -> str:
    """Return a text with marks for its pairs of quotes, and with typographic apostrophes.

    A quote without a partner stays as it is: the inches of `3" pipe`.
    """
    if _QUOTES.isdisjoint(text):
        return text
    characters = pieces(text)
    opened: list[int] = []
    for position, character in enumerate(characters):
        if character not in _QUOTES:
            continue
        before, after = _neighbour(characters, position, -1), _neighbour(characters, position, 1)
        partner = _partner(characters, opened, character)
        if partner is not None and _closes(character, before, after):
            characters[opened[partner]] = OPEN_QUOTE
            characters[position] = CLOSE_QUOTE
            del opened[partner:]
        elif character in _CLOSING and _opens(character, before, after):
            opened.append(position)
            del opened[:-_MOST_OPEN]
        elif character == "'" and not (before.isdecimal() and not after.isalnum()):
            characters[position] = "’"  # but the feet of 3' stay
    for position in opened:
        if characters[position] == "'":
            characters[position] = "’"
    return "".join(characters)


def _partner(characters: list[str], opened: list[int], closer: str) -> int | None:
    for place in reversed(range(len(opened))):
        if _CLOSING[characters[opened[place]]] == closer:
            return place
    return None


def _closes(character: str, before: str, after: str) -> bool:
    match character:
        case '"':
            return not before.isspace()
        case "'" | "’":
            return not before.isspace() and not after.isalnum()
        case _:
            return True


def _opens(character: str, before: str, after: str) -> bool:
    return character not in "'’\"‘" or not (before.isalnum() or after.isspace())


def _neighbour(characters: list[str], position: int, step: int) -> str:
    """Return the next visible character before or after a position; a space at the ends."""
    end = position + step * _MOST_MARKS
    for place in range(position + step, end, step):
        if not 0 <= place < len(characters):
            break
        if characters[place][0] not in MARKS:
            return characters[place]
    return " "


_BEHIND = f"[{CLOSE_QUOTE}{CLOSE}{END}]*"
_STOP_AT_END = re.compile(rf"(?<!\.)\.({_BEHIND})$")
_ABBREVIATION = re.compile(r"(?:^|[^\w.])(?:\w|(?:\w\.)+\w|Inc|Ltd|Co|Corp|Jr|Sr|al|etc|Bros|St)$")


def without_stop(title: str) -> str:
    """Drop the full stop of a title, but not that of "U.S.": the style sets what follows it.

    Else it prints `The Gas Market., 2nd ed.`
    """
    found = _STOP_AT_END.search(title)
    if not found or _ABBREVIATION.search(bare(title[max(0, found.start() - 20) : found.start()])):
        return title
    return title[: found.start()] + found[1]
