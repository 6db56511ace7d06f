"""What a build saw and said, so that the next one of the same command can repeat it.

If nothing has changed of what a build read or looked for, of its outputs, or of the program, then
the next build would do nothing and say the same. Stamps tell: a thousand briefs are neither read
nor numbered. Only findings, counts and hashes are kept, nothing that could be printed in an output.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from operator import is_
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from . import program
from .diagnostics import Diagnostic
from .disk import Note, locked, renewed, write_beside
from .outcome import Outcome

_KEPT = 8  # commands whose builds are remembered, per build folder
_NAME = ".build-{}.json"


class Build(Struct, frozen=True):
    """One build. Paths are absolute."""

    program: str
    notes: Mapping[str, Note]  # on everything it read or looked for
    findings: Sequence[Diagnostic]  # of the sources
    outcomes: Sequence[Outcome]

    @classmethod
    def now(
        cls,
        notes: Mapping[str, Note],
        findings: Sequence[Diagnostic],
        outcomes: Sequence[Outcome],
    ) -> Build:
        """Return the build that has just ended, as the next one would repeat it."""
        again = [outcome.repeated() for outcome in outcomes]
        return cls(program.stamp(), notes, findings, again)


def previous_build(folder: Path, request: str) -> Build | None:
    """Return what the last build of this request did in a build folder, if that is known."""
    try:
        return msgspec.json.decode((folder / _NAME.format(request)).read_bytes(), type=Build)
    except (OSError, ValueError, RecursionError):
        return None


def repeated(build: Build, folder: Path) -> Build | None:
    """Return what the same build would say now, with new stamps; None if anything has changed."""
    if build.program != program.stamp():
        return None
    notes = _renewed(build.notes, "")
    if notes is None:
        return None
    outcomes: list[Outcome] = []
    for outcome in build.outcomes:
        files = _renewed(outcome.files, f"{os.path.abspath(folder)}{os.sep}")
        if files is None:
            return None
        outcomes.append(outcome if files is outcome.files else replace(outcome, files=files))
    is_same = notes is build.notes and all(map(is_, outcomes, build.outcomes))
    return build if is_same else replace(build, notes=notes, outcomes=outcomes)


def _renewed(notes: Mapping[str, Note], before: str) -> Mapping[str, Note] | None:
    """Return notes with their new stamps, the same ones if none changed; None if one is wrong."""
    changed: dict[str, Note] = {}
    for place, note in notes.items():
        found = renewed(before + place, note)
        if found is None:
            return None
        if found is not note:
            changed[place] = found
    return {**notes, **changed} if changed else notes


def remember(folder: Path, request: str, build: Build) -> None:
    """Keep what a build saw and said. Where that cannot be written, the next one does more."""
    with suppress(OSError, ValueError), locked(folder):  # ValueError: a name that is no text
        path = folder / _NAME.format(request)
        content = msgspec.json.encode(build)
        write_beside(path, content).replace(path)
        kept = sorted(folder.glob(_NAME.format("*")), key=lambda file: file.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)
