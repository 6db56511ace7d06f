"""The parts of a Word file from elsewhere, opened with care.

Limits are checked before anything is unpacked; XML with a document type, and macros, are refused.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from msgspec import Struct

from ...archive import BadArchive, open_archive, unpacked

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# Names of “Strict Open XML” → those of files as Word usually writes them (ISO 29500-4).
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


class BadWordFile(Exception):
    """Why a file is not read, as a clause."""


class Relation(Struct, frozen=True):
    kind: str  # the last word of its type: "hyperlink"
    target: str  # the name of a part, or an address
    external: bool


class _Builder(TreeBuilder):
    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise BadWordFile("a document type is declared in it, which Word never does")


class Package:
    """A Word file whose parts are parsed when they are asked for."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = open_archive(content)
        except BadArchive as error:
            raise BadWordFile(str(error)) from error
        names = self._archive.namelist()
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise BadWordFile("it contains macros; save it as .docx without them")
        roots = self.relations("").values()
        self.main = next((r.target for r in roots if r.kind == "officeDocument"), "")

    def names(self) -> list[str]:
        return self._archive.namelist()

    def content(self, name: str) -> bytes:
        """Return the bytes of a part, none if it cannot be read."""
        try:
            return unpacked(self._archive, name)
        except (KeyError, BadArchive):
            return b""

    def hash_of(self, name: str) -> str:
        """Return the SHA-256 of a part, "" if it cannot be read."""
        content = self.content(name)
        return hashlib.sha256(content).hexdigest() if content else ""

    def root(self, name: str) -> Element | None:
        """Return the root element of an XML part, None if there is no such part."""
        try:
            content = unpacked(self._archive, name)
        except KeyError:
            return None
        except BadArchive as error:
            raise BadWordFile(str(error)) from error
        parser = XMLParser(target=_Builder())
        try:
            parser.feed(_STRICT.sub(_TRANSITIONAL, content))
            found: Element = parser.close()
        except (ParseError, ValueError, LookupError) as error:
            raise BadWordFile(f"its part {name} is not XML that can be read") from error
        return found

    def relations(self, source: str) -> dict[str, Relation]:
        """Return what a part relates to, by id (ISO 29500-2, 6.5)."""
        folder, name = posixpath.split(source)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in root.iter(_RELATIONSHIP) if root is not None else ():
            target = relation.get("Target", "")
            external = relation.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = Relation(kind, target, external)
        return found

    def related(self, kind: str) -> Iterator[tuple[str, Element]]:
        """Yield name and root of each part that the document relates to as `kind` ("styles")."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external:
                root = self.root(relation.target)
                if root is not None:
                    yield relation.target, root
