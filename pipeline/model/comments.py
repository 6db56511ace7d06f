"""Comments of reviewers, on their way back into a Word file."""

from __future__ import annotations

from msgspec import Struct

from ..diagnostics import Span


class Reply(Struct, frozen=True):
    """An answer to a comment. Dates are as Word writes them: "2026-05-05T10:00:00Z", or ""."""

    author: str
    date: str
    text: str


class ReviewComment(Struct, frozen=True):
    """An open comment with its answers; lines of its text are paragraphs.

    `span` is that of the block that it is about, `words` are those that it is about there: "" for
    all of the block.
    """

    author: str
    date: str
    text: str
    span: Span
    words: str = ""
    identity: str = ""  # in the review lists
    replies: tuple[Reply, ...] = ()
