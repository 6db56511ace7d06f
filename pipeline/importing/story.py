"""One story of a Word file, the body or a note, as blocks.

Tracked changes are taken as accepted.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec.structs import replace

from ..ooxml import qualified
from ..readers.docx.runs import said_by, text_in
from .drawings import drawn_in
from .inlines import MATHS, MC, PROPERTIES, Inlines, local
from .paragraphs import OpenParagraph, closed
from .tables import read_table
from .values import Block, Place

_RECTANGLE = "{urn:schemas-microsoft-com:vml}rect"
_IS_RULE = "{urn:schemas-microsoft-com:office:office}hr"


class Story(Inlines):
    """Reads one story."""

    def read(self, element: Element) -> list[Block]:
        """Return the blocks in an element."""
        found: list[Block] = []
        for child in element:
            found += self.block(child)
        return found

    def block(self, child: Element) -> list[Block]:
        name = local(child)
        if name in PROPERTIES:
            return []
        if name == "p":
            return self._paragraph(child)
        if name == "tbl":
            table = read_table(child, self.place(), self.read, self.lose)
            return [table] if table is not None else []
        if name == "sdt":
            with self.control(child) as content:
                return self.read(content) if content is not None else []
        if child.tag == f"{MC}AlternateContent":
            return self.read(child[0]) if len(child) else []
        if name == "altChunk":
            self.lose("lost", "embedded-document", "a document of another format is embedded here")
            return []
        if name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"):
            self.mark(name, child)
            return []
        if child.tag in MATHS:
            return self._paragraph_of([child])
        return self.read(child)

    def _paragraph_of(self, children: list[Element]) -> list[Block]:
        paragraph = Element(qualified("w:p"))
        paragraph.extend(children)
        return self._paragraph(paragraph)

    def _paragraph(self, element: Element) -> list[Block]:
        outer, outer_link = self._open, self._link
        self.around.paragraphs += 1
        properties = element.find(qualified("w:pPr"))
        near = " ".join(text_in(element).split())
        own = OpenParagraph(
            Place(self.around.heading, self.around.paragraphs, near[:60]),
            has_text=any(said_by(each).strip() for each in drawn_in(element)),
        )
        own.bookmarks, self._waiting = self._waiting, []
        own.pieces, self._carried = self._carried, []
        self._open, self._link = own, ""
        for child in element:
            self.inline(child)
        self._open, self._link = outer, outer_link
        marked = properties.find(qualified("w:rPr")) if properties is not None else None
        if marked is not None and marked.find(qualified("w:del")) is not None:
            self._carried, self._waiting = own.pieces, own.bookmarks
            return own.behind
        paragraph = closed(own, properties, self.around)
        if not own.pieces and any(e.get(_IS_RULE) == "t" for e in element.iter(_RECTANGLE)):
            paragraph = replace(paragraph, kind="rule")
        return [paragraph, *own.behind]

    def finished(self) -> list[Block]:
        """Return what is left once all is read: a paragraph whose mark is deleted."""
        if not self._carried:
            return []
        own, self._carried = OpenParagraph(self.place(), self._carried), []
        return [closed(own, None, self.around)]

    def box(self, element: Element) -> list[Block]:
        """Return the blocks of a text box, read apart from the paragraph that it hangs on."""
        story = Story(self.around, self.relations, literal=self._literal)
        blocks = story.read(element)
        self.take_sources(story)
        return [*blocks, *story.finished()]
