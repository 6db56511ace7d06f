"""The files of a project by the names that its briefs and settings have for them."""

from __future__ import annotations

from pathlib import Path

from ..disk import shown_path
from ..readers.markdown import FileProblem


def is_text(name: str) -> bool:
    """Say whether a name of a file is text: Python keeps other bytes as surrogates (PEP 383)."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def own_file(name: str, brief: Path, root: Path) -> Path | FileProblem:
    """Return the file that a brief calls `name`, unless it is outside the project at `root`."""
    if "://" in name or name.startswith(("data:", "file:", "//")):
        hint = "save a copy beside the brief, and name that"
        return FileProblem("remote-file", f"`{name}` is not fetched", hint)
    path, root = brief.parent / name, root.resolve()
    if "\0" in name:
        return FileProblem("missing-file", f"there is no file `{name}`")
    if not path.resolve().is_relative_to(root):
        hint = f"copy it into {shown_path(root)}"
        return FileProblem("outside-project", f"`{name}` is outside the project", hint)
    return path
