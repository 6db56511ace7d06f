"""Quick fixes: what a hint names as the right word, put in place of the wrong one."""

from __future__ import annotations

import re

from msgspec import Struct

from ..diagnostics import Diagnostic, Span
from .positions import SourceText

# As `diagnostics.did_you_mean` says it; the message has the wrong word between the same signs.
_MEANT = re.compile(r"did you mean `(.+)`\?")
_QUOTED = re.compile(r"`([^`]+)`")


class Edit(Struct, frozen=True):
    """A stretch of one line, and what comes in its place."""

    span: Span
    text: str


def fix_of(found: Diagnostic, text: SourceText) -> Edit | None:
    """Return the edit that follows a hint, None if it names no word or the place is unclear."""
    meant = _MEANT.fullmatch(found.hint)
    if not meant or found.span.line < 1:
        return None
    piece = text.piece(found.span)
    for wrong in _QUOTED.findall(found.message):
        starts = [one.start() for one in re.finditer(_whole_word(wrong), piece, re.IGNORECASE)]
        if len(starts) == 1:
            place = found.span.piece(starts[0], len(wrong))
            return Edit(place, in_case_of(meant[1], piece[starts[0] :]))
    return None


def _whole_word(word: str) -> str:
    return rf"(?<![\w-]){re.escape(word)}(?![\w-])"


def in_case_of(word: str, written: str) -> str:
    """Return a word with a capital if what it replaces begins a sentence: `@Fig-x`."""
    is_same = written[:1].lower() == word[:1].lower()
    return written[:1] + word[1:] if is_same else word
