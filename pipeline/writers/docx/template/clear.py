"""What of a template does not stay: its text without a place for the brief, and its own origin."""

from __future__ import annotations

import copy
from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart
from lxml import etree

from ....ooxml import SOURCE_MAP, qualified
from ..package import part_of, related
from ..schema import insert
from ..sources import NAMESPACE as SOURCES

_TYPE = qualified("w:type")
_REFERENCES = (qualified("w:headerReference"), qualified("w:footerReference"))
_COMMENTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
_OF_THE_TEMPLATE = (
    "core-properties", "extended-properties", "thumbnail", "classificationlabels",
)  # fmt: skip
_SETTINGS = (
    "attachedTemplate", "updateFields", "documentProtection", "writeProtection", "mailMerge",
    "docVars",
)  # fmt: skip
_ELSEWHERE = ("/attachedTemplate", "/mailMergeSource", "/mailMergeHeaderSource", "/recipientData")
# What a main part relates to without naming it in its text.
_IMPLICIT = frozenset(
    {
        "styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "theme",
        "footnotes", "endnotes", "customXml",
    }
)  # fmt: skip


def discard(document: Document) -> None:
    """Drop the properties of the template and its sensitivity label, the source map and source
    list of another brief, its comments with the names of their authors, its building blocks, what
    leads back to the template's place or to data elsewhere, its protection, and what asks readers
    to update fields."""
    package = document.part.package
    for identity, _ in related(package, *_OF_THE_TEMPLATE):
        del package.rels[identity]
    for _, part in related(package, "custom-properties"):
        _drop_labels(part)
    for identity, _ in related(document.part, *_COMMENTS, "glossaryDocument"):
        del document.part.rels[identity]
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for found in list(document.element.iter(qualified(f"w:{name}"))):
            found.getparent().remove(found)
    for identity, part in related(document.part, "customXml"):
        if etree.QName(etree.fromstring(part.blob)).namespace in (SOURCE_MAP, SOURCES):
            del document.part.rels[identity]
    settings = part_of(document.part, "settings")
    if settings is not None:
        for name in _SETTINGS:
            for found in list(settings.element.iter(qualified(f"w:{name}"))):
                found.getparent().remove(found)
        for identity, relation in list(settings.rels.items()):
            if relation.reltype.endswith(_ELSEWHERE):
                del settings.rels[identity]


def _drop_labels(properties: Any) -> None:
    """Drop a sensitivity label (Microsoft Purview), which is that of the template."""
    root = properties.element
    for found in [one for one in root if one.get("name", "").startswith("MSIP_Label")]:
        root.remove(found)


def clear_body(document: Document) -> None:
    """Keep styles, page set-up, headers and footers alone, of the last section."""
    body = document.element.body
    last = body.find(qualified("w:sectPr"))
    if last is not None:
        _inherit(list(body.iter(qualified("w:sectPr"))), last)
    body.clear_content()
    for _, part in related(document.part, "footnotes", "endnotes"):
        for note in [note for note in part.element if not note.get(_TYPE)]:
            part.element.remove(note)
        _drop_unnamed(part)
    _drop_unnamed(document.part)


def _inherit(sections: list[Any], last: Any) -> None:
    """Let the last section name the headers and footers that it has from those before."""
    for section in reversed(sections):
        known = {(found.tag, found.get(_TYPE)) for found in last.iterchildren(*_REFERENCES)}
        for found in section.iterchildren(*_REFERENCES):
            if (found.tag, found.get(_TYPE)) not in known:
                insert(last, copy.deepcopy(found))


def _drop_unnamed(part: XmlPart) -> None:
    """Drop the relationships that nothing in a part names any more."""
    used = {value for element in part.element.iter() for value in element.attrib.values()}
    for identity, relation in list(part.rels.items()):
        if identity not in used and relation.reltype.rpartition("/")[2] not in _IMPLICIT:
            del part.rels[identity]
