"""What a command reads from disk or looks for there, and whether that has changed since.

Files that somebody else names may be devices, pipes or huge: those are refused. A `Disk` notes all
that it is asked for, so that a later command can tell from the notes that it would find the same.
As in git, a stamp (size, times, inode) is enough for that, unless a file was written so shortly
before it was read that another change may have left the same stamp: then, and where stamps differ,
the content is compared by its hash.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, assert_never

from msgspec import Struct

# A file system may keep times no more exactly than this (FAT: two seconds).
COARSEST = 2 * 10**9  # nanoseconds

NOTHING = ""  # in place of a digest: nothing is there
_UNREADABLE = "unreadable"
INCOMPLETE = ".*.part"  # files that are being written, or were when a build was killed


class Stamp(Struct, frozen=True, array_like=True):
    """What tells two states of a file apart. Times are in nanoseconds."""

    size: int
    content_time: int
    inode_time: int  # no program can set this one back
    inode: int


class Note(Struct, frozen=True, array_like=True):
    """What was found at a path: a file, names in a folder, or just whether something is there."""

    kind: Literal["file", "names", "presence"]
    digest: str
    stamp: Stamp | None = None  # None if only the content can tell


class Disk:
    """Reads files, looks for others, and notes what it found."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}
        self._contents: dict[str, bytes] = {}  # until their hashes are asked for

    def read(self, path: Path, largest: int) -> bytes:
        """Return the bytes of a regular file of no more than `largest` bytes.

        Raises `OSError`, with the reason in `strerror`.
        """
        place, stamp = os.path.abspath(path), stamp_at(path)
        try:
            self._contents[place] = read_file(path, largest)
        except OSError:
            self._notes[place] = Note("file", _failed(path), stamp)
            raise
        self._notes[place] = Note("file", "", stamp)
        return self._contents[place]

    def exists(self, path: Path | str) -> bool:
        return bool(self._presence(path))

    def is_folder(self, path: Path | str) -> bool:
        return self._presence(path) == "folder"

    def _presence(self, path: Path | str) -> str:
        found, place = _presence_at(path), os.path.abspath(path)
        self._notes.setdefault(place, Note("presence", found))  # what was read tells more
        return found

    def names(self, folder: Path, ending: str) -> list[str]:
        """Return the names in a folder that have an ending, sorted; none if it cannot be read."""
        stamp, found = stamp_at(folder), _names_in(folder, ending)
        place = os.path.join(os.path.abspath(folder), f"*{ending}")
        self._notes[place], self._contents[place] = Note("names", "", stamp), _joined(found)
        return found

    def notes(self) -> dict[str, Note]:
        """Return what was found, by absolute path."""
        for place, content in self._contents.items():
            note = self._notes[place]
            self._notes[place] = Note(note.kind, _hash(content), note.stamp)
        self._contents.clear()
        return self._notes


def renewed(place: str, note: Note) -> Note | None:
    """Return the note of a path that still has what was noted, with its new stamp; else None."""
    where = os.path.dirname(place) if note.kind == "names" else place
    if note.stamp is not None and note.stamp == stamp_at(where, settled=False):
        return note
    stamp = stamp_at(where)
    match note.kind:
        case "presence":
            digest, stamp = _presence_at(place), None
        case "names":
            digest = _hash(_joined(_names_in(where, os.path.basename(place)[1:])))
        case "file":
            digest = _digest_at(place)
        case _:
            assert_never(note.kind)
    if digest != note.digest:
        return None
    return note if stamp == note.stamp else Note(note.kind, digest, stamp)


def stamp_at(path: Path | str, settled: bool = True) -> Stamp | None:
    """Return the stamp of a file; None if it has none.

    With `settled`, it is also None if the file is so new that another change may not show in it.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    if settled and newest > time.time_ns() - COARSEST:
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def file_note(place: str, known: Note | None = None) -> Note:
    """Return the note of a file as it is now; it is read unless a stamp says it is as `known`."""
    if known is not None and (found := renewed(place, known)):
        return found
    stamp = stamp_at(place)
    return Note("file", _digest_at(place), stamp)


def _presence_at(path: Path | str) -> str:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return NOTHING
    return "folder" if stat.S_ISDIR(found.st_mode) else "file"


def _names_in(folder: Path | str, ending: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(ending))
    except OSError:
        return []


def _digest_at(place: str) -> str:
    try:
        return _hash(read_file(Path(place), 2**40))
    except OSError:
        return _failed(place)


def _failed(path: Path | str) -> str:
    """Return what is noted in place of the hash of a file that cannot be read."""
    return _UNREADABLE if _presence_at(path) else NOTHING


def _joined(names: list[str]) -> bytes:
    return "\0".join(names).encode("utf-8", "surrogateescape")


def _hash(content: bytes) -> str:
    from hashlib import sha256  # commands that write nothing need no hashes

    return sha256(content).hexdigest()


def read_file(path: Path, largest: int) -> bytes:
    """Return the bytes of a regular file of no more than `largest` bytes.

    Raises `OSError`, with the reason in `strerror`.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "this is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "this is not a regular file")
    if found.st_size > largest:
        raise OSError(errno.EFBIG, f"the file is larger than {largest // 1024**2} MB")
    return path.read_bytes()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a build folder: two builds take turns at publishing."""
    descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_beside(path: Path, content: bytes) -> Path:
    """Write a file under the name it has until it is complete; return that name.

    Raises `OSError`, and leaves nothing then.
    """
    try:
        with beside(path).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside(path).unlink(missing_ok=True)
        raise
    return beside(path)


def beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def shown_path(path: Path) -> str:
    """Return a path as messages show it: relative to the current folder if it is inside."""
    absolute = Path(os.path.abspath(path))
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
