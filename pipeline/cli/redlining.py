"""The command that shows what has changed between two editions."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import has_errors, reason_of
from ..disk import Disk, shown_path, write_beside
from ..model import UNDATED
from ..roots import root_of
from .releasing import path_of
from .report import print_diagnostics
from .terminal import refuse, say

if TYPE_CHECKING:
    from ..numbering import NumberedBrief
    from ..redline.editions import Edition
    from ..styles import Styles


def redline(options: Namespace) -> int:
    from ..redline import redline as compare
    from ..redline.editions import EditionError

    try:
        older, newer = _editions(options)
    except EditionError as error:
        return refuse(f"brief redline: {error}")
    for edition in (older, newer):
        if edition.numbered is None:
            print_diagnostics(edition.errors, edition.project.sources, sys.stderr)
            return refuse(f"brief redline: {edition.name} has errors, and cannot be compared")
    assert older.numbered is not None
    assert newer.numbered is not None
    front, styles = newer.numbered.brief.front, newer.project.styles
    author = options.author or "; ".join(person.name for person in front.authors)
    numbered = compare(
        older.numbered,
        newer.numbered,
        author or styles.house.name,
        options.date or front.modified or UNDATED,
    )
    out = options.out or _folder(options.editions, newer)
    said = numbered.redline.summary if numbered.redline else ""
    say(f"{older.name} → {newer.name}: {said or 'nothing but numbers has changed'}")
    return max(_write(numbered, styles, format, out) for format in options.to)


def _editions(options: Namespace) -> tuple[Edition, Edition]:
    from ..redline.editions import EditionError, Sources, edition, edition_of

    sources = Sources(tuple(options.bib), options.styles, options.citation_style)
    named = list(options.editions)
    if len(named) == 2 and not (options.since or options.until):
        return edition(named[0], sources), edition(named[1], sources)
    if len(named) != 1:
        raise EditionError("name one brief, with --since and --until, or two editions: OLD NEW")
    path = path_of(Path(named[0]))
    until = options.until
    newer = edition_of(path, until, sources) if until else edition(str(path), sources)
    return edition_of(path, options.since, sources), newer


def _folder(editions: list[str], newer: Edition) -> Path:
    """Return the build folder of the project, also for an edition that was released."""
    if len(editions) == 1:
        return root_of(path_of(Path(editions[0])), Disk()) / "build"
    return newer.project.out


def _write(numbered: NumberedBrief, styles: Styles, format: str, out: Path) -> int:
    from ..build.proof import read_back
    from ..build.unwritable import UNWRITABLE, failure_of
    from ..verify import judge
    from ..writers import write

    path = out / f"{numbered.brief.name}.redline.{format}"
    try:
        content, _ = write(format, numbered, styles)
    except UNWRITABLE as error:
        brief = numbered.brief
        failure = failure_of(error, brief).diagnostic(path.name, brief.span.path)
        print_diagnostics([failure], {}, sys.stderr)
        return 1
    found = read_back(content, format, numbered.labels)
    verdict = judge(found, shown_path(path), unnumbered=not numbered.numbers)
    if has_errors(verdict.diagnostics):
        print_diagnostics(verdict.diagnostics, {}, sys.stderr)
        return refuse(f"{shown_path(path)}: not written, since its numbers contradict each other")
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_beside(path, content).replace(path)
    except OSError as error:
        return refuse(f"cannot write {shown_path(path)}: {reason_of(error)}")
    say(f"wrote {shown_path(path)}")
    return 0
