"""What the commands of `brief` report: diagnostics, their count, the outcome of a build."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from ..diagnostics import Diagnostic, Severity, reason_of
from ..diagnostics.render import SourceLines, counted, render_text
from ..disk import read_file, shown_path
from ..outcome import UP_TO_DATE, Outcome
from .terminal import Painted, has_colours, refuse, say

LARGEST = 64 * 1024 * 1024  # bytes of a file that is quoted
LONGEST = 200  # diagnostics that are printed in full; the rest are only counted
MOST_ALIKE, MOST_LINES = 5, 20  # of those that say the same: printed in full; whose lines are named

NOT_WRITTEN = Painted("not written", "31")


def refuse_no_briefs(root: Path) -> int:
    """Say that the project at `root` has nothing to build; return the exit code."""
    folder = shown_path(root / "briefs")
    return refuse(f"there is no brief in {folder}; `brief new NAME` starts one")


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], stream: TextIO
) -> None:
    """Print diagnostics with their source lines. `sources` are the texts of files, by path."""
    found = _gathered(diagnostics)
    if len(found) > LONGEST:  # errors are never among those that are only counted
        found.sort(key=lambda gathered: gathered[0].severity is not Severity.ERROR)
    lines = SourceLines(sources)
    for diagnostic, others in found[:LONGEST]:
        line = lines.get(diagnostic.span.path, diagnostic.span.line)
        print(render_text(diagnostic, line, has_colours(stream)), file=stream)
        if others:
            print(f"       = also: {_where(others)}", file=stream)
    if len(found) > LONGEST:
        rest = counted(each for first, others in found[LONGEST:] for each in (first, *others))
        say(f"… and {rest} more (--json prints all)", stream=stream)


def _gathered(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, list[Diagnostic]]]:
    """Return the first few of those that say the same of a file, the last of them with the rest."""
    groups: dict[tuple[str, str, str], list[tuple[Diagnostic, list[Diagnostic]]]] = {}
    found = []
    for each in diagnostics:
        group = groups.setdefault((each.span.path, each.code, each.message), [])
        if len(group) < MOST_ALIKE:
            group.append((each, []))
            found.append(group[-1])
        else:
            group[-1][1].append(each)
    return found


def _where(others: Sequence[Diagnostic]) -> str:
    """Return "7 more, on lines 12, 14, 20"."""
    lines = [*dict.fromkeys(str(each.span.line) for each in others if each.span.line)]
    shown = ", ".join(lines[:MOST_LINES]) + (" …" if len(lines) > MOST_LINES else "")
    place = f", on line{'s' if len(lines) > 1 else ''} {shown}" if lines else ""
    return f"{len(others)} more{place}"


def errors_of(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.severity is Severity.ERROR]


def print_serious(
    found: Sequence[Diagnostic], sources: Mapping[str, str], quiet: bool = False
) -> None:
    """Print errors and warnings on standard error, and how many findings are left out.

    With `quiet` only errors.
    """
    if quiet:
        print_diagnostics(errors_of(found), sources, sys.stderr)
        return
    serious = [each for each in found if each.severity in (Severity.ERROR, Severity.WARNING)]
    print_diagnostics(serious, sources, sys.stderr)
    if rest := counted(each for each in found if each not in serious):
        say(f"not shown: {rest}; `brief check` shows all findings", stream=sys.stderr)


def texts_of(diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """Return the texts of files that diagnostics point into, as far as they can be read."""
    texts = {}
    for path in {found.span.path for found in diagnostics if found.span.line}:
        with suppress(OSError):
            content = read_file(Path(path), LARGEST)
            texts[path] = content.decode("utf-8-sig", "replace")
    return texts


def write_text(path: Path, text: str) -> bool:
    """Write a file that the user asked for, or say why it cannot be written."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        refuse(f"cannot write {shown_path(path)}: {reason_of(error)}")
        return False
    return True


def say_outcome(outcome: Outcome, width: int) -> None:
    """Print the line of a brief after a build, its name padded to `width` characters."""
    name = f"{outcome.name.ljust(width)}  "
    if outcome.status == "failed":
        say(name, NOT_WRITTEN)
        return
    if outcome.status == "partial":
        lost = [file for file in outcome.reasons if file not in outcome.files]
        say(name, ", ".join(lost), " ", NOT_WRITTEN)
    pages = f"{many(outcome.pages, 'page')} · " if outcome.pages else ""
    state = "up to date" if outcome.status == UP_TO_DATE else f"{outcome.seconds:.1f} s"
    say(
        f"{name}{many(outcome.references, 'reference')} · ",
        f"{many(outcome.citations, 'citation')} · {pages}",
        Painted("numbers agree", "32"),
        f" · {state}",
    )


def many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


class Progress:
    """A line on a terminal about a build of several briefs: what is done, and how long the rest
    may take.

    `sizes` are those of the briefs by name; the time that is left is worked out from them.
    """

    def __init__(self, sizes: Mapping[str, int], jobs: int) -> None:
        self._left, self._jobs = dict(sizes), jobs or os.cpu_count() or 1
        self._total, self._made = len(sizes), 0
        self._start = time.monotonic()
        self._shown = self._total > 1 and sys.stderr.isatty()

    def show(self) -> None:
        if self._left:
            self._draw(self._text(time.monotonic() - self._start))

    def step(self, outcome: Outcome) -> None:
        size = self._left.pop(outcome.name, 0)  # two of one name are refused
        if outcome.seconds:  # others took no time
            self._made += size
        self._draw("")

    def _text(self, seconds: float) -> str:
        left = len(self._left)
        parts = [f"{min(self._jobs, left)} being built", f"{max(left - self._jobs, 0)} to go"]
        if self._made:
            parts.append(f"about {duration(seconds * sum(self._left.values()) / self._made)} left")
        return f"[{self._total - left}/{self._total}] {', '.join(parts)} …"

    def _draw(self, text: str) -> None:
        if self._shown:
            print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """Return a time as people say it: "40 s", "3 min", "2.5 h"."""
    if seconds < 100:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
