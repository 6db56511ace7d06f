"""Publish outputs in the build folder: each appears complete or not at all.

A file is written to a temporary name, flushed to disk, and renamed. One lock per build folder
keeps two builds from mixing their files. What is published is recorded in a journal at once, and
the manifest is written from it at the end of the build: writing all of it for each brief would take
a time that grows with the square of their number. An interrupted build leaves its journal, which
the next one reads, or files that are stale, never a wrong claim.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct, field
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, reason_of
from ..diagnostics.values import read_values
from ..disk import (
    INCOMPLETE,
    NOTHING,
    Disk,
    Note,
    Stamp,
    beside,
    file_note,
    locked,
    shown_path,
    stamp_at,
    write_beside,
)
from .fingerprint import Target

MANIFEST = "manifest.json"
JOURNAL = ".manifest.journal"  # on each line, the records of one brief


class Record(Struct, frozen=True, omit_defaults=True):
    """What the manifest says of one file."""

    fingerprint: str
    sha256: str
    pages: int | None
    printed: Raw  # the numbers in it, as `brief numbers --json` prints them
    parts: Mapping[str, str] = field(default_factory=dict)  # of the fingerprint, by what they are
    # What its proof found, repeated while the file is up to date; the path of the brief is "".
    findings: tuple[Diagnostic, ...] = ()
    brief: str = ""  # the path of the brief from the build folder

    @classmethod
    def of(
        cls,
        target: Target,
        content: bytes,
        printed: Mapping[str, Any],
        pages: int | None,
        findings: Sequence[Diagnostic] = (),
    ) -> Record:
        digest = hashlib.sha256(content).hexdigest()
        # A lone surrogate, which a PDF may contain, cannot be encoded in UTF-8.
        text = json.dumps(printed, ensure_ascii=False).encode("utf-8", "replace")
        path = target.numbered.brief.front.span.path
        found = tuple(_at(each, path, "") for each in findings)
        return cls(target.fingerprint, digest, pages, Raw(text), target.parts, found)

    def findings_of(self, path: str) -> list[Diagnostic]:
        """Return what the proof found, for the brief at `path`."""
        return [_at(each, "", path) for each in self.findings]


def _at(found: Diagnostic, path: str, other: str) -> Diagnostic:
    """Return a finding at `path` as one at another; any other finding as it is."""
    return (
        replace(found, span=replace(found.span, path=other)) if found.span.path == path else found
    )


class Found(Struct, frozen=True):
    """The file of a target in the build folder. `stale` says why it must be built, if it must."""

    stale: str = ""
    record: Record | None = None
    note: Note | None = None


class Manifest(Struct, frozen=True):
    """What was published in a build folder."""

    folder: Path
    files: Mapping[str, Record] = field(default_factory=dict)

    def find(self, target: Target, known: Note | None) -> Found:
        """Return what there is of a target. `known` is an earlier note on its file."""
        record = self.files.get(target.filename)
        if record is None:
            return Found("it was not built before")
        if record.fingerprint != target.fingerprint:
            return Found(_difference(record.parts, target.parts))
        note = file_note(os.path.abspath(self.folder / target.filename), known)
        if note.digest == NOTHING:
            return Found("the file is gone")
        if note.digest != record.sha256:
            return Found("the file was changed after it was built")
        return Found("", record, note)

    def left_over(self, disk: Disk) -> list[Diagnostic]:
        """Return a finding for each brief that is gone, renamed perhaps, and has left files."""
        names: dict[str, list[str]] = {}
        for name, record in sorted(self.files.items()):
            names.setdefault(record.brief, []).append(name)
        names.pop("", None)  # records of versions that did not say
        return [
            Diagnostic(
                "left-over-output",
                f"made from `{shown_path(self.folder / brief)}`, which is gone",
                Span.of_file(shown_path(self.folder / name)),
                "delete it, or keep it elsewhere",
            )
            for brief, left in names.items()
            for name in left
            if not disk.exists(self.folder / brief) and disk.exists(self.folder / name)
        ]


def _difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return a clause that says which parts of a fingerprint differ."""
    changed = [name for name in now if name in before and before[name] != now[name]]
    added = [name for name in now if name not in before]
    dropped = [name for name in before if name not in now]
    lists = (("changed", changed), ("added", added), ("removed", dropped))
    return "; ".join(f"{verb}: {', '.join(names)}" for verb, names in lists if names)


