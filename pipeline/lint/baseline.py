"""Findings that a project knows of and lives with: `baseline.json` beside `briefs/`.

A finding is known by its file's name, code and message, not by its line: edits above it do not
wake it. Errors are never silenced: an output with one would be wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from ..diagnostics import Diagnostic, Severity

FILENAME = "baseline.json"
Baseline = Counter[tuple[str, str, str]]


def read_baseline(text: str) -> Baseline:
    """Read a baseline. Raises ValueError if the text is none."""
    try:
        known = json.loads(text)["known"]
        return Counter((found["file"], found["code"], found["message"]) for found in known)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a baseline: {error}") from None


def write_baseline(diagnostics: Iterable[Diagnostic]) -> str:
    known = [
        {"file": _file(found), "code": found.code, "message": found.message}
        for found in diagnostics
        if found.severity is not Severity.ERROR
    ]
    known.sort(key=lambda found: tuple(found.values()))
    return json.dumps({"version": 1, "known": known}, indent=2, ensure_ascii=False) + "\n"


def without_known(diagnostics: Iterable[Diagnostic], baseline: Baseline) -> list[Diagnostic]:
    """Return what the baseline does not know. Two of a kind need two entries there."""
    left = baseline.copy()
    kept = []
    for found in diagnostics:
        key = (_file(found), found.code, found.message)
        if found.severity is not Severity.ERROR and left[key] > 0:
            left[key] -= 1
        else:
            kept.append(found)
    return kept


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.span.path.rpartition("/")[2]
