"""Read a Word file from elsewhere. In: its bytes. Out: a `Document`. Raises `BadWordFile`."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..ooxml import qualified
from ..readers.docx.package import BadWordFile, Package
from ..readers.docx.runs import text_in
from .numbering import Numbering
from .paragraphs import Around
from .story import Story
from .styles import Styles
from .values import Block, Document, Loss, Place, Source
from .word_sources import sources_in

_PROPERTIES = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
    "{http://purl.org/dc/elements/1.1/}language": "language",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": "keywords",
    "{http://purl.org/dc/terms/}modified": "modified",
}
_DRAWN_TEXT = (qualified("a:t"), qualified("c:v"))
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_FIELD = re.compile(r"^\s*(?:PAGE|NUMPAGES|\d+)?\s*$")


def read_document(content: bytes) -> Document:
    """Return what a Word file says, and what of it was lost on the way."""
    package = Package(content)
    body = package.root(package.main)
    if body is None or not package.main:
        raise BadWordFile("it is not a Word file: it has no document")
    if body.tag != qualified("w:document"):
        raise BadWordFile("it is not a Word file: its main part is of another kind")
    for literal in (False, True):
        found = _Reading(package, literal).document(body)
        if found is not None:
            return found
    raise BadWordFile("its fields cannot be followed")


class _Reading:
    def __init__(self, package: Package, literal: bool) -> None:
        self.package = package
        self.literal = literal
        styles = Styles(root for _, root in package.related("styles"))
        numbering = Numbering(root for _, root in package.related("numbering"))
        self.around = Around(styles, numbering, self._words)
        self.sources: dict[str, Source] = {}
        self.ended = True

    def document(self, body: Element) -> Document | None:
        """Return the document; None if a field in it never ends, and fields are not text."""
        blocks = self._story(self.package.main, body)
        notes: dict[str, tuple[Block, ...]] = {}
        for kind in ("footnote", "endnote"):
            for name, root in self.package.related(f"{kind}s"):
                for note in root.iter(qualified(f"w:{kind}")):
                    if note.get(qualified("w:type"), "") not in _SEPARATORS:
                        self.around.heading = f"{kind} {note.get(qualified('w:id'), '')}"
                        said = tuple(self._story(name, note))
                        notes[f"{kind} {note.get(qualified('w:id'), '')}"] = said
        if not self.ended:
            return None
        self._say_margins()
        self._say_comments()
        for _, root in self.package.related("customXml"):
            self.sources |= sources_in(root)
        media = {
            name: self.package.content(name)
            for name in self.package.names()
            if not name.endswith((".xml", ".rels")) and "/media/" in f"/{name}"
        }
        return Document(
            tuple(blocks),
            notes,
            self.sources,
            media,
            self.around.note_calls,
            self._properties(),
            self.around.styles.lang,
            tuple(self.around.losses),
        )

    def _story(self, name: str, element: Element) -> list[Block]:
        story = Story(self.around, self.package.relations(name), literal=self.literal)
        blocks = story.read(element)
        self.ended = self.ended and not story.fields
        self.sources |= story.sources
        return [*blocks, *story.finished()]

    def _words(self, name: str) -> str:
        """Return the words of a chart or a diagram."""
        root = self.package.root(name)
        said = (
            (e.text or "" for e in root.iter() if e.tag in _DRAWN_TEXT) if root is not None else ()
        )
        return " ".join(filter(None, map(str.strip, said)))

    def _say_margins(self) -> None:
        """Report the words of headers and footers, each once."""
        seen: set[str] = set()
        for kind in ("header", "footer"):
            for _, root in self.package.related(kind):
                lines = (text_in(p) for p in root.iter(qualified("w:p")))
                text = " / ".join(" ".join(line.split()) for line in lines if line.strip())
                if not _FIELD.match(text) and text not in seen:
                    seen.add(text)
                    message = f"the {kind} of the pages, which the house style prints"
                    self.around.lose(Loss("lost", kind, message, Place(), text))

    def _say_comments(self) -> None:
        for _, root in self.package.related("comments"):
            for comment in root.iter(qualified("w:comment")):
                identity = comment.get(qualified("w:id"), "")
                place, words = self.around.commented.get(identity, (Place(), []))
                said = " ".join(text_in(comment).split())
                author = comment.get(qualified("w:author"), "") or "somebody"
                about = " ".join("".join(words).split())
                message = f"a comment of {author}" + (f" on “{about}”" if about else "")
                self.around.lose(Loss("lost", "comment", message, place, said))

    def _properties(self) -> dict[str, str]:
        found = {}
        for relation in self.package.relations("").values():
            if relation.kind == "core-properties":
                root = self.package.root(relation.target)
                for element in root.iter() if root is not None else ():
                    if (name := _PROPERTIES.get(str(element.tag))) and element.text:
                        found[name] = " ".join(element.text.split())
        return found
