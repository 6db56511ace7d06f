"""Words that stay together on a page, so that no line holds a stray word or number.

A last line with one short word is a hole in the page; "vol." at the end of a line makes a reader
look for the number. Blanks between such words do not break. Whatever is held together is short: it
leaves a hole in the line before it.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from .model import (
    Citation,
    CrossReference,
    Footnote,
    FootnoteReference,
    Inlines,
    Text,
    plain,
)
from .model.references import RichText

MOST_HELD = 10  # characters of a line that may be lost for what stays together: a seventh
_SHORTEST = 7  # characters of a last line
_FEW = 90  # characters of a paragraph that is one line
TITLE = 24  # likewise of a title
_MARK = 4  # characters of a mark: [12]
_NBSP = "\N{NO-BREAK SPACE}"
# "vol. 44", "pp. 3–5", "Nr. 7": an abbreviation before a number.
_NUMBERED = re.compile(r"(?<=\b[A-Za-z]\.) (?=\d)|(?<=\b[A-Za-z]{2}\.) (?=\d)|(?<=vol\.) (?=\d)")
_INITIAL = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_]{1,12}\b)")  # "B. Smith"
_BEFORE_DASH = re.compile(r" (?=[–—](?: |$))")
_HELD = re.compile("|".join(each.pattern for each in (_NUMBERED, _INITIAL, _BEFORE_DASH)))


def with_full_last_line(inlines: Inlines, few: int = _FEW) -> Inlines:
    """Return a paragraph with no break before a last word too short for a line of its own.

    One of `few` characters has one line.
    """
    if len(plain(inlines)) < few:
        return inlines
    reach = 0
    for place in reversed(range(len(inlines))):
        match inlines[place]:
            case Text(text=text) as found:
                if " " in text:
                    held = replace(found, text=_held(text, reach))
                    return (*inlines[:place], held, *inlines[place + 1 :])
                reach += len(text)
            case Citation(cites=cites):
                reach += _MARK * len(cites)
            case CrossReference() | Footnote() | FootnoteReference():
                reach += _MARK
            case _:
                return inlines
    return inlines


def _held(text: str, reach: int) -> str:
    """Keep the last words of a text together; `reach` is the length of what follows it."""
    words = text if reach else text.rstrip(" ")
    place = len(words)
    while len(words) - place + reach < _SHORTEST:
        before = words.rfind(" ", 0, place)
        if before <= 0 or len(words) - before + reach > MOST_HELD + 1:
            break
        place = before
    held = words[place + 1 :].replace(" ", _NBSP)
    return text[: place + 1] + held + text[len(words) :]


def with_dashes_held(inlines: Inlines) -> Inlines:
    """Return text in which no line begins with a dash that has blanks on both sides."""
    return tuple(
        replace(inline, text=_BEFORE_DASH.sub(_NBSP, inline.text))
        if isinstance(inline, Text)
        else inline
        for inline in inlines
    )


def entry_held(runs: RichText) -> RichText:
    """Return an entry with numbers kept on the line of their abbreviation, names on that of their
    initials, dashes on that of the word before, and a full last line."""
    held = [replace(run, text=_HELD.sub(_NBSP, run.text)) for run in runs]
    if held and " " in held[-1].text and sum(len(run.text) for run in held) >= _FEW:
        held[-1] = replace(held[-1], text=_held(held[-1].text, 0))
    return tuple(held)
