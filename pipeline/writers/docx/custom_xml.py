"""Custom XML parts: data of other programs inside the file, which Word keeps (22.5)."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from ...xml import Element, element
from .package import add_part, xml_bytes

_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def add_custom_xml(document: Document, item: str, namespace: str, root: Element) -> None:
    """Add a part; programs find it by `item`, its own name, and by the namespace of its root."""
    schema = Element("ds:schemaRef", {"ds:uri": namespace})
    properties = Element(
        "ds:datastoreItem",
        {"ds:itemID": item, "xmlns:ds": _STORE},
        (element("ds:schemaRefs", schema),),
    )
    kind, content_type = RELATIONSHIP_TYPE.CUSTOM_XML, CONTENT_TYPE.XML
    name = "/customXml/item%d.xml"
    part = add_part(document.part, kind, name, content_type, xml_bytes(root))
    kind, content_type = RELATIONSHIP_TYPE.CUSTOM_XML_PROPS, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES
    name = "/customXml/itemProps%d.xml"
    add_part(part, kind, name, content_type, xml_bytes(properties))
