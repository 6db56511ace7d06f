"""Find an edition of a brief: a file, a release, or a state in git."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath

from msgspec import Struct

from ..diagnostics import Diagnostic, has_errors
from ..disk import Disk, shown_path
from ..git import git
from ..numbering import NumberedBrief
from ..project import LoadedBrief, Project, load_project
from ..releases import Released, folder_name, latest, releases_of
from ..roots import root_of


class EditionError(Exception):
    """Why there is no such edition, as a sentence."""


class Sources(Struct, frozen=True):
    """Where an edition is read from, and its libraries and house style if they are chosen."""

    bibliography: tuple[Path, ...] = ()
    styles: Path | None = None
    citation_style: str = ""


class Edition(Struct, frozen=True):
    """An edition that was read; `name` says in words which one it is."""

    name: str
    project: Project
    loaded: LoadedBrief

    @property
    def errors(self) -> list[Diagnostic]:
        """What forbids a comparison; that the brief differs from its release is what it shows."""
        found = self.project.all_diagnostics
        return [d for d in found if has_errors([d]) and d.code != "changed-since-release"]

    @property
    def numbered(self) -> NumberedBrief | None:
        return None if self.errors else self.loaded.numbered


def edition(text: str, sources: Sources) -> Edition:
    """Return the edition that is named by its file, `rain.md`, or in git: `v1.2:briefs/rain.md`.

    Raises `EditionError`.
    """
    if ":" in text and not os.path.exists(text):
        revision, _, name = text.partition(":")
        return _committed(Path(name), revision, sources)
    path = Path(text)
    if not path.exists():
        raise EditionError(f"{shown_path(path)}: there is no such file")
    return _read(shown_path(path), path, sources)


def edition_of(brief: Path, name: str, sources: Sources) -> Edition:
    """Return a release of a brief by its edition, else its state at a revision of git.

    Without a `name` it is the last release, else the last commit. Raises `EditionError`.
    """
    releases = [r for r in releases_of(brief, Disk()) if isinstance(r, Released)]
    if name:
        wanted = (
            r for r in releases if name in (r.release.edition, folder_name(r.release.edition))
        )
        found = next(wanted, None)
    else:
        found = latest([r for r in releases if not r.release.withdrawn])
    if found is not None:
        # The folder of a release is a project by itself, without the house style.
        house = root_of(brief, Disk()) / "styles"
        styles = sources.styles or (house if house.is_dir() else None)
        own = Sources(found.bibliography, styles, sources.citation_style)
        return _read(f"edition {found.release.edition}", found.brief, own)
    try:
        return _committed(brief, name or "HEAD", sources)
    except EditionError as error:
        if name:
            raise
        raise EditionError(f"{error}; nothing of it was released, either") from None


def _read(name: str, path: Path, sources: Sources, disk: Disk | None = None) -> Edition:
    project = load_project(
        [path],
        bibliography=sources.bibliography,
        styles=sources.styles,
        citation_style=sources.citation_style,
        disk=disk,
    )
    return Edition(name, project, project.briefs[0])


# In git ----------------------------------------------------------------------------------------


def _committed(path: Path, revision: str, sources: Sources) -> Edition:
    shown = shown_path(path)
    top = git(_existing(path.resolve().parent), "rev-parse", "--show-toplevel")
    if not top:
        raise EditionError(f"{shown} is not in a repository of git")
    folder = Path(os.fsdecode(top).rstrip("\n"))
    commit = git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", "--")
    commit = commit.split(b"\n")[0]
    if not commit or revision.startswith("-"):
        raise EditionError(f"there is neither a release nor a revision of git called `{revision}`")
    disk = _Revision(folder, commit.decode())
    if not disk.exists(path):
        raise EditionError(f"{shown} is not in git at {revision}")
    return _read(f"{shown} at {revision}", path, sources, disk)


def _existing(folder: Path) -> Path:
    """Return the nearest folder that exists: that of a brief may have been moved since."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


class _Revision(Disk):
    """Reads the files of a repository as they are in a commit, all others as they are."""

    def __init__(self, top: Path, commit: str) -> None:
        super().__init__()
        self._top, self._commit = top.resolve(), commit
        listed = git(self._top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        self._files = {os.fsdecode(name) for name in listed.split(b"\0") if name}
        self._folders = {
            str(place) for name in self._files for place in PurePosixPath(name).parents
        }

    def _inside(self, path: Path | str) -> str | None:
        """Return the path of a file in the repository; None if it is outside."""
        place = Path(path).resolve()
        return place.relative_to(self._top).as_posix() if place.is_relative_to(self._top) else None

    def read(self, path: Path, largest: int) -> bytes:
        name = self._inside(path)
        if name is None:
            return super().read(path, largest)
        if name not in self._files:
            raise FileNotFoundError(errno.ENOENT, "there is no such file")
        size = git(self._top, "cat-file", "-s", f"{self._commit}:{name}")
        if not size or int(size) > largest:
            raise OSError(errno.EFBIG, f"the file is larger than {largest // 1024**2} MB")
        return git(self._top, "cat-file", "blob", f"{self._commit}:{name}")

    def _presence(self, path: Path | str) -> str:
        name = self._inside(path)
        if name is None:
            return super()._presence(path)
        return "file" if name in self._files else "folder" if name in self._folders else ""

    def names(self, folder: Path, ending: str) -> list[str]:
        name = self._inside(folder)
        if name is None:
            return super().names(folder, ending)
        held = (PurePosixPath(file) for file in self._files)
        inside = {place.relative_to(name).parts[0] for place in held if place.is_relative_to(name)}
        return sorted(found for found in inside if found.endswith(ending))
