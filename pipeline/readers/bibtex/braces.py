"""Which brace closes which."""

from __future__ import annotations

import re

BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def closing_braces(text: str) -> dict[int, int]:
    """Return the offset of each closed `{` with that of its `}`.

    Escaped braces do not count: BibTeX itself counts them, but bibtexparser, pandoc and the
    people who write `\\{` do not.
    """
    opened: list[int] = []
    closed: dict[int, int] = {}
    for found in BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            closed[opened.pop()] = found.start()
    return closed
