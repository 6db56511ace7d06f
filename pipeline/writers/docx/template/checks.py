"""Checks of a Word file from elsewhere, before anything of it is used.

Limits are held before anything is unpacked. What could run, or declares entities, is refused.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart
from lxml import etree

from ....archive import BadArchive, open_archive, unpacked
from ..package import opened, related

_ACTIVE = ("vbaproject", "macroenabled", "vbadata", "activex", "oleobject")
_TYPES = "[Content_Types].xml"
_NO_DOCUMENT = "it is no whole Word document or template (.docx, .dotx), or is Strict Open XML"


# Parts that are changed, by what relates to them.
_OF_PACKAGE = ("custom-properties",)
_OF_DOCUMENT = (
    "styles", "settings", "numbering", "header", "footer", "footnotes", "endnotes",
)  # fmt: skip


class BadReference(Exception):
    """Why a file cannot be the reference docx."""


def checked(content: bytes) -> Document:
    """Return a Word file. Raises `BadReference` for what is none, or could do harm."""
    contents = _unpacked(content)
    if _TYPES not in contents:
        raise BadReference("it is not a Word file: it does not say what its parts are")
    said = f"{' '.join(contents)} {contents[_TYPES].decode(errors='replace')}".lower()
    if any(word in said for word in _ACTIVE):
        raise BadReference("it has parts that can run: save it as .docx or .dotx without macros")
    for name, part in contents.items():
        if name.endswith((".xml", ".rels")):  # all are passed on, so none may declare entities
            _check_xml(name, part)
    try:
        document = opened(content)
    except (AttributeError, KeyError, ValueError, etree.LxmlError) as error:
        raise BadReference(_NO_DOCUMENT) from error
    if getattr(document.element, "body", None) is None:
        raise BadReference(_NO_DOCUMENT)
    package = document.part.package
    for _, part in (*related(package, *_OF_PACKAGE), *related(document.part, *_OF_DOCUMENT)):
        if not isinstance(part, XmlPart):  # by its content type
            name, kind = part.partname.membername, part.content_type
            message = f"it calls its part {name} {kind}: open it in Word, and save it again"
            raise BadReference(message)
    return document


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with open_archive(content) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names) or any(map(_is_outside, names)):
                raise BadReference("it has parts with the same name, or outside itself")
            return {name: unpacked(archive, name) for name in names if not name.endswith("/")}
    except BadArchive as error:
        raise BadReference(f"it is not a Word file: {error}") from error


def _is_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _check_xml(name: str, content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadReference(f"its part {name} is not XML that can be read") from error
    if root.getroottree().docinfo.doctype:
        raise BadReference(f"its part {name} declares a document type, which Word never does")
