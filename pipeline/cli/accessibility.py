"""The command that reports how accessible the outputs of briefs are."""

from __future__ import annotations

import datetime
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..diagnostics import has_errors, reason_of
from ..disk import shown_path, write_beside
from .inspect import today
from .loading import project_of
from .releasing import path_of
from .report import many, print_diagnostics, print_serious, refuse_no_briefs
from .terminal import print_json, refuse, say

if TYPE_CHECKING:
    from ..accessibility import Examined
    from ..build.workers import Failure
    from ..numbering import NumberedBrief
    from ..outcome import Outcome
    from ..project import Project

_SECONDS = 60.0  # of processor time for the checks of one file


class _Unfinished(Exception):
    """Why there is no report, as one clause."""


def accessibility(options: Namespace) -> int:
    from ..accessibility import numbered_report, report_brief
    from ..build import build as build_project

    options.briefs = [path_of(name) for name in options.briefs]
    project = project_of(options, out=options.out)
    if not project.briefs:
        return refuse_no_briefs(project.root)
    print_serious(project.all_diagnostics, project.sources, quiet=True)
    outcomes = build_project(project, jobs=options.jobs)
    problems = [found for outcome in outcomes for found in outcome.diagnostics]
    print_diagnostics(problems, project.sources, sys.stderr)
    try:
        if project.has_errors or has_errors(problems):
            raise _Unfinished("not all files could be built")
        examined = _examined(project, outcomes, options.jobs)
        first = project.briefs[0]
        alone = len(project.briefs) == 1 and first.numbered is not None
        name = f"{first.name}.accessibility" if alone else "accessibility"
        of = first.numbered.brief.title if alone and first.numbered else project.styles.house.name
        day = datetime.date.fromisoformat(today())
        report = report_brief(name, f"Accessibility of “{of}”", examined, day)
        written = _write(project, numbered_report(report, project.styles.house))
    except _Unfinished as reason:
        return refuse(f"brief accessibility: no report: {reason}")
    faults = [
        {"file": file.name, "check": check, "fault": fault}
        for file in examined
        for check, result in file.checks.items()
        for fault in result.faults
    ]
    if options.json:
        print_json({"files": [file.name for file in examined], "faults": faults, "report": written})
        return int(bool(faults))
    for fault in faults:
        say(f"{fault['file']}: {fault['fault']} ({fault['check']})")
    counts = sum(len(file.checks) + len(file.counts) for file in examined)
    found = many(len(faults), "fault") if faults else "no fault found"
    say(f"{many(counts, 'check')} of {many(len(examined), 'file')}: {found}")
    say("most criteria need a person, too: the report says what to look at")
    for path in written:
        say(f"wrote {path}")
    return int(bool(faults))


def _examined(project: Project, outcomes: Sequence[Outcome], jobs: int) -> list[Examined]:
    """Run the checks on all files as they are in the build folder, in child processes."""
    from ..build import workers

    names = [name for outcome in outcomes for name in outcome.files]
    try:
        files = [(name, (project.out / name).read_bytes()) for name in names]
    except OSError as error:
        raise _Unfinished(f"a file cannot be read: {reason_of(error)}") from None
    examined: list[Examined] = []
    for name, found in zip(names, workers.run(_examine, files, jobs, _seconds), strict=True):
        if isinstance(found, workers.Failure):
            raise _Unfinished(f"{name}: {found.message}")
        examined.append(found)
    return examined


def _seconds(file: tuple[str, bytes]) -> float:
    return _SECONDS


def _examine(file: tuple[str, bytes]) -> Examined | Failure:
    """Examine a file: runs in a child process."""
    from ..accessibility import examine
    from ..build import workers
    from ..verify import Unreadable

    try:
        return examine(file)
    except Unreadable as error:
        return workers.Failure(str(error))


def _write(project: Project, numbered: NumberedBrief) -> list[str]:
    """Write the report as page and PDF, once its own numbers are proved; return their paths."""
    from ..build.proof import read_back
    from ..verify import judge
    from ..writers.html.web import Added, Download, write_html
    from ..writers.pdf import write_pdf

    beside = Added((Download(f"{numbered.brief.name}.pdf", "PDF"),))
    contents: Mapping[str, bytes] = {
        "html": write_html(numbered, project.styles, beside),
        "pdf": write_pdf(numbered, project.styles),
    }
    written = []
    for format, content in contents.items():
        path = project.out / f"{numbered.brief.name}.{format}"
        verdict = judge(read_back(content, format, numbered.labels), shown_path(path))
        if has_errors(verdict.diagnostics):
            print_diagnostics(verdict.diagnostics, {}, sys.stderr)
            raise _Unfinished("its numbers contradict each other")
        try:
            write_beside(path, content).replace(path)
        except OSError as error:
            raise _Unfinished(f"cannot write {shown_path(path)}: {reason_of(error)}") from None
        written.append(shown_path(path))
    return written
