"""A Word file as parts that can be changed; one from elsewhere is opened with care.

Limits are held before anything is unpacked. What could run, or declares entities, is refused.
"""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree
from msgspec import Struct, field

from ....archive import BadArchive, open_archive, unpacked
from ....ooxml import NAMESPACES

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAINS = (MAIN, MAIN.replace("document.main", "template.main"))  # .docx, .dotx
_ACTIVE = ("vbaproject", "macroenabled", "vbadata", "activex", "oleobject")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class BadReference(Exception):
    """Why a file cannot be the reference docx."""


class Parts(Struct):
    """The parts of one file by name, without the leading slash; content types by part name."""

    contents: dict[str, bytes]
    types: dict[str, str] = field(default_factory=dict)
    _trees: dict[str, Any] = field(default_factory=dict)

    @property
    def main(self) -> str:
        return next(self.targets("", "officeDocument"), "")

    def tree(self, name: str) -> Any:
        """Return the root of an XML part; what is changed in it is saved."""
        if name not in self._trees:
            self._trees[name] = parsed(self.contents[name], name)
        return self._trees[name]

    def content(self, name: str) -> bytes:
        root = self._trees.get(name)
        return self.contents[name] if root is None else etree.tostring(root, encoding="UTF-8")

    def put(self, name: str, content: bytes, content_type: str) -> None:
        self.contents[name] = content
        self.types[name] = content_type

    def replace(self, name: str, root: Any) -> None:
        self._trees[name] = root

    def drop(self, name: str) -> None:
        for found in (name, relations_name(name)):
            self.contents.pop(found, None)
            self._trees.pop(found, None)
        self.types.pop(name, None)

    # Relationships (ISO 29500-2, 6.5) ----------------------------------------------------------

    def relations(self, source: str) -> Any:
        """Return the root of the relationships of a part ("" for those of the file)."""
        name = relations_name(source)
        if name not in self.contents and name not in self._trees:
            self.contents[name] = b""
            prefixes: Any = {None: _RELATIONS}
            root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=prefixes)
            self._trees[name] = root
        return self.tree(name)

    def relate(self, source: str, identity: str, kind: str, target: str, mode: str = "") -> None:
        """Add a relationship; `kind` is its whole type, `target` a part name or a URL."""
        attributes = {"Id": identity, "Type": kind, "Target": target if mode else f"/{target}"}
        if mode:
            attributes["TargetMode"] = mode
        etree.SubElement(self.relations(source), f"{{{_RELATIONS}}}Relationship", attributes)

    def targets(self, source: str, kind: str) -> Any:
        """Yield the names of the parts that a part relates to as `kind` ("styles")."""
        for relation in self.relations(source):
            if relation.get("Type", "").endswith(f"/{kind}") and not is_external(relation):
                name = resolved(source, relation)
                if name in self.contents:
                    yield name

    def target(self, source: str, kind: str) -> str:
        return next(self.targets(source, kind), "")

    def members(self) -> list[tuple[str, bytes]]:
        """Return what the ZIP file holds, content types first, each part once."""
        for name, root in self._trees.items():
            self.contents[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{found}"/>'
            for name, found in self.types.items()
            if name in self.contents
        )
        types = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Types xmlns="{_TYPES[1:-1]}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        )
        return [("[Content_Types].xml", types.encode("utf-8")), *self.contents.items()]


def relations_name(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(source: str, relation: Any) -> str:
    """Return the part name that a relationship of a part leads to."""
    folder = posixpath.dirname(source)
    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")


def is_external(relation: Any) -> bool:
    mode: str | None = relation.get("TargetMode")
    return mode == "External"


def relation_kind(name: str) -> str:
    return f"{_OFFICE}{name}"


def as_number(text: str | None) -> int:
    """Return an id as a number; 0 for what is none."""
    try:
        return int(text or "0")
    except ValueError:
        return 0


def parsed(content: bytes, name: str) -> Any:
    """Return the root of XML from elsewhere. Raises `BadReference`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadReference(f"its part {name} is not XML that can be read") from error
    if root.getroottree().docinfo.doctype:
        raise BadReference(f"its part {name} declares a document type, which Word never does")
    return root


def opened(content: bytes) -> Parts:
    """Return the parts of a Word file from elsewhere. Raises `BadReference`."""
    try:
        with open_archive(content) as archive:
            names = archive.namelist()
            _check(names)
            contents = {name: unpacked(archive, name) for name in names if not name.endswith("/")}
    except BadArchive as error:
        raise BadReference(f"it is not a Word file: {error}") from error
    if "[Content_Types].xml" not in contents:
        raise BadReference("it is not a Word file: it does not say what its parts are")
    types = parsed(contents.pop("[Content_Types].xml"), "[Content_Types].xml")
    parts = Parts(contents, _types_by_name(types, contents))
    for name in contents:
        if any(word in f"{name} {parts.types.get(name, '')}".lower() for word in _ACTIVE):
            raise BadReference(f"its part {name} can run: save it as .docx or .dotx without macros")
    for name, found in contents.items():
        if name.endswith((".xml", ".rels")) or parts.types.get(name, "").endswith("+xml"):
            parsed(found, name)  # every part is passed on, so none may declare entities
    _check_main(parts)
    return parts


def _check(names: list[str]) -> None:
    if len(set(names)) < len(names) or any(
        name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names
    ):
        raise BadReference("it has parts with the same name, or outside itself")


def _types_by_name(types: Any, contents: dict[str, bytes]) -> dict[str, str]:
    """Return the content type of each part (ISO 29500-2, 6.2.3): by name, else by ending."""
    by_ending = {
        element.get("Extension", "").lower(): element.get("ContentType", "")
        for element in types.iter(f"{_TYPES}Default")
    }
    by_name = {
        element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "")
        for element in types.iter(f"{_TYPES}Override")
    }
    found = {}
    for name in contents:
        ending = posixpath.splitext(name)[1].lstrip(".").lower()
        content_type = by_name.get(name.lower()) or by_ending.get(ending)
        if content_type and ending != "rels":
            found[name] = content_type
    return found


def _check_main(parts: Parts) -> None:
    main = parts.main
    if not main or parts.types.get(main) not in _MAINS:
        raise BadReference("it is not a Word document or template (.docx, .dotx)")
    root = parts.tree(main)
    if root.tag != f"{{{NAMESPACES['w']}}}document":
        raise BadReference("it is Strict Open XML: save it as an ordinary Word document")
    if root.find(f"{{{NAMESPACES['w']}}}body") is None:
        raise BadReference("its document has no body")
