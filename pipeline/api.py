"""For Python programs: load a project, check it, build it, verify files. See docs/python.md.

What is here stays as it is in all versions 0.x with the same x. Everything else of the package may
change at any time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from . import build as building
from . import project as projects
from .build import verifying
from .diagnostics import Diagnostic, Severity, Span, has_errors
from .outcome import Outcome
from .program import own_version
from .project import LoadedBrief, Project
from .verify import Verdict

__all__ = [
    "Diagnostic",
    "LoadedBrief",
    "Outcome",
    "Project",
    "Severity",
    "Span",
    "Verdict",
    "__version__",
    "build_project",
    "check_project",
    "has_errors",
    "load_project",
    "verify_files",
]

StrPath = str | os.PathLike[str]
Format = Literal["pdf", "docx", "html"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "html")

__version__ = own_version()


def load_project(
    folder: StrPath = ".",
    briefs: Sequence[StrPath] = (),
    *,
    bibliography: Sequence[StrPath] = (),
    styles: StrPath | None = None,
    out: StrPath | None = None,
) -> Project:
    """Read a project: some of its briefs, or all of them.

    `folder` is in the project; it does not count where briefs are named. `bibliography`, `styles`
    and `out` are what the options --bib, --styles and --out of the command are. Mistakes are no
    exceptions: see `check_project`.
    """
    return projects.load_project(
        [Path(path) for path in briefs],
        start=Path(folder),
        bibliography=[Path(path) for path in bibliography],
        styles=None if styles is None else Path(styles),
        out=None if out is None else Path(out),
    )


def check_project(project: Project) -> list[Diagnostic]:
    """Return what is wrong in the sources of a project, by file and line.

    With an error among it (`has_errors`), the brief that it is in is not built.
    """
    return project.all_diagnostics


def build_project(
    project: Project,
    formats: Sequence[Format] = FORMATS,
    *,
    jobs: int = 0,
    force: bool = False,
    draft: bool = False,
) -> list[Outcome]:
    """Write the outputs of a project, prove their numbers, and return what became of each brief.

    An outcome has a `status` ("built", "up to date", "partial" or "failed"), the names of the
    complete and proved `files` in the folder `project.out`, and `diagnostics` of outputs.
    """
    return building.build(project, formats, jobs=jobs, force=force, draft=draft)


def verify_files(files: Sequence[StrPath]) -> list[tuple[Path, Verdict]]:
    """Read PDF, Word or HTML files back, and return a verdict on each, in words and findings."""
    return list(verifying.verify_files([Path(path) for path in files]))
