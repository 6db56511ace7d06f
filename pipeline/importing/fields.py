"""Fields of a Word file while they are read: what they cite, point at, count, or print again."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ..ooxml import qualified, read_field
from ..readers.docx import Format
from ..readers.docx.runs import value
from .managers import (
    Found,
    cited_in,
    cited_in_tag,
    is_bibliography,
    is_bibliography_tag,
    is_citation,
    is_citation_tag,
)
from .values import Cited, Count, Piece, Pointer, Source, Words, text_of

_LINK = re.compile(
    r'\s*HYPERLINK(?:\s+"(?P<target>[^"]*)")?(?:.*?\\l\s+"(?P<local>[^"]*)")?',
    re.IGNORECASE | re.DOTALL,
)
_POINTERS = ("REF", "PAGEREF", "NOTEREF", "FOOTNOTEREF")
_LISTS = ("TOC", "INDEX", "TOA")
_GALLERIES = ("table of contents", "bibliographies", "table of figures")
_ENTRIES = ("XE", "TC", "TA", "RD")


class OpenField(Struct):
    """An open field (17.16.18), or a content control that is one."""

    instruction: str = ""
    data: str = ""
    result: bool = False  # whether its result is being read
    pieces: list[Piece] = field(default_factory=list)  # what a field that captures has printed
    kind: str = ""  # "", "link", "citation", "pointer", "count" or "list"
    outer_link: str = ""
    found: Found | None = None
    what: str = ""  # a list: which one

    @property
    def is_link(self) -> bool:
        return self.kind == "link"

    @property
    def target(self) -> str:
        written = _LINK.match(self.instruction)
        target, local = written.groups("") if written else ("", "")
        return f"{target}#{local}" if local else target


class Fields(ABC):
    """Follows the fields of one story. `sources` are the works that they describe."""

    def __init__(self) -> None:
        self.fields: list[OpenField] = []
        self.sources: dict[str, Source] = {}

    @abstractmethod
    def add(self, piece: Piece) -> None:
        """Take a piece of the paragraph that is read."""

    @abstractmethod
    def lose(self, verdict: str, kind: str, message: str, text: str = "") -> None:
        """Note what the brief will not say as the file does: see `Loss`."""

    @property
    def is_left_out(self) -> bool:
        """Say whether what is read is a list that the build makes."""
        return any(each.kind == "list" for each in self.fields)

    def instruct(self, text: str) -> None:
        if self.fields and not self.fields[-1].result:
            self.fields[-1].instruction += text

    def capture(self, piece: Piece) -> bool:
        """Give a piece to the field that captures it; say whether there is one."""
        if self.fields and not self.fields[-1].result and not isinstance(piece, Words):
            return False
        for each in reversed(self.fields):
            if each.kind in ("citation", "pointer", "count", "list") or not each.result:
                each.pieces.append(piece)
                return True
        return False

    def begin_result(self, opened: OpenField) -> None:
        instruction = opened.instruction
        kind = read_field(instruction[:2000]).kind
        if is_citation(instruction):
            opened.kind = "citation"
            opened.found = cited_in(instruction, opened.data)
            if opened.found is None:
                opened.kind = ""
                message = "a citation of a program for references that cannot be read"
                self.lose("changed", "citation", f"{message}; what it prints is text now")
        elif is_bibliography(instruction) or kind in _LISTS:
            opened.kind = "list"
            opened.what = {"TOC": "contents", "INDEX": "index", "TOA": "authorities"}.get(
                kind, "references"
            )
        elif kind in _POINTERS and read_field(instruction).arguments:
            opened.kind = "pointer"
        elif kind == "SEQ" and read_field(instruction).arguments:
            opened.kind = "count"
        elif kind == "HYPERLINK":
            opened.kind = "link"
        elif kind in _ENTRIES:
            self.lose("lost", "index-entry", "an entry of an index or a list", instruction.strip())
        elif kind in ("EQ", "SYMBOL", "FORMCHECKBOX", "FORMDROPDOWN"):
            self.lose("lost", "field", f"a field {kind}, drawn by Word", instruction.strip())

    def end_field(self, done: OpenField, look: Format) -> None:
        shown = "".join(map(text_of, done.pieces))
        first = next((p.format for p in done.pieces if isinstance(p, Words)), look)
        match done.kind:
            case "citation":
                assert done.found is not None
                sources, works = done.found
                self.sources |= sources
                self.add(Cited(works, shown, first))
            case "pointer":
                found = read_field(done.instruction)
                kind = found.kind.removeprefix("FOOT")
                self.add(Pointer(kind, found.arguments[0], shown, first))
            case "count":
                name = read_field(done.instruction).arguments[0]
                if r"\h" not in read_field(done.instruction).switches:
                    self.add(Count(name, shown))
            case "list":
                self._leave_out(done.what, shown)
            case _:
                for piece in done.pieces:  # in its instruction
                    self.add(piece)

    def _leave_out(self, what: str, shown: str) -> None:
        names = {
            "contents": "a contents list, which the build makes",
            "references": "the list of references, which the build makes of the .bib file",
        }
        if not shown.strip():
            return
        verdict = "made" if what in names else "lost"
        self.lose(verdict, what, names.get(what, f"a generated list ({what})"), shown)

    @contextmanager
    def control(self, element: Element) -> Iterator[Element | None]:
        """Read what a content control holds; yield its content, None if it is a prompt."""
        properties = element.find(qualified("w:sdtPr"))
        content = element.find(qualified("w:sdtContent"))
        opened = self._control(properties)
        if properties is not None and properties.find(qualified("w:showingPlcHdr")) is not None:
            words = "" if content is None else "".join(content.itertext())
            if opened is None and words.strip():
                self.lose("lost", "prompt", "the prompt of an empty form field", words.strip())
                yield None
                return
        if opened is None:
            yield content
            return
        self.fields.append(opened)
        yield content
        if opened in self.fields:
            del self.fields[self.fields.index(opened) + 1 :]
            self.fields.pop()
            self.end_field(opened, Format())

    def _control(self, properties: Element | None) -> OpenField | None:
        if properties is None:
            return None
        tag = value(properties, "w:tag")
        gallery = next(properties.iter(qualified("w:docPartGallery")), None)
        named = "" if gallery is None else gallery.get(qualified("w:val"), "").casefold()
        if is_citation_tag(tag) and (found := cited_in_tag(tag)):
            return OpenField(result=True, kind="citation", found=found)
        if is_bibliography_tag(tag) or properties.find(qualified("w:bibliography")) is not None:
            return OpenField(result=True, kind="list", what="references")
        if named in _GALLERIES:
            what = "references" if named == "bibliographies" else "contents"
            return OpenField(result=True, kind="list", what=what)
        return None

    def take_sources(self, other: Fields) -> None:
        self.sources |= other.sources
