"""Compare a reference list and its links back with the brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from ..model import Anchor
from .expected import Expected, ExpectedEntry
from .forms import Form, has_parted_marks, strict, without_marks
from .messages import name, quote
from .readback import Readback, ReadEntry

_LONGEST_TAIL = 40  # characters of the words that lead to an entry's links back


def wrong_entries(expected: Expected, found: Readback, form: Form) -> Iterator[str]:
    tails: set[str] = set()
    for wanted, read in zip_longest(expected.bibliography, found.bibliography):
        if read is None:
            yield f"the reference list lacks {_entry(wanted)}"
        elif wanted is None:
            yield f"the reference list has the extra entry {_entry(read)}"
        elif wanted.key != read.key:
            yield f"the reference list has {_entry(read)} in place of {_entry(wanted)}"
        elif wanted.number != read.number:
            yield (
                f"the reference {name(read.key)} has the number {wanted.number}, "
                f"but {quote(read.number) if read.number else 'none'} is printed"
            )
        else:
            if not wanted.text:
                continue  # nobody said what it says
            alike = form
            if form is not strict and any(map(has_parted_marks, (wanted.text, read.text))):
                alike = without_marks(form)
            said, printed = alike(wanted.text), alike(read.text)
            tail = _tail(said, printed)
            if said != printed and (tail is None or not read.places):
                yield _text_difference(read.key, said, printed)
            elif tail:
                tails.add(tail)
    if len(tails) > 1:
        yield f"entries end in different words: {', '.join(quote(t) for t in sorted(tails))}"


def _tail(said: str, printed: str) -> str | None:
    """Return the words that lead to the links back ("Cited in"); None if there is more."""
    if not printed.startswith(said):
        return None if not _is_shuffled_with_words(said, printed) else ""
    tail = printed[len(said) :]
    return None if len(tail) > _LONGEST_TAIL or any(c.isdigit() for c in tail) else tail


def _is_shuffled_with_words(said: str, printed: str) -> bool:
    """Say whether characters in any order are those of an entry and a few more."""
    more = Counter(printed) - Counter(said)
    ordered = sorted(printed) == list(printed)
    fits = not Counter(said) - Counter(printed) and sum(more.values()) <= _LONGEST_TAIL
    return ordered and fits and not any(c.isdigit() for c in more)


def _entry(entry: ExpectedEntry | ReadEntry) -> str:
    return f"{name(entry.key)} ({entry.number or 'no number'})"


def _text_difference(key: str, said: str, printed: str) -> str:
    """Return a message that quotes both texts from shortly before their first difference."""
    pairs = zip_longest(said, printed)
    place = max(next((i for i, (a, b) in enumerate(pairs) if a != b), 0) - 10, 0)
    return (
        f"the text of the reference {name(key)} differs: {quote(said[place:])} must be printed, "
        f"but {quote(printed[place:])} is"
    )


def wrong_places(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each link back that is missing, or leads to where its reference is not cited."""
    by_key = {entry.key: entry for entry in expected.bibliography}
    citing: dict[Anchor, set[Anchor]] = {}
    for mark in expected.marks:
        for anchor, _ in mark.numbers:
            citing.setdefault(anchor, set()).add(mark.anchor)
    for read in found.bibliography:
        wanted = by_key.get(read.key)
        if wanted is None or not (expected.back_references or read.places):
            continue
        sections = dict(wanted.places)
        for place in read.places:
            if place.anchor not in (*citing.get(read.anchor, ()), *sections):
                yield (
                    f"the link back {quote(place.text)} of {name(read.key)} leads to a place that "
                    "does not cite it"
                )
            elif (number := sections.get(place.anchor, place.number)) != place.number and number:
                yield (
                    f"the link back {quote(place.text)} of {name(read.key)} leads to section "
                    f"{number}"
                )
        there = {place.anchor for place in read.places}
        can_lead = found.anchors
        for anchor, number in wanted.places if expected.back_references else ():
            if number and anchor not in there and (not can_lead or anchor in can_lead):
                yield f"no link of {name(read.key)} leads back to section {number}"
