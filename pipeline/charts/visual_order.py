"""Text from right to left for a renderer that places characters from left to right.

WeasyPrint draws the text of an SVG like that: words in Arabic or Hebrew would run backwards, and
Arabic letters would not join. So they are put in visual order (a simple case of UAX 9: lines of one
direction with numbers and Latin words in them), and each Arabic letter takes the form of its place
in the word (Unicode 9.2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..direction import has_letters_from_right

_MARKS = frozenset({"Mn", "Me", "Cf"})
_LEFT_TO_RIGHT = re.compile(r"[^\W_](?:[\w.,:/%\N{NARROW NO-BREAK SPACE}'’-]*[^\W_%])?%?")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_LAM = "\u0644"


def in_visual_order(text: str) -> str:
    """Return a line in visual order, unchanged if it has no letters from right to left."""
    if not has_letters_from_right(text):
        return text
    kept = "".join(c for c in text if unicodedata.category(c) not in _MARKS)
    parts = []
    place = 0
    for found in _LEFT_TO_RIGHT.finditer(kept):
        if has_letters_from_right(found[0]):
            continue
        parts += [kept[place : found.start()], found[0]]
        place = found.end()
    parts.append(kept[place:])
    # Every second part runs from left to right; the line as a whole from right to left.
    seen = (part if i % 2 else _turned(part) for i, part in enumerate(parts))
    return "".join([*seen][::-1])


def _turned(text: str) -> str:
    return _joined(text)[::-1].translate(_MIRRORED)


def _joined(text: str) -> str:
    """Return Arabic letters in the forms that they take next to each other."""
    forms, found = _forms(), []
    i = 0
    before = False  # the letter before joins to what follows
    while i < len(text):
        letter = text[i : i + 2] if text[i : i + 2] in forms else text[i]
        shapes = forms.get(letter, {})
        following = forms.get(text[i + len(letter) : i + len(letter) + 1], {})
        after = "initial" in shapes and "final" in following
        joins = before and "final" in shapes
        shape = ("medial" if after else "final") if joins else "initial" if after else "isolated"
        found.append(shapes.get(shape, letter))
        before, i = after, i + len(letter)
    return "".join(found)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the forms of each letter, and of the ligatures of lam and alef, by name."""
    found: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEFD):
        kind, *letters = unicodedata.decomposition(chr(code)).split()
        letter = "".join(chr(int(one, 16)) for one in letters)
        if len(letter) == 1 or letter.startswith(_LAM):
            found.setdefault(letter, {})[kind.strip("<>")] = chr(code)
    return found
