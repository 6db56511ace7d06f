"""What the command line asks of a preview."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from ..disk import Disk
from ..project import Project, load_project
from ..roots import briefs_of, project_root


class Request(Struct, frozen=True):
    """Which briefs to show, read with which options; without paths, all of the project."""

    paths: tuple[Path, ...] = ()
    bibliography: tuple[Path, ...] = ()
    styles: Path | None = None
    out: Path | None = None
    citation_style: str = ""

    @property
    def root(self) -> Path:
        return project_root(self.paths, Path(), Disk())

    @property
    def folder(self) -> Path:
        """The folder of the built files."""
        return self.out or self.root / "build"

    def briefs(self) -> dict[str, Path]:
        """Return the paths of the briefs that are there now, by name."""
        paths = self.paths or briefs_of(self.root, Disk())
        return {path.stem: path for path in paths}

    def load(self, path: Path, disk: Disk) -> Project:
        """Read one brief, as a build does; `disk` notes what was read."""
        return load_project(
            [path],
            bibliography=self.bibliography,
            styles=self.styles,
            out=self.folder,
            citation_style=self.citation_style,
            disk=disk,
        )
