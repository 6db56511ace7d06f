"""Put a .bib file in order, and prove that it means what it did."""

from __future__ import annotations

import re

from ..model.references import Library
from ..readers.bibtex import read_bibtex
from ..readers.bibtex.tidy import tidy_bibtex


def tidied(text: str, path: str) -> str | None:
    """Return the text of a .bib file in order; None if its references would not be the same."""
    lines = re.sub(r"\r\n?", "\n", text)
    if (after := tidy_bibtex(lines, path)) == lines:
        return text
    if "\r\n" in text:
        after = after.replace("\n", "\r\n")
    before, now = _read(text, path), _read(after, path)
    same = before.keys() == now.keys() and all(before[key] == now[key] for key in before)
    return after if same else None


def _read(text: str, path: str) -> Library:
    return read_bibtex([(text.encode("utf-8", "surrogatepass"), path)])[0]
