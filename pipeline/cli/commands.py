"""The commands of `brief`: each takes parsed options, prints, and returns an exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..diagnostics import CODES, did_you_mean, has_errors
from ..diagnostics.explain import explanation
from ..diagnostics.render import to_json, to_sarif
from ..disk import shown_path
from ..lint.baseline import FILENAME, write_baseline
from ..project import load_project
from ..roots import find_root
from .new import NewBriefError, write_new_brief
from .report import (
    Progress,
    counted,
    many,
    print_diagnostics,
    print_serious,
    refuse_no_briefs,
    say_outcome,
    write_text,
)
from .terminal import Painted, own_version, print_json, refuse, say

if TYPE_CHECKING:
    from ..build import Outcome


def check(options: Namespace) -> int:
    project = load_project(
        options.briefs,
        bibliography=options.bib,
        styles=options.styles,
        citation_style=options.citation_style,
    )
    found = project.all_diagnostics
    wrong = int(project.has_errors or not project.briefs)
    if options.write_baseline:
        path = project.root / FILENAME
        everything = replace(project, baseline=Counter()).all_diagnostics
        if not write_text(path, write_baseline(everything)):
            return 1
        say(f"wrote {shown_path(path)}")
        return int(project.has_errors)
    if options.format == "sarif":
        print_json(to_sarif(found, own_version()))
    elif options.format == "json":
        print_json({"diagnostics": to_json(found)})
    elif not project.briefs:
        return refuse_no_briefs(project)
    else:
        print_diagnostics(found, project.sources, sys.stdout)
        say(f"{many(len(project.briefs), 'brief')}: {counted(found) or 'nothing found'}")
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
        citation_style=options.citation_style,
    )
    if not project.briefs:
        if options.json:
            print_json({"briefs": [], "diagnostics": to_json(project.all_diagnostics)})
        return refuse_no_briefs(project)
    fonts = substitutions(project.styles) if "pdf" in options.to else []
    found = [*project.judged(fonts), *project.all_diagnostics]
    if not options.json:
        print_serious(found, project.sources)
    progress = Progress(len(project.briefs))
    width = max(len(brief.name) for brief in project.briefs)
    progress.show()

    def report(outcome: Outcome) -> None:
        progress.step()
        if not options.json:
            print_diagnostics(outcome.diagnostics, project.sources, sys.stderr)
            say_outcome(outcome, width)
        progress.show()

    outcomes = build_project(
        project,
        options.to,
        jobs=options.jobs,
        force=options.force,
        draft=options.draft,
        progress=report,
    )
    failures = [each for outcome in outcomes for each in outcome.diagnostics]
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
        print_json({"briefs": briefs, "diagnostics": to_json([*found, *failures])})
    elif all(outcome.status == "up to date" for outcome in outcomes):
        say(f"nothing to do: {shown_path(project.out)} is up to date")
    return int(project.has_errors or has_errors(failures))


def new(options: Namespace) -> int:
    try:
        written = write_new_brief(find_root(Path()), options.name)
    except NewBriefError as error:
        return refuse(f"brief new: {error}", 2 if error.usage else 1)
    for path in written:
        say(f"wrote {shown_path(path)}")
    say(f"now: brief build {shown_path(written[0])}")
    return 0


def explain(options: Namespace) -> int:
    if options.code is None:
        width = max(map(len, CODES))
        for code, found in sorted(CODES.items()):
            say(f"{code:<{width}}  {found.severity.value:<7}  {found.summary}")
        return 0
    if options.code not in CODES:
        hint = did_you_mean(options.code, CODES) or "`brief explain` lists all"
        return refuse(f"brief explain: there is no code `{options.code}`; {hint}", 2)
    found = CODES[options.code]
    say(Painted(options.code, "1"), f" ({found.severity.value}): {found.summary}")
    for line in ["", *explanation(options.code).splitlines()]:
        say(line)
    return 0
