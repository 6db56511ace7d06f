"""Given names as initials (CSL 1.0.2, name, initialize-with)."""

from __future__ import annotations

import re

HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_ABBREVIATED = re.compile(r"[^\W\d_]{2,3}\.")  # "Yu.", "Chr.": as short as its bearer has it
_SHORT = 4  # letters: "Henry." is no abbreviation
_JOINT = re.compile(f"[{HYPHENS}]")


def initials(given: str, mark: str, hyphen: bool) -> str:
    """Return a given name as initials, each with its mark: "J.-L.", "J. de", "Yu."."""
    text = ""
    for word in given.replace(".", ". ").split():
        if _ABBREVIATED.fullmatch(word):
            text += word.rstrip(".") + mark
        elif word.strip(".").isalnum() and not word[0].isupper():
            # A particle, or a script without capitals: no mark stands before it.
            text = text.rstrip() + " " + word + " "
        elif _JOINT.match(word) and text:  # "J.-M.", parted by its points
            joint = mark.rstrip() + "-" if hyphen else mark
            text = text.removesuffix(mark) + joint + _letters(word[1:], mark, hyphen)
        else:
            text += _letters(word, mark, hyphen)
    return text.strip()


def _letters(word: str, mark: str, hyphen: bool) -> str:
    first, *others = _JOINT.split(word)
    # "Shun-ichi" is one name in two syllables: "S.", not "S.-i."
    parts = [first, *(part for part in others if not part[:1].islower())]
    letters = [part[0] for part in parts if part and part[0].isalpha()]
    joint = mark.rstrip() + "-" if hyphen else mark
    return joint.join(letters) + mark if letters else ""


def with_marks(given: str, mark: str) -> str:
    """Return a given name whose abbreviations have their mark: "James T. Kirk" (initialize)."""
    text = ""
    for word in given.replace(".", ". ").split():
        letters = word.rstrip(".")
        if len(letters.strip(HYPHENS)) < _SHORT and (letters != word or _is_initial(letters)):
            text = (text.rstrip() if _JOINT.match(word) else text) + letters + mark
        else:
            text = (text.rstrip() + " " if text else "") + word + " "
    return text.strip()


def _is_initial(letters: str) -> bool:
    return len(letters) == 1 and letters.isupper()
