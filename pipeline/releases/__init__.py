"""Releases: recorded states of a brief, each in a folder `briefs/NAME/releases/EDITION/`.

`release.json` says what was released, and when. Beside it stand copies of the brief and of all
files that it is made from, in the folders that they have in the project: the folder is a project by
itself, so that an edition can be built and compared at any time. Git keeps equal files once.

`changes` says which sentences of a brief differ from what was released.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from ..diagnostics import Diagnostic, Span, reason_of
from ..diagnostics.values import read_values
from ..disk import Disk, shown_path

__all__ = [
    "RECORD",
    "Release",
    "Released",
    "folder_name",
    "folder_of",
    "in_order",
    "latest",
    "releases_of",
    "to_json",
]

RECORD = "release.json"
_LARGEST = 16 * 1024 * 1024  # bytes of a record
_LONGEST = 60  # characters of the name of a folder


class Release(Struct, frozen=True, omit_defaults=True):
    """What `release.json` says. Hashes are SHA-256, paths begin at the folder of the release."""

    edition: str  # as the front matter has it
    date: datetime.date
    brief: str  # the path of the Markdown
    markdown: str  # the hash of the Markdown as it is read, which Word files carry, too
    files: Mapping[str, str]  # hashes of the outputs, by their paths in the build folder
    sources: Mapping[str, str]  # hashes of the copies beside the record, by path
    references: Mapping[str, str]  # hashes of the text of each cited entry, by citation key
    house: str  # the hash of the house style
    bibliography: tuple[str, ...] = ()  # libraries that the command line named
    commit: str = ""  # the last one in git
    withdrawn: bool = False


class Released(Struct, frozen=True):
    """A release and its folder."""

    folder: Path
    release: Release

    @property
    def brief(self) -> Path:
        """The Markdown of the edition, which can be built like any brief."""
        return self.folder / self.release.brief

    @property
    def bibliography(self) -> tuple[Path, ...]:
        """The libraries to build it with; none where it finds its own."""
        return tuple(self.folder / name for name in self.release.bibliography)


def folder_of(brief: Path) -> Path:
    """Return the folder of the releases of a brief."""
    return brief.parent / brief.stem / "releases"


def folder_name(edition: str) -> str:
    """Return the name of the folder of an edition: "2nd, revised" → "2nd-revised"."""
    return re.sub(r"[^\w.]+", "-", edition).strip("-.")[:_LONGEST]


def releases_of(brief: Path, disk: Disk) -> Iterator[Released | Diagnostic]:
    """Yield the releases of a brief, also withdrawn ones, and a finding for each broken record."""
    folder = folder_of(brief)
    for name in disk.names(folder, ""):
        place = folder / name / RECORD
        if name.startswith(".") or not disk.exists(place):
            continue
        try:
            content = disk.read(place, _LARGEST)
        except OSError as error:
            message = f"it cannot be read: {reason_of(error)}"
            yield Diagnostic("bad-release", message, Span.of_file(shown_path(place)))
            continue
        hint = "take it from git, or from a copy"
        found = read_values(content, Release, shown_path(place), "bad-release", hint)
        if isinstance(found, Release) and _is_outside(found):
            message = "it names files outside its folder"
            found = Diagnostic("bad-release", message, Span.of_file(shown_path(place)), hint)
        yield found if isinstance(found, Diagnostic) else Released(folder / name, found)


def _is_outside(release: Release) -> bool:
    paths = [PurePosixPath(name) for name in (release.brief, *release.bibliography)]
    return any(path.is_absolute() or ".." in path.parts for path in paths)


def latest(found: Sequence[Released]) -> Released | None:
    """Return the last release; None if there is none."""
    return in_order(found)[-1] if found else None


def in_order(found: Sequence[Released]) -> list[Released]:
    """Return releases by their dates, and those of one day by their editions."""
    return sorted(found, key=lambda r: (r.release.date, _natural(r.release.edition)))


def to_json(release: Release) -> bytes:
    """Return a record with each fact on a line of its own: git shows what changed."""
    return msgspec.json.format(msgspec.json.encode(release), indent=1) + b"\n"


def _natural(edition: str) -> list[tuple[int, str]]:
    """Return a key that sorts "10" after "9"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", edition)
    return [
        (int(part), "") if part[0].isascii() and part.isdigit() else (-1, part) for part in parts
    ]
