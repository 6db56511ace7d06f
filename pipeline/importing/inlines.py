"""What stands in a paragraph of a Word file, as pieces."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ..ooxml import HYPHENS, qualified
from ..readers.docx import Format
from ..readers.docx.package import Relation
from ..readers.docx.runs import text_in
from ..text import without_controls
from .drawings import TEXT_BOX, drawn_in, read_drawing
from .fields import Fields, OpenField
from .maths import signs_in, tex_of
from .paragraphs import Around, OpenParagraph
from .symbols import symbol
from .values import (
    Block,
    Break,
    Call,
    Formula,
    Loss,
    Paragraph,
    Piece,
    Place,
    Words,
)

W = qualified("w:p").removesuffix("p")
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = (qualified("m:oMath"), qualified("m:oMathPara"))
PROPERTIES = frozenset(
    ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "tcPr", "trPr", "sdtPr", "sdtEndPr")
)
_TAKEN_OUT = {"del": "deleted", "moveFrom": "moved away"}
_PUT_IN = {"ins": "inserted", "moveTo": "moved here"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", **HYPHENS}
_DRAWN = ("drawing", "pict", "object")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Inlines(Fields):
    """Reads what is in paragraphs. With `literal`, fields are text: for fields that never end."""

    def __init__(
        self, around: Around, relations: Mapping[str, Relation], *, literal: bool = False
    ) -> None:
        super().__init__()
        self.around = around
        self.relations = relations
        self._literal = literal
        self._link = ""
        self._waiting: list[str] = []  # bookmarks between paragraphs
        self._carried: list[Piece] = []  # of a paragraph whose mark is deleted
        self._comments: set[str] = set()
        self._marks: dict[str, str] = {}  # open bookmarks by id
        self._open: OpenParagraph | None = None

    def place(self) -> Place:
        if self._open is not None:
            return self._open.place
        return Place(self.around.heading, self.around.paragraphs)

    def lose(self, verdict: str, kind: str, message: str, text: str = "") -> None:
        self.around.lose(Loss(verdict, kind, message, self.place(), text))  # type: ignore[arg-type]

    @abstractmethod
    def block(self, child: Element) -> list[Block]:
        """Return what stands between paragraphs as blocks."""

    @abstractmethod
    def box(self, element: Element) -> list[Block]:
        """Return the blocks of a text box."""

    def inline(self, child: Element) -> None:
        name = local(child)
        if name in PROPERTIES:
            return
        if name in _TAKEN_OUT:
            self._taken_out(child, _TAKEN_OUT[name])
        elif name in _PUT_IN:
            said = text_in(child)
            if said.strip():
                self.lose(
                    "changed",
                    "tracked-change",
                    f"{_PUT_IN[name]} by {_author(child)}; the change is taken as accepted",
                    said,
                )
            for each in child:
                self.inline(each)
        elif name == "r":
            self._run(child)
        elif name == "hyperlink":
            self._hyperlink(child)
        elif name == "fldSimple":
            self._simple_field(child)
        elif name == "sdt":
            with self.control(child) as content:
                for each in content if content is not None else ():
                    self.inline(each)
        elif name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
            self.mark(name, child)
        elif child.tag in MATHS:
            self._formula(child)
        elif child.tag == f"{MC}AlternateContent":
            for each in child[0] if len(child) else ():
                self.inline(each)
        elif name in ("p", "tbl"):
            if self._open is not None:
                self._open.behind += self.block(child)
        else:
            for each in child:
                self.inline(each)

    def mark(self, name: str, child: Element) -> None:
        identity = child.get(qualified("w:id"), "")
        if name == "bookmarkStart":
            bookmark = child.get(qualified("w:name"), "")
            self._marks[identity] = bookmark
            (self._waiting if self._open is None else self._open.bookmarks).append(bookmark)
        elif name == "bookmarkEnd":
            self._marks.pop(identity, None)
        elif name == "commentRangeStart":
            self._comments.add(identity)
            self.around.commented.setdefault(identity, (self.place(), []))
        elif name == "commentRangeEnd":
            self._comments.discard(identity)

    def _taken_out(self, element: Element, how: str) -> None:
        said = text_in(element, deleted=True)
        if said.strip():
            message = f"{how} by {_author(element)}; the change is taken as accepted"
            verdict = "changed" if how == "moved away" else "lost"
            self.lose(verdict, "tracked-change", message, said)

    def add(self, piece: Piece) -> None:
        """Add a piece to the paragraph, or to the field that captures it."""
        for identity in self._comments:
            if isinstance(piece, Words):
                self.around.commented[identity][1].append(piece.text)
        if self.capture(piece):
            return
        if self._open is not None:
            self._open.pieces.append(piece)

    def _text(self, text: str, look: Format) -> None:
        text = without_controls(text).replace("\t", " ").replace("\n", " ").replace("\r", " ")
        if text:
            self.add(Words(text, look))

    def _run(self, run: Element) -> None:
        properties = run.find(qualified("w:rPr"))
        if self.around.styles.hides(properties):
            said = text_in(run)
            if said.strip() and not self.is_left_out:
                self.lose("lost", "hidden-text", "hidden text", said)
                return
        look = self.around.styles.format(properties, self._link)
        for child in run:
            self._in_run(child, look)

    def _in_run(self, child: Element, look: Format) -> None:
        name = local(child)
        if name == "t":
            self._text(child.text or "", look)
        elif name == "fldChar":
            self._boundary(child)
        elif name == "instrText":
            self.instruct(child.text or "")
        elif name in ("br", "cr"):  # the words before the end of a page end their line, too
            self.add(Break())
        elif name in _NOTES:
            note = f"{_NOTES[name]} {child.get(qualified('w:id'), '')}"
            self.around.note_calls |= dict.fromkeys(self._marks.values(), note)
            self.add(Call(note))
        elif name in _DRAWN:
            self._drawn(child)
        elif child.tag == f"{MC}AlternateContent":
            for each in child[0] if len(child) else ():
                self._in_run(each, look)
        elif name == "sym":
            font = child.get(qualified("w:font"), "")
            found = symbol(font, child.get(qualified("w:char"), ""))
            if not found:
                self.lose("lost", "symbol", f"a sign of the font {font}, which has no Unicode")
            self._text(found or "\N{REPLACEMENT CHARACTER}", look)
        elif name == "ruby":
            base = child.find(qualified("w:rubyBase"))
            above = child.find(qualified("w:rt"))
            for each in base if base is not None else ():
                self.inline(each)
            said = text_in(above) if above is not None else ""
            if said:
                self._text(f" ({said})", look)
        elif text := _CHARACTERS.get(name, ""):
            self._text(text, look)

    def _drawn(self, element: Element) -> None:
        words = self.around.text_of_part
        own = self._open
        floats = element.find(qualified("wp:anchor")) is not None and not self.fields
        for picture in read_drawing(element, self.relations, words, self.lose):
            if floats and own is not None and own.has_text:
                own.behind.append(Paragraph("text", (picture,), place=own.place))
            else:
                self.add(picture)
        for box in (each for each in drawn_in(element) if each.tag == TEXT_BOX):
            blocks = self.box(box)
            if self._open is not None and any(_says(block) for block in blocks):
                self.lose(
                    "changed", "text-box", "a text box, whose text stands behind the paragraph now"
                )
                self._open.behind += blocks

    def _hyperlink(self, element: Element) -> None:
        relation = self.relations.get(element.get(qualified("r:id"), ""))
        bookmark = element.get(qualified("w:anchor"), "")
        target = relation.target if relation else ""
        outer, self._link = self._link, f"{target}#{bookmark}" if bookmark else target
        for child in element:
            self.inline(child)
        self._link = outer

    def _formula(self, element: Element) -> None:
        display = element.tag == MATHS[1]
        parts = list(element.iter(MATHS[0])) if display else [element]
        for part in parts:
            tex = tex_of(part, display)
            signs = signs_in(part)
            if tex:
                self.add(Formula(tex, display))
            elif signs.strip():
                message = "a formula that is not simple enough; its signs stand in the text"
                self.lose("changed", "formula", message, signs)
                self._text(signs, Format(link=self._link))

    def _simple_field(self, element: Element) -> None:
        opened = OpenField(element.get(qualified("w:instr"), ""), result=True)
        self.fields.append(opened)
        self._separate(opened)
        for child in element:
            self.inline(child)
        self._end()

    def _boundary(self, element: Element) -> None:
        kind = element.get(qualified("w:fldCharType"), "")
        if self._literal:
            return
        if kind == "begin":
            data = element.findtext(qualified("w:fldData"), "")
            self.fields.append(OpenField(data=data))
        elif kind == "separate" and self.fields and not self.fields[-1].result:
            self.fields[-1].result = True
            self._separate(self.fields[-1])
        elif kind == "end" and self.fields:
            if not self.fields[-1].result:
                self.fields[-1].result = True
                self._separate(self.fields[-1])
            self._end()

    def _separate(self, opened: OpenField) -> None:
        self.begin_result(opened)
        if opened.is_link:
            opened.outer_link, self._link = self._link, opened.target

    def _end(self) -> None:
        done = self.fields.pop()
        if done.is_link:
            self._link = done.outer_link
        self.end_field(done, Format(link=self._link))


def local(element: Element) -> str:
    return element.tag.removeprefix(W) if isinstance(element.tag, str) else ""


def _author(element: Element) -> str:
    return element.get(qualified("w:author"), "") or "somebody"


def _says(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.pieces)
