"""The numbers of a Word file, by fields and the bookmarks they point to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..ooxml import qualified, read_field
from .docx_managed import is_container, mark_pieces
from .docx_map import anchors_of
from .docx_numbers import HeadingNumbers
from .docx_package import Package
from .docx_pieces import (
    Paragraph,
    Piece,
    listed,
    number_label,
    numbers,
    range_piece,
)
from .printed import Printed, PrintedEntry, PrintedNumber, Unreadable, spliced
from .texts import label_number, leading_number, squeezed

_CITATION = "_Bc"  # begins the names of the bookmarks round citations
_BACK_REFERENCE = "Back Reference"  # the character style of links back from the reference list
_W = qualified("w:p").removesuffix("p")
_T = qualified("w:t")
_HIDDEN, _STYLE, _VALUE = (qualified(f"w:{name}") for name in ("vanish", "rStyle", "val"))
# What is not printed: taken out by a reviewer, or said again for programs that know less.
_SKIPPED = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "sdtPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}


def read_docx(content: bytes) -> Printed:
    """Return what a Word file bears. Raises `Unreadable`."""
    package = Package(content)
    styles = next(package.related("styles"), None)
    numbering = next(package.related("numbering"), None)
    notes = next(package.related("footnotes"), None)
    story = _Story(anchors_of(package), HeadingNumbers(styles, numbering), notes)
    try:
        story.read(package.document)
    except RecursionError:
        raise Unreadable("its parts are nested without end") from None
    return story.printed()


class _Field(Struct):
    """An open field (17.16.18)."""

    instruction: str = ""
    result: str | None = None  # None as long as the instruction goes on


class _Story:
    """Reads the body and its footnotes from the first element to the last."""

    def __init__(
        self, anchors: dict[str, str], headings: HeadingNumbers, notes: Element | None
    ) -> None:
        self._anchors = anchors
        self._headings = headings
        self._notes = {
            note.get(qualified("w:id")): note
            for note in (notes.iter(qualified("w:footnote")) if notes is not None else ())
        }
        self._body: list[PrintedNumber | None] = []
        self._sequence = self._body
        self._footnotes: dict[str, list[PrintedNumber | None]] = {}
        self._footnote: tuple[str, str] = ("", "")  # anchor and number of the one being read
        self._calls: list[PrintedNumber] = []
        self._entries: list[PrintedEntry] = []
        self._repeated: list[PrintedNumber] = []
        self._paragraph = Paragraph()
        self._fields: list[_Field] = []
        self._open: dict[str, str] = {}  # bookmarks by id
        self._seen: set[str] = set()  # anchors of all bookmarks
        self._just_closed = ""  # the bookmark of a footnote's call, until something follows
        self._readers: dict[str, Callable[[Element], None]] = {
            f"{_W}p": self._read_paragraph,
            f"{_W}r": self._read_run,
            f"{_W}hyperlink": self._read_link,
            f"{_W}fldSimple": self._read_simple_field,
            f"{_W}bookmarkStart": self._begin_bookmark,
            f"{_W}bookmarkEnd": self._end_bookmark,
        }

    def printed(self) -> Printed:
        return Printed(
            tuple(self._in_order()),
            tuple(self._entries),
            tuple(self._repeated),
            frozenset(self._seen),
        )

    def _in_order(self) -> Iterator[PrintedNumber]:
        """Yield the numbers in reading order.

        Word has no footnotes in footnotes: a writer repeats the number there and calls the inner
        footnote after the outer one. It has been read then, and the call says it once more.
        """
        calls = {id(call) for call in self._calls}
        seen: set[str] = set()
        for number in spliced(self._body, self._footnotes):
            if id(number) not in calls or number.anchor not in seen:
                yield number
            seen.add(number.anchor)

    # Elements ----------------------------------------------------------------------------------

    def read(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag not in _SKIPPED:
                self._readers.get(tag, self.read)(child)

    def _read_paragraph(self, element: Element) -> None:
        outer, self._paragraph = self._paragraph, Paragraph()
        self._paragraph.label = self._headings.next(element)
        self.read(element)
        self._finish(self._paragraph)
        self._paragraph = outer

    def _read_run(self, run: Element) -> None:
        for child in run:
            tag = child.tag
            if tag == _T:
                self._text(child.text or "")
                continue
            match tag.removeprefix(_W):
                case "rPr":  # the first, if there is one (17.3.2.1)
                    if self._is_hidden(child):
                        return
                case "fldChar":
                    self._field_character(child.get(qualified("w:fldCharType"), ""))
                case "instrText" if self._fields and self._fields[-1].result is None:
                    self._fields[-1].instruction += child.text or ""
                case "footnoteReference":
                    self._read_call(child)
                case "footnoteRef" if self._footnote[0]:
                    self._add("number", *self._footnote)
                case "AlternateContent" | "pict" | "drawing" | "object":
                    self.read(child)
                case _:
                    self._text(_CHARACTERS.get(tag, ""))

    def _is_hidden(self, properties: Element) -> bool:
        """Say whether a run is hidden by its properties; note it if it leads back."""
        for child in properties:
            if child.tag == _HIDDEN and child.get(_VALUE, "1") not in ("0", "false"):
                return True
            if child.tag == _STYLE and (
                self._headings.style_name(child.get(_VALUE, "")) == _BACK_REFERENCE
            ):
                self._add("back")
        return False

    def _read_call(self, element: Element) -> None:
        """Read a footnote where it is called. Word numbers footnotes by their calls (17.11)."""
        identity = element.get(qualified("w:id"))
        # LibreOffice ends the bookmark of a call right before the call.
        around = (self._just_closed, *self._open.values())
        found = (self._anchor(name) for name in around if name[:1] != "_")
        anchor = next((name for name in found if name.startswith("fn-")), f"fn-{identity}")
        number = str(len(self._calls) + 1)
        self._calls.append(PrintedNumber(anchor, number, "", number, ""))
        self._add("call", anchor, number)
        note = self._notes.pop(identity, None)
        if note is not None:
            outer = (self._sequence, self._footnote, self._fields)
            self._sequence = self._footnotes.setdefault(anchor, [])
            self._footnote, self._fields = (anchor, number), []
            self.read(note)
            self._sequence, self._footnote, self._fields = outer

    def _read_link(self, element: Element) -> None:
        target = element.get(qualified("w:anchor"), "")
        anchor = self._anchor(target)
        pieces = self._paragraph.pieces
        start = len(pieces)
        self.read(element)
        text = "".join(piece.text for piece in pieces[start:])
        if self._in_contents:
            self._repeated.append(leading_number(anchor, text))
        elif target.startswith(_CITATION):
            self._repeated.append(label_number(anchor, text))
            pieces.insert(start, Piece("back"))
        elif anchor.startswith("ref-"):
            range_piece(pieces, start, anchor)

    # Bookmarks and fields ----------------------------------------------------------------------

    def _begin_bookmark(self, element: Element) -> None:
        name = element.get(qualified("w:name"), "")
        self._open[element.get(qualified("w:id"), "")] = name
        self._paragraph.bookmarks.append(name)
        if self._anchor(name).startswith("ref-"):
            self._paragraph.label_at = len(self._paragraph.pieces)
            self._paragraph.label_of = self._anchor(name)
        self._seen.add(self._anchor(name))
        if name.startswith(_CITATION):
            self._add("edge")

    def _end_bookmark(self, element: Element) -> None:
        name = self._open.pop(element.get(qualified("w:id"), ""), "")
        if name.startswith(_CITATION):
            self._add("edge")
        elif self._anchor(name).startswith("fn-"):
            self._just_closed = name

    def _anchor(self, bookmark: str) -> str:
        """Return what a bookmark stands for; without a source map its name must say it."""
        return self._anchors.get(bookmark) or bookmark.replace("_", "-")

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = ""
        elif kind == "end" and self._fields:
            self._end_field()

    def _read_simple_field(self, element: Element) -> None:
        self._fields.append(_Field(element.get(qualified("w:instr"), ""), ""))
        self.read(element)
        self._end_field()

    def _end_field(self) -> None:
        done = self._fields.pop()
        found, result = read_field(done.instruction), squeezed(done.result or "")
        number = result.rstrip(".")
        bookmark = found.arguments[0] if found.arguments else ""
        match "" if self._in_contents else found.kind:
            case "REF" if self._anchor(bookmark).startswith("ref-"):
                self._add("mark", self._anchor(bookmark), number)
            case "REF" | "NOTEREF":
                self._add("number", self._anchor(bookmark), number)
            case "SEQ":
                names = [name for name in self._open.values() if name[:1] != "_"]
                anchor = self._anchor(names[-1]) if names else ""
                if anchor:
                    self._add("entry" if anchor.startswith("ref-") else "number", anchor, number)
            case "CITATION" | "ADDIN" if not is_container(done.instruction):
                self._paragraph.pieces += mark_pieces(
                    done.instruction, done.result or "", self._anchors
                )
            case "TOC" | "BIBLIOGRAPHY" | "ADDIN":
                pass
            case _:
                self._text(done.result or "")

    @property
    def _in_contents(self) -> bool:
        return any(read_field(found.instruction).kind == "TOC" for found in self._fields)

    def _text(self, text: str) -> None:
        """Take text: as part of a field's result, of nothing while an instruction goes on, or of
        the paragraph."""
        if not text:
            return
        inner = self._fields[-1] if self._fields else None
        if inner is None or is_container(inner.instruction):
            self._add("text", "", text)
        elif inner.result is not None:
            inner.result += text

    def _add(self, kind: str, anchor: str = "", text: str = "") -> None:
        self._paragraph.pieces.append(Piece(kind, anchor, text))
        self._just_closed = "" if kind != "edge" else self._just_closed

    # Paragraphs --------------------------------------------------------------------------------

    def _finish(self, paragraph: Paragraph) -> None:
        if paragraph.label:
            names = [name for name in paragraph.bookmarks if name[:1] != "_"]
            number = paragraph.label.rstrip(".")
            anchor = self._anchor(names[0]) if names else ""
            self._sequence.append(PrintedNumber(anchor, number, "", number, ""))
        if paragraph.label_of:
            number_label(paragraph.pieces, paragraph.label_of, paragraph.label_at)
        kinds = [piece.kind for piece in paragraph.pieces]
        if "entry" in kinds:
            self._entries.append(listed(paragraph.pieces))
        else:
            self._sequence += numbers(paragraph.pieces, self._calls)
