"""Merge Word files that reviewers edited into the Markdown that they were made from.

In: returned Word files. Out: the brief with their edits, and what became of each. Only what is
proved is taken: the new Markdown is built and read back, and must say what came back. `aligning`
finds which paragraph is which, `editing` and `patching` make each edit a change of the source,
`proving` builds and compares. Reading and building run in child processes with limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..build import workers
from ..diagnostics import reason_of
from ..disk import Disk, read_file, shown_path
from ..readers.docx import BadWordFile, Returned, read_docx
from ..reviews import Review, Tracked, folder_of, news, reviews_of
from ..roots import find_root
from .base import find_base, text_of
from .building import builder
from .files import MergeError, three_way, undo, with_line_ends, write
from .merging import Edit, Merged, merge_text
from .reviews import Lines, with_lines, write_list

__all__ = ["Edit", "MergeError", "Options", "Outcome", "Sent", "merge_files", "undo"]

_READING, _MERGING = 6.0, 14.0  # seconds of processor time that one file may take
_LARGEST = 64 * 1024 * 1024  # bytes of a returned file


class Options(Struct, frozen=True):
    brief: Path | None = None  # that all files are of, where they do not say it
    bibliography: tuple[Path, ...] = ()
    styles: Path | None = None
    trusted: bool = False  # what files carry may serve as base
    partial: bool = False  # write what is proved though some edits are refused
    dry_run: bool = False


class Sent(Struct, frozen=True):
    """One returned file: what became of its edits, or why there is nothing to merge."""

    file: Path
    brief: Path | None = None
    found: str = ""  # where its base was found
    merged: Merged | None = None
    reason: str = ""
    review: Path | None = None  # the review list that was written
    comments: int = 0  # in it


class Outcome(Struct, frozen=True):
    """What became of one brief. `before` and `after` are its text."""

    brief: Path | None
    sent: tuple[Sent, ...]
    before: str = ""
    after: str = ""
    conflicts: int = 0
    written: bool = False
    reason: str = ""  # why nothing was written

    @property
    def is_complete(self) -> bool:
        """Say whether every edit of every file was taken."""
        taken = all(s.merged is not None and not s.merged.refused for s in self.sent)
        return taken and not self.conflicts and not self.reason


class _Task(Struct, frozen=True):
    returned: Returned
    base: str
    path: Path
    options: Options


def merge_files(files: Sequence[Path], options: Options) -> Iterator[Outcome]:
    """Merge returned files, those of one brief together. Yield what became of each brief."""
    briefs: dict[Path, list[tuple[Path, Returned]]] = {}
    for file in files:
        found = _read(file)
        path = _brief_of(file, found, options) if isinstance(found, Returned) else found
        if isinstance(path, str) or not isinstance(found, Returned):
            yield Outcome(None, (Sent(file, reason=str(path)),))
        else:
            briefs.setdefault(path, []).append((file, found))
    for path, returned in briefs.items():
        yield _merge_brief(path, returned, options)


def _read(file: Path) -> Returned | str:
    """Return what a file says, or why it cannot be read."""
    try:
        content = read_file(file, _LARGEST)
    except FileNotFoundError:
        return "there is no such file"
    except OSError as error:
        return f"it cannot be read: {reason_of(error)}"
    (found,) = workers.run(_returned, [content], 1, lambda _: _READING)
    return found.message if isinstance(found, workers.Failure) else found


def _returned(content: bytes) -> Returned | workers.Failure:
    try:
        return read_docx(content)
    except BadWordFile as problem:
        return workers.Failure(str(problem))


def _brief_of(file: Path, returned: Returned, options: Options) -> Path | str:
    """Return the brief that a file was made from, or why there is none."""
    if options.brief is not None:
        return options.brief
    if not returned.sha256:
        return "it is not a brief of ours: it does not say what it was made from"
    roots = list(dict.fromkeys((find_root(Path()), find_root(file.parent))))
    for root in roots:
        for path in sorted((root / "briefs").glob("*.md")) or sorted(root.glob("*.md")):
            if path.stem == returned.brief:
                return Path(shown_path(path))
    return (
        f"there is no brief of the name {returned.brief!r} here; --brief FILE.md says which it is"
    )


def _merge_brief(
    path: Path, returned: Sequence[tuple[Path, Returned]], options: Options
) -> Outcome:
    try:
        raw = read_file(path, _LARGEST)
        raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "it is not UTF-8"
        unread = tuple(Sent(file, path) for file, _ in returned)
        return Outcome(path, unread, reason=f"the brief cannot be read: {reason}")
    now = before = text_of(raw)
    sent_back: list[Sent] = []
    conflicts = 0
    for file, found in returned:
        sent, base = _merge_one(file, found, path, raw, options)
        sent_back.append(sent)
        if sent.merged is None:
            continue
        try:
            now, more = three_way(now, base, sent.merged.text, file.name)
        except MergeError as error:
            sent_back[-1] = Sent(file, path, sent.found, sent.merged, str(error))
            continue
        conflicts += more
    outcome = Outcome(path, tuple(sent_back), before, now, conflicts)
    return _reviewed(_written(outcome, raw, options), options)


def _merge_one(
    file: Path, returned: Returned, path: Path, raw: bytes, options: Options
) -> tuple[Sent, str]:
    if returned.unsettled:
        return Sent(file, path, reason=_UNSETTLED), ""
    base = find_base(returned, path, raw, options.trusted)
    if isinstance(base, str):
        return Sent(file, path, reason=base), ""
    task = _Task(returned, base.text, path.resolve(), options)
    (merged,) = workers.run(_merged, [task], 1, lambda _: _MERGING)
    if isinstance(merged, workers.Failure):
        return Sent(file, path, base.found, reason=merged.message), ""
    return Sent(file, path, base.found, merged), base.text


def _merged(task: _Task) -> Merged | workers.Failure:
    """Merge one file: runs in a child process."""
    options = task.options
    build = builder(task.path, options.styles, options.bibliography, _citations(task.returned))
    found = merge_text(task.returned, task.base, build)
    return workers.Failure(found) if isinstance(found, str) else found


def _citations(returned: Returned) -> str:
    """Return which kind of citations a Word file has: one of `pipeline.model.WORD_CITATIONS`."""
    fields = [a.text for p in returned.paragraphs for a in p.atoms if a.kind == "field"]
    for start, mode in _MANAGERS.items():
        if any(text.startswith(start) for text in fields):
            return mode
    return "ref" if any(text.startswith("REF ref_") for text in fields) else ""


_UNSETTLED = (
    "LibreOffice saved this redline before all its changes were accepted or rejected, and does not "
    "keep deleted paragraphs apart from others: settle all changes there, save it, and merge that"
)
_MANAGERS: Mapping[str, str] = {"ADDIN ZOTERO_ITEM": "zotero", "CITATION": "word"}


def _reviewed(outcome: Outcome, options: Options) -> Outcome:
    """Write the review list of each file that has comments or tracked changes."""
    if options.dry_run or outcome.brief is None:
        return outcome
    found: list[Sent] = []
    for sent in outcome.sent:
        try:
            found.append(_listed(sent, outcome, outcome.brief))
        except OSError as error:
            folder = shown_path(folder_of(outcome.brief))
            outcome = replace(outcome, reason=f"{folder}: {reason_of(error)}")
            found.append(sent)
    return replace(outcome, sent=tuple(found))


def _listed(sent: Sent, outcome: Outcome, brief: Path) -> Sent:
    """Write the review list of one file, as Markdown and as JSON. Raises `OSError`."""
    if (merged := sent.merged) is None:
        return sent
    changes = (Tracked(c.kind, c.author, c.date, c.text, e.line)
               for e in merged.edits for c in e.changes)  # fmt: skip
    lists = (found for found in reviews_of(brief, Disk()) if isinstance(found, Review))
    others = [found for found in lists if found.file != sent.file.name]
    review = news(Review(sent.file.name, merged.comments, tuple(changes)), others)
    if not (review.comments or review.changes):
        return sent
    now = outcome.after if outcome.written else outcome.before
    review = with_lines(review, Lines(merged.base, now))
    path = write_list(brief, sent.file.stem, review)
    return replace(sent, review=path, comments=len(review.comments))


def _written(outcome: Outcome, raw: bytes, options: Options) -> Outcome:
    """Write the merged brief, if every edit was taken or a part is wanted."""
    refused = any(s.reason or (s.merged and s.merged.refused) for s in outcome.sent)
    if options.dry_run or outcome.brief is None or outcome.after == outcome.before:
        return outcome
    if refused and not options.partial:
        return replace(outcome, reason="nothing was written; --partial takes what is proved")
    try:
        after = with_line_ends(raw, outcome.after)
        write(outcome.brief, raw, after, find_root(outcome.brief.parent) / "build")
    except (MergeError, OSError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        return replace(outcome, reason=reason)
    return replace(outcome, written=True)
