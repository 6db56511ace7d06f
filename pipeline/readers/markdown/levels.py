"""The levels of headings: none is skipped in the outputs (PDF/UA-1, 7.4.2; WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from ...diagnostics import Diagnostic, Span


class Levels:
    """The headings that are open while a brief is read from top to bottom."""

    def __init__(self, shift: int) -> None:
        self._shift = shift  # how many `#` more than its level a heading has
        self._open: list[int] = []  # those above, each below the one before, as they are written
        self._before = "is the first"

    def begin_part(self, kind: str) -> None:
        """Enter the title of a part that makes up a brief: a heading of the highest level."""
        if len(self._open) > 1:
            self._open = [1]
            self._before = f"follows the title of `{kind}`, of {self._hashes(1)}"

    def place(self, hashes: int, span: Span) -> tuple[int, list[Diagnostic]]:
        """Return the level of a heading with so many `#`, from 1, and a finding if it skips one.

        It is one more than that of the heading it stands below, so that all with the same `#`
        below the same heading have the same level.
        """
        written = max(hashes - self._shift, 1)
        deepest, before = self._open[-1] if self._open else 0, self._before
        while self._open and self._open[-1] >= written:
            self._open.pop()
        self._open.append(written)
        self._before = f"follows one of {self._hashes(written)}"
        level = len(self._open)
        if written <= deepest + 1:
            return level, []
        message = (
            f"a heading of {self._hashes(written)} {before}, and is set as one of level "
            f"{level + self._shift}"
        )
        hint = f"use {'#' * (level + self._shift)} here, or add the heading between"
        return level, [Diagnostic("heading-skipped", message, span, hint)]

    def _hashes(self, level: int) -> str:
        return f"level {level + self._shift} ({'#' * (level + self._shift)})"
