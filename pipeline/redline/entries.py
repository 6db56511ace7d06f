"""Compare the entries of the references that both editions cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from msgspec.structs import replace

from ..csl import format_entry
from ..model import Anchor, Change
from ..model.references import RichText, Run
from ..numbering import NumberedBrief
from .saying import tokens


def compare_entries(older: NumberedBrief, newer: NumberedBrief) -> Mapping[Anchor, RichText]:
    """Return the entry, with what changed in it, of each reference whose entry has changed.

    Both are compared in the newer edition's style, and without what the entry before them changes.
    """
    style, lang = newer.citation_style, newer.brief.front.lang
    before = {found.anchor: found for found in older.bibliography}
    found: dict[Anchor, RichText] = {}
    for reference in newer.bibliography:
        if was := before.get(reference.anchor):
            sides = format_entry(was, style, lang), format_entry(reference, style, lang)
            if sides[0] != sides[1]:
                found[reference.anchor] = tuple(_compared(*sides))
    return found


def _compared(old: RichText, new: RichText) -> Iterator[Run]:
    words = [[replace(run, text=word) for run in side for word in tokens(run.text)]
             for side in (old, new)]  # fmt: skip
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from _joined(words[1][c:d], None)
        else:
            yield from _joined(words[0][a:b], "deleted")
            yield from _joined(words[1][c:d], "inserted")


def _joined(words: list[Run], change: Change | None) -> list[Run]:
    """Return words of one format as one run."""
    found: list[Run] = []
    for word in words:
        same = found and replace(found[-1], text="", change=None) == replace(word, text="")
        text = found.pop().text + word.text if same else word.text
        found.append(replace(word, text=text, change=change))
    return found
