"""Contradictions inside one file, or between two files of one brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from ..model import Anchor, AnchorKind
from .forms import letters
from .grammar import UNRESOLVED
from .items import written
from .messages import name, quote
from .readback import Readback, ReadNumber

_COUNTED: Mapping[AnchorKind, str] = {
    "figure": "figures",
    "table": "tables",
    "equation": "equations",
    "footnote": "footnotes",
    "paragraph": "paragraphs",
}


def contradictions(found: Readback, is_draft: bool = False) -> Iterator[str]:
    """Yield each contradiction between the numbers of a file.

    In a draft, unresolved numbers print "?" and are not contradictions.
    """
    yield from dict.fromkeys(
        (
            *_against_list(found, is_draft),
            *_ranges(found),
            *_one_number_each(found, is_draft),
            *_words(found),
            *_gaps(found),
            *_headings(found),
            *_misled(found),
        )
    )


def _against_list(found: Readback, is_draft: bool) -> Iterator[str]:
    """Yield each mark that differs from the label in the list, and what is wrong with the list."""
    listed = {entry.anchor: entry.number for entry in found.bibliography}
    for number in found.numbers:
        if number.anchor.kind != "reference" or (is_draft and number.number == UNRESOLVED):
            continue
        if number.number == UNRESOLVED or number.anchor not in listed:
            yield f"{quote(number.text)} is printed for {name(number.anchor)}, which is not listed"
        elif number.number and number.number != listed[number.anchor]:
            yield (
                f"{quote(number.text)} is printed for {name(number.anchor)}, "
                f"but its entry has the number {listed[number.anchor] or 'none'}"
            )
    keys: set[str] = set()
    for place, entry in enumerate(found.bibliography, start=1):
        if entry.number != str(place):
            shown = quote(entry.number) if entry.number else "no number"
            yield f"entry {place} of the list, {name(entry.key)}, has {shown}"
        if entry.key in keys:
            yield f"the entry {name(entry.key)} is listed twice"
        keys.add(entry.key)


def _ranges(found: Readback) -> Iterator[str]:
    """Yield each range that is not linked to each of the numbers between its ends."""
    listed = {entry.anchor: entry.number for entry in found.bibliography}
    place = 0
    for hidden, run in groupby(found.numbers, key=_is_hidden):
        numbers = list(run)
        start, place = place, place + len(numbers)
        if not hidden:
            continue
        around = (*found.numbers[start - 1 : start], *found.numbers[place : place + 1])
        ends = [number.number for number in around]
        between = [listed.get(number.anchor, "") for number in numbers]
        if len(ends) < 2 or not all(end.isdigit() for end in (*ends, *between)):
            for number in numbers:
                yield f"{quote(number.text)} is printed for {name(number.anchor)}, and no number"
        elif list(map(int, between)) != list(range(int(ends[0]) + 1, int(ends[1]))):
            yield f"the range from {ends[0]} to {ends[1]} is linked to {', '.join(between)}"


def _is_hidden(number: ReadNumber) -> bool:
    return not number.number and number.anchor.kind == "reference"


def _one_number_each(found: Readback, is_draft: bool) -> Iterator[str]:
    """Yield anchors with two numbers, such as a caption and a cross-reference that differ, and two
    anchors of one kind with the same number."""
    first: dict[Anchor, ReadNumber] = {}
    for number in found.numbers:
        if number.anchor.kind == "reference":
            continue
        known = first.setdefault(number.anchor, number)
        if known.number != number.number:
            texts = f"{quote(known.text)} and as {quote(number.text)}"
            yield f"{name(number.anchor)} is printed as {texts}"
        elif number.number in ("", UNRESOLVED) and not is_draft:
            yield f"{quote(number.text)} is printed for {name(number.anchor)}, which has no number"
    for number in (*found.repeated, *found.contents):
        known = first.get(number.anchor, number)
        if known.number != number.number:
            yield (
                f"{name(number.anchor)} is {quote(known.text)} in the text, but "
                f"{quote(number.text)} in a list"
            )
    for number in found.numbers:
        if found.anchors and number.anchor not in found.anchors and not is_draft:
            yield f"{quote(number.text)} points to {name(number.anchor)}, which is not there"
    owners: dict[tuple[AnchorKind, str], Anchor] = {}
    for anchor, number in first.items():
        owner = owners.setdefault((anchor.kind, number.number), anchor)
        if anchor.kind in _COUNTED and owner != anchor and number.number not in ("", UNRESOLVED):
            yield f"{name(owner)} and {name(anchor)} both have the number {number.number}"


def _words(found: Readback) -> Iterator[str]:
    """Yield figures and tables that are called by two words ("Table 1" for Figure 1), or the same.

    A word that may be the author's, before a number alone, is wrong if tables have it for figures.
    """
    said = _said(found)
    names = {kind: _name(words) for kind, words in said.items() if words}
    if len(names) == 2 and names["figure"] == names["table"]:
        yield f"figures and tables are both called {quote(said['figure'][names['figure']][0].text)}"
    for kind, words in said.items():
        others = tuple(word for other, word in names.items() if other != kind)
        for word, numbers in words.items():
            # In scripts without spaces, more than the word is read.
            if word.endswith(names[kind]) or (numbers[0].guessed and not word.endswith(others)):
                continue
            texts = quote(numbers[0].text), quote(words[names[kind]][0].text)
            yield f"{' and '.join(texts)} are two words for one kind"


def _said(found: Readback) -> Mapping[AnchorKind, dict[str, list[ReadNumber]]]:
    """Return the words before the numbers of figures and tables, with these."""
    said: dict[AnchorKind, dict[str, list[ReadNumber]]] = {"figure": {}, "table": {}}
    for number in found.numbers:
        kind = number.anchor.kind
        word = letters(number.text.removesuffix(number.number)) if number.number else ""
        if kind in said and word and not any(c.isdigit() for c in word):
            said[kind].setdefault(word, []).append(number)
    return said


def _name(words: Mapping[str, Sequence[ReadNumber]]) -> str:
    """Return the word that is printed most often, the shortest of several."""
    return max(words, key=lambda word: (len(words[word]), -len(word)))


def _gaps(found: Readback) -> Iterator[str]:
    for kind, words in _COUNTED.items():
        numbers = {n.number for n in found.numbers if n.anchor.kind == kind} - {UNRESOLVED}
        form = "lower-alpha" if kind == "footnote" and all(map(str.isalpha, numbers)) else "decimal"
        wanted = [written(place, form) for place in range(1, len(numbers) + 1)]
        for number in wanted:
            if number not in numbers:
                yield f"{words} are numbered up to {wanted[-1]} or more, but there is no {number}"


def _headings(found: Readback) -> Iterator[str]:
    """Yield each heading whose number does not follow that of the heading before it."""
    others = ("reference", *_COUNTED)
    numbers = [
        tuple(map(int, n.number.split(".")))
        for n in found.numbers
        if n.heads and n.number not in ("", UNRESOLVED)
        if n.anchor.kind not in others and _is_section(n.number)
    ]
    if found.pages is not None:
        if all(len(number) > 1 for number in numbers):
            return  # "1.5 degrees" is no number, where no heading has a whole one
        numbers = sorted(set(numbers))  # columns are read across; the head of a page may repeat one
    for before, after in pairwise([(), *numbers]):
        level = len(after)
        padded = (*before, *[0] * level)[:level]
        if after != (*padded[:-1], padded[-1] + 1):
            shown = [".".join(map(str, number)) for number in (before, after)]
            yield f"section {shown[1]} follows section {shown[0] or 'none'}"


def _is_section(number: str) -> bool:
    return all(part.isdigit() and len(part) < 6 for part in number.split("."))


def _misled(found: Readback) -> Iterator[str]:
    for text, said, page in found.misled:
        yield f"the link {quote(text)} says page {said}, but leads to page {page}"


def disagreements(one: Readback, other: Readback, fellow: str) -> Iterator[str]:
    """Yield where two files of one brief have different numbers. `fellow` is the first's name."""
    mine, theirs = _by_anchor(other.numbers), _by_anchor(one.numbers)
    for anchor in mine.keys() & theirs.keys():
        if mine[anchor] != theirs[anchor]:
            found, wanted = (", ".join(sorted(side[anchor])) for side in (mine, theirs))
            yield f"{name(anchor)} has the number {found}, but {wanted} in {fellow}"
    lists = [[(entry.key, entry.number) for entry in side.bibliography] for side in (one, other)]
    if lists[0] != lists[1]:
        yield f"the reference list differs from that of {fellow}"


def _by_anchor(numbers: Sequence[ReadNumber]) -> dict[Anchor, set[str]]:
    found: dict[Anchor, set[str]] = {}
    for number in numbers:
        if number.number:
            found.setdefault(number.anchor, set()).add(number.number)
    return found
