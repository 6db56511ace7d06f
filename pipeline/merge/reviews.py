"""The review list: what reviewers said in comments and tracked, with the lines of the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from msgspec.structs import replace

from ..disk import Disk, shown_path, write_beside
from ..model import Reply, plain
from ..readers.docx import Returned
from ..reviews import Comment, Review, comment_id, folder_of, reviews_of, to_json
from ..reviews.placing import block_text
from .building import Built
from .mapping import MAPPED_FRONT

_SPECIAL = re.compile(r"[\\`*_\[\]<>#~^${}|]")


def comments_of(returned: Returned, built: Built) -> tuple[Comment, ...]:
    """Return the comments of a file, in its order, with their lines in the base."""
    answers: dict[str, list[Reply]] = {}
    for found in returned.comments:
        if found.parent:
            reply = Reply(found.author, found.date, found.text)
            answers.setdefault(found.parent, []).append(reply)
    return tuple(
        Comment(
            id=comment_id(found.author, found.date, found.text),
            author=found.author,
            date=found.date,
            text=found.text,
            anchor=found.anchor,
            line=line,
            block=block,
            resolved=found.resolved,
            replies=tuple(answers.get(found.identity, ())),
        )
        for found in returned.comments
        if not found.parent
        for line, block in [_block(found.names, built)]
    )


def _block(names: Sequence[str], built: Built) -> tuple[int, str]:
    """Return the line and the text of the first of some blocks that is known."""
    front = built.brief.front
    for name in names:
        node, key = built.nodes.get(name, (None, ""))
        if node is not None and key:
            value = getattr(front, key.replace("-", "_"), ())
            return front.place(key).line, plain(value) if key in MAPPED_FRONT else ""
        if node is not None:
            return node.span.line, block_text(node)
    return 0, ""


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


def with_lines(review: Review, lines: Lines) -> Review:
    comments = (replace(c, line=lines.now(c.line) if c.line else 0) for c in review.comments)
    changes = (replace(c, line=lines.now(c.line) if c.line else 0) for c in review.changes)
    return replace(review, comments=tuple(comments), changes=tuple(changes))


def write_list(brief: Path, name: str, review: Review) -> Path:
    """Write a list as JSON and as Markdown; return the path of the latter. Raises `OSError`."""
    folder = folder_of(brief)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    text = review_list(shown_path(brief), review).encode("utf-8", "surrogatepass")
    for place, content in ((path, text), (path.with_suffix(".json"), to_json(review))):
        write_beside(place, content).replace(place)
    return path


def resolve(brief: Path, ids: Sequence[str]) -> set[str]:
    """Mark comments as resolved in every list of a brief; return the ids of those that there are.

    Raises `OSError`.
    """
    known: set[str] = set()
    for review in [r for r in reviews_of(brief, Disk()) if isinstance(r, Review)]:
        meant = {comment.id for comment in review.comments if comment.id in ids}
        if meant:
            comments = (replace(c, resolved=c.resolved or c.id in ids) for c in review.comments)
            write_list(brief, Path(review.file).stem, replace(review, comments=tuple(comments)))
        known |= meant
    return known


def review_list(brief: str, review: Review) -> str:
    """Return a list as Markdown."""
    parts = [f"# Review of `{brief}`: {_text(review.file)}\n"]
    if review.comments:
        parts.append("## Comments\n")
        parts += _comments(brief, review.comments)
    if review.changes:
        parts.append("## Tracked changes\n")
        rows = (
            f"- {_where(brief, c.line)} {_signed(c.author, c.date)}: {c.kind} “{_text(c.text)}”"
            for c in review.changes
        )
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def _comments(brief: str, comments: Sequence[Comment]) -> Iterator[str]:
    for number, said in enumerate(comments, start=1):
        about = f", on “{_text(said.anchor)}”" if said.anchor else ""
        by = _signed(said.author, said.date)
        state = " (resolved)" if said.resolved else ""
        rows = [f"{number}. {_where(brief, said.line)} {by}{about}{state}"]
        rows += ["", *_indented(said.text)]
        for reply in said.replies:
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
