"""Edits: the paragraphs that differ, each with what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct, field

from .items import Read

ALIKE = 0.5  # of the words of two paragraphs, for one to be the other


class Slot(Struct, frozen=True):
    """A place in the text: an old paragraph, what came back in its place, or only one of them.

    `unit` is the edit that makes the difference, -1 where there is none.
    """

    old: int | None
    new: int | None
    unit: int = -1


class Unit(Struct):
    """One edit: paragraphs that are taken or refused together."""

    kind: str  # "edit", "insert", "delete" or "move"
    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)  # old footnotes that go with it
    new_notes: list[int] = field(default_factory=list)  # new ones


class Alignment(Struct, frozen=True):
    slots: tuple[Slot, ...]
    units: tuple[Unit, ...]


class Units:
    """Puts slots and units together."""

    def __init__(
        self,
        old: Sequence[Read],
        new: Sequence[Read],
        unchanged: frozenset[str],
        held: Mapping[int, Sequence[int]],
        in_order: Mapping[int, int],
        moved: Mapping[int, int],
    ) -> None:
        self.old, self.new, self.unchanged = old, new, unchanged
        self.held, self.in_order, self.moved = held, in_order, moved
        self.owners = {mine: place for place, mine in in_order.items()}  # old ones by new ones
        self.units: list[Unit] = []
        self.of_old: dict[int, int] = {}  # units by old paragraph
        self.of_new: dict[int, int] = {}

    def alignment(self) -> Alignment:
        self._pairs()
        self._moves()
        self._rest()
        self._with_notes()
        return Alignment(tuple(self._slots()), tuple(self.units))

    def _unit(self, kind: str, old: Sequence[int], new: Sequence[int]) -> int:
        self.units.append(Unit(kind, list(old), list(new)))
        number = len(self.units) - 1
        self.of_old |= dict.fromkeys(old, number)
        self.of_new |= dict.fromkeys(new, number)
        return number

    def _pairs(self) -> None:
        for place, mine in self.in_order.items():
            old = list(self.held.get(mine, [place]))
            if len(old) == 1 and not self._differs(place, mine):
                continue
            self._unit("edit", old, [mine])

    def _differs(self, place: int, mine: int) -> bool:
        one, other = self.old[place], self.new[mine]
        if one.said == other.said and one.where[:2] == other.where[:2]:
            return False
        names = one.paragraph.names
        words = [[item.key for item in read.items] for read in (one, other)]
        return not (names and words[0] != words[1] and self.unchanged.issuperset(names))

    def _moves(self) -> None:
        for place, mine in self.moved.items():
            if self.old[place].paragraph.note:
                continue
            if self.old[place].where[:2] != self.new[mine].where[:2] or len(self.held[mine]) > 1:
                self._unit("edit", self.held[mine], [mine])
            else:
                self._unit("move", [place], [mine])
        for place, mine in self.moved.items():
            if not self.old[place].paragraph.note:
                continue
            callers = self._caller(self.old, place), self._caller(self.new, mine)
            number = self.of_old.get(callers[0], -1)
            if self.moved.get(callers[0]) == callers[1] and number >= 0:
                self.of_old[place] = self.of_new[mine] = number
                self.units[number].notes.append(place)
                self.units[number].new_notes.append(mine)
            else:
                self._unit("move", [place], [mine])

    def _caller(self, reads: Sequence[Read], place: int) -> int:
        """Return the paragraph of the text that a footnote belongs to."""
        while place >= 0 and reads[place].paragraph.note:
            place -= 1
        return place

    def _rest(self) -> None:
        """Find what was split, added and deleted."""
        used = set(self.in_order.values()) | set(self.moved.values())
        loose = [n for n in range(len(self.new)) if n not in used]
        added = []
        for n in loose:
            if self.new[n].paragraph.note:
                continue
            side = self._split_of(n)
            if side is None:
                added.append(n)
            else:
                unit = self.units[self.of_new[side]]
                unit.new = sorted([*unit.new, n])
                self.of_new[n] = self.of_new[side]
        for group in _runs(added, self._follows):
            self._unit("insert", [], group)
        gone = set(range(len(self.old))) - set(self.in_order) - set(self.of_old)
        for place in sorted(gone):
            if not self.old[place].paragraph.note:
                self._unit("delete", [place], [])

    def _follows(self, one: int, other: int) -> bool:
        between = self.new[one + 1 : other]
        return all(read.paragraph.note for read in between)

    def _split_of(self, n: int) -> int | None:
        """Return the new paragraph that an added one was split off from."""
        for side in (self._beside(n, -1), self._beside(n, 1)):
            if side is None:
                continue
            unit = self.of_new.get(side)
            if unit is None or self.units[unit].kind != "edit":
                continue
            if side not in self.owners:
                continue
            lost = self._lost(self.owners[side], [m for m in self.units[unit].new if m != n])
            words = [item.key for item in self.new[n].items if item.kind != "blank"]
            if not lost or not words:
                continue
            matcher = SequenceMatcher(None, lost, words, autojunk=False)
            same = sum(block.size for block in matcher.get_matching_blocks())
            if same >= ALIKE * len(words):
                return side
        return None

    def _beside(self, n: int, step: int) -> int | None:
        place = n + step
        while 0 <= place < len(self.new) and self.new[place].paragraph.note:
            place += step
        if not 0 <= place < len(self.new):
            return None
        unit = self.of_new.get(place)
        if unit is not None and self.units[unit].kind == "edit":
            return next((m for m in self.units[unit].new if m in self.owners), None)
        return place

    def _lost(self, place: int, mine: Sequence[int]) -> list[tuple[str, str]]:
        """Return what an old paragraph says and the new ones do not."""
        old = [item.key for item in self.old[place].items if item.kind != "blank"]
        kept = [i.key for m in mine for i in self.new[m].items if i.kind != "blank"]
        matcher = SequenceMatcher(None, old, kept, autojunk=False)
        return [
            word
            for kind, a, b, _, _ in matcher.get_opcodes()
            if kind in ("delete", "replace")
            for word in old[a:b]
        ]

    def _with_notes(self) -> None:
        """Give footnotes that came or went to the paragraph that calls them."""
        for reads, of, others, is_old in (
            (self.old, self.of_old, set(self.in_order), True),
            (self.new, self.of_new, set(self.in_order.values()), False),
        ):
            caller = -1
            for n, read in enumerate(reads):
                if not read.paragraph.note:
                    caller = n
                    continue
                if n in of or (n in others and not (is_old and self._gone(caller))):
                    continue
                number = of.get(caller)
                if number is None:
                    number = self._called(caller, is_old)
                of[n] = number
                (self.units[number].notes if is_old else self.units[number].new_notes).append(n)

    def _called(self, caller: int, is_old: bool) -> int:
        """Return a unit for a paragraph whose footnotes alone differ."""
        place = caller if is_old else self.owners.get(caller)
        mine = self.in_order.get(caller) if is_old else caller
        return self._unit(
            "edit",
            [place] if place is not None and place >= 0 else [],
            [mine] if mine is not None and mine >= 0 else [],
        )

    def _gone(self, place: int) -> bool:
        return place in self.of_old and self.units[self.of_old[place]].kind == "delete"

    def _slots(self) -> Iterator[Slot]:
        new = 0
        for place in range(len(self.old) + 1):
            mine = self.in_order.get(place)
            if place == len(self.old):
                mine = len(self.new)
            if mine is None:
                yield Slot(place, None, self.of_old.get(place, -1))
                continue
            while new < mine:
                yield Slot(None, new, self.of_new.get(new, -1))
                new += 1
            if place < len(self.old):
                yield Slot(place, mine, self.of_old.get(place, -1))
            new = mine + 1


def _runs(places: Sequence[int], follows: Callable[[int, int], bool]) -> list[list[int]]:
    """Return places in groups of such as follow each other."""
    found: list[list[int]] = []
    for place in places:
        if found and follows(found[-1][-1], place):
            found[-1].append(place)
        else:
            found.append([place])
    return found
