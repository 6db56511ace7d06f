"""Write every brief in every format, as far as it is out of date, and prove its numbers.

A target is stale when the hash of all that its bytes depend on differs from the one of the file
that is there. What a child process wrote is read back and compared with the table of numbers
before it is published; one difference, and the previous files of that brief stay.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, has_errors
from ..model import NEW_IMAGE, Citation, LostImageError, walk
from ..numbering import with_draft
from ..project import LoadedBrief, Project
from ..styles import BadTemplate
from ..verify import compare, expected, read_numbers, to_json
from ..writers import WRITERS, write
from . import workers
from .fingerprint import Target
from .publishing import Record, load_manifest, publish, write_manifest

__all__ = ["FORMATS", "Outcome", "build"]

FORMATS = tuple(WRITERS)


class Outcome(Struct, frozen=True):
    """What became of one brief. `files` are there and right, written now or before."""

    name: str
    status: str  # "built", "up to date" or "failed"
    files: tuple[Path, ...] = ()
    references: int = 0
    citations: int = 0
    pages: int | None = None
    seconds: float = 0.0  # what its writing and proof took, added up over its files
    diagnostics: tuple[Diagnostic, ...] = field(default=())


class _Made(Struct, frozen=True):
    """What a child process hands back: the bytes of a target, and what its proof says."""

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
    pending: list[_Pending] = []
    # With a wrong house style a brief would be written in a look that nobody asked for.
    blocked = has_errors(project.diagnostics)
    for brief in project.briefs:
        if brief.numbered is None or ((brief.has_errors or blocked) and not draft):
            pending.append(_Pending(brief, [], [], {}))
            continue
        numbered = with_draft(brief.numbered) if draft else brief.numbered
        targets = [Target(numbered, project.styles, name) for name in formats]
        fresh = {} if force else {t.filename: r for t in targets if (r := manifest.fresh(t))}
        stale = [target for target in targets if target.filename not in fresh]
        pending.append(_Pending(brief, targets, stale, fresh))
    clashes = _same_names(project)
    for i, found in enumerate(pending):
        if clash := clashes.get(found.brief.path):
            pending[i] = replace(found, stale=[], problems=(clash,))

    stale = [target for found in pending for target in found.stale]
    _preload(stale)
    made = workers.run(_make, stale, jobs, _seconds_allowed)
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
    stale: list[Target]
    fresh: dict[str, Record]
    problems: tuple[Diagnostic, ...] = ()


def _make(target: Target) -> _Made | workers.Failure:
    """Write one target and read its numbers back: runs in a child process."""
    start = time.perf_counter()
    try:
        content, found = write(target.format, target.numbered, target.styles)
    except BadTemplate as error:
        return workers.Failure(str(error), "correct the template of the house style")
    except LostImageError as error:
        return workers.Failure(str(error), NEW_IMAGE, error.span(target.numbered.brief))
    printed = read_numbers(content, f".{target.format}")
    decided = expected(target.numbered)
    found += compare(decided, printed, target.filename, ordered=target.format != "pdf")
    if target.format == "pdf":
        from ..verify.pdf_glyphs import missing_glyphs

        brief = target.numbered.brief
        found += missing_glyphs(content, target.filename, brief.source, brief.front.span.path)
    record = Record.of(target, content, to_json(printed), printed.pages)
    return _Made(content, record, tuple(found), time.perf_counter() - start)


def _finish(
    project: Project, found: _Pending, results: Sequence[_Made | workers.Failure]
) -> Outcome:
    problems = list(found.problems)
    files: dict[str, bytes] = {}
    records = dict(found.fresh)
    for target, result in zip(found.stale, results, strict=True):
        if isinstance(result, workers.Failure):
            problems.append(_failure(target, found.brief, result))
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


def _failure(target: Target, brief: LoadedBrief, failure: workers.Failure) -> Diagnostic:
    message = f"{target.filename}: {failure.message}"
    return Diagnostic(
        "cannot-render", message, failure.span or Span.of_file(brief.path), failure.hint
    )


def _over_budget(brief: LoadedBrief, pages: int | None, project: Project) -> list[Diagnostic]:
    """The rule on pages: only a laid-out brief has some. It is off unless the house says else."""
    allowed = project.styles.house.budgets["pages"]
    if pages is None or pages <= allowed:
        return []
    message = f"the PDF has {pages} pages; the house allows {allowed:.0f}"
    return [Diagnostic("page-budget", message, Span.of_file(brief.path))]


def _same_names(project: Project) -> dict[str, Diagnostic]:
    """Return, by path, what is wrong with briefs of one name: they share the files they write."""
    paths: dict[str, list[str]] = {}
    for brief in project.briefs:
        paths.setdefault(brief.name, []).append(brief.path)
    clashes = {}
    for path, others in ((path, same) for same in paths.values() for path in same if same[1:]):
        message = " and ".join(f"`{other}`" for other in others) + " would be written to one file"
        clashes[path] = Diagnostic("cannot-write", message, Span.of_file(path), "rename one")
    return clashes


def _preload(stale: Sequence[Target]) -> None:
    """Import once here what several children need: they are forked, and share it."""
    formats = [target.format for target in stale]
    for name in dict.fromkeys(formats):
        if formats.count(name) > 1 and workers.FORKS:
            importlib.import_module(f"pipeline.writers.{name}")


def _seconds_allowed(target: Target) -> float:
    """Bound the time of one target by the size of its source: no honest page takes a second."""
    return 15 + len(target.numbered.brief.source) / 2000
