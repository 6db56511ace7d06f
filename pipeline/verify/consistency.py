"""What one file, or two of one brief, say of themselves: no table of numbers is needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from ..diagnostics import Diagnostic
from ..marks import UNRESOLVED
from .comparison import mismatch
from .printed import Printed, PrintedNumber

_KINDS = {"fig-": "figures", "tbl-": "tables", "fn-": "footnotes"}


def contradictions(printed: Printed, path: str) -> Iterator[Diagnostic]:
    """Yield where a file's numbers do not fit each other."""
    for message in dict.fromkeys(
        [
            *_against_list(printed),
            *_ranges(printed, path.endswith(".docx")),
            *_one_number_each(printed),
            *_gaps(printed),
            *_headings(printed),
            *_misled(printed),
        ]
    ):
        yield mismatch(message, path)


def _against_list(printed: Printed) -> Iterator[str]:
    """Yield each mark that differs from the label in the list, and what is wrong with the list."""
    listed = {f"ref-{entry.key}": entry.number for entry in printed.bibliography}
    for number in printed.numbers:
        if not number.anchor.startswith("ref-"):
            continue
        if number.number == UNRESOLVED or number.anchor not in listed:
            yield f"“{number.text}” is printed for `{number.anchor}`, which is not in the list"
        elif number.number and number.number != listed[number.anchor]:
            yield (
                f"“{number.text}” is printed for `{number.anchor}`, "
                f"but its entry has the number {listed[number.anchor] or 'none'}"
            )
    for place, entry in enumerate(printed.bibliography, start=1):
        if entry.number != str(place):
            yield f"entry {place} of the list, `{entry.key}`, has the number {entry.number}"


def _ranges(printed: Printed, saved_anew: bool) -> Iterator[str]:
    """Yield each range that is not linked to each of the numbers between its ends.

    `saved_anew`: a program that saves a Word file anew may leave its empty links out.
    """
    listed = {f"ref-{entry.key}": entry.number for entry in printed.bibliography}
    place = 0
    for hidden, run in groupby(printed.numbers, key=_is_hidden):
        numbers = list(run)
        start, place = place, place + len(numbers)
        if not hidden:
            continue
        ends = [
            n.number
            for n in (*printed.numbers[start - 1 : start], *printed.numbers[place : place + 1])
        ]
        between = [listed.get(number.anchor, "") for number in numbers]
        if len(ends) < 2 or not all(end.isdigit() for end in (*ends, *between)):
            for number in numbers:
                yield f"no number is printed for `{number.anchor}`, but “{number.text}”"
            continue
        all_between = list(range(int(ends[0]) + 1, int(ends[1])))
        linked = list(map(int, between))
        if linked != all_between and not (saved_anew and linked == all_between[:1]):
            yield f"the range from {ends[0]} to {ends[1]} is linked to {', '.join(between)}"


def _is_hidden(number: PrintedNumber) -> bool:
    return not number.number and number.anchor.startswith("ref-")


def _one_number_each(printed: Printed) -> Iterator[str]:
    """Yield what is printed with two numbers: a caption and a cross-reference to it, say."""
    first: dict[str, PrintedNumber] = {}
    for number in printed.numbers:
        if number.anchor.startswith("ref-"):
            continue
        known = first.setdefault(number.anchor, number)
        if known.number != number.number:
            yield f"`{number.anchor}` is printed as “{known.text}” and as “{number.text}”"
        elif number.number in ("", UNRESOLVED):
            yield f"“{number.text}” is printed for `{number.anchor}`, which has no number"
    for number in printed.repeated:
        known = first.get(number.anchor, number)
        if known.number != number.number:
            yield f"`{number.anchor}` is “{known.text}” in the text, but “{number.text}” in a list"
    for number in printed.numbers:
        if printed.anchors and number.anchor not in printed.anchors:
            yield f"“{number.text}” points to `{number.anchor}`, which is not there"


def _gaps(printed: Printed) -> Iterator[str]:
    for prefix, kind in _KINDS.items():
        found = {n.number for n in printed.numbers if n.anchor.startswith(prefix)}
        missing = {str(i + 1) for i in range(len(found))} - found
        for number in sorted(missing, key=int):
            yield f"{kind} are numbered up to {len(found)} or more, but none is {number}"


def _headings(printed: Printed) -> Iterator[str]:
    """Yield each heading whose number does not follow that of the heading before it."""
    numbers = [
        tuple(map(int, n.number.split(".")))
        for n in printed.numbers
        if n.text == n.number and n.number not in ("", UNRESOLVED)
        if not n.anchor.startswith(("ref-", *_KINDS))
    ]
    for before, after in pairwise([(), *numbers]):
        level = len(after)
        padded = (*before, *[0] * level)[:level]
        if after != (*padded[:-1], padded[-1] + 1):
            shown = [".".join(map(str, number)) for number in (before, after)]
            yield f"section {shown[1]} follows section {shown[0] or 'none'}"


def _misled(printed: Printed) -> Iterator[str]:
    for text, said, page in printed.misled:
        yield f"the link back “{text}” says page {said}, but leads to page {page}"


def disagreements(one: Printed, other: Printed, name: str, path: str) -> Iterator[Diagnostic]:
    """Yield where two files of one brief bear different numbers. `name` is that of the first."""
    mine, theirs = _by_anchor(other), _by_anchor(one)
    for anchor in mine.keys() & theirs.keys():
        if mine[anchor] != theirs[anchor]:
            found, wanted = (", ".join(sorted(side[anchor])) for side in (mine, theirs))
            yield mismatch(f"`{anchor}` has the number {found}, but {wanted} in {name}", path)
    lists = [[(entry.key, entry.number) for entry in side.bibliography] for side in (one, other)]
    if lists[0] != lists[1]:
        yield mismatch(f"the reference list has other entries than that of {name}", path)


def _by_anchor(printed: Printed) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number in printed.numbers:
        if number.number:
            found.setdefault(number.anchor, set()).add(number.number)
    return found
