"""Write the outputs of briefs that are out of date, and prove their numbers.

In: a project. Out: files in the build folder, and an outcome for each brief. A target is stale when
the hash of everything its bytes depend on differs from the one recorded for the file. Before a new
file is published, it is read back and compared with the brief; if they differ, the brief keeps its
previous files.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct, field

from ..diagnostics import Diagnostic, Span, has_errors
from ..model import NEW_IMAGE, Citation, LostImageError, walk
from ..numbering import with_draft
from ..project import LoadedBrief, Project
from ..styles import BadTemplate
from ..verify import to_record
from ..writers import WRITERS, write
from . import workers
from .fingerprint import Target
from .proof import Witness, faults_of, read_back, with_causes, witness
from .publishing import Record, load_manifest, publish, write_manifest

__all__ = ["FORMATS", "Outcome", "build"]

FORMATS = tuple(WRITERS)


class Outcome(Struct, frozen=True):
    """The result for one brief. `files` are complete and proved, written now or earlier."""

    name: str
    status: str  # "built", "up to date" or "failed"
    files: tuple[Path, ...] = ()
    references: int = 0
    citations: int = 0
    pages: int | None = None
    seconds: float = 0.0  # for writing and proving its files, added up
    diagnostics: tuple[Diagnostic, ...] = field(default=())


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
    force: bool = False,
    draft: bool = False,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Build the briefs of a project. `jobs` 0 means one child process for each processor.

    With `draft`, briefs with errors are written too, and marked. `progress` is called with each
    outcome as soon as it is known.
    """
    manifest = load_manifest(project.out)
    # With an invalid house style the outputs would look different from what was asked for.
    blocked = has_errors(project.diagnostics)
    clashes = _same_names(project)
    pending: list[_Pending] = []
    for brief in project.briefs:
        clash, targets = clashes.get(brief.path), []
        if brief.numbered and not clash and (draft or not (brief.has_errors or blocked)):
            numbered = with_draft(brief.numbered) if draft else brief.numbered
            targets = [Target(numbered, project.styles, name) for name in formats]
        fresh = {} if force else {t.filename: r for t in targets if (r := manifest.fresh(t))}
        pending.append(_Pending(brief, targets, fresh, [clash] if clash else []))

    back_references = project.styles.house.back_references
    tasks = [
        _Task(target, witness(found.brief, back_references))
        for found in pending
        for target in found.stale
    ]
    _preload([task.target for task in tasks])
    made = workers.run(_make, tasks, jobs, _seconds_allowed)
    outcomes = []
    try:
        for found in pending:
            outcomes.append(_finish(project, found, [next(made) for _ in found.stale]))
            progress(outcomes[-1])
    finally:
        write_manifest(project.out)
    return outcomes


class _Pending(Struct, frozen=True):
    brief: LoadedBrief
    targets: list[Target]
    fresh: dict[str, Record]  # of the targets that are up to date
    problems: list[Diagnostic]

    @property
    def stale(self) -> list[Target]:
        return [target for target in self.targets if target.filename not in self.fresh]


class _Task(Struct, frozen=True):
    target: Target
    witness: Witness


def _make(task: _Task) -> _Made | workers.Failure:
    """Write one target and prove it: runs in a child process."""
    start = time.perf_counter()
    target = task.target
    try:
        content, diagnostics = write(target.format, target.numbered, target.styles)
    except BadTemplate as error:
        return workers.Failure(str(error), "correct the template of the house style")
    except LostImageError as error:
        return workers.Failure(str(error), NEW_IMAGE, error.span(target.numbered.brief))
    found = read_back(content, target.format)
    diagnostics += faults_of(found, target.numbered, task.witness, target.filename)
    if target.format == "pdf":
        from ..verify.pdf.glyphs import missing_glyphs

        brief = target.numbered.brief
        diagnostics = with_causes(diagnostics, target.styles)
        diagnostics += missing_glyphs(content, target.filename, brief.source, brief.front.span.path)
    record = Record.of(target, content, to_record(found), found.pages)
    return _Made(content, record, tuple(diagnostics), time.perf_counter() - start)


def _finish(
    project: Project, found: _Pending, results: Sequence[_Made | workers.Failure]
) -> Outcome:
    problems = list(found.problems)
    files: dict[str, bytes] = {}
    records = dict(found.fresh)
    for target, result in zip(found.stale, results, strict=True):
        if isinstance(result, workers.Failure):
            problems.append(result.diagnostic(target.filename, found.brief.path))
        else:
            problems += project.judged(result.diagnostics)
            files[target.filename] = result.content
            records[target.filename] = result.record
    pages = next((record.pages for record in records.values() if record.pages), None)
    problems += project.judged(_over_budget(found.brief, pages, project))
    if not found.targets or has_errors(problems):
        return Outcome(found.brief.name, "failed", diagnostics=tuple(problems))
    if files:
        new = {name: records[name] for name in files}
        if problem := publish(project.out, files, new):
            return Outcome(found.brief.name, "failed", diagnostics=(problem,))
    numbered = found.targets[0].numbered
    return Outcome(
        found.brief.name,
        "built" if files else "up to date",
        tuple(project.out / target.filename for target in found.targets),
        len(numbered.bibliography),
        sum(isinstance(node, Citation) for node in walk(numbered.brief)),
        pages,
        sum(result.seconds for result in results if isinstance(result, _Made)),
        diagnostics=tuple(problems),
    )


def _over_budget(brief: LoadedBrief, pages: int | None, project: Project) -> list[Diagnostic]:
    """Check the number of pages, which only a PDF has. Off unless the house style enables it."""
    allowed = project.styles.house.budgets["pages"]
    if pages is None or pages <= allowed:
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
            importlib.import_module(f"pipeline.writers.{name}")


def _seconds_allowed(task: _Task) -> float:
    """Return how many seconds a target may take: no ordinary page takes one."""
    return 15 + len(task.target.numbered.brief.source) / 2000
