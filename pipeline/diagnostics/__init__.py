"""What is wrong in a source, where, and what to do about it.

Stages return diagnostics beside their result. They never print them, and never raise for an
author's mistake: an exception means a mistake in this program.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from .codes import CODES, Severity

__all__ = ["CODES", "Diagnostic", "Severity", "Span", "did_you_mean", "has_errors", "reason_of"]


class Span(Struct, frozen=True, order=True):
    """A stretch of one source line. Lines and columns count from 1, columns in characters."""

    path: str
    line: int
    column: int
    length: int


class Diagnostic(Struct, frozen=True):
    """One finding. `code` is a key of `CODES`; `message` is one clause without a full stop."""

    code: str
    message: str
    span: Span
    hint: str = ""
    override: Severity | None = None  # what the house style says of this code

    @property
    def severity(self) -> Severity:
        return self.override or CODES[self.code].severity


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(found.severity is Severity.ERROR for found in diagnostics)


def reason_of(error: OSError) -> str:
    """Return why a file could not be read or written, as part of a sentence."""
    return (error.strerror or str(error)).lower()


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a hint that names the candidate nearest to `word`, or "" when none is near."""
    from difflib import get_close_matches  # only where there is a mistake

    matches = get_close_matches(word, list(candidates), n=1)
    return f"did you mean `{matches[0]}`?" if matches else ""
