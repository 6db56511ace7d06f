"""The commands of `brief`: each takes parsed options, prints, and returns an exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from datetime import date

from msgspec.structs import replace

from ..diagnostics import CODES, Diagnostic, did_you_mean
from ..diagnostics.explain import explanation
from ..diagnostics.render import counted, to_json, to_sarif
from ..disk import shown_path
from ..lint import lint_accessibility, lint_reading_level, overdue
from ..lint.baseline import FILENAME, write_baseline
from ..program import own_version
from ..project import Project
from .loading import project_of
from .report import errors_of, many, print_diagnostics, refuse_no_briefs, write_text
from .terminal import Painted, print_json, refuse, say


def check(options: Namespace) -> int:
    project = project_of(options)
    found = _found(project, options)
    wrong = int(project.has_errors or not project.briefs)
    if options.write_baseline:
        path = project.root / FILENAME
        everything = _found(replace(project, baseline=Counter()), options)
        if not write_text(path, write_baseline(everything)):
            return 1
        say(f"wrote {shown_path(path)}")
        return int(project.has_errors)
    if options.format == "sarif":
        print_json(to_sarif(found, own_version()))
    elif options.format == "json":
        print_json({"diagnostics": to_json(found)})
    elif not project.briefs:
        return refuse_no_briefs(project.root)
    else:
        if options.volume == "quiet":
            print_diagnostics(errors_of(found), project.sources, sys.stdout)
            return wrong
        print_diagnostics(found, project.sources, sys.stdout)
        if options.volume == "verbose":
            for source in project.sources:
                say(f"read {source}")
        say(f"{many(len(project.briefs), 'brief')}: {counted(found) or 'nothing found'}")
    return wrong


def _found(project: Project, options: Namespace) -> list[Diagnostic]:
    """Return the findings of a project by file and line, those that options ask for among them."""
    asked: list[Diagnostic] = []
    for read in filter(None, (brief.read for brief in project.briefs)):
        asked += overdue(read.front, date.today())
        if options.accessibility:
            asked += lint_accessibility(read, project.styles.house)
        if options.reading_level:
            asked += lint_reading_level(read, project.styles.house)
    return sorted([*project.all_diagnostics, *project.judged(asked)], key=lambda d: d.span)


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
