"""Read the files of a project, each once: briefs, libraries, images, tables, the baseline."""

from __future__ import annotations

import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..csl import DEFAULT, CitationStyle, is_file
from ..diagnostics import Diagnostic, Span, has_errors
from ..disk import Disk, shown_path
from ..lint import lint_references, lint_text
from ..lint.baseline import FILENAME, Baseline, read_baseline
from ..model import Brief, Citation, FrontMatter, walk
from ..model.references import Library, library_of
from ..numbering import NumberedBrief
from ..readers.markdown import FileProblem, Files, read_markdown
from ..styles import House, house_labels
from .citation_style import Named, marks_of, named_style
from .libraries import DEFAULTS, one_library, read_libraries
from .named_briefs import titles_of, unknown_briefs
from .outgoing import outgoing
from .own_files import is_text, own_file
from .project_files import libraries_named
from .stages import prepare

MAXIMUM_FILE = 64 * 1024 * 1024  # bytes; larger files are refused, not read


class LoadedBrief(Struct, frozen=True):
    """One brief of the project and its findings. `numbered` is None if it could not be read."""

    name: str
    path: str
    numbered: NumberedBrief | None
    diagnostics: tuple[Diagnostic, ...]
    # What the proof goes by: the brief before any stage, and the keys it may cite.
    read: Brief | None = None
    keys: tuple[str, ...] = ()
    aliases: Mapping[str, str] = {}

    @property
    def size(self) -> int:
        """The length of its text: the longer, the longer an output takes."""
        return len(self.numbered.brief.source) if self.numbered else 0

    @property
    def has_errors(self) -> bool:
        return has_errors(self.diagnostics)


