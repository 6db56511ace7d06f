"""Tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SIGNS = re.compile(r"([*_<>|\[\]@])")


def text(words: str) -> str:
    """Return words so that Markdown prints them as they are, but for code in backticks."""
    pieces = re.split(r"(`[^`]*`)", " ".join(words.split()))
    return "".join(
        piece.replace("|", r"\|") if piece.startswith("`") else _SIGNS.sub(r"\\\1", piece)
        for piece in pieces
    )


def code(words: str) -> str:
    return f"`{words.replace('|', chr(92) + '|')}`"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(
        f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in line)}|\n" for line in lines
    )
