"""The releases of a brief on its page, and pages that show what each of them has changed.

In: the records of releases, and the sources that lie beside them. Out: what the page lists, and a
redline between each release and the one before. One that was withdrawn is listed, but its text is
shown nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..build import workers
from ..build.fingerprint import Target
from ..build.publishing import Manifest
from ..build.unwritable import UNWRITABLE, failure_of
from ..diagnostics import Diagnostic, Span, has_errors
from ..disk import Disk, shown_path
from ..model import UNDATED
from ..project import LoadedBrief, Project
from ..redline import redline
from ..redline.editions import Edition, Sources, edition
from ..releases import Released, in_order, releases_of, to_json
from ..styles import Styles, styles_used
from ..verify import judge
from ..verify.html import read_html
from ..writers.html import write_html
from ..writers.html.web import Added
from .entries import Entry, Issued
from .files import Content
from .making import as_content, unchanged
from .pages import Pages

_SECONDS = 60.0  # of processor time for a page, which needs both editions read


class Releases(Struct, frozen=True):
    """The releases of a brief in their order, and the pages that show what they have changed."""

    issued: tuple[Issued, ...] = ()
    pages: tuple[Content, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Task(Struct, frozen=True):
    brief: str  # the name of the brief, and the place of the newer release among its releases
    place: int
    older: Released
    newer: Released
    filename: str
    added: Added
    fingerprint: str
    house: Path  # the folder of the house style
    styles: Styles


class _Shown(Struct, frozen=True):
    """A page of changes and their summary; without a page, why there is none."""

    page: Content | None = None
    summary: str = ""
    reason: str = ""


def releases_on_site(
    briefs: Sequence[tuple[LoadedBrief, Entry]],
    project: Project,
    pages: Pages,
    known: Sequence[Issued],
    before: Manifest,
    jobs: int,
) -> Mapping[str, Releases]:
    """Return the releases of each brief by its name; `known` are those that the site lists now."""
    found = {}
    tasks: list[_Task] = []
    for brief, entry in briefs:
        releases = [r for r in releases_of(Path(brief.path), Disk()) if isinstance(r, Released)]
        found[brief.name] = in_order(releases)
        tasks += _tasks(brief, entry, found[brief.name], project, pages)
    summaries = {issued.file.name: issued.changes for issued in known if issued.file}
    shown: dict[tuple[str, int], _Shown] = {}
    waiting = []
    for task in tasks:
        old = unchanged(before, task.filename, task.fingerprint)
        if old is not None and task.filename in summaries:
            shown[task.brief, task.place] = _Shown(old, summaries[task.filename])
        else:
            waiting.append(task)
    results = workers.run(_show, waiting, jobs, lambda _: _SECONDS)
    for task, result in zip(waiting, results, strict=True):
        if isinstance(result, workers.Failure):
            result = _Shown(reason=result.message)
        shown[task.brief, task.place] = result
    return {brief.name: _listed(found[brief.name], brief, entry, shown) for brief, entry in briefs}


def _tasks(
    brief: LoadedBrief, entry: Entry, releases: Sequence[Released], project: Project, pages: Pages
) -> Iterator[_Task]:
    standing = [(p, r) for p, r in enumerate(releases, start=1) if not r.release.withdrawn]
    if brief.numbered is None or len(standing) < 2:
        return
    own = Target(brief.numbered, styles_used(project.styles, "html"), "html").parts
    used = [own[name] for name in ("the program", "the house style", "the citation style")]
    for (_, older), (place, newer) in pairwise(standing):
        added = pages.around_changes(entry, newer.release.edition != entry.edition)
        digest = hashlib.sha256(msgspec.json.encode((used, added)))
        for released in (older, newer):
            digest.update(to_json(released.release))
            for name in released.release.sources:
                file = released.folder / name
                digest.update(file.read_bytes() if file.is_file() else b"")
        stem = entry.page.removesuffix(".html")
        filename = f"{stem}.ed{place}.html"  # another dot than that of the ending: no brief's page
        yield _Task(
            brief.name, place, older, newer, filename, added, digest.hexdigest(),
            project.house_folder, project.styles,
        )  # fmt: skip


def _listed(
    releases: Sequence[Released],
    brief: LoadedBrief,
    entry: Entry,
    shown: Mapping[tuple[str, int], _Shown],
) -> Releases:
    issued, pages, problems = [], [], []
    for place, released in enumerate(releases, start=1):
        release = released.release
        state = "" if release.edition == entry.edition else "superseded"
        each = Issued(
            release.edition, release.date.isoformat(), "withdrawn" if release.withdrawn else state
        )
        found = shown.get((brief.name, place), _Shown())
        if found.page:
            file = found.page.as_file(found.page.name.removesuffix(".html"))
            each = replace(each, changes=found.summary, file=file)
            pages.append(found.page)
        elif found.reason:
            folder = shown_path(released.folder)
            problems.append(Diagnostic("no-redline", found.reason, Span.of_file(folder)))
        issued.append(each)
    return Releases(tuple(issued), tuple(pages), tuple(problems))


def _show(task: _Task) -> _Shown | workers.Failure:
    """Write and prove a page of changes: runs in a child process."""
    older, newer = (_read(released, task.house) for released in (task.older, task.newer))
    for read, released in ((older, task.older), (newer, task.newer)):
        if read.numbered is None:
            errors = (d.message for d in read.project.all_diagnostics if has_errors([d]))
            return _Shown(reason=f"edition {released.release.edition}: {next(errors)}")
    assert older.numbered is not None
    assert newer.numbered is not None
    front = newer.numbered.brief.front
    if front.draft or older.numbered.brief.front.draft:
        return _Shown()
    house = task.styles.house.name
    numbered = redline(older.numbered, newer.numbered, house, front.modified or UNDATED)
    try:
        content = write_html(numbered, task.styles, task.added)
    except UNWRITABLE as error:
        return failure_of(error, numbered.brief)
    found = read_html(content, set())
    verdict = judge(found, task.filename, unnumbered=not numbered.numbers)
    if has_errors(verdict.diagnostics):
        return _Shown(reason="; ".join(d.message for d in verdict.diagnostics if has_errors([d])))
    page = as_content(content, found, task.filename, task.fingerprint)
    return _Shown(page, numbered.redline.summary if numbered.redline else "")


def _read(released: Released, house: Path) -> Edition:
    return edition(str(released.brief), Sources(released.bibliography, house))
