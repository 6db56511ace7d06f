"""Put a .bib file in order, and prove that it means what it did."""

from __future__ import annotations

import re

from ..diagnostics import Diagnostic
from ..model.references import Library
from ..readers.bibtex import read_bibtex
from ..readers.bibtex.tidy import tidy_bibtex
from .adding import BROKEN


def tidied(text: str, path: str) -> str | None:
    """Return the text of a .bib file in order; None if its references would not be the same."""
    lines = re.sub(r"\r\n?", "\n", text)
    before = _read(text, path)
    after = tidy_bibtex(lines, path)
    if other := _others(before, _read(after, path)):  # what was put right is read in another way
        after = tidy_bibtex(lines, path, other)
    if after == lines:
        return text
    if "\r\n" in text:
        after = after.replace("\n", "\r\n")
    now = _read(after, path)
    return after if before.keys() == now.keys() and not _others(before, now) else None


def left_as_they_are(text: str, path: str) -> list[Diagnostic]:
    """Return what is wrong with entries that are never closed, or cannot be read otherwise."""
    found = read_bibtex([(text.encode("utf-8", "surrogatepass"), path)])[1]
    return [each for each in found if each.code in BROKEN]


def _others(before: Library, now: Library) -> frozenset[str]:
    """Return the keys of references that are not what they were."""
    return frozenset(key for key in before if key not in now or before[key] != now[key])


def _read(text: str, path: str) -> Library:
    return read_bibtex([(text.encode("utf-8", "surrogatepass"), path)])[0]
