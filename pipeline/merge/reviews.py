"""The review list: what reviewers said in comments and tracked, with the lines of the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import replace

from ..readers.docx import Change, Comment, Returned
from .building import Built

_SPECIAL = re.compile(r"[\\`*_\[\]<>#~^${}|]")


class Remark(Struct, frozen=True):
    """A comment with its replies; `line` is that of its block in the brief, 0 where it has none."""

    comment: Comment
    line: int
    replies: tuple[Comment, ...] = ()


def remarks_of(returned: Returned, built: Built) -> tuple[Remark, ...]:
    """Return the comments of a file, in its order, with their lines in the base."""
    answers: dict[str, list[Comment]] = {}
    for comment in returned.comments:
        if comment.parent:
            answers.setdefault(comment.parent, []).append(comment)
    return tuple(
        Remark(comment, _line(comment, built), tuple(answers.get(comment.identity, ())))
        for comment in returned.comments
        if not comment.parent
    )


def _line(comment: Comment, built: Built) -> int:
    for name in comment.names:
        node, key = built.nodes.get(name, (None, ""))
        if node is not None:
            return built.brief.front.place(key).line if key else node.span.line
    return 0


class Lines:
    """Where lines of one text are in another."""

    def __init__(self, before: str, after: str) -> None:
        matcher = SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
        self._codes = matcher.get_opcodes()

    def now(self, line: int) -> int:
        """Return the line, from 1, that a line is now, or the one that took its place."""
        for kind, start, end, first, last in self._codes:
            if start < line <= end:
                place = first + (line - 1 - start)
                return place + 1 if kind == "equal" else min(place, max(last - 1, first)) + 1
        return line


def with_lines(remarks: Sequence[Remark], lines: Lines) -> tuple[Remark, ...]:
    return tuple(replace(r, line=lines.now(r.line) if r.line else 0) for r in remarks)


def review_list(
    brief: str, file: str, remarks: Sequence[Remark], changes: Sequence[tuple[int, Change]]
) -> str:
    """Return the list as Markdown; `changes` are tracked ones with their lines."""
    parts = [f"# Review of `{brief}`: {_text(file)}\n"]
    if remarks:
        parts.append("## Comments\n")
        parts += _remarks(brief, remarks)
    if changes:
        parts.append("## Tracked changes\n")
        rows = (
            f"- {_where(brief, line)} {_signed(c.author, c.date)}: {c.kind} “{_text(c.text)}”"
            for line, c in changes
        )
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def _remarks(brief: str, remarks: Sequence[Remark]) -> Iterator[str]:
    for number, remark in enumerate(remarks, start=1):
        said = remark.comment
        about = f", on “{_text(said.anchor)}”" if said.anchor else ""
        by = _signed(said.author, said.date)
        state = " (resolved)" if said.resolved else ""
        rows = [f"{number}. {_where(brief, remark.line)} {by}{about}{state}"]
        rows += ["", *_indented(said.text)]
        for reply in remark.replies:
            rows += ["", f"   {_signed(reply.author, reply.date)} answers:", ""]
            rows += _indented(reply.text)
        yield "\n".join(rows) + "\n"


def _indented(text: str) -> list[str]:
    return [f"   {_text(row)}".rstrip() for row in text.split("\n")]


def _where(brief: str, line: int) -> str:
    return f"`{brief}:{line}`" if line else f"`{brief}`"


def _signed(author: str, date: str) -> str:
    return ", ".join(filter(None, (_text(author) or "somebody", _text(date[:10]))))


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
