"""Record a release of a brief, or withdraw one.

A release is recorded only from sources that git has as they are, and from outputs that are built
from them and proved. What is written appears complete or not at all.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from .build.fingerprint import target_of
from .build.publishing import load_manifest
from .diagnostics import reason_of
from .disk import Disk, read_file, shown_path, write_beside
from .git import git
from .lint.baseline import FILENAME
from .model import FrontMatter
from .numbering import NumberedBrief
from .project import Project, load_project
from .provenance import provenance_of
from .releases import (
    RECORD,
    Release,
    Released,
    folder_name,
    folder_of,
    releases_of,
    to_json,
)

_LARGEST = 64 * 1024 * 1024  # bytes of a source


class ReleaseError(Exception):
    """Why nothing was recorded, as a sentence."""


class Options(Struct, frozen=True):
    today: datetime.date  # for a brief that states no date
    date: datetime.date | None = None  # instead of the one that the brief states
    formats: tuple[str, ...] = ("pdf", "docx", "html")
    bibliography: tuple[Path, ...] = ()
    styles: Path | None = None
    citation_style: str = ""
    out: Path | None = None
    for_release: bool = False  # the files are those for outsiders


class Recorded(Struct, frozen=True):
    """A release that was recorded; `notes` are clauses about what its author should know."""

    released: Released
    notes: tuple[str, ...]


def record(path: Path, options: Options) -> Recorded:
    """Record a release of the brief at `path`. Raises `ReleaseError`, and writes nothing then."""
    if not path.is_file():
        raise ReleaseError("there is no such brief")
    disk = Disk()
    project = load_project(
        [path],
        bibliography=options.bibliography,
        styles=options.styles,
        citation_style=options.citation_style,
        out=options.out,
        disk=disk,
        for_release=options.for_release,
    )
    numbered = project.briefs[0].numbered
    if numbered is None:
        raise ReleaseError("it cannot be read; `brief check` says why")
    front = numbered.brief.front
    folder = _new_folder(path, front)
    if project.has_errors:
        raise ReleaseError("it has errors; `brief check` shows them")
    files = _outputs(project, numbered, options.formats)
    sources = _sources(disk, project, folder_of(path))
    if options.for_release:
        files = {f"for-release/{name}": digest for name, digest in files.items()}
    notes = []
    if commit := git(project.root, "rev-parse", "HEAD").decode().strip():
        _check_clean(project.root, [*sources, *_own_styles(project)])
    else:
        notes.append("its sources are not in git")
    day = options.date or max(filter(None, (front.date, front.checked_on)), default=None)
    if day is None:
        notes.append("it is dated today: its front matter has neither `date` nor `checked-on`")
    contents = {place: read_file(file, _LARGEST) for file, place in sources.items()}
    made_from = provenance_of(numbered.brief, numbered.bibliography, project.styles)
    release = Release(
        edition=front.edition,
        date=day or options.today,
        brief=sources[path.resolve()],
        markdown=made_from.markdown,
        files=files,
        sources={place: _hash(content) for place, content in contents.items()},
        references=made_from.references,
        house=made_from.house,
        bibliography=tuple(sources[file.resolve()] for file in options.bibliography),
        commit=commit,
    )
    _write(folder, {**contents, RECORD: to_json(release)})
    return Recorded(Released(folder, release), tuple(notes))


def withdraw(path: Path, edition: str) -> Released:
    """Mark a release as withdrawn. Raises `ReleaseError`."""
    found = [r for r in releases_of(path, Disk()) if isinstance(r, Released)]
    for released in found:
        if released.release.edition == edition:
            if released.release.withdrawn:
                raise ReleaseError(f"edition {edition} was withdrawn before")
            release = replace(released.release, withdrawn=True)
            place = released.folder / RECORD
            try:
                write_beside(place, to_json(release)).replace(place)
            except OSError as error:
                raise ReleaseError(
                    f"cannot write {shown_path(place)}: {reason_of(error)}"
                ) from None
            return Released(released.folder, release)
    known = ", ".join(r.release.edition for r in found)
    raise ReleaseError(
        f"there is no release of edition {edition}"
        + (f"; there are: {known}" if known else "; nothing of it was released")
    )


def _new_folder(path: Path, front: FrontMatter) -> Path:
    if not front.edition:
        raise ReleaseError("its front matter has no `edition`: write `edition: 1`")
    name = folder_name(front.edition)
    if not name:
        raise ReleaseError(f"its edition, `{front.edition}`, has no letter and no digit")
    folder = folder_of(path) / name
    if folder.exists():
        raise ReleaseError(
            f"edition {front.edition} was released before, in {shown_path(folder)}; give the brief "
            "a new `edition`"
        )
    return folder


def _outputs(project: Project, numbered: NumberedBrief, formats: Sequence[str]) -> dict[str, str]:
    """Return the hashes of the outputs, all of which must be built from the sources as they are.

    An output whose proof failed is never published: then there is none, or an older one.
    """
    manifest = load_manifest(project.out)
    files = {}
    for name in formats:
        target = target_of(numbered, project.styles, name)
        found = manifest.find(target, None)
        if found.stale or found.record is None:
            raise ReleaseError(
                f"{shown_path(project.out / target.filename)} is not up to date ({found.stale}): "
                "run `brief build` first"
            )
        files[target.filename] = found.record.sha256
    return files


def _sources(disk: Disk, project: Project, releases: Path) -> dict[Path, str]:
    """Return what the brief is made from, with the path of each in the folder of a release.

    Files outside the project, which only the command line can name, are put beside its briefs.
    """
    root = project.root.resolve()
    others = (project.house_folder.resolve(), releases.resolve())
    found = {}
    for name, note in disk.notes().items():
        place = Path(name).resolve()
        if note.kind != "file" or not place.is_file() or place == root / FILENAME:
            continue
        if any(place.is_relative_to(other) for other in others):
            continue
        inside = place.relative_to(root).as_posix() if place.is_relative_to(root) else place.name
        found[place] = inside
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _own_styles(project: Project) -> Iterator[Path]:
    if project.house_folder.resolve().is_relative_to(project.root.resolve()):
        yield project.house_folder.resolve()


def _check_clean(root: Path, paths: Sequence[Path]) -> None:
    inside = [str(path) for path in paths if path.is_relative_to(root.resolve())]
    rows = git(root, "status", "--porcelain", "-z", "--no-renames", "--", *inside)
    changed = [row[3:] for row in rows.decode("utf-8", "replace").split("\0") if row]
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise ReleaseError(
            f"git does not have {', '.join(changed[:3])}{more} as it is: commit first"
        )


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)  # of a release that was interrupted
    try:
        for name, content in contents.items():
            place = part / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        os.rename(part, folder)
    except OSError as error:
        raise ReleaseError(f"cannot write {shown_path(folder)}: {reason_of(error)}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
