"""The command that takes back what reviewers changed in Word files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..disk import shown_path
from ..roots import find_root
from .report import many
from .terminal import Painted, print_json, refuse, say

if TYPE_CHECKING:
    from ..merge import Edit, Outcome, Sent

_KINDS: Mapping[str, str] = {
    "edit": "changed",
    "insert": "added",
    "delete": "deleted",
    "move": "moved",
    "made": "made by the build",
}


def merge(options: Namespace) -> int:
    from ..merge import Options, merge_files

    if options.undo:
        return _undo(options)
    if not options.files:
        return refuse("brief merge: name the Word files that came back", 2)
    chosen = Options(
        options.brief,
        tuple(options.bib),
        options.styles,
        options.trust_embedded,
        options.partial,
        options.dry_run,
    )
    outcomes = []
    for outcome in merge_files(options.files, chosen):
        outcomes.append(outcome)
        if not options.json:
            _say_outcome(outcome, options.dry_run)
    if options.json:
        print_json({"briefs": [_as_json(outcome) for outcome in outcomes]})
    return int(not all(outcome.is_complete for outcome in outcomes))


def _undo(options: Namespace) -> int:
    from ..merge import MergeError, undo

    start = options.brief.parent if options.brief else Path()
    try:
        path = undo(find_root(start) / "build")
    except MergeError as error:
        return refuse(f"brief merge: {error}")
    say(f"{shown_path(path)}: as before the last merge")
    return 0


def _say_outcome(outcome: Outcome, dry_run: bool) -> None:
    for sent in outcome.sent:
        _say_sent(sent)
    if outcome.brief is None:
        return
    shown = shown_path(outcome.brief)
    if dry_run:
        lines = (outcome.before.splitlines(), outcome.after.splitlines())
        for row in unified_diff(*lines, shown, f"{shown} (merged)", lineterm=""):
            colour = {"+": "32", "-": "31"}.get(row[:1])
            say(Painted(row, colour) if colour else row)
    if outcome.reason:
        refuse(f"{shown}: {outcome.reason}")
    elif outcome.conflicts:
        say(f"{shown}: {many(outcome.conflicts, 'conflict')} to settle between the marks <<<<<<<")
    elif outcome.written:
        say(f"{shown}: written; `brief merge --undo` puts it back")


def _say_sent(sent: Sent) -> None:
    if sent.reason:
        refuse(f"{shown_path(sent.file)}: {sent.reason}")
    if sent.merged is None or sent.brief is None:
        return
    for name in sent.merged.stale:
        say(f"{shown_path(sent.file)}: {name} is not what it was made with")
    for edit in sent.merged.edits:
        where = f"{shown_path(sent.brief)}:{edit.line}" if edit.line else shown_path(sent.brief)
        say(f"{where}: ", _state(edit), f" {_words(edit)}")
    if sent.review:
        say(f"{shown_path(sent.review)}: {many(sent.comments, 'comment')} to answer")
    taken = len(sent.merged.edits) - len(sent.merged.refused)
    refused = len(sent.merged.refused)
    base = f" (from {sent.found})" if sent.found else ""
    say(f"{shown_path(sent.file)}{base}: {many(taken, 'edit')} proved, {refused} refused")


def _state(edit: Edit) -> Painted:
    return Painted("refused", "31") if edit.reason else Painted(_KINDS[edit.kind], "32")


def _words(edit: Edit) -> str:
    quoted = [f"“{text}”" for text in (edit.before, edit.after) if text]
    said = " → ".join(quoted)
    authors = ", ".join(dict.fromkeys(change.author for change in edit.changes if change.author))
    by = f" (tracked, {authors})" if authors else ""
    return said + by + (f": {edit.reason}" if edit.reason and said else edit.reason)


def _as_json(outcome: Outcome) -> dict[str, object]:
    return {
        "brief": shown_path(outcome.brief) if outcome.brief else None,
        "written": outcome.written,
        "conflicts": outcome.conflicts,
        "reason": outcome.reason,
        "files": [_sent_as_json(sent) for sent in outcome.sent],
    }


def _sent_as_json(sent: Sent) -> dict[str, object]:
    merged = sent.merged
    return {
        "file": shown_path(sent.file),
        "base": sent.found,
        "reason": sent.reason,
        "stale": list(merged.stale) if merged else [],
        "review": shown_path(sent.review) if sent.review else None,
        "comments": msgspec.to_builtins(merged.comments) if merged else [],
        "edits": [_edit_as_json(edit) for edit in merged.edits] if merged else [],
    }


def _edit_as_json(edit: Edit) -> dict[str, object]:
    return {
        "kind": edit.kind,
        "line": edit.line,
        "before": edit.before,
        "after": edit.after,
        "taken": not edit.reason,
        "reason": edit.reason,
        "tracked": [
            {"kind": c.kind, "author": c.author, "date": c.date, "text": c.text}
            for c in edit.changes
        ],
    }
