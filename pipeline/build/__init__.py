"""Write the outputs of briefs that are out of date, and prove their numbers.

In: a project. Out: files in the build folder, and an outcome for each brief. A target is stale when
the hash of everything its bytes depend on differs from the one recorded for the file. Before a new
file is published, it is read back and compared with the brief; if they differ, the brief keeps its
previous files.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, has_errors
from ..disk import Disk, Note
from ..model import Citation, walk
from ..numbering import with_draft
from ..outcome import UP_TO_DATE, Outcome
from ..project import LoadedBrief, Project
from ..styles import Styles
from ..verify import to_record
from ..writers import WRITERS, write
from . import fonts, workers
from .cluster import Cluster
from .fingerprint import Target, target_of
from .proof import Witness, faults_of, read_back, with_causes, witness
from .publishing import Found, Record, load_manifest, publish, write_manifest
from .unwritable import UNWRITABLE, failure_of

__all__ = ["FORMATS", "Outcome", "build", "note_fonts"]

FORMATS = tuple(WRITERS)


class _Made(Struct, frozen=True):
    """What a child process returns: the bytes of a target and the findings of its proof."""

    content: bytes
    record: Record
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def build(
    project: Project,
    formats: Sequence[str] = FORMATS,
    *,
    jobs: int = 0,
    cluster: Cluster | None = None,
    force: bool = False,
    draft: bool = False,
    known: Mapping[str, Note] | None = None,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Build the briefs of a project. `jobs` 0 means one child process for each processor; a cluster
    makes the targets on other machines instead.

    With `draft`, briefs with errors are written too, and marked. `known` are earlier notes on files
    of the build folder: those that still hold save reading them. `progress` is called with each
    outcome as soon as it is known.
    """
    pending = _compare(project, formats, known or {}, draft)
    if force:
        pending = [_forced(each) for each in pending]
    outcomes: dict[str, Outcome] = {}

    def finish(each: _Pending, results: Mapping[str, _Made | workers.Failure]) -> None:
        outcomes[each.brief.path] = outcome = _finish(project, each, results)
        progress(outcome)

    try:
        for each in pending:
            if not each.stale:
                finish(each, {})
        for each, results in _made(pending, project.styles, jobs, cluster):
            finish(each, results)
    finally:
        write_manifest(project.out)
    return [outcomes[brief.path] for brief in project.briefs]


class _Pending(Struct, frozen=True):
    brief: LoadedBrief
    targets: list[Target]
    found: Mapping[str, Found]  # by file name
    problems: list[Diagnostic]

    @property
    def stale(self) -> list[Target]:
        return [target for target in self.targets if self.found[target.filename].stale]


def _compare(
    project: Project, formats: Sequence[str], known: Mapping[str, Note], draft: bool
) -> list[_Pending]:
    """Compare the briefs of a project with what is in its build folder."""
    manifest = load_manifest(project.out)
    # With an invalid house style the outputs would look different from what was asked for.
    blocked = has_errors(project.diagnostics)
    clashes = _same_names(project)
    pending = []
    for brief in project.briefs:
        clash, targets = clashes.get(brief.path), []
        if brief.numbered and not clash and (draft or not (brief.has_errors or blocked)):
            numbered = with_draft(brief.numbered) if draft else brief.numbered
            targets = [target_of(numbered, project.styles, f) for f in formats]
        names = [target.filename for target in targets]
        found = [manifest.find(target, known.get(target.filename)) for target in targets]
        problems = [clash] if clash else []
        pending.append(_Pending(brief, targets, dict(zip(names, found, strict=True)), problems))
    return pending


def _forced(pending: _Pending) -> _Pending:
    found = Found("asked for by --force")
    return replace(pending, found=dict.fromkeys(pending.found, found))


class _Task(Struct, frozen=True):
    target: Target
    witness: Witness


def _made(
    pending: Sequence[_Pending], styles: Styles, jobs: int, cluster: Cluster | None
) -> Iterator[tuple[_Pending, Mapping[str, _Made | workers.Failure]]]:
    """Yield each brief that has stale targets with what was made of them, by file name.

    The longest go first, so that no processor has nothing to do while the last of them is made.
    """
    stale = [each for each in pending if each.stale]
    stale.sort(key=lambda each: each.brief.size, reverse=True)
    order = [(each, target) for each in stale for target in _slowest_first(each.stale)]
    tasks = [_Task(target, witness(each.brief, styles)) for each, target in order]
    if cluster:
        made = cluster.run_unordered(_make, tasks, _seconds_allowed)
    else:
        _preload([target for _, target in order])
        made = workers.run_unordered(_make, tasks, jobs, _seconds_allowed)
    results: dict[str, dict[str, _Made | workers.Failure]] = {}
    for index, result in made:
        each, target = order[index]
        of_brief = results.setdefault(each.brief.path, {})
        of_brief[target.filename] = result
        if len(of_brief) == len(each.stale):
            yield each, results.pop(each.brief.path)


def _slowest_first(targets: Sequence[Target]) -> list[Target]:
    return sorted(targets, key=lambda target: target.format != "pdf")


