"""The commands of `brief` for the website and the preview."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from importlib.util import find_spec

from ..build import Outcome
from ..diagnostics import has_errors, reason_of
from ..diagnostics.render import to_json
from ..disk import shown_path
from ..needs import how_to_add
from .loading import project_of
from .report import Progress, many, print_diagnostics, print_serious, refuse_no_briefs, say_outcome
from .terminal import print_json, refuse, say


def site(options: Namespace) -> int:
    from ..site import build_site
    from ..site.search import has_pagefind

    project = project_of(options, out=options.out)
    if not project.briefs:
        return refuse_no_briefs(project.root)
    if not options.json:
        print_serious(project.all_diagnostics, project.sources)
    progress = Progress({brief.name: brief.size for brief in project.briefs}, options.jobs)
    width = max(len(brief.name) for brief in project.briefs)
    progress.show()

    def report(outcome: Outcome) -> None:
        progress.step(outcome)
        if not options.json:
            print_diagnostics(outcome.diagnostics, project.sources, sys.stderr)
            say_outcome(outcome, width)
        progress.show()

    found = build_site(project, jobs=options.jobs, progress=report)
    problems = [d for outcome in found.outcomes for d in outcome.diagnostics]
    failed = has_errors([*problems, *found.diagnostics]) or project.has_errors
    if options.json:
        print_json(
            {
                "folder": shown_path(found.folder),
                "briefs": found.briefs,
                "written": found.written,
                "removed": found.removed,
                "kept": list(found.kept),
                "drafts": list(found.drafts),
                "search": found.has_search,
                "diagnostics": to_json([*project.all_diagnostics, *problems, *found.diagnostics]),
            }
        )
        return int(failed)
    print_diagnostics(found.diagnostics, project.sources, sys.stderr)
    for names, words in (
        (found.drafts, "drafts are not published"),
        (found.kept, "errors, so the previous page stays"),
    ):
        if names:
            say(f"{words}: {', '.join(names)}")
    if found.briefs and not has_pagefind():
        say(f"the site has no search; to get it: {how_to_add('search')}")
    changes = f"{many(found.written, 'file')} written, {found.removed} removed"
    say(f"{shown_path(found.folder)}: {many(found.briefs, 'brief')} · {changes}")
    return int(failed)


_NEEDED = ("starlette", "uvicorn", "watchfiles")


def preview(options: Namespace) -> int:
    if not all(find_spec(name) for name in _NEEDED):
        return refuse(f"brief preview: not installed; to get it: {how_to_add('preview')}")
    from ..preview import Request, serve

    request = Request(
        tuple(options.briefs),
        tuple(options.bib),
        options.styles,
        options.out,
        options.citation_style,
    )
    if not request.briefs():
        return refuse_no_briefs(request.root)
    for path in options.briefs:
        if not path.is_file():
            return refuse(f"brief preview: {path}: there is no such file")

    def ready(address: str, is_own_port: bool) -> None:
        if not is_own_port:
            say(f"port {options.port} is taken; using another")
        say(f"preview: {address}")
        say("Ctrl-C ends it")
        if not options.no_browser and _has_screen():
            import webbrowser

            webbrowser.open(address)

    try:
        serve(request, options.port, ready)
    except KeyboardInterrupt:
        say("preview ended")
    except OSError as error:
        return refuse(f"brief preview: cannot listen: {reason_of(error)}")
    return 0


def _has_screen() -> bool:
    """Say whether a browser can open here: a text browser would take over the terminal."""
    if os.environ.get("SSH_CONNECTION"):
        return False
    displays = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, displays))
