"""What the `brief` command prints, and how: coloured on a terminal, plain in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ..diagnostics import Diagnostic, Severity, reason_of
from ..diagnostics.render import json_text, render_text
from ..project import shown_path

if TYPE_CHECKING:
    from ..build import Outcome

LONGEST = 200  # diagnostics printed in full; of more only the count is said


def own_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("briefwright")
    except PackageNotFoundError:
        return "0 (not installed)"


def coloured(stream: TextIO) -> bool:
    """Say whether a stream shows colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, code: str, stream: TextIO) -> str:
    return f"\033[{code}m{text}\033[0m" if coloured(stream) else text


def print_json(value: object) -> None:
    print(json_text(value))


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], stream: TextIO
) -> None:
    """Print diagnostics with their source lines, then how many of each severity there are."""
    found = list(diagnostics)
    lines = _Lines(sources)
    for diagnostic in found[:LONGEST]:
        line = lines.get(diagnostic.span.path, diagnostic.span.line)
        print(render_text(diagnostic, line, coloured(stream)), file=stream)
    if len(found) > LONGEST:
        print(f"… and {len(found) - LONGEST} more (--format json prints all)", file=stream)


class _Lines:
    """The lines of the sources, each file split once."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._split: dict[str, list[str]] = {}

    def get(self, path: str, number: int) -> str | None:
        if path not in self._sources or number < 1:
            return None
        if path not in self._split:
            text = self._sources[path].replace("\r\n", "\n").replace("\r", "\n")
            self._split[path] = text.split("\n")
        lines = self._split[path]
        return lines[number - 1] if number <= len(lines) else None


def write_text(path: Path, text: str) -> bool:
    """Write a file that the user asked for, or say why it cannot be written."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        print(f"cannot write {shown_path(path)}: {reason_of(error)}", file=sys.stderr)
        return False
    return True


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning"; "" if there is nothing to count."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [
        f"{count} {severity.value}{'s' if count > 1 and severity is not Severity.INFO else ''}"
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        if (count := found.count(severity))
    ]
    return ", ".join(counts)


def outcome_line(outcome: Outcome, width: int, stream: TextIO) -> str:
    """Return the one line that a build says of a brief."""
    name = outcome.name.ljust(width)
    if outcome.status == "failed":
        return f"{name}  {paint('not written', '31', stream)}"
    facts = [
        many(outcome.references, "reference"),
        many(outcome.citations, "citation"),
        *([many(outcome.pages, "page")] if outcome.pages else []),
        paint("numbers agree", "32", stream),
        f"{outcome.seconds:.1f} s" if outcome.status == "built" else "up to date",
    ]
    return f"{name}  {' · '.join(facts)}"


def many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


class Progress:
    """A line on a terminal that says how far a build of several briefs is."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._shown = total > 1 and sys.stderr.isatty()

    def show(self) -> None:
        if self._shown and self._done < self._total:
            print(
                f"\r[{self._done}/{self._total}] building …\033[K",
                end="",
                file=sys.stderr,
            )
            sys.stderr.flush()

    def step(self) -> None:
        self._done += 1
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr)
            sys.stderr.flush()
