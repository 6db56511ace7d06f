"""Which folder is the project, and which briefs it has.

A project is a folder with `briefs/*.md`. For a single Markdown file it is the folder of that file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .disk import Disk

SIGNS = ("references.bib", "styles", "pyproject.toml", ".git")  # of a project, beside `briefs/`


def project_root(paths: Sequence[Path], start: Path, disk: Disk) -> Path:
    """Return the project of the first brief that is named, else the one that `start` is in."""
    return root_of(paths[0], disk) if paths else find_root(start, disk)


def find_root(start: Path, disk: Disk | None = None) -> Path:
    """Return the nearest folder at or above `start` that is a project, else `start` itself.

    Further up, a folder called `briefs/` is not enough: it needs another sign of a project beside
    it. The search ends at a repository or the home folder.
    """
    disk = disk or Disk()
    start, home = start.resolve(), Path("~").expanduser().resolve()
    for folder in (start, *start.parents):
        is_near = start in (folder, folder / "briefs")
        if disk.is_folder(folder / "briefs") and (is_near or _has_sign(folder, disk)):
            return folder
        if folder == home or disk.exists(folder / ".git"):
            break
    return start


def _has_sign(folder: Path, disk: Disk) -> bool:
    return any(disk.exists(folder / name) for name in SIGNS)


def root_of(path: Path, disk: Disk) -> Path:
    """Return the root of the project that a brief belongs to: its own folder if it is alone."""
    path = path.resolve()
    root = find_root(path.parent, disk)
    return root if path.is_relative_to(root / "briefs") else path.parent


def briefs_of(root: Path, disk: Disk) -> list[Path]:
    """Return the Markdown files in the folder `briefs/` of a project, by name."""
    return [root / "briefs" / name for name in disk.names(root / "briefs", ".md")]
