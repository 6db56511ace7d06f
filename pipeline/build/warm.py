"""Build single briefs again and again in a process that stays, such as a preview.

Everything is imported, and each writer has written a page, before the first build: children are
forked from that, and need a third of the time that a command takes for the same brief. What was
read is not read again: libraries, styles and entries are kept by their content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..csl import DEFAULT
from ..diagnostics import Diagnostic
from ..disk import Disk, Note, renewed
from ..marks import SEPARATE
from ..model import NEW_IMAGE, LostImageError
from ..model.references import library_of
from ..outcome import Outcome
from ..project import LoadedBrief, Project, load_project
from ..project.stages import prepare
from ..readers.markdown import FileProblem, read_markdown
from ..styles import BadTemplate, Styles, styles_used
from ..writers import write
from . import FORMATS, build, workers
from .proof import read_back

_SHORT = "---\ntitle: Rain\n---\n\n## Roofs\n\nThey leak[^a].\n\n[^a]: In *rain*, **always**.\n"


class Opened(Struct, frozen=True):
    """One brief as it is on disk now: `project` has it alone. `page` is its web page, which is not
    proved yet, or None where it has errors: they are among `diagnostics`."""

    project: Project
    page: bytes | None
    diagnostics: Sequence[Diagnostic]


class Warm:
    """Builds briefs of a project in one process."""

    def __init__(self, **options: Any) -> None:
        """Get ready; `options` are those of `load_project`. Takes as long as building a page."""
        self._options = options
        self._notes: dict[str, Note] = {}
        _warm_up(load_project([], **options).styles)

    def open(self, path: Path) -> Opened:
        """Read a brief, and write its web page."""
        disk = Disk()
        project = load_project([path], disk=disk, **self._options)
        self._notes = disk.notes()
        found = project.all_diagnostics
        [brief] = project.briefs
        if project.has_errors or brief.numbered is None:
            return Opened(project, None, found)
        try:
            page, _ = write("html", brief.numbered, styles_used(project.styles, "html"))
        except BadTemplate as error:
            found.append(_failure(error, "correct the template of the house style", brief))
        except LostImageError as error:
            found.append(_failure(error, NEW_IMAGE, brief))
        else:
            return Opened(project, page, found)
        return Opened(project, None, found)

    def build(
        self, opened: Opened, formats: Sequence[str] = ("html", "docx", "pdf")
    ) -> Iterator[Outcome]:
        """Yield an outcome for each format as soon as its file is proved and published."""
        for name in formats:
            yield from build(opened.project, (name,))

    def has_changed(self) -> bool:
        """Say whether anything has changed of what the last brief was read from."""
        return any(renewed(place, note) is None for place, note in self._notes.items())


def _failure(error: Exception, hint: str, brief: LoadedBrief) -> Diagnostic:
    return workers.Failure(str(error), hint).diagnostic(f"{brief.name}.html", brief.path)


def _warm_up(styles: Styles) -> None:
    """Write and read a short brief in each format, so that everything is loaded."""
    brief, _ = read_markdown(_SHORT, "rain.md", lambda name: FileProblem("missing-file", ""), "en")
    numbered, _ = prepare(brief, library_of({}), SEPARATE, True, DEFAULT)
    for name in FORMATS:
        content, _ = write(name, numbered, styles_used(styles, name))
        read_back(content, name)
