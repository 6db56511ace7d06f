"""Put outputs into the build folder: each appears whole or not at all.

A file is written beside its place, flushed to disk, and renamed. One lock for each build folder
keeps two builds from mixing their files; the manifest is written last, so an interrupted build
leaves files that the next one finds stale, never a wrong claim.
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

from msgspec import Struct, field
from msgspec.structs import asdict

from ..diagnostics import Diagnostic, Span, reason_of
from ..project import shown_path
from .fingerprint import Target

MANIFEST = "manifest.json"


class Record(Struct, frozen=True):
    """What the manifest says of one file."""

    fingerprint: str
    sha256: str
    pages: int | None
    printed: Mapping[str, Any]  # the numbers it bears, as `brief numbers --json` prints them

    @classmethod
    def of(
        cls,
        target: Target,
        content: bytes,
        printed: Mapping[str, Any],
        pages: int | None,
    ) -> Record:
        digest = hashlib.sha256(content).hexdigest()
        return cls(target.fingerprint, digest, pages, printed)


class Manifest(Struct, frozen=True):
    """What was published in a build folder."""

    folder: Path
    files: Mapping[str, Record] = field(default_factory=dict)

    def fresh(self, target: Target) -> Record | None:
        """Return the record of a target whose file is there, unchanged, and up to date."""
        record = self.files.get(target.filename)
        if record is None or record.fingerprint != target.fingerprint:
            return None
        try:
            content = (self.folder / target.filename).read_bytes()
        except OSError:
            return None
        return record if hashlib.sha256(content).hexdigest() == record.sha256 else None


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build folder; one that is absent or broken says nothing."""
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return Manifest(folder, {name: Record(**record) for name, record in files.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest(folder)


def publish(
    folder: Path, files: Mapping[str, bytes], records: Mapping[str, Record]
) -> Diagnostic | None:
    """Write files and their records; return what went wrong, if anything did."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            written = {name: _write_beside(folder / name, text) for name, text in files.items()}
            _exchange(folder, written)
            known = {n: r for n, r in load_manifest(folder).files.items() if (folder / n).exists()}
            text = _manifest_text({**known, **records})
            _write_beside(folder / MANIFEST, text.encode()).replace(folder / MANIFEST)
    except OSError as error:
        reason, place = reason_of(error), Span.of_file(shown_path(folder))
        hint = "the previous files are as they were; choose another folder with --out"
        return Diagnostic("cannot-write", f"cannot write here: {reason}", place, hint)
    return None


def _manifest_text(records: Mapping[str, Record]) -> str:
    """Return the manifest with each file on a line of its own."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(asdict(record), ensure_ascii=False)}"
        for name, record in sorted(records.items())
    )
    return '{"version": 1, "files": {\n' + ",\n".join(lines) + "\n}}\n"


def _exchange(folder: Path, written: Mapping[str, Path]) -> None:
    """Put all files in their places; if one cannot be, put the previous ones back."""
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
    """Hold the folder's lock, and sweep away what an interrupted build left half-written."""
    descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        for leftover in folder.glob(".*.part"):
            leftover.unlink(missing_ok=True)
        yield
    finally:
        for leftover in folder.glob(".*.part"):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        os.close(descriptor)


def _write_beside(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return temporary
