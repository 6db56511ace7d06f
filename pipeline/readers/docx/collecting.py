"""What is collected while a story of a Word file is read: words, fields, bookmarks, changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ...ooxml import qualified, read_field
from .package import Relation
from .pieces import Piece
from .runs import said_by
from .values import PLAIN, Atom, Change, Format, Paragraph, visible

_W = qualified("w:p").removesuffix("p")
_RENAMED = re.compile(r"(_B[bc][0-9]+)_Copy_[0-9]+")  # by LibreOffice, in footnotes
_BLOCK, _CITATION = "_Bb", "_Bc"
_LINK = re.compile(
    r'\s*HYPERLINK(?:\s+"(?P<target>[^"]*)")?(?:.*?\\l\s+"(?P<local>[^"]*)")?',
    re.IGNORECASE | re.DOTALL,
)  # LibreOffice divides an address before its `#`, and so does Word
_HOST = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_CONTAINERS = ("TOC", "BIBLIOGRAPHY")


class Field(Struct):
    """An open field (17.16.18)."""

    instruction: str = ""
    result: list[str] | None = None  # None as long as the instruction goes on
    link: str = ""  # of the text round a field that is a link
    citation: str = ""

    @property
    def is_container(self) -> bool:
        """Say whether its result are paragraphs of the text."""
        found = read_field(self.instruction)
        return found.kind in _CONTAINERS or found.arguments[:1] == ("ZOTERO_BIBL",)

    @property
    def is_link(self) -> bool:
        return read_field(self.instruction).kind == "HYPERLINK"


class OpenParagraph(Struct):
    """A paragraph that is being read."""

    style: str
    level: int | None
    cell: tuple[int, ...]
    pieces: list[Piece | Atom] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)  # bookmarks of blocks, where they begin
    ended: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    made: str = ""


class Collector:
    """Collects the pieces of one story, and the words that comments are about."""

    def __init__(
        self,
        relations: Mapping[str, Relation],
        styles: Mapping[str, str],
        hash_of: Callable[[str], str],  # of a part, by its name
        note: str = "",
    ) -> None:
        self._closed: list[tuple[Paragraph, list[str]]] = []  # and bookmarks of blocks in each
        self.commented: dict[str, list[str]] = {}  # words, by id of the comment
        self.comment_places: dict[str, list[str]] = {}  # bookmarks of blocks, by id
        self._relations = relations
        self._hash = hash_of
        self._styles = styles  # our own ids of styles by those of the file
        self._note = note
        self._open: OpenParagraph | None = None
        self._carried: OpenParagraph | None = None  # a paragraph whose mark is deleted
        self._fields: list[Field] = []
        self._bookmarks: dict[str, str] = {}  # open ones: names by id
        self._seen: set[str] = set()  # names of bookmarks of blocks and citations
        self._waiting: list[str] = []  # names of blocks between paragraphs
        self._projections: dict[str, list[str]] = {}
        self._link = ""
        self._cell: tuple[int, ...] = ()
        self._comments: set[str] = set()  # whose words are being read
        self._change: tuple[str, str, str] | None = None

    def _text(self, text: str, look: Format, kind: str = "text") -> None:
        shown = visible(text)
        if self._change:
            self._note_change(*self._change, shown)
        for identity in self._comments:
            self.commented[identity].append(shown)
        captured = next((f for f in reversed(self._fields) if not _is_transparent(f)), None)
        if captured is not None:
            if captured.result is not None:
                captured.result.append(shown)
            return
        self._project(" " if text == "\t" else text)
        if self._open is not None and shown:
            self._open.pieces.append(Piece(shown, look, self._citation, kind))

    def _add(self, atom: Atom) -> None:
        if self._open is not None and all(map(_is_transparent, self._fields)):
            self._open.pieces.append(Atom(atom.kind, atom.text, PLAIN, atom.shown, self._citation))

    def _project(self, text: str) -> None:
        if all(map(_is_transparent, self._fields)):
            for name in self._bookmarks.values():
                if name in self._projections:
                    self._projections[name].append(text)

    def _take_out(self, element: Element, kind: str) -> None:
        author, date = signed(element)
        for child in element.iter():
            if text := visible(said_by(child)):
                self._note_change(kind, author, date, text)
                for identity in self._comments:
                    self.commented[identity].append(text)
            elif child.tag == qualified("w:commentRangeStart"):
                self._comment(child.get(qualified("w:id"), ""), True)
            elif child.tag == qualified("w:commentRangeEnd"):
                self._comment(child.get(qualified("w:id"), ""), False)
            elif child.tag == qualified("w:bookmarkEnd"):
                self._end_bookmark(self._bookmarks.pop(child.get(qualified("w:id"), ""), ""))

    def _note_change(self, kind: str, author: str, date: str, text: str) -> None:
        if self._open is None or not text:
            return
        changes = self._open.changes
        if changes and (changes[-1].kind, changes[-1].author) == (kind, author):
            text = changes.pop().text + text
        changes.append(Change(kind, author, date, text))

    def _comment(self, identity: str, begins: bool) -> None:
        if begins:
            self.commented.setdefault(identity, [])
            self._comments.add(identity)
        else:
            self._comments.discard(identity)
        if self._open is not None:
            places = self.comment_places.setdefault(identity, [])
            places += [name for name in self._open.names if name not in places]

    def _inside_link(self, link: str) -> None:
        self._link = f"{link}/" if _HOST.fullmatch(link) else link  # as LibreOffice writes it
        if link.startswith("#"):
            self._add(Atom("hidden", link[1:]))

    @property
    def _citation(self) -> str:
        return next((n for n in self._bookmarks.values() if n.startswith(_CITATION)), "")

    def _begin_bookmark(self, element: Element) -> None:
        name = element.get(qualified("w:name"), "")
        renamed = _RENAMED.fullmatch(name)
        name = renamed[1] if renamed else name
        if name.startswith((_BLOCK, _CITATION)):
            if name in self._seen:
                return  # a copy: the first one counts
            self._seen.add(name)
        self._bookmarks[element.get(qualified("w:id"), "")] = name
        if not name.startswith(_BLOCK):
            return
        self._projections[name] = []
        if self._open is None:
            self._waiting.append(name)
        else:
            self._open.names[name] = len(self._open.pieces)

    def _end_bookmark(self, name: str) -> None:
        if self._open is not None and name in self._open.names:
            self._open.ended[name] = len(self._open.pieces)

    def _field_boundary(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(Field(citation=self._citation))
        elif kind == "separate" and self._fields and self._fields[-1].result is None:
            found = self._fields[-1]
            found.result = []
            if found.is_link:
                written = _LINK.match(found.instruction)
                target, local = written.groups("") if written else ("", "")
                found.link = self._link
                self._inside_link(f"{target}#{local}" if local else target)
        elif kind == "end" and self._fields:
            self._end_field()

    def _end_field(self) -> None:
        done = self._fields.pop()
        if done.is_link:
            self._link = done.link
            return
        if done.is_container:
            return
        shown = "".join(done.result or ())
        outer = next((f for f in reversed(self._fields) if not _is_transparent(f)), None)
        if outer is not None:
            if outer.result is not None:
                outer.result.append(shown)
            return
        if not shown and done.result:
            return  # what it printed was deleted
        found = read_field(done.instruction)
        named = found.arguments if found.kind == "ADDIN" else found.arguments[:1]
        self._project("{" + " ".join((found.kind, *named)) + "}")
        if self._open is not None:
            self._open.pieces.append(
                Atom("field", _named(done.instruction), PLAIN, shown, done.citation)
            )


def _is_transparent(found: Field) -> bool:
    """Say whether what a field holds belongs to the paragraph: a list, or a link."""
    return found.result is not None and (found.is_container or found.is_link)


def _named(instruction: str) -> str:
    """Return what a field is known by: that of a manager whole, any other without switches."""
    found = read_field(instruction)
    if found.kind in ("ADDIN", "CITATION"):
        return instruction.strip()
    return " ".join((found.kind, *found.arguments[:1]))


def signed(element: Element) -> tuple[str, str]:
    return element.get(qualified("w:author"), ""), element.get(qualified("w:date"), "")
