"""Commands that a file's @preamble defines: `\\newcommand{\\noopsort}[1]{}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .braces import closing_braces
from .latex import Definitions

DEFINITION = (
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|def)\*?\s*"
    r"\{?\\([A-Za-z@]+)\}?\s*(?:\[(\d)\]|((?:#\d)*))\s*(?=\{)"
)


def read_preambles(preambles: Iterable[str]) -> Definitions:
    """Return command → number of its arguments, and body. All else is skipped."""
    definitions: dict[str, tuple[int, str]] = {}
    for text in preambles:
        closing = closing_braces(text)
        for found in re.finditer(DEFINITION, text):
            end = closing.get(found.end())
            if end is not None:
                count = int(found[2] or len(found[3] or "") // 2)
                definitions[found[1]] = (count, text[found.end() + 1 : end])
    return definitions
