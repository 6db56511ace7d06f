"""The wording of findings."""

from __future__ import annotations

from ..diagnostics import Diagnostic, Span
from ..model import Anchor

LONGEST = 60  # characters of a text that a message quotes


def mismatch(message: str, path: str) -> Diagnostic:
    return Diagnostic("number-mismatch", message, Span.of_file(path))


def quote(text: str) -> str:
    """Return text in quotation marks, cut where it is long, with control characters escaped."""
    return f"“{cut(text)}”"


def name(what: Anchor | str) -> str:
    """Return an anchor or a citation key as messages name it."""
    return f"`{cut(str(what))}`"


def cut(text: str) -> str:
    whole = len(text) <= LONGEST
    text = text if whole else text[: LONGEST - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def run_together(one: str, other: str) -> str:
    """Return the finding that two numbers stand side by side."""
    return f"{quote(one)} and {quote(other)} have nothing between them, and read as one number"
