"""Which block, item or row of the newer edition is a version of which of the older one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from ..model import Node
from .saying import likeness, said, words_of

ALIKE = 0.4  # of the words of two nodes that are versions of one
_MOST = 1_000_000  # pairs of nodes that are looked at one by one
_NEAR = 40  # places that a version may be away, among those that differ
_N = TypeVar("_N", bound=Node | tuple[Node, ...])


def pair_up(
    old: Sequence[_N], new: Sequence[_N], least: Callable[[_N, _N], float | None]
) -> Iterator[tuple[_N | None, _N | None]]:
    """Yield both sequences in one order: versions of one node together, others beside None.

    `least` says how alike two nodes are whatever their words; None if they cannot be one.
    """
    i = j = 0
    for a, b in (*_same(old, new), (len(old), len(new))):
        yield from _versions(old[i:a], new[j:b], least)
        if a < len(old) and b < len(new):
            yield old[a], new[b]
        i, j = a + 1, b + 1


def _same(old: Sequence[_N], new: Sequence[_N]) -> list[tuple[int, int]]:
    """Return pairs of nodes that say the same, in order of both, with as many words as can be."""
    places: dict[Hashable, int] = {}
    one, other = ([places.setdefault(said(n), len(places)) for n in side] for side in (old, new))
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    inner = one[start : len(one) - end], other[start : len(other) - end]
    if len(inner[0]) * len(inner[1]) > _MOST:
        blocks = SequenceMatcher(None, *inner, autojunk=False).get_matching_blocks()
        found = [(a + n, b + n) for a, b, size in blocks for n in range(size)]
    else:
        weights = [1 + words_of(node).total() for node in old[start : len(old) - end]]
        found = _heaviest(*inner, weights)
    return [
        *((n, n) for n in range(start)),
        *((start + a, start + b) for a, b in found),
        *((len(old) - n, len(new) - n) for n in range(end, 0, -1)),
    ]


def _heaviest(one: list[int], other: list[int], weights: list[int]) -> list[tuple[int, int]]:
    """Return the common subsequence with the greatest weight."""
    best = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        row, below, key, weight = best[i], best[i + 1], one[i], weights[i]
        for j in range(len(other) - 1, -1, -1):
            skipped = max(below[j], row[j + 1])
            row[j] = max(skipped, below[j + 1] + weight) if other[j] == key else skipped
    found = []
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i] == other[j] and best[i][j] == best[i + 1][j + 1] + weights[i]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _versions(
    old: Sequence[_N], new: Sequence[_N], least: Callable[[_N, _N], float | None]
) -> Iterator[tuple[_N | None, _N | None]]:
    """Yield what differs, the pairs that are most alike together; what is gone comes first."""
    bags = [[words_of(node) for node in side] for side in (old, new)]
    # The best that can be had of the first i and j nodes, and whether these two are a pair then.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    paired: set[tuple[int, int]] = set()
    for i, was in enumerate(old):
        for j, now in enumerate(new):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j])
            bonus = least(was, now) if abs(i - j) <= _NEAR else None
            if bonus is None:
                continue
            share = max(bonus, likeness(bags[0][i], bags[1][j]))
            if share >= ALIKE and best[i][j] + share > best[i + 1][j + 1]:
                best[i + 1][j + 1] = best[i][j] + share
                paired.add((i, j))
    pairs = []
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 and j >= 0:
        if (i, j) in paired:
            pairs.append((i, j))
            i, j = i - 1, j - 1
        elif best[i][j + 1] >= best[i + 1][j]:
            i -= 1
        else:
            j -= 1
    i = j = 0
    for stop_i, stop_j in (*pairs[::-1], (len(old), len(new))):
        yield from ((was, None) for was in old[i:stop_i])
        yield from ((None, now) for now in new[j:stop_j])
        if stop_i < len(old) and stop_j < len(new):
            yield old[stop_i], new[stop_j]
        i, j = stop_i + 1, stop_j + 1
