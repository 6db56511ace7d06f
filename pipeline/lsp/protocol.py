"""Values of ours as values of the protocol: places, findings, edits, addresses of files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp

from ..diagnostics import Diagnostic, Severity, Span
from ..disk import read_file
from .fixing import Edit
from .positions import SourceText
from .reading import Workspace, real

_LARGEST = 64 * 1024 * 1024  # bytes of a file that is shown
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


class Protocol:
    """How one editor is spoken to: its columns, and the addresses of files as it writes them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.encoding = "utf-16"
        self.uris: dict[Path, str] = {}

    def text(self, path: str) -> SourceText:
        """Return the text of a file as the editor has it, else as it is on disk."""
        place = real(path)
        text = self.workspace.texts.get(place)
        if text is None:
            try:
                text = read_file(place, _LARGEST).decode("utf-8-sig", "replace")
            except OSError:
                text = ""
        return _source_text(text, self.encoding)

    def range(self, span: Span) -> lsp.Range:
        first, last = self.text(span.path).range(span)
        return lsp.Range(lsp.Position(*first), lsp.Position(*last))

    def diagnostic(self, found: Diagnostic) -> lsp.Diagnostic:
        return lsp.Diagnostic(
            self.range(found.span),
            "\n".join(filter(None, (found.message, found.hint))),
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="brief",
        )

    def edit(self, edits: Sequence[Edit]) -> lsp.WorkspaceEdit:
        changes: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            text, span = self.text(edit.span.path), edit.span
            first = text.position(span.line, span.column)
            last = text.position(span.line, span.column + span.length)
            place = lsp.Range(lsp.Position(*first), lsp.Position(*last))
            of_file = changes.setdefault(self.uri(real(span.path)), [])
            of_file.append(lsp.TextEdit(place, edit.text))
        return lsp.WorkspaceEdit(changes=changes)

    def uri(self, path: Path) -> str:
        return self.uris.get(path) or path.as_uri()


@lru_cache(maxsize=16)
def _source_text(text: str, encoding: str) -> SourceText:
    return SourceText(text, encoding)


def path_of(uri: str) -> Path | None:
    """Return the real path of a file that is open; None for what is no file, as `untitled:`."""
    parts = urlsplit(uri)
    return real(unquote(parts.path)) if parts.scheme == "file" else None
