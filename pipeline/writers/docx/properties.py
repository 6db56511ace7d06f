"""The properties of the file, as Word and file managers show them. Dates are the brief's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from ...model import UNDATED, plain
from ...numbering import NumberedBrief
from ...provenance import sha256
from ...xml import Element, element, serialised
from .languages import word_language
from .list_numbering import as_number
from .package import add_part, parsed, part_of, set_core_properties, xml_bytes

_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_LONGEST_PROPERTY = 255  # characters that Word keeps of a property
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of user-defined properties ([MS-OLEPS] 2.21)


def add_properties(document: Document, numbered: NumberedBrief, publisher: str) -> None:
    """Give a file the properties of a brief, in three parts as Word has them."""
    brief = numbered.brief
    front = brief.front
    authors = "; ".join(person.name for person in front.authors)
    values = {
        "title": brief.title,
        "subject": plain(front.subtitle),
        "author": authors or publisher,
        "keywords": ", ".join(front.keywords),
        "last_modified_by": authors or publisher,
        "identifier": brief.name,
        "language": word_language(front.lang),
        "version": front.edition,
    }
    created = front.created or UNDATED
    modified = front.modified or UNDATED
    set_core_properties(document, values, created, modified)
    package = document.part.package
    application = element(
        "Properties",
        element("Application", "Briefwright"),
        element("Company", publisher),
        element("AppVersion", "16.0000"),
        xmlns=_EXTENDED,
    )
    add_part(
        package,
        RT.EXTENDED_PROPERTIES,
        "/docProps/app.xml",
        CT.OFC_EXTENDED_PROPERTIES,
        xml_bytes(application),
    )
    _add_custom(package, custom_properties(numbered))


def custom_properties(numbered: NumberedBrief) -> dict[str, str]:
    """Return the hash of the source, a second anchor, which survives a journey through ODT; and
    what Zotero's plug-in looks for first."""
    values = {"briefwright-source-sha256": sha256(numbered.brief.source)}
    if numbered.brief.front.word_citations == "zotero":
        values |= _zotero_preferences(numbered)
    return values


def _add_custom(package: Any, values: Mapping[str, str]) -> None:
    """Add custom properties to those that a reference docx has."""
    part = part_of(package, "custom-properties")
    if part is None:
        root = element("Properties", **{"xmlns": _CUSTOM, "xmlns:vt": _VALUES})
        part = add_part(
            package, RT.CUSTOM_PROPERTIES, "/docProps/custom.xml", CT.OFC_CUSTOM_PROPERTIES, root
        )
    for old in [found for found in part.element if found.get("name") in values]:
        part.element.remove(old)
    highest = max((as_number(found.get("pid")) for found in part.element), default=1)
    for number, (name, value) in enumerate(values.items(), highest + 1):
        shown = element("vt:lpwstr", value)
        named = {"fmtid": _FORMAT, "pid": str(number), "name": name}
        declared = {"xmlns": _CUSTOM, "xmlns:vt": _VALUES}
        part.element.append(parsed(Element("property", {**named, **declared}, (shown,))))


def _zotero_preferences(numbered: NumberedBrief) -> dict[str, str]:
    """Return Zotero's settings of the document, cut as Word needs its properties."""
    front = numbered.brief.front
    style = numbered.citation_style.csl or "ieee"
    preference = element("pref", name="fieldType", value="Field")
    parts = (
        element("session", id=sha256(numbered.brief.source)[:8]),
        element(
            "style",
            id=f"http://www.zotero.org/styles/{style}",
            locale=word_language(front.lang),
            hasBibliography=1,
            bibliographyStyleHasBeenSet=1,
        ),
        element("prefs", preference),
    )
    version = {"data-version": "3", "zotero-version": "7.0.0"}
    text = serialised(Element("data", version, parts))
    return {
        f"ZOTERO_PREF_{number}": text[cut : cut + _LONGEST_PROPERTY]
        for number, cut in enumerate(range(0, len(text), _LONGEST_PROPERTY), start=1)
    }
