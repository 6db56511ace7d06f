"""Print diagnostics: as text with the source line and a caret, as JSON, as SARIF 2.1.0."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from pipeline.diagnostics import CODES, Diagnostic, Severity, Span

WIDTH = 100  # columns of a source line that are shown; a longer one is cut round the caret
COLOURS = {
    Severity.ERROR: "31",
    Severity.WARNING: "33",
    Severity.INFO: "36",
    Severity.OFF: "2",
}
SARIF_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def render_text(diagnostic: Diagnostic, line: str | None, colour: bool = False) -> str:
    """Return a diagnostic as a terminal shows it. `line` is its source line, None if there is none.

    The first line begins with `path:line:column`, where editors and terminals jump to.
    """
    span, severity = diagnostic.span, diagnostic.severity
    paint = _painter(colour)
    place = f"{span.path}:{span.line}:{span.column}" if span.line else span.path
    rows = [
        f"{paint(place, '1')}: {paint(f'{severity.value}[{diagnostic.code}]', COLOURS[severity])}: "
        f"{_visible(diagnostic.message)}"
    ]
    if line is not None:
        shown, before, length = _window(line, span)
        rows.append(f"  {span.line:>4} | {shown}")
        rows.append(f"       | {' ' * before}{paint('^' * length, COLOURS[severity])}")
    if diagnostic.hint:
        rows.append(f"       = help: {_visible(diagnostic.hint)}")
    return "\n".join(rows)


def _painter(colour: bool) -> Callable[[str, str], str]:
    return _coloured if colour else _plain


def _coloured(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def _plain(text: str, code: str) -> str:
    return text


def _window(line: str, span: Span) -> tuple[str, int, int]:
    """Return the part of a line that is shown, the columns before its caret, and the caret's."""
    start = min(max(span.column - 1, 0), len(line))
    end = min(start + max(span.length, 1), len(line))
    first = 0 if end <= WIDTH else max(0, start - WIDTH // 2)
    last = max(first + WIDTH, first)
    shown = ("…" if first else "") + _visible(line[first:last]) + ("…" if last < len(line) else "")
    before = (1 if first else 0) + _columns(_visible(line[first:start]))
    length = _columns(_visible(line[start : min(end, last)]))
    return shown, before, max(length, 1)


def _visible(text: str) -> str:
    """Return text without what would move the cursor or colour the terminal."""
    return "".join(
        " "
        if character in "\t\n"
        else "�"
        if unicodedata.category(character) == "Cc"
        else character
        for character in text
    )


def _columns(text: str) -> int:
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def to_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return diagnostics as values for JSON. Lines and columns count from 1."""
    return [
        {
            "code": found.code,
            "severity": found.severity.value,
            "message": found.message,
            "hint": found.hint,
            "path": found.span.path,
            "line": found.span.line,
            "column": found.span.column,
            "length": found.span.length,
        }
        for found in diagnostics
    ]


def to_sarif(diagnostics: Iterable[Diagnostic], version: str) -> str:
    """Return diagnostics as a SARIF 2.1.0 log (OASIS standard, sections 3.13, 3.14, 3.27)."""
    diagnostics = list(diagnostics)
    rules = sorted({found.code for found in diagnostics})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Briefwright",
                        "version": version,
                        "rules": [
                            {
                                "id": code,
                                "shortDescription": {"text": CODES[code].summary},
                            }
                            for code in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(found) for found in diagnostics],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)


def _sarif_result(found: Diagnostic) -> Mapping[str, object]:
    span = found.span
    text = f"{found.message}; {found.hint}" if found.hint else found.message
    region = {
        "startLine": max(span.line, 1),
        "startColumn": max(span.column, 1),
        "endColumn": max(span.column, 1) + max(span.length, 1),
    }
    return {
        "ruleId": found.code,
        "level": SARIF_LEVELS[found.severity],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": span.path.replace("\\", "/")},
                    "region": region,
                }
            }
        ],
    }
