"""The commands of `brief`: each takes parsed options, prints, and returns an exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..diagnostics import CODES, Severity, did_you_mean, has_errors
from ..diagnostics.render import to_json, to_sarif
from ..lint.baseline import FILENAME, write_baseline
from ..project import Project, find_root, load_project, shown_path
from .report import (
    Progress,
    coloured,
    counted,
    outcome_line,
    own_version,
    print_diagnostics,
    print_json,
    write_text,
)

if TYPE_CHECKING:
    from ..build import Outcome


def check(options: Namespace) -> int:
    project = load_project(options.briefs, bibliography=options.bib, styles=options.styles)
    found = project.all_diagnostics
    wrong = int(project.has_errors or not project.briefs)
    if options.write_baseline:
        path = project.root / FILENAME
        everything = replace(project, baseline=Counter()).all_diagnostics
        if not write_text(path, write_baseline(everything)):
            return 1
        print(f"wrote {shown_path(path)}")
        return int(project.has_errors)
    if options.format == "sarif":
        print(to_sarif(found, own_version()))
    elif options.format == "json":
        print_json({"diagnostics": to_json(found)})
    elif not project.briefs:
        return _no_briefs(project)
    else:
        print_diagnostics(found, project.sources, sys.stdout)
        print(f"{_briefs(project)}: {counted(found) or 'nothing found'}")
    return wrong


def build(options: Namespace) -> int:
    from ..build import build as build_project
    from ..build.fonts import substitutions

    project = load_project(
        options.briefs,
        bibliography=options.bib,
        styles=options.styles,
        out=options.out,
        reference_docx=options.reference_docx,
        word_citations=options.word_citations,
        pdf_standard=options.standard,
    )
    if not project.briefs:
        if options.json:
            print_json({"briefs": [], "diagnostics": to_json(project.all_diagnostics)})
        return _no_briefs(project)
    fonts = substitutions(project.styles) if "pdf" in options.to else []
    found = [*project.judged(fonts), *project.all_diagnostics]
    said = [d for d in found if d.severity in (Severity.ERROR, Severity.WARNING)]
    if not options.json:
        print_diagnostics(said, project.sources, sys.stderr)
    progress = Progress(len(project.briefs))
    width = max(len(brief.name) for brief in project.briefs)
    outcomes = []
    progress.show()

    def report(outcome: Outcome) -> None:
        progress.step()
        if not options.json:
            print_diagnostics(outcome.diagnostics, project.sources, sys.stderr)
            print(outcome_line(outcome, width, sys.stdout), flush=True)
        progress.show()

    outcomes = build_project(
        project,
        options.to,
        jobs=options.jobs,
        force=options.force,
        draft=options.draft,
        progress=report,
    )
    failures = [found for outcome in outcomes for found in outcome.diagnostics]
    if options.json:
        briefs = [
            {
                "name": outcome.name,
                "status": outcome.status,
                "files": [shown_path(path) for path in outcome.files],
                "references": outcome.references,
                "citations": outcome.citations,
                "pages": outcome.pages,
                "seconds": round(outcome.seconds, 3),
            }
            for outcome in outcomes
        ]
        print_json({"briefs": briefs, "diagnostics": to_json([*said, *failures])})
    elif all(outcome.status == "up to date" for outcome in outcomes):
        print(f"nothing to do: {shown_path(project.out)} is up to date")
    return int(project.has_errors or has_errors(failures))


def new(options: Namespace) -> int:
    from .new import NewBriefError, write_new_brief

    try:
        written = write_new_brief(find_root(Path()), options.name)
    except NewBriefError as error:
        print(f"brief new: {error}", file=sys.stderr)
        return 2 if error.usage else 1
    for path in written:
        print(f"wrote {shown_path(path)}")
    print(f"now: brief build {shown_path(written[0])}")
    return 0


def explain(options: Namespace) -> int:
    if options.code is None:
        width = max(map(len, CODES))
        for code, found in sorted(CODES.items()):
            print(f"{code:<{width}}  {found.severity.value:<7}  {found.summary}")
        return 0
    if options.code not in CODES:
        hint = did_you_mean(options.code, CODES) or "`brief explain` lists all"
        print(f"brief explain: there is no code `{options.code}`; {hint}", file=sys.stderr)
        return 2
    from ..diagnostics.explain import explanation

    bold = ("\033[1m", "\033[0m") if coloured(sys.stdout) else ("", "")
    found = CODES[options.code]
    print(f"{bold[0]}{options.code}{bold[1]} ({found.severity.value}): {found.summary}\n")
    print(explanation(options.code))
    return 0


def _briefs(project: Project) -> str:
    return f"{len(project.briefs)} brief{'' if len(project.briefs) == 1 else 's'}"


def _no_briefs(project: Project) -> int:
    folder = shown_path(project.root / "briefs")
    print(f"there is no brief in {folder}; `brief new NAME` begins one", file=sys.stderr)
    return 1
