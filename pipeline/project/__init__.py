"""Everything a command needs, read from disk once. Only this package reads sources.

In: paths and options of the command line. Out: a `Project` with numbered briefs, styles and
diagnostics. A project is a folder with `briefs/*.md`, `references.bib` and, if it has its own house
style, `styles/`. For a single Markdown file, the project is its folder, with that one brief. Briefs
of several projects each use the library and images of their own project; everything else comes from
the first one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ..csl import DEFAULT, CitationStyle
from ..diagnostics import Diagnostic, Severity, Span, has_errors
from ..disk import Disk
from ..lint import uncited
from ..lint.baseline import Baseline, without_known
from ..model import Brief
from ..model.references import Library
from ..roots import briefs_of, project_root, root_of
from ..styles import House, Styles, default_folder, in_edition, load_styles
from .after_release import with_changes
from .citation_style import house_style
from .drawing_fonts import with_other_fonts
from .house_fonts import with_undrawn
from .house_pictures import with_pictures
from .loading import LoadedBrief, Loading
from .reference import with_reference_docx

__all__ = [
    "LoadedBrief",
    "Project",
    "library_of_brief",
    "load_library",
    "load_project",
]


class Project(Struct, frozen=True):
    root: Path
    out: Path
    briefs: tuple[LoadedBrief, ...]
    styles: Styles
    sources: Mapping[str, str]  # path to text, for printing diagnostics
    diagnostics: tuple[Diagnostic, ...]  # of the project as a whole: styles, libraries
    baseline: Baseline = field(default_factory=Counter)  # findings that the project accepts
    citation_style: CitationStyle = DEFAULT  # of briefs that name none
    house_folder: Path = Path()  # of the house style

    @property
    def all_diagnostics(self) -> list[Diagnostic]:
        """Every finding that the baseline does not know, each once, by file and line."""
        found = [*self.diagnostics, *(d for brief in self.briefs for d in brief.diagnostics)]
        return without_known(_each_once(found), self.baseline)

    @property
    def has_errors(self) -> bool:
        return has_errors(self.all_diagnostics)

    def judged(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Return diagnostics with the severities of the house style, less those of the baseline."""
        return without_known(_judged(diagnostics, self.styles.house), self.baseline)


def _each_once(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics by file and line; of a finding with two severities, the more serious."""
    order = list(Severity)
    worst: dict[tuple[Span, str, str], Diagnostic] = {}
    for found in sorted(diagnostics, key=lambda d: order.index(d.severity)):
        worst.setdefault((found.span, found.code, found.message), found)
    return [worst[key] for key in sorted(worst)]


def _uncited(
    briefs: Sequence[LoadedBrief], roots: Mapping[Path, Path], loading: Loading
) -> list[Diagnostic]:
    """Return the references that no brief cites, if all briefs of their projects were read."""
    chosen = {path.resolve() for path in roots}
    for root in set(roots.values()):
        if not {path.resolve() for path in briefs_of(root, loading.disk)} <= chosen:
            return []
    own = [
        library
        for paths, (library, _) in loading.libraries.items()
        if all(
            any(path.is_relative_to(root.resolve()) for root in roots.values()) for path in paths
        )
    ]
    numbered = [found.numbered for found in briefs if found.numbered]
    return [found for library in own for found in uncited(library, numbered)]


def load_project(
    paths: Sequence[Path] = (),
    *,
    start: Path = Path(),
    bibliography: Sequence[Path] = (),
    styles: Path | None = None,
    out: Path | None = None,
    reference_docx: Path | None = None,
    word_citations: str = "",
    pdf_standard: str = "",
    citation_style: str = "",
    disk: Disk | None = None,
    compare_releases: bool = True,
    for_release: bool = False,
    edition: str = "",
    comments: bool = False,
) -> Project:
    """Read the briefs at `paths`, or all briefs of the project that `start` is in.

    `disk` notes everything that was read or looked for. With `compare_releases`, sentences that
    changed since a brief was released are among the findings. `for_release` leaves out what does
    not leave the house. `edition` is a key of `model.EDITIONS`, "" for the ordinary one. With
    `comments`, briefs have the open comments of their review lists.
    """
    disk = disk or Disk()
    root = project_root(paths, start, disk)
    loading = Loading(disk, root, tuple(bibliography), word_citations, pdf_standard, for_release)
    folder = styles or (root / "styles" if disk.is_folder(root / "styles") else None)
    house_styles, diagnostics = load_styles(folder, disk)
    house_styles, found = with_pictures(house_styles, folder, loading)
    diagnostics += found
    house_styles, found = with_reference_docx(house_styles, folder, reference_docx, loading)
    diagnostics += found
    house_styles = in_edition(house_styles, edition)
    chosen = list(paths) or briefs_of(root, disk)
    chosen = list({path.resolve(): path for path in reversed(chosen)}.values())[::-1]
    roots = {path: root_of(path, disk) if paths else root for path in chosen}
    if styles and not disk.is_folder(styles):
        diagnostics.append(loading.problem(styles, "missing-file", "there is no such folder"))
    house, folder = house_styles.house, folder or default_folder()
    style, found = house_style(house, folder, root, citation_style, loading)
    diagnostics += found
    briefs = [
        loading.brief(path, house, roots[path], style, bool(citation_style)) for path in chosen
    ]
    if compare_releases:
        briefs = [
            with_changes(brief, path, house, loading)
            for brief, path in zip(briefs, chosen, strict=True)
        ]
    if comments:
        from .open_comments import with_comments  # what it needs, few commands need

        briefs = [
            with_comments(brief, path, loading) for brief, path in zip(briefs, chosen, strict=True)
        ]
    briefs = with_other_fonts(with_undrawn(briefs, house_styles), house_styles.house)
    baseline = loading.baseline()
    if isinstance(baseline, Diagnostic):
        diagnostics.append(baseline)
        baseline = Counter()
    diagnostics += _uncited(briefs, roots, loading)
    return Project(
        root,
        out or root / "build",
        tuple(replace(b, diagnostics=_judged(b.diagnostics, house)) for b in briefs),
        house_styles,
        loading.sources,
        _judged(diagnostics, house),
        baseline,
        style,
        folder,
    )


def _judged(diagnostics: Sequence[Diagnostic], house: House) -> tuple[Diagnostic, ...]:
    """Return diagnostics with the severities of the house style, less those it turned off."""
    said = house.severities
    judged = (replace(d, override=said.get(d.code, d.override)) for d in diagnostics)
    return tuple(found for found in judged if found.severity is not Severity.OFF)


def library_of_brief(brief: Brief, path: Path, disk: Disk) -> Library:
    """Return the references that the brief at `path` may cite."""
    root = root_of(path, disk)
    return Loading(disk, root, ()).library(brief, path, root)[0]


def load_library(
    paths: Sequence[Path],
) -> tuple[Library, Mapping[str, str], list[Diagnostic]]:
    """Read .bib files alone; return the library, the texts by path, and the findings."""
    loading = Loading(Disk(), Path(), ())
    library, diagnostics = loading.read_library(tuple(paths))
    return library, loading.sources, list(diagnostics)
