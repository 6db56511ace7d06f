"""Citation keys for new entries, in the pattern that a library already has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import chain, product
from typing import NamedTuple

from ..model.references import Name, Reference
from ..text import with_capital

_SMALL = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the"),
        *("to", "with", "de", "der", "des", "die", "das", "la", "le", "les", "und", "et", "el"),
    )
)
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae"})
_MOST = 300  # entries that are looked at for a pattern


class Pattern(NamedTuple):
    """What a key is made of, in order; what stands between; and whether words have capitals."""

    parts: tuple[str, ...] = ("author", "year", "word")
    between: str = ""
    capitals: bool = False


DEFAULT = Pattern()  # lee2019water
_PATTERNS = [
    Pattern(*each)
    for each in product(
        (DEFAULT.parts, ("author", "year"), ("author", "word", "year"), ("author", "short")),
        ("", "_", "-", ":", "."),
        (False, True),
    )
]


def pattern_of(references: Iterable[Reference]) -> Pattern:
    """Return the pattern that most keys follow, the default one where none does."""
    counts: Counter[Pattern] = Counter()
    for reference, _ in zip(references, range(_MOST), strict=False):
        for pattern in _PATTERNS:
            key = _key(reference, pattern)
            if reference.key.startswith(key) and len(reference.key) - len(key) < 2:
                counts[pattern] += 2 if reference.key == key else 1
    return max(counts, key=lambda pattern: counts[pattern]) if counts else DEFAULT


def key_of(reference: Reference, pattern: Pattern, taken: Container[str]) -> str:
    """Return a key that no other entry has: with a letter behind it if need be."""
    key = _key(reference, pattern) or "untitled"
    letters = ("", *"abcdefghijklmnopqrstuvwxyz")
    numbers = (str(number) for number in range(2, 100_000))
    candidates: Iterator[str] = (key + each for each in chain(letters, numbers))
    return next(each for each in candidates if each not in taken)


def _key(reference: Reference, pattern: Pattern) -> str:
    year = _year(reference)
    words = {
        "author": _author(reference),
        "year": year,
        "short": year[-2:],
        "word": _word(reference.title),
    }
    parts = [words[part] for part in pattern.parts if words[part]]
    if pattern.capitals:
        parts = list(map(with_capital, parts))
    return pattern.between.join(parts)


def _author(reference: Reference) -> str:
    names = next((n for role in ("author", "editor") if (n := reference.names.get(role))), ())
    return _of_name(names[0]) if names else ""


def _of_name(name: Name) -> str:
    if name.family:
        return "".join(_folded(name.family))
    capitals = [word for word in re.findall(r"\w+", name.literal) if word[0].isupper()]
    if len(capitals) > 2:
        return "".join(word[0] for word in capitals).lower()  # "who"
    return next((word for word in _folded(name.literal) if word not in _SMALL), "")


def _year(reference: Reference) -> str:
    date = reference.dates.get("issued")
    return str(date.parts[0][0]) if date and date.parts and date.parts[0] else ""


def _word(title: str) -> str:
    words = _folded(title)
    return next((word for word in words if word not in _SMALL), words[0] if words else "")


def _folded(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", plain).lower())
