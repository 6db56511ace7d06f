"""A conformance report on the outputs of briefs, from checks of the files themselves.

In: built files. Out: what was found for each criterion of EN 301 549, and a brief that says so,
which the writers print. The criteria are data (`criteria.toml`). Each check is a function: it takes
a file, and returns how many things it looked at and what is wrong. Nothing is claimed that was not
checked: most criteria need a person, too, and the report says what to look at.
"""

from __future__ import annotations

from .conformance import Examined, Finding, Verdict, examine, findings
from .report import numbered_report, report_brief

__all__ = [
    "Examined",
    "Finding",
    "Verdict",
    "examine",
    "findings",
    "numbered_report",
    "report_brief",
]
