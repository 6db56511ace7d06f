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
# What a main part relates to without naming it in its text.
_IMPLICIT = frozenset(
    {
        "styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "theme",
        "footnotes", "endnotes", "glossaryDocument", "customXml",
    }
)  # fmt: skip


def discard(document: Document) -> None:
    """Drop the properties of the template, the source map and source list of another brief, its
    comments with the names of their authors, what leads back to the template's place, and what
    asks readers to update fields."""
    package = document.part.package
    for identity, _ in related(package, "core-properties", "extended-properties", "thumbnail"):
        del package.rels[identity]
    for identity, _ in related(document.part, *_COMMENTS):
        del document.part.rels[identity]
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for found in list(document.element.iter(qualified(f"w:{name}"))):
            found.getparent().remove(found)
    for identity, part in related(document.part, "customXml"):
        if etree.QName(etree.fromstring(part.blob)).namespace in (SOURCE_MAP, SOURCES):
            del document.part.rels[identity]
    settings = part_of(document.part, "settings")
    if settings is not None:
        for name in ("attachedTemplate", "updateFields"):
            for found in list(settings.element.iter(qualified(f"w:{name}"))):
                found.getparent().remove(found)
        for identity, relation in list(settings.rels.items()):
            if relation.reltype.endswith("/attachedTemplate"):
                del settings.rels[identity]


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
