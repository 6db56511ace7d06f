"""Place the marks of a brief before or after punctuation, as the house style prescribes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from msgspec.structs import replace

from .marks import Marks
from .model import (
    Citation,
    Emphasis,
    Footnote,
    FootnoteReference,
    Inline,
    Inlines,
    Link,
    Passage,
    Strikethrough,
    Strong,
    Superscript,
    Text,
    transform,
)
from .numbering import NumberedBrief

STOPS = tuple(".,!?。，、،؟")  # a mark that stands right of punctuation stands right of these
_THIN = "\N{NARROW NO-BREAK SPACE}"


def place_marks(numbered: NumberedBrief, marks: Marks) -> NumberedBrief:
    """Return the brief with the marks of a house, each citation in the place these want."""
    brief = transform(numbered.brief, lambda inlines: placed(inlines, marks))
    return replace(numbered, brief=brief, marks=marks)


def placed(inlines: Inlines, marks: Marks) -> Inlines:
    """Return inlines with each citation where the house wants it, left or right of punctuation.

    The space before a mark does not break: a mark alone on a line is hard to place.
    """
    result = list(inlines)
    for first, last in _neighbours(inlines):
        for i in range(first + 1, last):
            if isinstance(between := result[i], Text):
                result[i] = replace(between, text=" ")
        before = result[first - 1] if first else None
        after = result[last + 1] if last + 1 < len(result) else None
        if not isinstance(before, Text):
            continue
        stop = ""
        if marks.after_punctuation and isinstance(after, Text) and after.text[:1] in STOPS:
            stop = after.text[0]
            result[last + 1] = replace(after, text=after.text[1:])
        bare = before.text.rstrip(" ")
        if marks.before == "thin":
            blank = _THIN if bare or first > 1 else ""
        elif stop or marks.superscript or marks.before == "none" or bare == before.text:
            blank = ""
        elif marks.after_punctuation and bare.endswith(STOPS):
            blank = ""  # the author wrote it behind the stop, where the house wants it
        else:
            blank = "\N{NO-BREAK SPACE}"
        result[first - 1] = replace(before, text=bare + stop + blank)
    kept = [x for x in result if not (isinstance(x, Text) and not x.text)]
    return tuple(_apart(kept, marks))


def _apart(inlines: list[Inline], marks: Marks) -> Iterator[Inline]:
    """Put a raised comma between raised numbers: 1 and 1 must not read as 11."""
    raised = (Footnote, FootnoteReference, *([Citation] if marks.superscript else []))
    for inline, after in zip_longest(inlines, inlines[1:]):
        yield inline
        if isinstance(_edge(inline, -1), raised) and isinstance(_edge(after, 0), raised):
            comma = Text(",", span=inline.span)
            yield Superscript((comma,), span=inline.span)


def _edge(inline: Inline | None, place: int) -> Inline | None:
    """Return what is printed at the first or last place of emphasis and the like."""
    while isinstance(inline, Emphasis | Strong | Strikethrough | Passage | Link) and inline.inlines:
        inline = inline.inlines[place]
    return inline


def _neighbours(inlines: Inlines) -> Iterator[tuple[int, int]]:
    """Yield the places of the first and last of citations between which only spaces stand."""
    places = [i for i, inline in enumerate(inlines) if isinstance(inline, Citation)]
    first = last = -1
    for place in places:
        between = inlines[last + 1 : place]
        if last >= 0 and all(isinstance(x, Text) and not x.text.strip() for x in between):
            last = place
            continue
        if last >= 0:
            yield first, last
        first = last = place
    if last >= 0:
        yield first, last