class Loading:
    """Reads the files of a project, and keeps the text of those that diagnostics quote."""

    def __init__(
        self,
        disk: Disk,
        root: Path,
        bibliography: tuple[Path, ...],
        word_citations: str = "",
        pdf_standard: str = "",
        for_release: bool = False,
    ) -> None:
        self.disk = disk
        self.root = root
        self.bibliography = bibliography
        # From the command line: they take precedence.
        self.word_citations, self.pdf_standard = word_citations, pdf_standard
        self.for_release = for_release
        self.sources: dict[str, str] = {}
        self.libraries: dict[tuple[Path, ...], tuple[Library, list[Diagnostic]]] = {}

    def brief(
        self, path: Path, house: House, root: Path, style: CitationStyle, chosen: bool
    ) -> LoadedBrief:
        """Read one brief; `root` is the folder of its project.

        `style` is the citation style of the house, or the one `chosen` for all briefs.
        """
        shown, name = shown_path(path), path.stem
        if not is_text(name):
            message = f"its name is not text in {sys.getfilesystemencoding()}"
            hint = "rename it; outputs are named like their brief"
            refused = Diagnostic("unreadable-file", message, Span.of_file(shown), hint)
            return LoadedBrief(name, shown, None, (refused,))
        text = self.text(path)
        if isinstance(text, Diagnostic):
            return LoadedBrief(name, shown, None, (text,))
        files = self.files_of(path, root)
        settings = (
            house.lang,
            house.number_sections == "on",
            house.corrections_at == "top",
            house.number_paragraphs == "on",
        )
        brief, diagnostics = read_markdown(text, shown, files, *settings)
        unknown: list[Diagnostic] = []
        if brief.front.citation_style and not chosen:
            style, unknown = self.style(brief.front, path, root, house)
        marks = marks_of(brief.front, house, style)
        front = completed(brief.front, house)
        front = replace(
            front,
            word_citations=self.word_citations or front.word_citations,
            pdf_standard=self.pdf_standard or front.pdf_standard,
            superseded_titles=titles_of(front.supersedes, path, self.disk, self.text),
        )
        brief = replace(brief, front=outgoing(front) if self.for_release else front)
        library, found = self.library(brief, path, root)
        back_references = house.back_references == "on"
        labels = house_labels(house, front.lang)
        numbered, wrong = prepare(brief, library, marks, back_references, style, labels)
        if not library and has_errors(found):  # one cause, one finding and an example
            unknown_keys = [d for d in wrong if d.code == "unknown-citation"]
            wrong = [d for d in wrong if d not in unknown_keys[1:]]
        linted = [*lint_text(brief, house), *lint_references(numbered, house)]
        if any(d.code == "bad-front-matter" for d in diagnostics):
            linted = [d for d in linted if d.code != "missing-title"]  # it may be in what is lost
        others = unknown_briefs(front, path, self.disk)
        diagnostics = [*diagnostics, *others, *unknown, *found, *wrong, *linted]
        keys = tuple(library)
        return LoadedBrief(
            name, shown, numbered, tuple(diagnostics), brief, keys, dict(library.aliases)
        )

    def style(
        self, front: FrontMatter, brief: Path, root: Path, house: House
    ) -> tuple[CitationStyle, list[Diagnostic]]:
        """Return the citation style that a brief names for itself."""
        name = front.citation_style
        span, file = front.place("citation-style", name), self._named(name, brief, root)
        if is_file(name) and isinstance(file, FileProblem):
            return DEFAULT, [Diagnostic(file.code, file.message, span, file.hint)]
        paths = (file,) if isinstance(file, Path) else ()
        return named_style(Named(name, span, paths), self, house)

    def library(self, brief: Brief, path: Path, root: Path) -> tuple[Library, list[Diagnostic]]:
        """Return the references that a brief may cite, read once for all briefs that share them."""
        named: list[Path] = []
        names = () if self.bibliography else brief.front.bibliography
        wanted = [(name, brief.front.place("bibliography", name)) for name in names]
        default, near, said = self._default(root), path, list[Diagnostic]()
        if not (self.bibliography or wanted or default):
            near, wanted, said = libraries_named(path, root, self.disk, self.read, self.sources)
        for name, place in wanted:
            file = self._named(name, near, root)
            if isinstance(file, Path) and not self.disk.exists(file):
                hint = self._nearby(file)
                file = FileProblem("missing-file", f"there is no file `{name}`", hint)
            if isinstance(file, FileProblem):
                refused = Diagnostic(file.code, file.message, place, file.hint)
                return library_of({}), [*said, refused]
            named.append(file)
        paths = tuple(self.bibliography or named or default)
        paths = tuple({file.resolve(): file for file in reversed(paths)}.values())[::-1]
        if not paths and not brief.front.references:
            cites = next((node for node in walk(brief) if isinstance(node, Citation)), None)
            message = "the brief cites, but there is no references.bib"
            hint = "name it in the front matter (bibliography:) or with --bib"
            beside = self._nearby(root / DEFAULTS[0])
            hint = f"{beside}: {hint}" if beside else f"add one beside briefs/, {hint}"
            wrong = [Diagnostic("missing-library", message, cites.span, hint)] if cites else []
            return library_of({}), [*said, *wrong]
        if paths not in self.libraries:
            self.libraries[paths] = self.read_library(paths)
        library, found = self.libraries[paths]
        if own := brief.front.references:
            library = one_library([library_of({each.key: each for each in own}), library], {})
        return library, [*said, *found]

    def _named(self, name: str, near: Path, root: Path) -> Path | FileProblem:
        """Return the file that one at `near` names: beside it, or in the project's folder."""
        beside = own_file(name, near, root)
        if isinstance(beside, FileProblem) or self.disk.exists(beside):
            return beside
        inside = own_file(str(root.resolve() / name), near, root)
        return beside if isinstance(inside, FileProblem) else inside

    def _default(self, root: Path) -> list[Path]:
        """Return the library of a project whose brief names none, in a list of one or none."""
        paths = [root / name for name in DEFAULTS]
        return [path for path in paths if self.disk.exists(path)][:1]

    def read_library(self, paths: tuple[Path, ...]) -> tuple[Library, list[Diagnostic]]:
        files: list[tuple[bytes, str]] = []
        diagnostics: list[Diagnostic] = []
        for path in paths:
            content = self.read(path)
            if isinstance(content, Diagnostic):
                diagnostics.append(content)
            else:
                files.append((content, shown_path(path)))
                self.sources[shown_path(path)] = content.decode("utf-8-sig", "replace")
        library, found = read_libraries(tuple(files))
        return library, [*diagnostics, *found]

    def baseline(self) -> Baseline | Diagnostic:
        path = self.root / FILENAME
        if not self.disk.exists(path):
            return Counter()
        content = self.read(path)
        if isinstance(content, Diagnostic):
            return content
        return read_baseline(content, shown_path(path))

    def files_of(self, brief: Path, root: Path) -> Files:
        """Return what reads the images and tables that a brief names, and refuses all others."""

        def read(name: str) -> bytes | FileProblem:
            path = own_file(name, brief, root)
            if isinstance(path, FileProblem):
                return path
            content = self.read(path)
            if isinstance(content, Diagnostic):
                is_missing = content.code == "missing-file"
                message = f"there is no file `{name}`" if is_missing else content.message
                return FileProblem(content.code, message, content.hint)
            if name.lower().endswith((".csv", ".svg")):
                self.sources[shown_path(path.resolve())] = content.decode("utf-8-sig", "replace")
            return content

        return read

    def read(self, path: Path) -> bytes | Diagnostic:
        try:
            return self.disk.read(path, MAXIMUM_FILE)
        except FileNotFoundError:
            return self.problem(path, "missing-file", "there is no such file")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return self.problem(path, "unreadable-file", f"cannot read the file: {reason.lower()}")

    def text(self, path: Path) -> str | Diagnostic:
        content = self.read(path)
        if isinstance(content, Diagnostic):
            return content
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
            self.sources[shown_path(path)] = content.decode("latin-1")
            is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
            guess, code = ("it is UTF-16", "utf-16") if is_wide else ("if it is Latin-1", "latin1")
            return Diagnostic(
                "not-utf8",
                f"byte 0x{content[error.start]:02X} is not UTF-8",
                Span.on_line(shown_path(path), line, column, 1),
                f"save the file as UTF-8; {guess}: iconv -f {code} -t utf-8 {path.name}",
            )
        self.sources[shown_path(path)] = text
        return text

    def problem(self, path: Path, code: str, message: str) -> Diagnostic:
        hint = self._nearby(path) if code == "missing-file" else ""
        return Diagnostic(code, message, Span.of_file(shown_path(path)), hint)

    def _nearby(self, path: Path) -> str:
        """Return a hint that names up to five files like a missing one, in its folder."""
        ending = path.suffix.lower()
        beside = self.disk.names(path.parent, "")
        names = [name for name in beside if name[0] != "." and Path(name).suffix.lower() == ending]
        return f"here are: {', '.join(names[:5])}" if names else ""


def completed(front: FrontMatter, house: House) -> FrontMatter:
    """Return the front matter with the values of the house style where it has none of its own."""
    return replace(
        front,
        lang=front.lang or house.lang,
        paper=front.paper or house.paper,
        columns=1 if house.edition else front.columns or house.columns,
        marks=front.marks or house.marks,
        citation_style=front.citation_style or house.citation_style,
        word_citations=front.word_citations or house.word_citations,
        pdf_standard=front.pdf_standard or house.pdf_standard,
    )
