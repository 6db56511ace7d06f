"""Make a first brief of a Word document from elsewhere.

In: a .docx file. Out: a brief in Markdown, entries in a .bib file, pictures in a folder beside the
brief, and a list of everything that the brief does not say as the file did. `document` reads the
file, `typed` finds citations that were typed, `writing` writes Markdown. A Word file of ours gives
back the source that it carries. Reading runs in a child process with limits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from ..build import workers
from ..diagnostics import reason_of
from ..disk import Disk, read_file, write_beside
from ..readers.docx import BadWordFile
from ..roots import find_root, root_of
from .converting import Converted, Task, converted
from .values import Loss

__all__ = ["ImportProblem", "Imported", "Loss", "import_file"]

_SECONDS = 18.0  # of processor time that one file may take
_LARGEST = 64 * 1024 * 1024  # bytes of a Word file
_LARGEST_LIBRARY = 64 * 1024 * 1024


class ImportProblem(Exception):
    """Why nothing was imported, as a sentence."""


class Imported(Struct, frozen=True):
    """What was written, or would be: paths, how much there is of what, and what was lost."""

    brief: Path
    library: Path
    pictures: tuple[Path, ...]
    added: int  # entries of the library
    counts: Mapping[str, int]
    losses: tuple[Loss, ...]
    is_ours: bool
    markdown: str


def import_file(
    file: Path, brief: Path | None, library: Path | None, *, dry_run: bool = False
) -> Imported:
    """Import a Word file; nothing is overwritten. Raises `ImportProblem`."""
    content = _content(file)
    root = _root_of(brief) if brief else find_root(Path())
    name = brief.stem if brief else _name_of(file)
    path = brief or root / "briefs" / f"{name}.md"
    if path.exists():
        raise ImportProblem(f"{path} is already there: name another file with -o")
    bib = library or root / "references.bib"
    front = (
        {}
        if bib.resolve() == (root / "references.bib").resolve()
        else {"bibliography": _bibliography(bib, path, root)}
    )
    folder = path.parent / name
    task = Task(content, name, _library(bib), str(bib), _names_in(folder), front)
    (found,) = workers.run(_converted, [task], 1, lambda _: _SECONDS)
    if isinstance(found, workers.Failure):
        remedy = ": divide the document, and import its parts" if found.of_machine else ""
        raise ImportProblem(found.message + remedy)
    pictures = {
        (path.parent if found.is_ours else folder) / each: data
        for each, data in found.pictures.items()
    }
    pictures = {place: data for place, data in pictures.items() if not _has(place, data)}
    if not dry_run:
        _write(path, bib, pictures, found, task.library)
    return Imported(
        path,
        bib,
        tuple(pictures),
        found.added,
        found.counts,
        found.losses,
        found.is_ours,
        found.markdown,
    )


def _root_of(brief: Path) -> Path:
    """Return the project of a brief that is not there yet; its folder may not be, either."""
    folder = brief.resolve().parent
    return folder.parent if folder.name == "briefs" else root_of(brief, Disk())


def _converted(task: Task) -> Converted | workers.Failure:
    """Import one file: runs in a child process."""
    try:
        return converted(task)
    except BadWordFile as problem:
        return workers.Failure(str(problem))
    except RecursionError:
        return workers.Failure("it is nested too deeply")


def _content(file: Path) -> bytes:
    try:
        content = read_file(file, _LARGEST)
    except FileNotFoundError:
        raise ImportProblem("there is no such file") from None
    except OSError as error:
        raise ImportProblem(f"it cannot be read: {reason_of(error)}") from error
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportProblem(
            "it is in the old format of Word (.doc), or encrypted: open it in Word or LibreOffice "
            "and save it as .docx without a password"
        )
    return content


def _library(path: Path) -> bytes:
    try:
        return read_file(path, _LARGEST_LIBRARY) if path.exists() else b""
    except OSError as error:
        raise ImportProblem(f"{path} cannot be read: {reason_of(error)}") from error


def _bibliography(bib: Path, brief: Path, root: Path) -> str:
    """Return how a brief names a library: by its path from the brief, or from the project."""
    place = bib.resolve()
    for folder in (brief.resolve().parent, root.resolve()):
        if place.is_relative_to(folder):
            return f'"{place.relative_to(folder).as_posix()}"'
    raise ImportProblem(f"{bib} is outside the project, where no brief can use it")


def _name_of(file: Path) -> str:
    plain = unicodedata.normalize("NFKC", file.stem).lower()
    return "-".join(re.findall(r"\w+", plain))[:60].strip("-_") or "imported"


def _names_in(folder: Path) -> frozenset[str]:
    return frozenset(each.name for each in folder.iterdir()) if folder.is_dir() else frozenset()


def _has(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(
    brief: Path, library: Path, pictures: Mapping[Path, bytes], found: Converted, before: bytes
) -> None:
    """Write everything, the brief last. What is written before a failure is taken away again."""
    new: list[Path] = []
    targets = (*pictures, brief, library)
    folders = {folder for target in targets for folder in target.parents if not folder.exists()}
    try:
        for place, content in pictures.items():
            if place.exists():
                raise ImportProblem(f"{place} is already there, and is another picture")
            place.parent.mkdir(parents=True, exist_ok=True)
            write_beside(place, content).rename(place)
            new.append(place)
        brief.parent.mkdir(parents=True, exist_ok=True)
        ready = write_beside(brief, found.markdown.encode("utf-8", "surrogatepass"))
        new.append(ready)
        if found.library != before:
            library.parent.mkdir(parents=True, exist_ok=True)
            written = write_beside(library, found.library)
            if library.exists():
                written.chmod(library.stat().st_mode & 0o777)
            written.replace(library.resolve() if library.is_symlink() else library)
        ready.rename(brief)
    except (OSError, ImportProblem) as error:
        for place in new:
            place.unlink(missing_ok=True)
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):
                folder.rmdir()
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise ImportProblem(f"nothing was written: {reason}") from error
