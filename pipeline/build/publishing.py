"""Publish outputs in the build folder: each appears complete or not at all.

A file is written to a temporary name, flushed to disk, and renamed. One lock per build folder
keeps two builds from mixing their files. What is published is recorded in a journal at once, and
the manifest is written from it at the end of the build: writing all of it for each brief would take
a time that grows with the square of their number. An interrupted build leaves its journal, which
the next one reads, or files that are stale, never a wrong claim.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from ..diagnostics import Diagnostic, Span, reason_of
from ..diagnostics.values import read_values
from ..disk import shown_path
from .fingerprint import Target

MANIFEST = "manifest.json"
JOURNAL = ".manifest.journal"  # on each line, the records of one brief


class Record(Struct, frozen=True):
    """What the manifest says of one file."""

    fingerprint: str
    sha256: str
    pages: int | None
    printed: Raw  # the numbers in it, as `brief numbers --json` prints them

    @classmethod
    def of(
        cls,
        target: Target,
        content: bytes,
        printed: Mapping[str, Any],
        pages: int | None,
    ) -> Record:
        digest = hashlib.sha256(content).hexdigest()
        # A lone surrogate, which a PDF may contain, cannot be encoded in UTF-8.
        text = json.dumps(printed, ensure_ascii=False).encode("utf-8", "replace")
        return cls(target.fingerprint, digest, pages, Raw(text))


class Manifest(Struct, frozen=True):
    """What was published in a build folder."""

    folder: Path
    files: Mapping[str, Record] = field(default_factory=dict)

    def fresh(self, target: Target) -> Record | None:
        """Return the record of a target whose file is there, unchanged, and up to date."""
        record = self.files.get(target.filename)
        if record is None or record.fingerprint != target.fingerprint:
            return None
        content = _read(self.folder / target.filename)
        return record if hashlib.sha256(content).hexdigest() == record.sha256 else None


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
) -> Diagnostic | None:
    """Write files and their records; return what went wrong, if anything did."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            _locked(folder),
            _written(folder, files) as written,
            _recorded(folder / JOURNAL, records),
        ):
            _exchange(folder, written)
    except OSError as error:
        reason, place = reason_of(error), Span.of_file(shown_path(folder))
        hint = "the previous files are as they were; choose another folder with --out"
        return Diagnostic("cannot-write", f"cannot write here: {reason}", place, hint)
    return None


def write_manifest(folder: Path) -> None:
    """Write the manifest of a build folder from its journal; remove incomplete files.

    If it cannot be written, the journal stays and has the same records.
    """
    journal = folder / JOURNAL
    with suppress(OSError):
        if not journal.exists():
            return
        with _locked(folder):
            for leftover in folder.glob(".*.part"):
                leftover.unlink(missing_ok=True)
            text = manifest_text(folder)
            _write_beside(folder / MANIFEST, text).replace(folder / MANIFEST)
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
        yield {name: _write_beside(folder / name, text) for name, text in files.items()}
    finally:
        for name in files:
            _beside(folder / name).unlink(missing_ok=True)


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
                _write_beside(place, content).replace(place)
            elif place.is_file():
                place.unlink()
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock."""
    descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write_beside(path: Path, content: bytes) -> Path:
    with _beside(path).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return _beside(path)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")
