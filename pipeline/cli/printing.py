"""The commands of `brief` for print shops."""

from __future__ import annotations

import sys
from argparse import Namespace

from .. import preflight as checks
from ..build import workers
from ..cover import has_cover
from ..diagnostics import has_errors, reason_of
from ..disk import read_file
from .loading import project_of
from .report import NOT_WRITTEN, print_diagnostics, print_serious, refuse_no_briefs
from .terminal import print_json, refuse, say

_SECONDS = 120.0  # that a preflight may take


def press(options: Namespace) -> int:
    from ..press import NoProfileError, Order, make_press

    if (options.job or options.soft_proof) and options.edition != "press":
        return refuse("brief press: --job and --soft-proof are for the press edition alone", 2)
    project = project_of(options, out=options.out)
    if not project.briefs:
        return refuse_no_briefs(project.root)
    if options.edition == "cover" and not has_cover(project.styles.house):
        hint = 'write show = "on" under [cover] in house.toml'
        return refuse(f"brief press: the house style has no cover: {hint}")
    print_serious(project.all_diagnostics, project.sources)
    order = Order(options.edition, options.standard, options.job, options.soft_proof)
    failed = project.has_errors
    try:
        for outcome in make_press(project, order):
            print_diagnostics(outcome.diagnostics, project.sources, sys.stderr)
            failed = failed or has_errors(outcome.diagnostics)
            if outcome.filename:
                say(f"{outcome.filename}  {' · '.join(outcome.facts)}")
            else:
                say(f"{outcome.name}  ", NOT_WRITTEN)
    except NoProfileError as error:
        return refuse(f"brief press: {error}")
    return int(failed)


def preflight(options: Namespace) -> int:
    try:
        content = read_file(options.file, checks.LARGEST)
    except OSError as error:
        return refuse(f"{options.file}: {reason_of(error)}")
    (report,) = workers.run(checks.preflight, [content], 1, lambda _: _SECONDS)
    if isinstance(report, workers.Failure):
        report = checks.Report((checks.rule("readable", False, report.message),))
    if options.json:
        print_json({"file": str(options.file), **checks.report_to_json(report)})
    else:
        for line in checks.report_to_text(report).splitlines():
            say(line)
    return int(bool(report.failures))
