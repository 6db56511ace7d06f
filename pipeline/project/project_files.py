"""The libraries that Quarto's or MyST's project file names for all its documents."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path

from ..diagnostics import Diagnostic, Span
from ..disk import Disk, shown_path
from ..readers.markdown.project_file import PROJECT_FILES, read_project_file


def libraries_named(
    brief: Path,
    root: Path,
    disk: Disk,
    read: Callable[[Path], bytes | Diagnostic],
    sources: MutableMapping[str, str],
) -> tuple[Path, list[tuple[str, Span]], list[Diagnostic]]:
    """Return the nearest project file at or above a brief in the project at `root`, and the
    libraries that it names, each with its place; the brief and none if there is no such file.

    `sources` gets its text, for diagnostics to quote.
    """
    above = [brief.parent, *brief.resolve().parent.parents]
    folders = [above[0], *(f for f in above[1:] if f.is_relative_to(root.resolve()))]
    paths = (folder / name for folder in folders for name in PROJECT_FILES)
    path = next((path for path in paths if disk.exists(path)), None)
    if path is None:
        return brief, [], []
    content = read(path)
    if isinstance(content, Diagnostic):
        return brief, [], []
    text, named, wrong = read_project_file(content, shown_path(path))
    sources[shown_path(path)] = text
    # Quarto: with a slash in front, from the folder of the project.
    return path, [(name.lstrip("/"), place) for name, place in named], wrong
