"""The commands of `brief` for print shops."""

from __future__ import annotations

import sys
from argparse import Namespace

from ..diagnostics import Severity, has_errors, reason_of
from ..project import load_project, shown_path
from .report import paint, print_diagnostics, print_json

_SECONDS = 120.0  # that a preflight may take


def press(options: Namespace) -> int:
    from ..press import NoProfileError, Order, make_press

    project = load_project(
        options.briefs, bibliography=options.bib, styles=options.styles, out=options.out
    )
    if not project.briefs:
        folder = shown_path(project.root / "briefs")
        print(f"there is no brief in {folder}; `brief new NAME` begins one", file=sys.stderr)
        return 1
    said = [d for d in project.all_diagnostics if d.severity in (Severity.ERROR, Severity.WARNING)]
    print_diagnostics(said, project.sources, sys.stderr)
    edition = "booklet" if options.booklet else "grey" if options.greyscale else "press"
    failed = project.has_errors
    try:
        for outcome in make_press(project, Order(edition, options.standard)):
            print_diagnostics(outcome.diagnostics, project.sources, sys.stderr)
            failed = failed or has_errors(outcome.diagnostics)
            if outcome.filename:
                print(f"{outcome.filename}  {' · '.join(outcome.facts)}", flush=True)
            else:
                print(f"{outcome.name}  {paint('not written', '31', sys.stdout)}", flush=True)
    except NoProfileError as error:
        print(f"brief press: {error}", file=sys.stderr)
        return 1
    return int(failed)


def preflight(options: Namespace) -> int:
    from ..build import workers
    from ..preflight import (
        LARGEST,
        Report,
        preflight,
        report_to_json,
        report_to_text,
        rule,
    )
    from ..project.files import read_file

    try:
        content = read_file(options.file, LARGEST)
    except OSError as error:
        print(f"{options.file}: {reason_of(error)}", file=sys.stderr)
        return 1
    (report,) = workers.run(preflight, [content], 1, lambda _: _SECONDS)
    if isinstance(report, workers.Failure):
        report = Report((rule("readable", False, report.message),))
    if options.json:
        print_json({"file": str(options.file), **report_to_json(report)})
    else:
        print(report_to_text(report))
    return int(bool(report.failures))