def _make(task: _Task) -> _Made | workers.Failure:
    """Write one target and prove it: runs in a child process."""
    start = time.perf_counter()
    target = task.target
    try:
        content, diagnostics = write(target.format, target.numbered, target.styles)
    except UNWRITABLE as error:
        return failure_of(error, target.numbered.brief)
    found = read_back(content, target.format, target.numbered.labels)
    diagnostics += faults_of(found, target.numbered, task.witness, target.filename)
    if target.format == "pdf":
        from ..verify.pdf.glyphs import is_unreadable, missing_glyphs

        brief = target.numbered.brief
        diagnostics = with_causes(diagnostics, target.styles)
        missing = missing_glyphs(content, target.filename, brief.source, brief.front.span.path)
        if missing and has_errors(diagnostics):
            # Text that is not drawn is not read back either: that is the cause.
            first = missing[0]
            return workers.Failure(first.message, first.hint, first.span, of_machine=True)
        if missing and is_unreadable(content, brief.source):
            hint = (
                f"{missing[0].hint}. A Word file and a web page need no font here: --to docx,html"
            )
            return workers.Failure(missing[0].message, hint, missing[0].span, of_machine=True)
        diagnostics += missing
    record = Record.of(target, content, to_record(found), found.pages, diagnostics)
    return _Made(content, record, tuple(diagnostics), time.perf_counter() - start)


def _finish(
    project: Project, pending: _Pending, results: Mapping[str, _Made | workers.Failure]
) -> Outcome:
    name, problems = pending.brief.name, list(pending.problems)
    reasons = {file: found.stale or UP_TO_DATE for file, found in pending.found.items()}
    notes, records = {}, {}
    for file, found in pending.found.items():
        if found.record and found.note:
            notes[file], records[file] = found.note, found.record
            problems += project.judged(found.record.findings_of(pending.brief.path))
    made, lost = {}, list[Diagnostic]()
    for target in pending.stale:
        result = results[target.filename]
        if isinstance(result, workers.Failure):
            failure = result.diagnostic(target.filename, pending.brief.path)
            (lost if result.of_machine else problems).append(failure)
        else:
            problems += project.judged(result.diagnostics)
            made[target.filename] = result
            records[target.filename] = result.record
    pages = next((record.pages for record in records.values() if record.pages), None)
    problems += project.judged(_over_budget(pending.brief, pages, project))
    if not pending.targets:
        return Outcome(name, "failed", diagnostics=tuple(problems))
    failed = Outcome(name, "failed", reasons=reasons, is_lasting=False)
    if has_errors(problems) or len(lost) == len(pending.targets):
        return replace(failed, diagnostics=(*problems, *lost))
    if made:
        published = _publish(project, pending.brief, made)
        if isinstance(published, Diagnostic):
            return replace(failed, diagnostics=(published,))
        notes |= published
    numbered = pending.targets[0].numbered
    return Outcome(
        name,
        "partial" if lost else "built" if made else UP_TO_DATE,
        {t.filename: notes[t.filename] for t in pending.targets if t.filename in notes},
        len(numbered.bibliography),
        sum(isinstance(node, Citation) for node in walk(numbered.brief)),
        pages,
        sum(result.seconds for result in made.values()),
        (*problems, *lost),
        reasons,
        is_lasting=not lost,
    )


def _publish(
    project: Project, brief: LoadedBrief, made: Mapping[str, _Made]
) -> dict[str, Note] | Diagnostic:
    """Publish the files of a brief; return notes on them, or what went wrong."""
    files = {name: result.content for name, result in made.items()}
    path = os.path.relpath(brief.path, project.out)
    records = {name: replace(result.record, brief=path) for name, result in made.items()}
    stamps = publish(project.out, files, records)
    if isinstance(stamps, Diagnostic):
        return stamps
    return {name: Note("file", records[name].sha256, stamp) for name, stamp in stamps.items()}


def note_fonts(project: Project, formats: Sequence[str], disk: Disk) -> bool:
    """Note the fonts that outputs depend on; return False if Fontconfig cannot be asked."""
    briefs = [brief.numbered for brief in project.briefs if brief.numbered]
    targets = [Target(numbered, project.styles, name) for numbered in briefs for name in formats]
    try:
        if faces := {face for target in targets for face in target.faces}:
            fonts.note_choice(disk, faces)
    except OSError:
        return False
    if any(target.needs_any_font for target in targets):
        fonts.note_installed(disk)
    return True


def _over_budget(brief: LoadedBrief, pages: int | None, project: Project) -> list[Diagnostic]:
    """Check the number of pages, which only a PDF has. Off unless the house style enables it."""
    allowed = project.styles.house.budgets["pages"]
    if pages is None or pages <= allowed or project.styles.house.edition:
        return []
    message = f"the PDF has {pages} pages; the house allows {allowed:.0f}"
    return [Diagnostic("page-budget", message, Span.of_file(brief.path))]


def _same_names(project: Project) -> dict[str, Diagnostic]:
    """Return an error, by path, for each brief with the name of another: their outputs clash."""
    paths: dict[str, list[str]] = {}
    for brief in project.briefs:
        paths.setdefault(brief.name, []).append(brief.path)
    clashes = {}
    for others in paths.values():
        if len(others) > 1:
            names = " and ".join(f"`{other}`" for other in others)
            message = f"{names} would be written to the same file"
            for path in others:
                clashes[path] = Diagnostic(
                    "cannot-write", message, Span.of_file(path), "rename one"
                )
    return clashes


def _preload(stale: Sequence[Target]) -> None:
    """Import once what several child processes need: they are forked and share it."""
    formats = [target.format for target in stale]
    for name in dict.fromkeys(formats):
        if formats.count(name) > 1 and workers.FORKS:
            importlib.import_module(f"..writers.{name}", __package__)


def _seconds_allowed(task: _Task) -> float:
    """Return how many seconds a target may take: no ordinary page takes one."""
    return 15 + len(task.target.numbered.brief.source) / 2000
