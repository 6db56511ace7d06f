"""The file as a python-docx document, and what python-docx 1.2 cannot do by itself.

- `Document()` refuses templates (.dotx), and starts a new file from a template of its own, with
  half a megabyte of styles and the properties of its makers.
- It has no way to add a numbering part, or a part of a kind that it does not know: footnotes,
  charts, custom XML, SVG. It refuses JPEGs whose header is neither JFIF nor Exif.
- It stamps the time into core properties and into the ZIP file.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document as open_document
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from ...ooxml import NAMESPACES
from ...xml import Element, legal, serialised
from .zipped import DECLARATION, zipped

_LONGEST_PROPERTY = 255  # characters that python-docx, and Word, allow in a core property


class _TemplatePart(DocumentPart):
    """The main part of a template, which becomes that of a document."""

    @property
    def content_type(self) -> str:
        return CONTENT_TYPE.WML_DOCUMENT_MAIN


PartFactory.part_type_for |= {
    CONTENT_TYPE.WML_DOCUMENT_MAIN.replace("document.main", "template.main"): _TemplatePart,
    CONTENT_TYPE.WML_FOOTNOTES: XmlPart,
    CONTENT_TYPE.WML_ENDNOTES: XmlPart,
    CONTENT_TYPE.OFC_CUSTOM_PROPERTIES: XmlPart,
}


def opened(content: bytes) -> Document:
    """Return a Word file, a template as a document. One from elsewhere has been checked before."""
    found: Document = open_document(io.BytesIO(content))
    return found


def new_document(root: Element) -> Document:
    """Return a file with nothing but a main part."""
    package = Package()
    name, content_type = PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN
    part = DocumentPart(name, content_type, parsed(root, *NAMESPACES), package)
    package.relate_to(part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    found: Document = part.document
    return found


def parsed(root: Element, *prefixes: str) -> Any:
    """Return an element of ours as python-docx has elements, with namespaces declared on it."""
    names = prefixes or (root.tag.partition(":")[0],)
    declared = {f"xmlns:{name}": NAMESPACES[name] for name in names if name in NAMESPACES}
    return parse_xml(serialised(Element(root.tag, {**declared, **root.attributes}, root.children)))


def declare(root: Any, *prefixes: str) -> None:
    """Declare namespaces on the root of a part, instead of on each element inside it."""
    kept = [prefix for prefix in (*root.nsmap, *prefixes) if prefix]
    namespaces = {prefix: NAMESPACES[prefix] for prefix in prefixes}
    etree.cleanup_namespaces(root, top_nsmap=namespaces, keep_ns_prefixes=kept)


# Parts -----------------------------------------------------------------------------------------


def add_part(
    source: Part | Package,
    kind: str,
    name: str,
    content_type: str,
    content: bytes | Element,
    identity: str = "",
) -> Any:
    """Add a part that `source` relates to as `kind`; of an element it is one that can be changed.

    "%d" in its name becomes the first number that is free.
    """
    package = source if isinstance(source, Package) else source.package
    uri = package.next_partname(name) if "%d" in name else PackURI(name)
    if isinstance(content, Element):
        made = PartFactory.part_type_for.get(content_type, XmlPart)
        part = made(uri, content_type, parsed(content), package)
    else:
        part = Part(uri, content_type, content, package)
    if identity:
        source.load_rel(kind, part, identity)
    else:
        source.relate_to(part, kind)
    return part


def xml_bytes(root: Element) -> bytes:
    """Return an element of ours as the content of a part."""
    return (DECLARATION + serialised(root)).encode("utf-8")


def related(source: Part | Package, *kinds: str) -> Iterator[tuple[str, Any]]:
    """Yield the parts that a part relates to as one of `kinds` ("styles"), by relationship id."""
    for identity, relation in list(source.rels.items()):
        if relation.reltype.rpartition("/")[2] in kinds and not relation.is_external:
            yield identity, relation.target_part


def part_of(source: Part | Package, kind: str) -> Any:
    """Return the part that a part relates to as `kind`, None if there is none."""
    return next((part for _, part in related(source, kind)), None)


# Properties ------------------------------------------------------------------------------------


def set_core_properties(
    document: Document, values: Mapping[str, str], created: datetime.date, modified: datetime.date
) -> None:
    """Give a file core properties, by the names that python-docx has for them."""
    package = document.part.package
    name, content_type = PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES
    part = CorePropertiesPart(name, content_type, CT_CoreProperties.new(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    properties = part.core_properties
    for property_name, value in values.items():
        if value:
            setattr(properties, property_name, shortened(legal(value), _LONGEST_PROPERTY))
    midnight = datetime.time(tzinfo=datetime.UTC)
    properties.created = datetime.datetime.combine(created, midnight)
    properties.modified = datetime.datetime.combine(modified, midnight)


def shortened(text: str, most: int) -> str:
    """Return text of so many characters at most, with an ellipsis for what is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# Saving ----------------------------------------------------------------------------------------


def saved(document: Document) -> bytes:
    """Return the bytes of a file, without the time of day."""
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())
