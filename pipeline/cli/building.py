"""The command `brief build`. If nothing has changed since it last ran, it repeats what it said."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, has_errors, reason_of
from ..diagnostics.render import to_json
from ..disk import Disk, shown_path, write_beside
from ..model import EDITIONS
from ..outcome import Outcome
from ..previous import Build, previous_build, remember, repeated
from ..roots import project_root
from .options import out_of
from .report import (
    Progress,
    errors_of,
    print_diagnostics,
    print_serious,
    refuse_no_briefs,
    say_outcome,
    texts_of,
)
from .terminal import print_json, refuse, say

if TYPE_CHECKING:
    from ..build.cluster import Cluster
    from ..project import Project

# The environment by which the home folder and fonts are found (fonts-conf(5)).
_VARIABLES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
# Options on which no output depends.
_OF_NO_OUTPUT = ("run", "json", "explain", "jobs", "force", "output", "volume", "scheduler")
_FORMATS = ("pdf", "docx", "html")


def build(options: Namespace) -> int:
    if options.output:
        kind = options.output.suffix.lower()[1:]
        if options.to not in (None, (kind,)) or len(options.briefs) > 1:
            return refuse("brief build: --output writes one brief, in the format of its ending", 2)
        options.to = (kind,)
    formats = EDITIONS.get(options.edition, _FORMATS)
    options.to = options.to or formats
    if not set(options.to) <= set(formats):
        made = " and ".join(formats)
        return refuse(f"brief build: the {options.edition} edition is made as {made} only", 2)
    disk = Disk()
    if options.for_release and options.draft:
        return refuse("brief build: a draft is not for release: leave out one of the options", 2)
    if options.for_release and options.with_comments:
        return refuse("brief build: comments are not for release: leave out one of the options", 2)
    out = out_of(options, project_root(options.briefs, Path(), disk))
    request = _request(options)
    before = previous_build(out, request)
    if before and options.output and len(before.outcomes) > 1:
        before = None  # that was for several briefs; below it is refused
    if before and not options.force and (same := repeated(before, out)):
        if same is not before:  # it has new stamps
            remember(out, request, same)
        return _repeat(same, out, options)
    # Imported now, not above: most of the time of a build that has nothing to do would be imports.
    from ..build import build as build_project
    from ..build import note_fonts
    from ..build.cluster import ClusterError
    from ..build.fonts import substitutions
    from ..build.publishing import load_manifest
    from .loading import project_of

    project = project_of(
        options,
        out=out,
        for_release=options.for_release,
        edition=options.edition,
        comments=options.with_comments,
        reference_docx=options.reference_docx,
        word_citations=options.word_citations,
        pdf_standard=options.standard,
        disk=disk,
    )
    if not project.briefs:
        if options.json:
            print_json({"briefs": [], "diagnostics": to_json(project.all_diagnostics)})
        return refuse_no_briefs(project.root)
    if options.output and len(project.briefs) > 1:
        return refuse("brief build: which brief? --output is for one", 2)
    numbered = (brief.numbered for brief in project.briefs)
    langs = dict.fromkeys(found.brief.front.lang for found in numbered if found)
    fonts = substitutions(project.styles, langs) if "pdf" in options.to else []
    others = project.judged([*fonts, *load_manifest(out).left_over(disk)])
    report = _Report(options, out, [*others, *project.all_diagnostics], project.sources)
    can_repeat = note_fonts(project, options.to, disk)
    notes = disk.notes()
    width = max(len(brief.name) for brief in project.briefs)
    sizes = {} if options.volume == "quiet" else {b.name: b.size for b in project.briefs}
    progress = Progress(sizes, options.jobs)
    progress.show()

    def show(outcome: Outcome) -> None:
        progress.step(outcome)
        report.outcome(outcome, width)
        progress.show()

    of_files = before.outcomes if before else ()
    known = {name: note for outcome in of_files for name, note in outcome.files.items()}
    try:
        with _cluster(options.scheduler, project) as cluster:
            outcomes = build_project(
                project,
                options.to,
                jobs=options.jobs,
                cluster=cluster,
                force=options.force,
                draft=options.draft,
                known=known,
                progress=show,
            )
    except ClusterError as error:
        return refuse(f"brief build: {error}")
    if can_repeat and all(outcome.is_lasting for outcome in outcomes):
        remember(out, request, Build.now(notes, report.found, outcomes))
    return report.end(outcomes)


@contextmanager
def _cluster(address: str, project: Project) -> Iterator[Cluster | None]:
    """Connect to the cluster at an address, if there is one; say which workers are not used."""
    if not address:
        yield None
        return
    from ..build.cluster import connected

    fonts = project.styles.house.fonts.values()
    families = dict.fromkeys(font.family for font in fonts if not font.files)
    with connected(address, tuple(families)) as cluster:
        for worker, which in cluster.refused.items():
            say(f"{worker} is not used: {'; '.join(which)}", stream=sys.stderr)
        yield cluster


def _request(options: Namespace) -> str:
    """Return a name for a command with these options, in this folder."""
    from hashlib import sha256

    asked = {name: str(value) for name, value in vars(options).items() if name not in _OF_NO_OUTPUT}
    values = [os.environ.get(name) for name in _VARIABLES]
    return sha256(repr((os.getcwd(), sorted(asked.items()), values)).encode()).hexdigest()[:12]


def _repeat(build: Build, out: Path, options: Namespace) -> int:
    """Print again what a build said."""
    found = [*build.findings, *(d for outcome in build.outcomes for d in outcome.diagnostics)]
    report = _Report(options, out, build.findings, texts_of(found))
    width = max(len(outcome.name) for outcome in build.outcomes)
    for outcome in build.outcomes:
        report.outcome(outcome, width)
    return report.end(build.outcomes)


class _Report:
    """What a build prints: first what was found in the sources, then each brief, then the rest."""

    def __init__(
        self,
        options: Namespace,
        out: Path,
        found: Sequence[Diagnostic],
        sources: Mapping[str, str],
    ) -> None:
        self.found = found
        self._options, self._out, self._sources = options, out, sources
        self._is_verbose = options.volume == "verbose"
        self._is_quiet = options.volume == "quiet"
        if options.json:
            return
        if self._is_verbose:
            print_diagnostics(found, sources, sys.stderr)
        else:
            print_serious(found, sources, self._is_quiet)

    def outcome(self, outcome: Outcome, width: int) -> None:
        if self._options.json:
            return
        found = outcome.diagnostics
        print_diagnostics(errors_of(found) if self._is_quiet else found, self._sources, sys.stderr)
        if self._is_quiet and outcome.status not in ("failed", "partial"):
            return
        say_outcome(outcome, width)
        if self._options.explain or self._is_verbose:
            for name, reason in outcome.reasons.items():
                say(f"  {name}: {reason}")

    def end(self, outcomes: Sequence[Outcome]) -> int:
        """Print what comes last; return the exit code."""
        failures = [each for outcome in outcomes for each in outcome.diagnostics]
        if self._options.json:
            briefs = [self._to_json(outcome) for outcome in outcomes]
            print_json({"briefs": briefs, "diagnostics": to_json([*self.found, *failures])})
        elif not self._is_quiet and all(o.status == "up to date" for o in outcomes):
            say(f"nothing to do: {shown_path(self._out)} is up to date")
        failed = has_errors([*self.found, *failures])
        if self._options.output and not self._deliver(outcomes[0], self._options.output):
            return 1
        return int(failed)

    def _deliver(self, outcome: Outcome, target: Path) -> bool:
        """Copy the file that was asked for to its place; say whether that is done."""
        made = self._out / f"{outcome.name}{target.suffix.lower()}"
        if made.name not in outcome.files:
            return False
        try:
            if not (target.exists() and target.samefile(made)):
                write_beside(target, made.read_bytes()).replace(target)
        except OSError as error:
            refuse(f"cannot write {shown_path(target)}: {reason_of(error)}")
            return False
        if not self._options.json and not self._is_quiet:
            say(f"wrote {shown_path(target)}")
        return True

    def _to_json(self, outcome: Outcome) -> dict[str, object]:
        said: dict[str, object] = {
            "name": outcome.name,
            "status": outcome.status,
            "files": [shown_path(self._out / name) for name in outcome.files],
            "references": outcome.references,
            "citations": outcome.citations,
            "pages": outcome.pages,
            "seconds": round(outcome.seconds, 3),
        }
        return said | ({"reasons": outcome.reasons} if self._options.explain else {})
