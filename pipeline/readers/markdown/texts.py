"""Adding text to a run of inlines: what stands together in a source line is one `Text`."""

from __future__ import annotations

from msgspec.structs import replace

from ...diagnostics import Span
from ...model import Inline, Text


def add_words(result: list[Inline], words: str, span: Span) -> None:
    previous = result[-1] if result else None
    if isinstance(previous, Text) and _runs_on(previous, span):
        joined = previous.span.piece(0, previous.span.length + span.length)
        result[-1] = Text(previous.text + words, span=joined)
    elif words:
        result.append(Text(words, span=span))


def add_soft_break(result: list[Inline], span: Span) -> None:
    previous = result[-1] if result else None
    if isinstance(previous, Text) and previous.text.endswith(" "):
        return  # after a comment, the space before it is kept
    if isinstance(previous, Text) and previous.span.length == len(previous.text):
        result[-1] = replace(previous, text=previous.text + " ")
    elif result:
        result.append(Text(" ", span=span))


def drop_blank(result: list[Inline]) -> None:
    """A comment between two spaces leaves one."""
    previous = result[-1] if result else None
    if isinstance(previous, Text) and previous.text.endswith(" "):
        text = previous.text.rstrip(" ")
        span = previous.span.piece(0, min(previous.span.length, len(text)))
        result[-1:] = [replace(previous, text=text, span=span)] if text else []


def _runs_on(previous: Text, span: Span) -> bool:
    """Say whether text at `span` continues a text on the same line, as typed."""
    before = previous.span
    return (
        before.line == span.line
        and before.column + before.length == span.column
        and before.length == len(previous.text)
    )
