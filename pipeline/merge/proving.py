"""The proof: the source with the edits is built and read, and must say what came back."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from .building import Build, Built
from .edits import Edited, edited_unit
from .items import Read
from .patching import Conflict, patched
from .sides import Sides
from .units import Alignment

_SECONDS = 8.0  # of processor time for edits that are not proved at once
_NOT_PROVED = "the Markdown with this change does not print what came back: make it by hand"


class Proved(Struct, frozen=True):
    """What was proved: the new source, and which edits are in it. `reasons` are of the others."""

    text: str
    built: Built
    accepted: frozenset[int]
    reasons: Mapping[int, str]


class Prover:
    """Finds the edits that can be proved, few builds at a time."""

    def __init__(
        self,
        base: Built,
        new: Sequence[Read],
        alignment: Alignment,
        edits: Sequence[Edited],
        build: Build,
    ) -> None:
        self.base, self.old = base, base.text
        self.new, self.alignment = new, alignment
        self.edits, self.build = list(edits), build
        self.literal: Sides | None = None
        self.reasons = {n: edit.reason for n, edit in enumerate(edits) if edit.reason}
        self.until = 0.0
        self.tried: dict[frozenset[int], Built | str] = {}

    def proved(self) -> Proved:
        """Return the most that can be proved: all edits, or those that hold one by one."""
        wanted = [n for n in range(len(self.edits)) if n not in self.reasons]
        accepted, built = self._search([], wanted, self.base)
        text = self._text(accepted)
        return Proved(text, built, frozenset(accepted), self.reasons)

    def _search(
        self, accepted: list[int], wanted: list[int], built: Built
    ) -> tuple[list[int], Built]:
        """Return `accepted` with all of `wanted` that can be proved beside them."""
        if not wanted:
            return accepted, built
        chosen = frozenset((*accepted, *wanted))
        if chosen not in self.tried:
            self.tried[chosen] = self._try(sorted(chosen))
        found = self.tried[chosen]
        if isinstance(found, Built):
            return [*accepted, *wanted], found
        if len(wanted) == 1:
            again = self._literally(accepted, wanted[0]) if found == _NOT_PROVED else None
            if again is not None:
                return [*accepted, *wanted], again
            self.reasons[wanted[0]] = found
            return accepted, built
        middle = len(wanted) // 2
        accepted, built = self._search(accepted, wanted[:middle], built)
        return self._search(accepted, wanted[middle:], built)

    def _literally(self, accepted: list[int], number: int) -> Built | None:
        """Prove an edit with quotation marks and dashes as they are printed.

        Beside other words, a `"` that closed before may open.
        """
        before = self.edits[number]
        if self.literal is None:
            self.literal = Sides(self.base, self.new, self.alignment, literal=True)
        self.edits[number] = edited_unit(self.literal, before.unit)
        if self.edits[number].patches not in ((), before.patches):
            found = self._try(sorted((*accepted, number)))
            if isinstance(found, Built):
                self.tried.clear()  # what failed with this edit as it was
                return found
        self.edits[number] = before
        return None

    def _text(self, chosen: Sequence[int]) -> str:
        patches = [patch for n in sorted(chosen) for patch in self.edits[n].patches]
        return patched(self.base.source.text, patches)

    def _try(self, chosen: Sequence[int]) -> Built | str:
        """Return what is built of some edits, or why they are not proved."""
        if not self.until:
            self.until = time.process_time() + _SECONDS
        elif time.process_time() > self.until:
            return "proving it would take too long beside so many others: make it by hand"
        try:
            text = self._text(chosen)
        except Conflict:
            return "another change in the same place was taken: make this one by hand"
        built = self.build(text)
        if built is None:
            return _NOT_PROVED
        for said, count in built.errors.items():
            if count > self.base.errors.get(said, 0):
                return f"with it the brief has an error, {said[1]}: make it by hand"
        if built.source.text != text:
            return "it holds characters that no brief may hold"
        expected = self._expected(frozenset(chosen))
        for one, other in zip_longest(expected, built.text):
            if one is None or other is None or not one.same(other):
                return _NOT_PROVED
        return built

    def _expected(self, chosen: frozenset[int]) -> list[Read]:
        """Return the paragraphs that must be read from a file with some of the edits."""
        found: list[Read] = []
        for slot in self.alignment.slots:
            if slot.unit in chosen:
                if slot.new is not None:
                    found.append(self.new[slot.new])
            elif slot.old is not None:
                found.append(self.old[slot.old])
        return found
