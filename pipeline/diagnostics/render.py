"""Print diagnostics: as text with the source line and a caret, as JSON, as SARIF 2.1.0."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from ..text import CONTROLS, is_wide, on_one_line, without_controls
from . import CODES, Diagnostic, Severity, Span

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
    """Return a diagnostic for a terminal. `line` is its source line, None if there is none.

    The first line begins with `path:line:column`, which editors and terminals turn into a link.
    """
    span, severity = diagnostic.span, diagnostic.severity
    paint = _painter(colour)
    place = visible(f"{span.path}:{span.line}:{span.column}" if span.line else span.path)
    rows = [
        f"{paint(place, '1')}: {paint(f'{severity.value}[{diagnostic.code}]', COLOURS[severity])}: "
        f"{visible(diagnostic.message)}"
    ]
    if line is not None:
        shown, before, length = _window(line, span)
        rows.append(f"  {span.line:>4} | {shown}")
        rows.append(f"       | {' ' * before}{paint('^' * length, COLOURS[severity])}")
    if diagnostic.hint:
        rows.append(f"       = help: {visible(diagnostic.hint)}")
    return "\n".join(rows)


def _painter(colour: bool) -> Callable[[str, str], str]:
    return _coloured if colour else _plain


def _coloured(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def _plain(text: str, code: str) -> str:
    return text


def _window(line: str, span: Span) -> tuple[str, int, int]:
    """Return the visible part of a line, the columns before the caret, and its width."""
    start = min(max(span.column - 1, 0), len(line))
    end = min(start + max(span.length, 1), len(line))
    first = 0 if end <= WIDTH else max(0, start - WIDTH // 2)
    last = max(first + WIDTH, first)
    shown = ("…" if first else "") + visible(line[first:last]) + ("…" if last < len(line) else "")
    before = (1 if first else 0) + _columns(visible(line[first:start]))
    length = _columns(visible(line[start : min(end, last)]))
    return shown, before, max(length, 1)


class SourceLines:
    """The lines of the sources, each file split once."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._split: dict[str, list[str]] = {}

    def get(self, path: str, number: int) -> str | None:
        if path not in self._sources or number < 1:
            return None
        if path not in self._split:
            text = self._sources[path].replace("\r\n", "\n").replace("\r", "\n")
            self._split[path] = without_controls(text).split("\n")  # as columns are counted
        lines = self._split[path]
        return lines[number - 1] if number <= len(lines) else None


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning"; "" if there is nothing to count."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [
        f"{count} {severity.value}{'s' if count > 1 and severity is not Severity.INFO else ''}"
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        if (count := found.count(severity))
    ]
    return ", ".join(counts)


def visible(text: str) -> str:
    """Return text without what would move the cursor, colour the terminal or turn its direction."""
    return CONTROLS.sub("�", on_one_line(text))


def json_text(value: object) -> str:
    """Return a value as JSON that is safe to look at on a terminal, too."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(character) else 2 if is_wide(character) else 1
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


def to_sarif(diagnostics: Iterable[Diagnostic], version: str) -> dict[str, object]:
    """Return diagnostics as values for a SARIF 2.1.0 log (OASIS standard, 3.13, 3.14, 3.27)."""
    diagnostics = list(diagnostics)
    codes = sorted({found.code for found in diagnostics})
    driver = {
        "name": "Briefwright",
        "version": version,
        "rules": [_sarif_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(found, codes.index(found.code)) for found in diagnostics],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return {"$schema": schema, "version": "2.1.0", "runs": [run]}


def _sarif_rule(code: str) -> Mapping[str, object]:
    summary, severity = CODES[code].summary, CODES[code].severity
    return {
        "id": code,
        "shortDescription": {"text": summary},
        "help": {"text": f"{summary}; `brief explain {code}` tells you more"},
        "defaultConfiguration": {
            "enabled": severity is not Severity.OFF,
            "level": SARIF_LEVELS.get(severity, "warning"),
        },
    }


def _sarif_result(found: Diagnostic, rule: int) -> Mapping[str, object]:
    span = found.span
    text = f"{found.message}; {found.hint}" if found.hint else found.message
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(span.path)}}
    if span.line > 0:  # else the finding is about the file
        column = max(span.column, 1)
        place["region"] = {
            "startLine": span.line,
            "startColumn": column,
            "endColumn": column + max(span.length, 1),
        }
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": SARIF_LEVELS[found.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    """Return a path as a URI reference (RFC 3986): `my brief.md` → `my%20brief.md`."""
    encoded = quote(path.replace("\\", "/"), safe="/:@!$&'()*+,;=~", errors="surrogateescape")
    if re.match("[A-Za-z]:/", encoded):
        return f"file:///{encoded}"
    if encoded.startswith("/"):
        return f"file://{encoded}"
    # In a first segment a colon would end a scheme (section 4.2).
    return f"./{encoded}" if ":" in encoded.partition("/")[0] else encoded
