"""Which paragraphs came back as which: by the bookmarks round blocks, else by their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from .items import Read
from .units import ALIKE, Alignment, Units


def align(old: Sequence[Read], new: Sequence[Read], unchanged: frozenset[str]) -> Alignment:
    """Return how two versions of the text differ, paragraph by paragraph.

    `unchanged` are bookmarks of blocks whose words are those that were written, by their hash:
    what differs there comes from another version of this program.
    """
    held = _held(old, new)
    of_old = {place: mine for mine, places in held.items() for place in places}
    kept = _in_order([(places[0], mine) for mine, places in held.items()], old)
    kept += _by_words(old, new, kept, of_old, held)
    kept.sort()
    moved = {held[mine][0]: mine for mine in held} if held else {}
    in_order = dict(kept)
    moved = {place: mine for place, mine in moved.items() if in_order.get(place) != mine}
    return Units(old, new, unchanged, held, in_order, moved).alignment()


def _held(old: Sequence[Read], new: Sequence[Read]) -> dict[int, list[int]]:
    """Return the old paragraphs that each new one holds, by their bookmarks."""
    place_of: dict[str, int] = {}
    for place, read in enumerate(old):
        for name in read.paragraph.names:
            place_of.setdefault(name, place)
    taken: set[int] = set()
    found: dict[int, list[int]] = {}
    for mine, read in enumerate(new):
        places = list(dict.fromkeys(place_of[n] for n in read.paragraph.names if n in place_of))
        places = [place for place in places if place not in taken]
        taken.update(places)
        if places:
            found[mine] = places
    return found


def _in_order(pairs: Sequence[tuple[int, int]], old: Sequence[Read]) -> list[tuple[int, int]]:
    """Return the pairs (old, new), given in the order of new, that did not move.

    They are in order of both, and as many as can be; headings and the like rather than paragraphs.
    """
    best = [(0, -1)] * (len(old) + 2)  # a Fenwick tree: weight and last pair, by old place
    before = [-1] * len(pairs)
    total = (0, -1)
    for n, (place, _) in enumerate(pairs):
        found, at = (0, -1), place
        while at > 0:
            found, at = max(found, best[at]), at & (at - 1)
        before[n] = found[1]
        here = (found[0] + _weight(old[place]), n)
        total, at = max(total, here), place + 1
        while at < len(best):
            best[at], at = max(best[at], here), at + (at & -at)
    kept = []
    n = total[1]
    while n >= 0:
        kept.append(pairs[n])
        n = before[n]
    return kept[::-1]


def _weight(read: Read) -> int:
    """Return how much is lost if a paragraph counts as moved: footnotes follow their paragraphs."""
    return 1 if read.paragraph.note else 2 if read.where[0] == "BodyText" else 3


def _by_words(
    old: Sequence[Read],
    new: Sequence[Read],
    kept: Sequence[tuple[int, int]],
    of_old: Mapping[int, int],
    held: Mapping[int, Sequence[int]],
) -> list[tuple[int, int]]:
    """Return pairs among paragraphs without bookmarks, between those that are known."""
    found: list[tuple[int, int]] = []
    edges = [(-1, -1), *kept, (len(old), len(new))]
    for (old_start, new_start), (old_end, new_end) in pairwise(edges):
        left = [n for n in range(old_start + 1, old_end) if n not in of_old]
        right = [n for n in range(new_start + 1, new_end) if n not in held]
        if not left or not right:
            continue
        said = [[(read.where[0], read.said) for read in (a[n] for n in places)]
                for a, places in ((old, left), (new, right))]  # fmt: skip
        matcher = SequenceMatcher(None, said[0], said[1], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind == "equal":
                found += zip(left[a:b], right[c:d], strict=True)
            elif kind == "replace":
                found += _alike(old, new, left[a:b], right[c:d])
    return found


def _alike(
    old: Sequence[Read], new: Sequence[Read], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield pairs, in order, of paragraphs that share most of their words."""
    start = 0
    for place in left:
        for n in range(start, min(len(right), start + 20)):
            same = old[place].where[1:] == new[right[n]].where[1:]
            is_cell = bool(old[place].paragraph.cell)  # known by where it is
            if same and (is_cell or likeness(old[place], new[right[n]]) > ALIKE):
                yield place, right[n]
                start = n + 1
                break


def likeness(one: Read, other: Read) -> float:
    """Return how much two paragraphs share, from 0 to 1."""
    words = [[i.key for i in read.items if i.kind != "blank"][:2000] for read in (one, other)]
    if not words[0] or not words[1]:
        return 0.0
    return SequenceMatcher(None, words[0], words[1], autojunk=False).ratio()
