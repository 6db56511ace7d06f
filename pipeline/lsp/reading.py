"""What is open in an editor, and the briefs as they are with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..disk import Disk, renewed
from ..model import Anchor, Brief
from ..model.references import Library
from ..project import LoadedBrief, Project, library_of_brief, load_project
from ..roots import briefs_of, find_root, root_of

LIBRARIES = (".bib", ".json", ".ris", ".yaml", ".yml")


class Buffers(Disk):
    """The disk, but with the texts of open files in place of what was saved.

    `asked` says what it was asked for of them: a text, or None where nothing was open.
    """

    def __init__(self, texts: Mapping[Path, str]) -> None:
        super().__init__()
        self.texts = dict(texts)
        self.asked: dict[Path, str | None] = {}

    def read(self, path: Path, largest: int) -> bytes:
        text = self._open(path)
        return super().read(path, largest) if text is None else text.encode("utf-8", "replace")

    def exists(self, path: Path | str) -> bool:
        return self._open(path) is not None or super().exists(path)

    def names(self, folder: Path, ending: str) -> list[str]:
        inside = real(folder)
        own = {path.name for path in self.texts if path.parent == inside}
        found = super().names(folder, ending)
        return sorted({*found, *(name for name in own if name.endswith(ending))})

    def still(self, texts: Mapping[Path, str]) -> bool:
        """Say whether reading again, with these texts open, would find the same."""
        if texts.keys() != self.texts.keys():
            return False
        if any(texts.get(path) != text for path, text in self.asked.items()):
            return False
        return all(renewed(place, note) for place, note in self.notes().items())

    def _open(self, path: Path | str) -> str | None:
        place = real(path)
        return self.asked.setdefault(place, self.texts.get(place))


class Reading(Struct, frozen=True):
    """One brief as it is now, as a project of its own, with the references that it may cite."""

    project: Project
    loaded: LoadedBrief
    brief: Brief  # as it was read, before any stage
    library: Library

    @property
    def path(self) -> Path:
        return real(self.loaded.path)

    @property
    def numbers(self) -> Mapping[Anchor, str]:
        return self.loaded.numbered.numbers if self.loaded.numbered else {}

    @property
    def lang(self) -> str:
        return self.brief.front.lang


class Workspace:
    """What an editor has open, by the real paths of files, and what was read last."""

    def __init__(self) -> None:
        self.texts: dict[Path, str] = {}
        self._kept: dict[Path, tuple[Buffers, Project, Reading | None]] = {}

    def close(self, path: Path) -> None:
        self.texts.pop(path, None)
        self._kept.pop(path, None)

    def brief(self, path: Path) -> Project:
        """Return the project of one brief, from memory if nothing it depends on has changed."""
        return self._brief(path)[1]

    def latest(self, path: Path) -> Reading | None:
        """Return a brief as it was when it was last read: its places may be others by now."""
        return self._kept[path][2] if path in self._kept else self.reading(path)

    def reading(self, path: Path) -> Reading | None:
        """Return a brief, or one that uses the library at `path`; None if it cannot be read."""
        if path.suffix == ".md":
            return self._brief(path)[2]
        candidates = [one for one in self.texts if self.is_brief(one)]
        candidates += briefs_of(find_root(path.parent), Buffers(self.texts))
        readings = (self._brief(one)[2] for one in candidates)
        return next((found for found in readings if found and uses(found, path)), None)

    def _brief(self, path: Path) -> tuple[Buffers, Project, Reading | None]:
        kept = self._kept.get(path)
        if kept is None or not kept[0].still(self.texts):
            disk = Buffers(self.texts)
            project = load_project([path], disk=disk)
            (loaded,) = project.briefs
            # With other notes: these are of what the project was read from.
            reading = reading_of(project, loaded, Buffers(self.texts))
            kept = self._kept[path] = disk, project, reading
        return kept

    def all_readings(self, path: Path) -> list[Reading]:
        """Return every brief of the project that a brief or a library belongs to."""
        disk = Buffers(self.texts)
        is_brief = path.suffix == ".md"
        root = root_of(path, disk) if is_brief else find_root(path.parent, disk)
        paths = briefs_of(root, disk)
        if is_brief and path not in map(real, paths):
            paths = [path]
        found = (self._brief(real(one))[2] for one in paths)
        return [one for one in found if one]

    def is_brief(self, path: Path) -> bool:
        """Say whether an open file is a brief: other Markdown files in a project are none."""
        if path.suffix != ".md":
            return False
        root = root_of(path, Disk())
        return path.parent == root / "briefs" or self.texts.get(path, "").startswith("---")


def reading_of(project: Project, loaded: LoadedBrief, disk: Disk) -> Reading | None:
    if loaded.read is None:
        return None
    library = library_of_brief(loaded.read, Path(loaded.path), disk)
    return Reading(project, loaded, loaded.read, library)


def uses(reading: Reading, library: Path) -> bool:
    """Say whether a brief may cite what stands in a file."""
    paths = {span.path for span in reading.library.spans.values()}
    return library in map(real, paths)


def real(path: Path | str) -> Path:
    return Path(os.path.realpath(path))
