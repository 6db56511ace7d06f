"""Diagnostics: what is wrong in a source, where, and what to do about it.

Stages return diagnostics together with their result. They never print them, and never raise an
exception for an author's mistake: an exception means a bug in this program.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from .codes import CODES, Severity

__all__ = ["CODES", "Diagnostic", "Severity", "Span", "did_you_mean", "has_errors", "reason_of"]


class Span(Struct, frozen=True, order=True):
    """A stretch of a source file. Lines and columns count from 1, columns in characters.

    It ends before `end_column` of `end_line`. `length` counts its characters on its first line:
    that is what a diagnostic points at. A file as a whole is line 0.
    """

    path: str
    line: int
    column: int
    length: int
    end_line: int
    end_column: int

    @classmethod
    def of_file(cls, path: str) -> Span:
        """Return the span of a file as a whole."""
        return cls(path, 0, 0, 0, 0, 0)

    @classmethod
    def on_line(cls, path: str, line: int, column: int, length: int) -> Span:
        """Return a span that ends on the line it begins on."""
        return cls(path, line, column, length, line, column + length)

    def piece(self, start: int, length: int) -> Span:
        """Return the span of `length` characters on the first line, `start` behind its column."""
        return Span.on_line(self.path, self.line, self.column + start, length)


class Diagnostic(Struct, frozen=True):
    """One finding. `code` is a key of `CODES`; `message` is one clause without a full stop."""

    code: str
    message: str
    span: Span
    hint: str = ""
    override: Severity | None = None  # by the house style

    @property
    def severity(self) -> Severity:
        return self.override or CODES[self.code].severity


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(found.severity is Severity.ERROR for found in diagnostics)


def reason_of(error: OSError) -> str:
    """Return why a file could not be read or written, as part of a sentence."""
    return (error.strerror or str(error)).lower()


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a hint that names the candidate most like `word`, or "" if none is similar."""
    from difflib import get_close_matches  # only where there is a mistake

    matches = get_close_matches(word, list(candidates), n=1)
    return f"did you mean `{matches[0]}`?" if matches else ""
