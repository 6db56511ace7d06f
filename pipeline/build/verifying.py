"""Verify existing files, each in a child process, since they may come from anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, has_errors, reason_of
from ..disk import read_file, shown_path
from ..model import AnchorKind
from ..project import LoadedBrief, Project, load_project
from ..roots import find_root
from ..verify import (
    LARGEST,
    Expected,
    Readback,
    Recorded,
    Unreadable,
    Verdict,
    disagree,
    judge,
    read_file_content,
    recorded,
)
from ..verify.verdict import AS_BUILT, UNREADABLE
from . import workers
from .proof import captions, expected_of, witness
from .publishing import JOURNAL, MANIFEST, manifest_text

SECONDS = 20.0  # of processor time that one file may take


class _Task(Struct, frozen=True):
    content: bytes
    path: str
    suffix: str
    recorded: Recorded | None
    briefs: dict[str, tuple[str, str, Expected]]  # by name: path, hash of the Markdown, numbers


class _Judged(Struct, frozen=True):
    verdict: Verdict
    found: Readback


def read_with_limits(content: bytes, suffix: str) -> Readback:
    """Return what a file prints. Raises `Unreadable`, also if reading takes too long."""
    (found,) = workers.run(_read, [(content, suffix)], 1, lambda _: SECONDS)
    if isinstance(found, workers.Failure):
        raise Unreadable(found.message)
    return found


def _read(file: tuple[bytes, str]) -> Readback | workers.Failure:
    try:
        return read_file_content(*file, words=captions())
    except Unreadable as error:
        return workers.Failure(str(error))


def verify_files(paths: Sequence[Path]) -> Iterator[tuple[Path, Verdict]]:
    """Yield each file with its verdict.

    It is compared with the manifest of its folder; otherwise with the brief of its name in its
    project or in the project of the current folder; otherwise with its own record of how it was
    made. Files of one name must have the same numbers.
    """
    projects: dict[Path, Project] = {}
    seen: dict[Path, Readback] = {}
    for path in paths:
        judged = _verify(path, projects)
        verdict = judged.verdict
        for fellow, other in seen.items():
            if fellow.with_suffix("") == path.with_suffix("") and verdict.kind != UNREADABLE:
                verdict = disagree(verdict, other, judged.found, fellow.name, str(path))
        if verdict.kind != UNREADABLE:
            seen[path] = judged.found
        yield path, verdict


def _verify(path: Path, projects: dict[Path, Project]) -> _Judged:
    whole = Span.of_file(str(path))
    try:
        content = read_file(path, LARGEST)
    except FileNotFoundError:
        return _unreadable(Diagnostic("missing-file", "there is no such file", whole))
    except OSError as error:
        reason = f"it cannot be read: {reason_of(error)}"
        return _unreadable(Diagnostic("unreadable-file", reason, whole))
    record, problems = _record(path)
    digest = hashlib.sha256(content).hexdigest()
    briefs = {} if record else _briefs(path, projects)
    task = _Task(content, str(path), path.suffix, record, briefs)
    (judged,) = workers.run(_judge, [task], 1, lambda _: SECONDS)
    if isinstance(judged, workers.Failure):
        return _unreadable(Diagnostic("bad-output", judged.message, whole))
    verdict = judged.verdict
    if record and record.sha256 == digest:
        own = tuple(d for d in verdict.diagnostics if d.code == "number-mismatch")
        verdict = Verdict(AS_BUILT, "", own)
    return replace(judged, verdict=replace(verdict, diagnostics=(*problems, *verdict.diagnostics)))


def _unreadable(problem: Diagnostic) -> _Judged:
    return _Judged(Verdict(UNREADABLE, "", (problem,)), Readback())


def _record(path: Path) -> tuple[Recorded | None, tuple[Diagnostic, ...]]:
    """Return the manifest's record of a file, and errors in the manifest."""
    manifest = path.parent / MANIFEST
    try:
        is_newer = (path.parent / JOURNAL).exists()  # a build runs, or was killed
        content = manifest_text(path.parent) if is_newer else read_file(manifest, LARGEST)
    except OSError:
        return None, ()
    found = recorded(content, path.name, shown_path(manifest))
    return (None, (found,)) if isinstance(found, Diagnostic) else (found, ())


def _briefs(path: Path, projects: dict[Path, Project]) -> dict[str, tuple[str, str, Expected]]:
    """Return the briefs that a file may have been made from, those of its own project first."""
    found: dict[str, tuple[str, str, Expected]] = {}
    for start in (path.parent, path.parent.parent, Path()):
        root = find_root(start)
        if not (root / "briefs").is_dir():
            continue
        if root not in projects:
            projects[root] = load_project(start=root, compare_releases=False)
        for brief in projects[root].briefs:
            if brief.name not in found and (
                numbers := _numbers(brief, projects[root], path.suffix[1:])
            ):
                found[brief.name] = numbers
    return found


def _numbers(brief: LoadedBrief, project: Project, format: str) -> tuple[str, str, Expected] | None:
    if brief.numbered is None or brief.read is None or has_errors(brief.diagnostics):
        return None
    seen = witness(brief, project.styles)
    source = brief.read.source.encode("utf-8", "surrogatepass")
    return brief.path, hashlib.sha256(source).hexdigest(), expected_of(brief.numbered, seen, format)


def _judge(task: _Task) -> _Judged | workers.Failure:
    """Read a file and judge it: runs in a child process."""
    try:
        words = captions(*_labels_of(task))
        found = read_file_content(task.content, task.suffix, thorough=True, words=words)
    except Unreadable as error:
        return workers.Failure(str(error))
    carried = found.carried
    name = Path(task.path).stem
    said = task.briefs.get(name) or (task.briefs.get(carried.brief) if carried else None)
    brief, expected = "", None
    if said is not None:
        brief, digest, expected = said
        if carried and _is_older(carried.sha256, carried.sources, digest):
            expected = None  # the brief has changed since the file was made from it
    own = None
    if expected is None and task.recorded is None and carried and carried.sources:
        from .carried import carried_by

        if (known := carried_by(found, task.path)) is not None:
            own, titles = known
            found = replace(found, carried=replace(carried, titles=titles))
    verdict = judge(
        found, task.path, recorded=task.recorded, expected=expected, brief=brief, carried=own
    )
    slim = Readback(numbers=found.numbers, bibliography=found.bibliography)
    return _Judged(verdict, slim)


def _labels_of(task: _Task) -> Iterator[Mapping[AnchorKind, str]]:
    """Yield the labels that captions may have: as recorded, and those of the briefs."""
    for one in task.recorded.numbers if task.recorded else ():
        before, _, after = one.text.rpartition(one.number) if one.number else ("", "", "")
        if before or after:
            yield {one.anchor.kind: f"{before}{{number}}{after}"}
    for _, _, expected in task.briefs.values():
        for kind, (before, after) in expected.labels.items():
            yield {kind: f"{before}{{number}}{after}"}


def _is_older(sha256: str, sources: object, digest: str) -> bool:
    """Say whether a file contains other Markdown than the brief has now."""
    texts = dict(sources).items() if isinstance(sources, dict) else ()
    found = [hashlib.sha256(text).hexdigest() for name, text in texts if name.endswith(".md")]
    return any(known and known != digest for known in (sha256, *found))
