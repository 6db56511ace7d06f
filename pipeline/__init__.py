"""Briefs in Markdown, with a BibTeX file, become PDF, Word and HTML with the same proved numbers.

How data flows, and the order of the modules:

    briefs/*.md ───┐                                             ┌─▶ html ─▶ pdf
                   ├─ readers ─▶ Brief ──┐                       ├─▶ docx        build/
    references.bib ┘             Library ┴─ number ─▶ NumberedBrief
                                     │                         verify: reads build/ back, and
                                    lint                       compares with the table of numbers

`project.load_project()` and `build.build()` are this line in code. Start reading there, then
`model/` (the tree) and `numbering.py` (the only place that counts).
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import *  # noqa: F403

# The names of `api`, which commands need not load.
_OFFERED = frozenset(
    (
        *("Diagnostic", "LoadedBrief", "Outcome", "Project", "Severity", "Span", "Verdict"),
        *("__version__", "build_project", "check_project", "has_errors", "load_project"),
        "verify_files",
    )
)


def __getattr__(name: str) -> Any:
    """Return what the package offers to Python programs, under the name `briefwright`."""
    if name not in _OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(".api", __name__), name)
