"""Adding text to a run of inlines: what stands together in a source line is one `Text`."""

from __future__ import annotations

import re

from markdown_it.token import Token
from msgspec.structs import replace

from ...diagnostics import Span
from ...model import Inline, Text, plain
from ...text import is_wide, without_controls
from .foreign import parts_blocks
from .reading import Nested

_AFTER_WORD = frozenset(" ,.;:!?)")  # what stands behind a word without a blank
_KOREAN = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff"
_PARTS = ("text", "em_open", "strong_open", "s_open", "link_open", "span_open")


def bare(tokens: list[Token]) -> str:
    """Return the words of tokens, for places where only words are possible."""
    blanks = {"softbreak", "hardbreak"}
    words = "".join(
        " " if t.type in blanks else bare(t.children) if t.children else t.content
        for t in tokens
        if t.type not in ("comment", "latex_label", "left_out")
    )
    return without_controls(words)  # entities may stand for some


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


def joins_lines(result: list[Inline], after: Nested) -> bool:
    """Say whether a line goes on in the next one without a blank, as in Chinese and Japanese.

    CSS Text 3, 4.1.3: between two wide characters that are not Korean.
    """
    while after.token.type in _PARTS and after.children:
        after = after.children[0]
    both = plain(tuple(result[-1:]))[-1:] + after.token.content[:1]
    return (
        len(both) == 2
        and after.token.type == "text"
        and all(
            is_wide(character) and not re.match(f"[{_KOREAN}]", character) for character in both
        )
    )


def close_up(result: list[Inline], node: Nested, after: Nested | None, span: Span) -> None:
    """Leave one of two blanks round a node that prints nothing, such as a comment.

    At the tag of a block of HTML there is one, but before a stop or a comma.
    """
    if node.token.type in ("text", "text_special", "softbreak"):
        return
    ends_line = after is None or after.token.type in ("softbreak", "hardbreak")
    next_sign = " " if after is None or ends_line else after.token.content[:1]
    is_block = node.token.type == "html_inline" and parts_blocks(node.token.content)
    if next_sign == " " or is_block:
        _drop_blank(result)
    if is_block and result and next_sign not in _AFTER_WORD:
        result.append(Text(" ", span=span))
    if after is not None and not result:
        drop_leading_blank([after.token])


def drop_leading_blank(tokens: list[Token]) -> None:
    """Drop the space with which a paragraph after an equation or a comment would begin."""
    first = next((token for token in tokens if not token.nesting), None)
    if first is not None and first.type == "text":
        blank = len(first.content) - len(first.content.lstrip())
        first.content = first.content[blank:]
        first.meta["start"] += blank


def _drop_blank(result: list[Inline]) -> None:
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