class _Files(Struct):
    files: dict[str, Record]


def load_manifest(folder: Path) -> Manifest:
    """Read what was published in a build folder; missing or damaged records are ignored."""
    # The journal first: records that another build moves to the manifest meanwhile are read twice.
    journal = _read(folder / JOURNAL)
    kept = read_values(_read(folder / MANIFEST), _Files, MANIFEST, "bad-output")
    files = kept.files if isinstance(kept, _Files) else {}
    for line in journal.splitlines():
        records = read_values(line, dict[str, Record], JOURNAL, "bad-output")
        files |= records if isinstance(records, dict) else {}  # the last line may be incomplete
    return Manifest(folder, files)


def publish(
    folder: Path, files: Mapping[str, bytes], records: Mapping[str, Record]
) -> Mapping[str, Stamp | None] | Diagnostic:
    """Write files and their records; return the stamps of the files, or what went wrong."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            locked(folder),
            _written(folder, files) as written,
            _recorded(folder / JOURNAL, records),
        ):
            _exchange(folder, written)
            # Only builds write here, each file with a new inode and under the lock: stamps count
            # though the files are new.
            return {name: stamp_at(folder / name, settled=False) for name in files}
    except OSError as error:
        reason, place = reason_of(error), Span.of_file(shown_path(folder))
        hint = "the previous files are as they were; choose another folder with --out"
        return Diagnostic("cannot-write", f"cannot write here: {reason}", place, hint)


def write_manifest(folder: Path) -> None:
    """Write the manifest of a build folder from its journal; remove incomplete files.

    If it cannot be written, the journal stays and has the same records.
    """
    journal = folder / JOURNAL
    with suppress(OSError):
        if not journal.exists() and not any(folder.glob(INCOMPLETE)):
            return
        with locked(folder):
            for incomplete in folder.glob(INCOMPLETE):
                incomplete.unlink(missing_ok=True)
            if journal.exists():
                text = manifest_text(folder)
                write_beside(folder / MANIFEST, text).replace(folder / MANIFEST)
                journal.unlink()


def manifest_text(folder: Path) -> bytes:
    """Return the manifest of a build folder as its journal makes it, each file on one line."""
    lines = [
        msgspec.json.encode(name) + b": " + msgspec.json.encode(record)
        for name, record in sorted(load_manifest(folder).files.items())
        if (folder / name).exists()
    ]
    return b'{"version": 1, "files": {\n' + b",\n".join(lines) + b"\n}}\n"


@contextmanager
def _recorded(journal: Path, records: Mapping[str, Record]) -> Iterator[None]:
    """Record files that are about to be published; undo this if publishing fails."""
    if not records:
        yield
        return
    with journal.open("ab", buffering=0) as file:
        before = file.tell()
        try:
            file.write(b"\n" + msgspec.json.encode(records))
            os.fsync(file.fileno())
            yield
        except OSError:
            file.truncate(before)
            raise


def _read(path: Path) -> bytes:
    """Return the content of a file in the build folder; empty if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@contextmanager
def _written(folder: Path, files: Mapping[str, bytes]) -> Iterator[dict[str, Path]]:
    """Write files to temporary names; remove those that are left over at the end."""
    try:
        yield {name: write_beside(folder / name, text) for name, text in files.items()}
    finally:
        for name in files:
            beside(folder / name).unlink(missing_ok=True)


def _exchange(folder: Path, written: Mapping[str, Path]) -> None:
    """Move all files into place; if one fails, restore the previous ones."""
    previous: dict[Path, bytes | None] = {}
    try:
        for name, temporary in written.items():
            place = folder / name
            previous[place] = place.read_bytes() if place.exists() else None
            temporary.replace(place)
    except OSError:
        for place, content in previous.items():
            if content is not None:
                write_beside(place, content).replace(place)
            elif place.is_file():
                place.unlink()
        raise
