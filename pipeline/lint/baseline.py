"""Findings that a project has accepted: `baseline.json` beside `briefs/`.

A finding is recognised by file name, code and message, not by its line, so that edits above it do
not bring it back. Errors are never accepted: an output with one would be wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ..diagnostics import Diagnostic, Severity
from ..diagnostics.values import read_values

FILENAME = "baseline.json"
Baseline = Counter[tuple[str, str, str]]


class _Known(Struct):
    file: str
    code: str
    message: str


class _File(Struct):
    known: list[_Known]


def read_baseline(content: bytes, path: str) -> Baseline | Diagnostic:
    """Return the findings of a baseline, or why the file at `path` is not one."""
    hint = "write it again: brief check --write-baseline"
    read = read_values(content, _File, path, "bad-baseline", hint)
    if isinstance(read, Diagnostic):
        return read
    return Counter((found.file, found.code, found.message) for found in read.known)


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
