"""One story of a Word file, the body or a footnote, as paragraphs of atoms.

Tracked changes are taken as accepted, and noted (ECMA-376, part 1, 17.13.5).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec.structs import replace

from ...ooxml import HYPHENS, qualified, read_field
from .collecting import Collector, Field, OpenParagraph, signed
from .pieces import atoms_of
from .runs import format_of, text_in, value
from .values import Atom, Change, Paragraph

_W = qualified("w:p").removesuffix("p")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = qualified("m:oMath")
_SIGNS = str.maketrans("*-", "∗−")
_BACK = "BackReference"  # the style of links back from the reference list
_DRAWN = ("drawing", "pict", "object")
_TAKEN_OUT = {"del": "deleted", "moveFrom": "moved"}
_PUT_IN = {"ins": "inserted", "moveTo": "moved"}
_PROPERTIES = frozenset(("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tcPr", "sdtPr", "sdtEndPr"))
_CHARACTERS = {"tab": "\t", "cr": "\n", **HYPHENS}


class Story(Collector):
    """Reads one story."""

    def read(self, element: Element) -> None:
        for child in element:
            self._read(child)

    def _read(self, child: Element) -> None:
        tag = child.tag
        name = tag.removeprefix(_W) if isinstance(tag, str) else ""
        if name in _PROPERTIES:
            return
        if name in _TAKEN_OUT:
            self._take_out(child, _TAKEN_OUT[name])
        elif name in _PUT_IN:
            before, self._change = self._change, (_PUT_IN[name], *signed(child))
            self.read(child)
            self._change = before
        elif name == "p":
            self._paragraph(child)
        elif name == "r":
            self._run(child)
        elif name == "tbl":
            self._table(child)
        elif name == "hyperlink":
            self._hyperlink(child)
        elif name == "fldSimple":
            self._fields.append(Field(child.get(qualified("w:instr"), ""), []))
            self._fields[-1].citation = self._citation
            self.read(child)
            self._end_field()
        elif name == "bookmarkStart":
            self._begin_bookmark(child)
        elif name == "bookmarkEnd":
            self._end_bookmark(self._bookmarks.pop(child.get(qualified("w:id"), ""), ""))
        elif name in ("commentRangeStart", "commentRangeEnd"):
            self._comment(child.get(qualified("w:id"), ""), name == "commentRangeStart")
        elif tag == _MATHS:
            said = "".join("".join(t.text or "" for t in child.iter(qualified("m:t"))).split())
            said = said.translate(_SIGNS)  # LibreOffice sets these
            self._add(Atom("maths", said))
            self._project("{MATH}")
        elif tag == f"{_MC}AlternateContent":
            if len(child):
                self.read(child[0])
        else:
            self.read(child)

    def _paragraph(self, element: Element) -> None:
        outer = self._open
        properties = element.find(qualified("w:pPr"))
        written = value(properties, "w:pStyle")
        style = self._styles.get(written, written)
        carried, self._carried = self._carried, None
        own = OpenParagraph(style, level_of(properties, style), self._cell)
        if carried is not None:
            own.pieces, own.names, own.changes = carried.pieces, carried.names, carried.changes
            own.ended = carried.ended
        for name in self._waiting:
            own.names[name] = len(own.pieces)
        self._waiting = []
        own.made = self._made(style)
        self._open = own
        self.read(element)
        for name in self._bookmarks.values():
            if name in self._projections:
                self._projections[name].append("¶")  # no block has more than one paragraph
        marked = properties.find(qualified("w:rPr")) if properties is not None else None
        deleted = marked.find(qualified("w:del")) if marked is not None else None
        if deleted is not None:
            own.changes.append(Change("deleted", *signed(deleted), "¶"))
            self._carried = own
        else:
            self._close(own)
        self._open = outer

    def _made(self, style: str) -> str:
        if style.startswith("TOC") or any(
            read_field(f.instruction).kind == "TOC" for f in self._fields
        ):
            return "contents"
        return "references" if style == "Bibliography" else ""

    def _close(self, own: OpenParagraph) -> None:
        atoms, offsets = atoms_of(own.pieces)
        names = [
            name
            for name, start in own.names.items()
            if not atoms or offsets[start] < offsets[own.ended.get(name, len(own.pieces))]
        ]
        found = Paragraph(own.style, atoms, tuple(names), own.level, own.cell, self._note, own.made)
        self._closed.append((replace(found, changes=tuple(own.changes)), list(own.names)))

    def finished(self) -> list[Paragraph]:
        """Return the paragraphs; call it once all is read."""
        if self._carried is not None:
            self._close(self._carried)
            self._carried = None
        said = {name: " ".join("".join(p).split()) for name, p in self._projections.items()}
        return [
            replace(found, projections={name: said[name] for name in names})
            for found, names in self._closed
        ]

    def _table(self, element: Element) -> None:
        outer = self._cell
        row = 0
        for child in element:
            if child.tag != qualified("w:tr"):
                self._read(child)
                continue
            properties = child.find(qualified("w:trPr"))
            if properties is not None and properties.find(qualified("w:del")) is not None:
                continue
            for column, cell in enumerate(child.iter(qualified("w:tc"))):
                self._cell = (*outer, row, column)
                self.read(cell)
            row += 1
        self._cell = outer

    def _run(self, run: Element) -> None:
        properties = run.find(qualified("w:rPr"))
        look = format_of(properties, self._link)
        style = value(properties, "w:rStyle")
        kind = "back" if self._styles.get(style, style) == _BACK else "text"
        for child in run:
            tag = child.tag
            name = tag.removeprefix(_W) if isinstance(tag, str) else ""
            if name == "t":
                self._text(child.text or "", look, kind)
            elif name == "fldChar":
                self._field_boundary(child.get(qualified("w:fldCharType"), ""))
            elif name == "instrText":
                if self._fields and self._fields[-1].result is None:
                    self._fields[-1].instruction += child.text or ""
            elif name == "br" and child.get(qualified("w:type"), "textWrapping") == "textWrapping":
                self._project(" ")
                self._add(Atom("break", "\n"))
            elif name == "footnoteReference":
                self._add(Atom("call", child.get(qualified("w:id"), "")))
            elif name == "endnoteReference":
                self._add(Atom("call", "endnote"))
            elif name in _DRAWN:
                self._drawn(child)
            elif tag == f"{_MC}AlternateContent" and len(child):
                drawn = [d for d in child[0] if d.tag.removeprefix(_W) in _DRAWN]
                self._drawn(drawn[0] if drawn else child)
            elif name == "sym":
                self._text("\N{REPLACEMENT CHARACTER}", look)
            elif text := _CHARACTERS.get(name, ""):
                self._text(text, look)

    def _drawn(self, element: Element) -> None:
        properties = next(element.iter(qualified("wp:docPr")), None)
        said = properties.get("descr", "") if properties is not None else ""
        boxed = text_in(element)
        blips = (*element.iter(qualified("a:blip")), *element.iter(qualified("asvg:svgBlip")))
        files = [self._relations.get(blip.get(qualified("r:embed"), "")) for blip in blips]
        hashes = [self._hash(file.target) for file in files if file and not file.external]
        self._add(Atom("image", " ".join((boxed or said).split()), shown=" ".join(hashes)))

    def _hyperlink(self, element: Element) -> None:
        relation = self._relations.get(element.get(qualified("r:id"), ""))
        bookmark = element.get(qualified("w:anchor"), "")
        target = relation.target if relation else ""
        self._inside_link(f"{target}#{bookmark}" if bookmark else target)
        self.read(element)
        self._link = ""


def level_of(properties: Element | None, style: str) -> int | None:
    numbered = properties.find(qualified("w:numPr")) if properties is not None else None
    if numbered is None or style.startswith("Heading"):
        return None
    if value(numbered, "w:numId") in ("", "0"):
        return None
    level = value(numbered, "w:ilvl") or "0"
    return int(level) if level.isascii() and level.isdigit() and len(level) < 3 else 0
