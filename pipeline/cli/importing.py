"""`brief import`: make a first brief of a Word document from elsewhere."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from ..disk import shown_path
from .report import many
from .terminal import Painted, print_json, refuse, say

if TYPE_CHECKING:
    from ..importing import Imported, Loss

_COLOURS: Mapping[str, str] = {"lost": "31", "changed": "33", "check": "36"}
_LONGEST = 100  # characters of lost text that the terminal shows


def import_(options: Namespace) -> int:
    from ..importing import ImportProblem, import_file

    try:
        found = import_file(options.file, options.output, options.bib, dry_run=options.dry_run)
    except ImportProblem as problem:
        return refuse(f"{shown_path(options.file)}: {problem}")
    if options.json:
        print_json(_as_json(found, options.dry_run))
        return 0
    if options.dry_run:
        for line in found.markdown.splitlines():
            say(line)
    report = sys.stderr if options.dry_run else sys.stdout
    _say_losses(found.losses, report)
    _say_summary(found, report)
    if not options.dry_run:
        _say_written(found)
    return 0


def _say_losses(losses: tuple[Loss, ...], report: TextIO) -> None:
    for loss in losses:
        if loss.verdict == "made":
            continue
        place = loss.place
        where = f"paragraph {place.paragraph}" if place.paragraph else "the file"
        if place.heading:
            where += f", under “{place.heading[:50]}”"
        text = " ".join(loss.text.split())
        shown = f": “{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}”" if text else ""
        verdict = Painted(loss.verdict, _COLOURS[loss.verdict])
        say(f"{where}: ", verdict, f" {loss.message}{shown}", stream=report)


def _say_summary(found: Imported, report: TextIO) -> None:
    if found.is_ours:
        say(
            "this file was made from a brief: that is its source. What was changed in Word since "
            "is not in it: `brief merge` takes that",
            stream=report,
        )
    else:
        counted = ", ".join(many(n, _ONE[name]) for name, n in found.counts.items())
        say(f"read: {counted}", stream=report)
        said = {
            "lost": "lost",
            "changed": "said in another way",
            "check": "to check",
            "made": "left to the build",
        }
        counts = (
            (sum(loss.verdict == each for loss in found.losses), words)
            for each, words in said.items()
        )
        said_of = [f"{count} {words}" for count, words in counts if count]
        if said_of:
            said_of[-1] += "; --json lists all of it"
            say("of the rest: " + ", ".join(said_of), stream=report)


def _say_written(found: Imported) -> None:
    for path in (found.brief, *found.pictures):
        say(f"wrote {shown_path(path)}")
    if found.added:
        say(f"added {many(found.added, 'reference')} to {shown_path(found.library)}")
    say(f"now: brief build {shown_path(found.brief)}")


_ONE = {
    "headings": "heading",
    "tables": "table",
    "footnotes": "footnote",
    "citations": "citation",
    "cited works": "cited work",
    "pictures": "picture",
}


def _as_json(found: Imported, dry_run: bool) -> dict[str, object]:
    return {
        "brief": shown_path(found.brief),
        "library": shown_path(found.library),
        "pictures": [shown_path(path) for path in found.pictures],
        "written": not dry_run,
        "entries": found.added,
        "ours": found.is_ours,
        "read": {name.replace(" ", "-"): count for name, count in found.counts.items()},
        "not-as-it-was": [
            {
                "verdict": loss.verdict,
                "kind": loss.kind,
                "message": loss.message,
                "heading": loss.place.heading,
                "paragraph": loss.place.paragraph,
                "near": loss.place.near,
                "text": loss.text,
            }
            for loss in found.losses
        ],
    }
