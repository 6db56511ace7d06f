"""Review lists: what reviewers said about a brief, each in `briefs/NAME/reviews/FILE.json`.

`merge` records what was in a returned file; a Markdown file of the same name says it to people.
`placing` finds the comments in the brief as it is now.

A comment is known by its author, date and text: programs that save a Word file keep these, and no
number. One that is resolved in any list is resolved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, reason_of
from ..diagnostics.values import read_values
from ..disk import Disk, shown_path
from ..model import Reply

_LARGEST = 16 * 1024 * 1024  # bytes of a list
_MINUTE = 16  # characters of a date to the minute: programs round seconds and drop the zone


class Comment(Struct, frozen=True):
    """A comment as it came back. `anchor` are the words that it is about, `block` is the text that
    these stood in, and `line` that of the block in the brief at that time, 0 for none."""

    id: str
    author: str
    date: str
    text: str
    anchor: str = ""
    line: int = 0
    block: str = ""
    resolved: bool = False
    replies: tuple[Reply, ...] = ()


class Tracked(Struct, frozen=True):
    """A tracked change: "inserted", "deleted" or "moved"."""

    kind: str
    author: str
    date: str
    text: str
    line: int


class Review(Struct, frozen=True):
    """What came back in one file."""

    file: str
    comments: tuple[Comment, ...] = ()
    changes: tuple[Tracked, ...] = ()


def comment_id(author: str, date: str, text: str) -> str:
    said = "\0".join((author, date[:_MINUTE], " ".join(text.split())))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def folder_of(brief: Path) -> Path:
    """Return the folder of the review lists of a brief."""
    return brief.parent / brief.stem / "reviews"


def reviews_of(brief: Path, disk: Disk) -> Iterator[Review | Diagnostic]:
    """Yield the review lists of a brief, and a finding for each that cannot be read."""
    folder = folder_of(brief)
    for name in disk.names(folder, ".json") if disk.is_folder(folder) else ():
        place = folder / name
        try:
            content = disk.read(place, _LARGEST)
        except OSError as error:
            message = f"it cannot be read: {reason_of(error)}"
            yield Diagnostic("bad-review", message, Span.of_file(shown_path(place)))
            continue
        hint = "merge the returned file again, or remove the list"
        yield read_values(content, Review, shown_path(place), "bad-review", hint)


def open_comments(reviews: Iterable[Review]) -> list[Comment]:
    """Return the comments that no list has as resolved, each once, with all answers."""
    return [comment for comment in _united(reviews).values() if not comment.resolved]


def news(review: Review, others: Iterable[Review]) -> Review:
    """Return a list without the comments of which others say as much."""
    known = _united(others)
    answers = {reply for comment in known.values() for reply in comment.replies}

    def is_new(comment: Comment) -> bool:
        before = known.get(comment.id)
        if before is None:  # LibreOffice 7.4 makes comments of answers
            return Reply(comment.author, comment.date, comment.text) not in answers
        is_resolved = comment.resolved and not before.resolved
        return is_resolved or not answers.issuperset(comment.replies)

    return replace(review, comments=tuple(filter(is_new, review.comments)))


def _united(reviews: Iterable[Review]) -> dict[str, Comment]:
    found: dict[str, Comment] = {}
    for comment in (comment for review in reviews for comment in review.comments):
        known = found.setdefault(comment.id, comment)
        answers = tuple(dict.fromkeys((*known.replies, *comment.replies)))
        resolved = known.resolved or comment.resolved
        found[comment.id] = replace(known, replies=answers, resolved=resolved)
    return found


def to_json(review: Review) -> bytes:
    return msgspec.json.format(msgspec.json.encode(review), indent=1) + b"\n"
