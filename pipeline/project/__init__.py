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
from os.path import exists, isdir  # unlike those of `Path`, they raise for no name
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ..csl import DEFAULT, CitationStyle
from ..diagnostics import Diagnostic, Severity, Span, has_errors
from ..lint import uncited
from ..lint.baseline import Baseline, without_known
from ..model.references import Library
from ..styles import House, Styles, default_folder, load_styles
from .citation_style import house_style
from .files import shown_path
from .loading import LoadedBrief, Loading
from .reference import with_reference_docx

__all__ = [
    "LoadedBrief",
    "Project",
    "find_root",
    "load_library",
    "load_project",
    "shown_path",
]

SIGNS = ("references.bib", "styles", "pyproject.toml", ".git")  # of a project, beside `briefs/`


class Project(Struct, frozen=True):
    root: Path
    out: Path
    briefs: tuple[LoadedBrief, ...]
    styles: Styles
    sources: Mapping[str, str]  # path to text, for printing diagnostics
    diagnostics: tuple[Diagnostic, ...]  # of the project as a whole: styles, libraries
    baseline: Baseline = field(default_factory=Counter)  # findings that the project accepts
    citation_style: CitationStyle = DEFAULT  # of briefs that name none

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


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that is a project, else `start` itself.

    Further up, a folder called `briefs/` is not enough: it needs another sign of a project beside
    it. The search ends at a repository or the home folder.
    """
    start, home = start.resolve(), Path("~").expanduser().resolve()
    for folder in (start, *start.parents):
        is_near = start in (folder, folder / "briefs")
        if isdir(folder / "briefs") and (is_near or _has_sign(folder)):
            return folder
        if folder == home or exists(folder / ".git"):
            break
    return start


def _has_sign(folder: Path) -> bool:
    return any(exists(folder / name) for name in SIGNS)


def _root_of(path: Path) -> Path:
    """Return the root of the project that a brief belongs to: its own folder if it is alone."""
    path = path.resolve()
    root = find_root(path.parent)
    return root if path.is_relative_to(root / "briefs") else path.parent


def _briefs_of(root: Path) -> list[Path]:
    folder = root / "briefs"
    return sorted(folder.glob("*.md")) if isdir(folder) else []


def _uncited(
    briefs: Sequence[LoadedBrief], roots: Mapping[Path, Path], loading: Loading
) -> list[Diagnostic]:
    """Return the references that no brief cites, if all briefs of their projects were read."""
    chosen = {path.resolve() for path in roots}
    for root in set(roots.values()):
        if not {path.resolve() for path in _briefs_of(root)} <= chosen:
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
) -> Project:
    """Read the briefs at `paths`, or all briefs of the project that `start` is in."""
    root = _root_of(paths[0]) if paths else find_root(start)
    loading = Loading(root, tuple(bibliography), word_citations, pdf_standard)
    folder = styles or (root / "styles" if isdir(root / "styles") else None)
    house_styles, diagnostics = load_styles(folder)
    house_styles, found = with_reference_docx(house_styles, folder, reference_docx, loading)
    diagnostics += found
    chosen = list(paths) or _briefs_of(root)
    chosen = list({path.resolve(): path for path in reversed(chosen)}.values())[::-1]
    roots = {path: _root_of(path) if paths else root for path in chosen}
    if styles and not isdir(styles):
        diagnostics.append(loading.problem(styles, "missing-file", "there is no such folder"))
    house, folder = house_styles.house, folder or default_folder()
    style, found = house_style(house, folder, root, citation_style, loading.read)
    diagnostics += found
    briefs = [
        loading.brief(path, house, roots[path], style, bool(citation_style)) for path in chosen
    ]
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
    )


def _judged(diagnostics: Sequence[Diagnostic], house: House) -> tuple[Diagnostic, ...]:
    """Return diagnostics with the severities of the house style, less those it turned off."""
    said = house.severities
    judged = (replace(d, override=said.get(d.code, d.override)) for d in diagnostics)
    return tuple(found for found in judged if found.severity is not Severity.OFF)


def load_library(
    paths: Sequence[Path],
) -> tuple[Library, Mapping[str, str], list[Diagnostic]]:
    """Read .bib files alone; return the library, the texts by path, and the findings."""
    loading = Loading(Path(), ())
    library, diagnostics = loading.read_library(tuple(paths))
    return library, loading.sources, list(diagnostics)
