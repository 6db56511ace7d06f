"""The command that lists what reviewers said and nobody has resolved."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from ..diagnostics import Diagnostic, reason_of
from ..diagnostics.render import to_sarif
from ..disk import shown_path
from ..model import Reply, ReviewComment
from ..program import own_version
from ..project import Project
from .loading import project_of
from .report import many, print_diagnostics, refuse_no_briefs
from .terminal import print_json, refuse, say


def reviews(options: Namespace) -> int:
    project = project_of(options, comments=True, compare_releases=False)
    if not project.briefs:
        return refuse_no_briefs(project.root)
    if options.resolve:
        return _resolve([Path(brief.path) for brief in project.briefs], options.resolve)
    bad = [found for found in project.all_diagnostics if found.code == "bad-review"]
    comments = _comments(project)
    found = [_finding(comment) for _, comment in comments]
    if options.format == "sarif":
        print_json(to_sarif([*bad, *found], own_version()))
    elif options.format == "json":
        print_diagnostics(bad, project.sources, sys.stderr)
        print_json({"comments": [_to_json(*each) for each in comments]})
    else:
        print_diagnostics(bad, project.sources, sys.stderr)
        print_diagnostics(found, project.sources, sys.stdout)
        say(f"{many(len(found), 'open comment')}")
    return int(bool(bad))


def _comments(project: Project) -> list[tuple[str, ReviewComment]]:
    """Return the open comments, each with the path of its brief."""
    return [
        (brief.path, comment)
        for brief in project.briefs
        if brief.numbered
        for comment in brief.numbered.comments
    ]


def _finding(comment: ReviewComment) -> Diagnostic:
    about = f", on “{comment.words}”" if comment.words else ""
    answers = "".join(f"; {_signed(reply)} answers: “{reply.text}”" for reply in comment.replies)
    message = f"{_signed(comment)}{about}: “{comment.text}”{answers}"
    hint = f"when it is answered: brief reviews --resolve {comment.identity}"
    return Diagnostic("open-comment", message, comment.span, hint)


def _signed(said: ReviewComment | Reply) -> str:
    return ", ".join(filter(None, (said.author or "somebody", said.date[:10])))


def _to_json(brief: str, comment: ReviewComment) -> dict[str, object]:
    return {
        "brief": brief,
        "id": comment.identity,
        "author": comment.author,
        "date": comment.date,
        "text": comment.text,
        "words": comment.words,
        "path": comment.span.path,
        "line": comment.span.line,
        "replies": [
            {"author": reply.author, "date": reply.date, "text": reply.text}
            for reply in comment.replies
        ],
    }


def _resolve(briefs: Sequence[Path], ids: Sequence[str]) -> int:
    from ..merge.reviews import resolve

    left = dict.fromkeys(ids)
    for brief in briefs:
        try:
            for identity in resolve(brief, ids):
                left.pop(identity, None)
        except OSError as error:
            return refuse(f"{shown_path(brief)}: cannot write its lists: {reason_of(error)}")
    for identity in left:
        refuse(f"brief reviews: there is no comment {identity}")
    if resolved := len(dict.fromkeys(ids)) - len(left):
        say(f"{many(resolved, 'comment')} resolved")
    return int(bool(left))
