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
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docx import Document as open_document
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from ...ooxml import NAMESPACES
from ...xml import Element, element, legal, serialised

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date of a ZIP file
_LEVEL = 4  # of zlib: a quarter faster than 6, and files 4 % larger
_COMPRESSED = (".png", ".jpeg")  # already
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_LONGEST_PROPERTY = 255  # characters that python-docx, and Word, allow in a core property


class _TemplatePart(DocumentPart):
    """The main part of a template, which becomes that of a document."""

    @property
    def content_type(self) -> str:
        return CT.WML_DOCUMENT_MAIN


PartFactory.part_type_for |= {
    CT.WML_DOCUMENT_MAIN.replace("document.main", "template.main"): _TemplatePart,
    CT.WML_FOOTNOTES: XmlPart,
    CT.WML_ENDNOTES: XmlPart,
    CT.OFC_CUSTOM_PROPERTIES: XmlPart,
}


def opened(content: bytes) -> Document:
    """Return a Word file, a template as a document. One from elsewhere has been checked before."""
    return open_document(io.BytesIO(content))


def new_document(root: Element) -> Document:
    """Return a file with nothing but a main part."""
    package = Package()
    name = PackURI("/word/document.xml")
    part = DocumentPart(name, CT.WML_DOCUMENT_MAIN, parsed(root, *NAMESPACES), package)
    package.relate_to(part, RT.OFFICE_DOCUMENT)
    return Document(part.element, part)


def parsed(root: Element, *prefixes: str) -> Any:
    """Return our element as an element of python-docx, with its namespaces declared."""
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


def word_part(document: Document, kind: str, root: Element) -> Any:
    """Return the part of a kind that a document has once ("styles"); made of `root` if missing."""
    part = part_of(document.part, kind)
    if part is None:
        relation, content_type = f"{_OFFICE}{kind}", f"{_WORD}{kind}+xml"
        part = add_part(document.part, relation, f"/word/{kind}.xml", content_type, root)
    return part


def xml_bytes(root: Element) -> bytes:
    """Return an element of ours as the content of a part."""
    return (_DECLARATION + serialised(root)).encode("utf-8")


def related(source: Part | Package, *kinds: str) -> Iterator[tuple[str, Any]]:
    """Yield the parts that a part relates to as one of `kinds` ("styles"), by relationship id."""
    for identity, relation in list(source.rels.items()):
        if relation.reltype.rpartition("/")[2] in kinds and not relation.is_external:
            yield identity, relation.target_part


def part_of(source: Part | Package, kind: str) -> Any:
    """Return the part that a part relates to as `kind`, None if there is none."""
    return next((part for _, part in related(source, kind)), None)


def add_custom_xml(document: Document, item: str, namespace: str, root: Element) -> None:
    """Add data of another program, which Word keeps (22.5).

    Programs find it by `item`, its own name, and by the namespace of its root.
    """
    schema = element("ds:schemaRefs", Element("ds:schemaRef", {"ds:uri": namespace}))
    described = Element("ds:datastoreItem", {"ds:itemID": item, "xmlns:ds": _STORE}, (schema,))
    part = add_part(document.part, RT.CUSTOM_XML, "/customXml/item%d.xml", CT.XML, xml_bytes(root))
    add_part(
        part,
        RT.CUSTOM_XML_PROPS,
        "/customXml/itemProps%d.xml",
        CT.OFC_CUSTOM_XML_PROPERTIES,
        xml_bytes(described),
    )


# Properties ------------------------------------------------------------------------------------


def set_core_properties(
    document: Document, values: Mapping[str, str], created: datetime.date, modified: datetime.date
) -> None:
    """Give a file core properties, by the names that python-docx has for them."""
    package = document.part.package
    name = PackURI("/docProps/core.xml")
    part = CorePropertiesPart(name, CT.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package)
    package.relate_to(part, RT.CORE_PROPERTIES)
    properties = part.core_properties
    for property_name, value in values.items():
        if value:
            setattr(properties, property_name, shortened(legal(value), _LONGEST_PROPERTY))
    midnight = datetime.time(tzinfo=datetime.UTC)
    properties.created = datetime.datetime.combine(created, midnight)
    properties.modified = datetime.datetime.combine(modified, midnight)


def shortened(text: str, most: int) -> str:
    """Return at most this many characters of a text, with an ellipsis for the rest."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# Saving ----------------------------------------------------------------------------------------


def saved(document: Document) -> bytes:
    """Return the bytes of a file, without the time of day."""
    return zipped(_members(document.part.package))


def _members(package: Package) -> Iterator[tuple[str, bytes]]:
    parts = list(package.iter_parts())
    rels, xml = (
        element("Default", Extension=ending, ContentType=content_type)
        for ending, content_type in (("rels", CT.OPC_RELATIONSHIPS), ("xml", CT.XML))
    )
    names = (
        element("Override", PartName=part.partname, ContentType=part.content_type) for part in parts
    )
    yield "[Content_Types].xml", xml_bytes(element("Types", rels, xml, *names, xmlns=_TYPES))
    yield "_rels/.rels", package.rels.xml
    for part in parts:
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP file without time stamps: the same members give the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members:
            _store(archive, name, content)
    return file.getvalue()


def _store(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Store one member with a fixed date and as if made on Unix, wherever it was made."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    stored = name.endswith(_COMPRESSED)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=_LEVEL)
