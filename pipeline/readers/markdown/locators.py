"""Where a locator ends and the rest of a suffix begins: `, pp. 3–5 and passim`.

Source: pandoc's User's Guide, "Citation syntax", and the behaviour of pandoc 3.9. A locator is a
term and then words with digits or Roman numerals; without a term it is pages, and needs digits.
"""

from __future__ import annotations

import re
import unicodedata

from ...language.dates import month_number
from ...language.locators import counted_locator, is_several, locator_label
from ...model import Locator

ROMAN = re.compile(
    r"(?=.)m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)
TIME = re.compile(r"\d{1,2}(?::[0-5]\d){1,2}\b")
CLOSING = {"(": ")", "[": "]", "{": "}"}
LONGEST = 400  # characters of a suffix that are searched for a locator
LONGEST_TERM = 6  # pieces of a locator term: "sub", " ", "verbo"

COMMAS = ",，、،"

_Term = tuple[str, bool]  # a label, and whether the author wrote its plural
_Found = tuple[_Term, str, int]  # with the value, and how many pieces they take
_Word = tuple[int, bool]  # where a word of a locator ends, and whether it is like a number


def split_locator(suffix: str, lang: str) -> tuple[Locator | None, int]:
    """Return the locator that a suffix begins with, and how many characters it takes.

    `{}` says that there is none: it takes characters, and is no locator.
    """
    pieces = _pieces(suffix[:LONGEST])
    first = 1 if pieces and pieces[0] in COMMAS else 0
    first += 1 if first < len(pieces) and pieces[first].isspace() else 0
    start = len("".join(pieces[:first]))
    if counted := counted_locator(suffix[start:LONGEST], lang):
        return Locator(*counted[:2]), start + counted[2]
    found = _forced(pieces, first, lang) or _plain(pieces, first, lang)
    if not found or unlabelled(suffix, lang):
        return None, 0
    (label, several), value, end = found
    value = " ".join(value.split())
    locator = Locator(label, value, several and not is_several(value)) if value else None
    return locator, len("".join(pieces[:end]))


def unlabelled(suffix: str, lang: str) -> tuple[int, int] | None:
    """Return where the braces of `{Rn. 15}` stand: a word that is no known label is no page.

    What is in them is printed as written.
    """
    pieces = _pieces(suffix[:LONGEST])
    first = next((n for n, p in enumerate(pieces) if p not in COMMAS and not p.isspace()), 0)
    found = _forced(pieces, first, lang)
    if not found or _has_term(pieces, first, found):
        return None
    word = pieces[first + 1]
    is_word = len(word) > 1 and word.isalpha() and not ROMAN.fullmatch(word)
    if not (is_word or word == "§" or _has_unit([word])):
        return None
    return len("".join(pieces[:first])), len("".join(pieces[: found[2]])) - 1


def _has_term(pieces: list[str], first: int, found: _Found) -> bool:
    """Say whether what stands in braces has lost a label to `_forced`."""
    return len(found[1]) < len("".join(pieces[first + 1 : found[2] - 1]))


def _pieces(text: str) -> list[str]:
    """Divide into words, runs of spaces, and single signs of punctuation."""
    pieces: list[str] = []
    previous = ""
    for character in text:
        kind = _kind(character)
        if kind == previous != "sign":
            pieces[-1] += character
        else:
            pieces.append(character)
        previous = kind
    return pieces


def _kind(character: str) -> str:
    if character.isspace():
        return "blank"
    is_sign = unicodedata.category(character).startswith("P") and character != ":"
    return "sign" if is_sign else "word"


def _forced(pieces: list[str], first: int, lang: str) -> _Found | None:
    """`{p. 4 and more}`: everything in the braces."""
    if pieces[first : first + 1] != ["{"]:
        return None
    depth = 0
    for end in range(first, len(pieces)):
        depth += (pieces[end] == "{") - (pieces[end] == "}")
        if depth == 0:
            break
    else:
        return None
    term, start = ("page", False), first + 1
    for candidate in range(first + 2, min(first + 2 + LONGEST_TERM, end)):
        if found := _term(pieces[first + 1 : candidate], lang):
            term, start = found, candidate
    return term, "".join(pieces[start:end]), end + 1


def _plain(pieces: list[str], first: int, lang: str) -> _Found | None:
    """`p. 4`, `chs. ii, iv`, `33`: a term if there is one, and words like numbers."""
    best: tuple[_Term, int, int] | None = None
    for start in range(first + 1, min(first + 1 + LONGEST_TERM, len(pieces))):
        term = _term(pieces[first:start], lang)
        word = _word(pieces, start, separated=False) if term else None
        if term and word and word[1]:
            best = term, start, word[0]
    if best is None:
        word = _word(pieces, first, separated=False)
        value = pieces[first : word[0]] if word else []
        if not word or not _has_digit(value) or _has_unit(value) or _is_time(value):
            return None
        if _begins_name(pieces[word[0] :], lang):
            return None
        best = ("page", False), first, word[0]
    term, start, end = best
    while word := _word(pieces, end, separated=True):
        if not word[1] or (start == first and not _has_digit(pieces[end : word[0]])):
            break
        end = word[0]
    return term, "".join(pieces[start:end]), end


def _term(pieces: list[str], lang: str) -> _Term | None:
    return locator_label(" ".join("".join(pieces).split()), lang)


def _has_digit(pieces: list[str]) -> bool:
    return any(character.isdigit() for piece in pieces for character in piece)


def _is_time(pieces: list[str]) -> bool:
    """Say whether a value is a time in a recording, `00:12:30`: it is no page."""
    return bool(TIME.match("".join(pieces)))


def _begins_name(rest: list[str], lang: str) -> bool:
    """Say whether what follows a number makes it no page: `1 Cor. 13:1`, `42 U.S.C. § 3`.

    A name has a capital, or is that of a month, and has another number behind it. In German all
    nouns have capitals: `33 Rn. 4` is on page 33.
    """
    ends = (place for place, piece in enumerate(rest) if piece in (*COMMAS, ";", "("))
    blank, *words = rest[: next(ends, len(rest))] or [""]
    if not (blank.isspace() and words and _has_digit(words[1:])):
        return False
    if any(_term(words[:count], lang) for count in range(1, LONGEST_TERM)):
        return False
    is_named = words[0][0].isupper() and not lang.startswith(("de", "lb"))
    return is_named or month_number(words[0]) > 0


def _has_unit(pieces: list[str]) -> bool:
    """Say whether a number is followed by letters without case, as in `3版`: it is no page."""
    return any(unicodedata.category(character) == "Lo" for p in pieces for character in p)


def _word(pieces: list[str], start: int, separated: bool) -> _Word | None:
    """Read one word, `22-23`, `34(1)(i)`, `vi-xi`; `separated` ones may begin with a comma."""
    end = start
    if separated and pieces[end : end + 1] and pieces[end] in ",;":
        end += 1
    if end < len(pieces) and pieces[end].isspace():
        end += 1
    begin, like_number = end, False
    while part := _bracketed(pieces, end) or _sequence(pieces, end):
        end, like_number = part[0], like_number or part[1]
    return (end, like_number) if end > begin else None


def _bracketed(pieces: list[str], start: int) -> _Word | None:
    if start >= len(pieces) or pieces[start] not in CLOSING:
        return None
    end, like_number = _sequence(pieces, start + 1) or (start + 1, False)
    if pieces[end : end + 1] != [CLOSING[pieces[start]]]:
        return None
    return end + 1, like_number


def _sequence(pieces: list[str], start: int) -> _Word | None:
    """Units with full stops between, as in `3.1` or `.2`."""
    end, like_number = start, False
    while True:
        unit_start = end + 1 if pieces[end : end + 1] == ["."] else end
        unit = _unit(pieces, unit_start) if end == start or unit_start > end else None
        if unit is None:
            return (end, like_number) if end > start else None
        end, like_number = unit[0], like_number or unit[1]


def _unit(pieces: list[str], start: int) -> _Word | None:
    if start < len(pieces) and ROMAN.fullmatch(pieces[start]):
        return start + 1, True
    end = start
    while end < len(pieces) and not pieces[end].isspace() and not _stops(pieces[end]):
        end += 1
    return (end, _has_digit(pieces[start:end])) if end > start else None


def _stops(piece: str) -> bool:
    return piece not in "-–" and _kind(piece[0]) == "sign"
