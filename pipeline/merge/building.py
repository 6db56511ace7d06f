"""Build a brief as Word file from a text of its Markdown, and read it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from ..diagnostics import Severity
from ..disk import Disk
from ..model import Anchor, Brief, Node, walk
from ..numbering import NumberedBrief
from ..ooxml import bookmark_name
from ..project import LoadedBrief, load_project
from ..provenance import Provenance, file_of, provenance_of
from ..readers.docx import Returned, Written, read_docx
from ..readers.source import Source
from ..styles import Styles, styles_used
from ..writers.docx import write_docx
from ..writers.docx.sources import source_tag
from .items import Known, Read, read_items
from .mapping import MAPPED_FRONT, Origin, front_origins, inlines_of, origins

Build = Callable[[str], "Built | None"]  # None for a text that no file can be made of


class Built(Struct, frozen=True):
    """A brief, and what the Word file made of it says."""

    numbered: NumberedBrief
    source: Source
    errors: Mapping[tuple[str, str], int]  # how often each code and message
    known: Known
    reads: tuple[Read, ...]
    nodes: Mapping[str, tuple[Node, str]]  # blocks by bookmark, and keys of front matter
    anchors: Mapping[str, Anchor]  # by bookmark
    hashes: Mapping[str, str]  # of what each block says, by bookmark
    provenance: Provenance

    @property
    def brief(self) -> Brief:
        return self.numbered.brief

    @property
    def text(self) -> list[Read]:
        """The paragraphs that are written in the sources: not those of lists that are made."""
        return [read for read in self.reads if not read.paragraph.made]

    def origins(self, read: Read, name: str) -> list[Origin | None]:
        """Return where the items of a paragraph were written, `name` being its bookmark."""
        node, key = self.nodes.get(name, (None, ""))
        if node is None or file_of(node.span, self.brief) != file_of(self.brief.span, self.brief):
            return [None] * len(read.items)
        if key and key not in MAPPED_FRONT:
            return front_origins(read.items, self.brief.front.place(key), self.source)
        return origins(read.items, inlines_of(node, key), self.source)


class _Overlaid(Disk):
    """A disk on which one file holds a text; what else is read is read once."""

    def __init__(self, path: Path, text: str, known: dict[Path, bytes]) -> None:
        super().__init__()
        self._path, self._text, self._known = path.resolve(), text, known

    def read(self, path: Path, largest: int) -> bytes:
        place = path.resolve()
        if place == self._path:
            return self._text.encode("utf-8", "surrogatepass")
        if place not in self._known:
            self._known[place] = super().read(path, largest)
        return self._known[place]


def builder(
    path: Path,
    styles: Path | None = None,
    bibliography: Sequence[Path] = (),
    word_citations: str = "",
) -> Build:
    """Return what builds the brief at a path from any text."""
    known: dict[Path, bytes] = {}

    def build(text: str) -> Built | None:
        project = load_project(
            [path],
            bibliography=bibliography,
            styles=styles,
            word_citations=word_citations,
            disk=_Overlaid(path, text, known),
            compare_releases=False,  # a new edition is what the merged text is for
        )
        loaded = project.briefs[0]
        if loaded.numbered is None:
            return None
        return built(loaded, loaded.numbered, styles_used(project.styles, "docx"))

    return build


def built(loaded: LoadedBrief, numbered: NumberedBrief, styles: Styles) -> Built:
    returned = read_docx(write_docx(numbered, styles))
    brief = numbered.brief
    anchors = {bookmark: Anchor.parse(name) for bookmark, name in returned.anchors.items()}
    keys = {bookmark_name(Anchor("reference", key)): key for key in loaded.keys}
    numbers = {
        number: anchor.name
        for anchor, number in numbered.numbers.items()
        if anchor.kind == "reference"
    }
    known = Known(
        numbered.marks,
        brief.front.lang,
        keys,
        {bookmark: anchor for bookmark, anchor in anchors.items() if bookmark not in keys},
        {source_tag(key): key for key in loaded.keys},
        numbers,
        numbered.labels,
    )
    errors: dict[tuple[str, str], int] = {}
    for found in loaded.diagnostics:
        if found.severity is Severity.ERROR:
            said = found.code, found.message
            errors[said] = errors.get(said, 0) + 1
    return Built(
        numbered,
        Source(brief.span.path, brief.source),
        errors,
        known,
        tuple(read_items(returned.paragraphs, known)),
        _nodes(brief, returned),
        anchors,
        returned.hashes,
        provenance_of(brief, numbered.bibliography, styles),
    )


def _nodes(brief: Brief, returned: Returned) -> dict[str, tuple[Node, str]]:
    placed: dict[Written, Node] = {}
    for node in walk(brief):
        span = node.span
        lines = (span.line, span.column, span.end_line, span.end_column)
        placed.setdefault(Written(type(node).__name__, "", file_of(span, brief), lines), node)
    found: dict[str, tuple[Node, str]] = {}
    for bookmark, place in returned.places.items():
        if place.key:
            found[bookmark] = brief.front, place.key
        elif place in placed:
            found[bookmark] = placed[place], ""
    return found
