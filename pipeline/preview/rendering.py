"""The page of a brief as it is now, and what is wrong with the brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from ..diagnostics import Diagnostic, Severity, Span, has_errors
from ..diagnostics.render import SourceLines, counted, render_text
from ..disk import Disk
from ..model import NEW_IMAGE, LostImageError
from ..numbering import with_draft
from ..styles import BadTemplate
from ..writers.html import write_html
from .request import Request

_MOST = 100  # findings that are shown
_SHOWN = (Severity.ERROR, Severity.WARNING)


class Problem(Struct, frozen=True):
    """One finding as `brief check` prints it: with file, line and column, and the source line."""

    severity: str
    text: str


class Rendered(Struct, frozen=True):
    """A brief at one moment. `page` is what `make html` writes; None if there are errors.

    With errors, `draft` is the page with what is unresolved in red, None if there cannot be any.
    """

    page: bytes | None
    draft: bytes | None
    problems: tuple[Problem, ...]
    counts: str  # "2 errors, 1 warning"
    watched: frozenset[Path]  # folders in which something was read or looked for


def render(request: Request, path: Path) -> Rendered:
    """Read a brief and write its page. A mistake of ours is a problem that says so."""
    disk = Disk()
    try:
        return _rendered(request, path, disk)
    except Exception as error:  # the preview goes on: the next save may not have it
        message = f"{type(error).__name__}: {error}; this is a bug in Briefwright"
        found = Diagnostic("cannot-render", message, Span.of_file(str(path)))
        return _failed([found], {}, None, disk)


def _rendered(request: Request, path: Path, disk: Disk) -> Rendered:
    project = request.load(path, disk)
    (brief,) = project.briefs
    found, sources, numbered = project.all_diagnostics, project.sources, brief.numbered
    page = None
    if numbered is not None:
        wrong = has_errors(found)
        try:
            page = write_html(with_draft(numbered) if wrong else numbered, project.styles)
        except BadTemplate as error:
            place = Span.of_file(str(project.house_folder))
            found = [*found, Diagnostic("cannot-render", str(error), place)]
        except LostImageError as error:
            place = error.span(numbered.brief)
            found = [*found, Diagnostic("cannot-render", str(error), place, NEW_IMAGE)]
        else:
            if not wrong:
                problems, counts = problems_of(found, sources)
                return Rendered(page, None, problems, counts, _folders(disk))
    return _failed(found, sources, page, disk)


def _failed(
    found: Sequence[Diagnostic],
    sources: Mapping[str, str],
    draft: bytes | None,
    disk: Disk,
) -> Rendered:
    problems, counts = problems_of(found, sources)
    return Rendered(None, draft, problems, counts, _folders(disk))


def problems_of(
    found: Sequence[Diagnostic], sources: Mapping[str, str]
) -> tuple[tuple[Problem, ...], str]:
    """Return errors and warnings, errors first, and how many there are."""
    serious = sorted(
        (each for each in found if each.severity in _SHOWN),
        key=lambda each: _SHOWN.index(each.severity),
    )
    lines = SourceLines(sources)
    problems = (
        Problem(each.severity.value, render_text(each, lines.get(each.span.path, each.span.line)))
        for each in serious[:_MOST]
    )
    return tuple(problems), counted(serious)


def _folders(disk: Disk) -> frozenset[Path]:
    """Return the folders in which a change matters; where one is missing, the folder above it."""
    folders = {Path(place).parent for place in disk.notes()}
    return frozenset(
        next(found for found in (folder, *folder.parents) if found.is_dir()) for folder in folders
    )
