"""What is wrong with the files that are open, and with those that they need."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..diagnostics import Diagnostic
from .reading import LIBRARIES, Workspace, real


def findings(workspace: Workspace) -> Mapping[Path, list[Diagnostic]]:
    """Return what `brief check` says of each open brief, by file; of an open library, the same.

    Files that need not be open, the library and the house style, have their findings, too.
    """
    found: dict[Path, dict[Diagnostic, None]] = {path: {} for path in workspace.texts}
    for path in workspace.texts:
        for one in _of(workspace, path):
            found.setdefault(real(one.span.path), {})[one] = None
    return {path: list(of_file) for path, of_file in found.items()}


def _of(workspace: Workspace, path: Path) -> list[Diagnostic]:
    if workspace.is_brief(path):
        return workspace.brief(path).all_diagnostics
    reading = workspace.reading(path) if path.suffix in LIBRARIES else None
    if reading is None:
        return []
    return [one for one in reading.project.all_diagnostics if real(one.span.path) == path]
