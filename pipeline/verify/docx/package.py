"""The parts of a Word file, opened with care: a file from elsewhere may be hostile.

Limits are checked before anything is unpacked; XML with a DTD is refused.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from ...archive import BadArchive, open_archive, unpacked
from ..readback import Unreadable
from .contract import qualified, text_in

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class _Builder(TreeBuilder):
    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Unreadable("a document type is declared, which Word never does")


class Package:
    """A Word file whose parts are parsed when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self._parts: dict[str, Element | None] = {}
        try:
            self._archive = open_archive(content)
        except BadArchive as error:
            raise Unreadable(f"it is not a Word file: {error}") from error
        self.main = next(iter(self._targets("", "/officeDocument")), "")
        document = self.part(self.main)
        if document is None:
            raise Unreadable("it is not a Word file: it has no document")
        self.document = document

    @property
    def application(self) -> str:
        """The program that saved the file last, as the file says."""
        root = self.part(next(iter(self._targets("", "/extended-properties")), ""))
        words = (
            (e.text or "" for e in root.iter() if e.tag.endswith("}Application"))
            if root is not None
            else ()
        )
        return next(iter(words), "")

    def related(self, kind: str) -> Iterator[Element]:
        """Yield the root of each part that the document relates to as `kind` ("styles")."""
        for name in self.names(kind):
            root = self.part(name)
            if root is not None:
                yield root

    def part(self, name: str) -> Element | None:
        """Return the root element of an XML part, None if there is no such part."""
        if name not in self._parts:
            self._parts[name] = self._parsed(name)
        return self._parts[name]

    def _parsed(self, name: str) -> Element | None:
        try:
            content = unpacked(self._archive, name)
        except KeyError:
            return None
        except BadArchive as error:
            raise Unreadable(str(error)) from error
        parser = XMLParser(target=_Builder())
        try:
            parser.feed(content)
            root: Element = parser.close()
        except Unreadable as problem:
            raise Unreadable(f"in its part {name} {problem}") from None
        except (ParseError, ValueError, LookupError) as error:
            raise Unreadable(f"its part {name} is not XML that can be read") from error
        return root

    def addresses(self, name: str) -> dict[str, str]:
        """Return the addresses that a part links to, by the id of their relationship."""
        folder, name = posixpath.split(name)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = relations.iter(_RELATIONSHIP) if relations is not None else ()
        return {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in found
            if relation.get("TargetMode") == "External"
        }

    def names(self, kind: str) -> Iterator[str]:
        """Yield the names of the parts that the document relates to as `kind`."""
        return self._targets(self.main, f"/{kind}")

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        """Yield the names of parts that a part relates to (ISO 29500-2, 6.5)."""
        folder, name = posixpath.split(source)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations.iter(_RELATIONSHIP) if relations is not None else ():
            external = relation.get("TargetMode") == "External"
            if relation.get("Type", "").endswith(kind) and not external:
                target = posixpath.join("/", folder, relation.get("Target", ""))
                yield posixpath.normpath(target).lstrip("/")


def margins(package: Package) -> Iterator[str]:
    """Yield the text of headers, footers and boxes."""
    boxes = package.document.iter(qualified("w:txbxContent"))
    for root in (*package.related("header"), *package.related("footer"), *boxes):
        yield text_in(root)
