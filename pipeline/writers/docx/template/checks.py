"""Checks of a Word file from elsewhere, before anything else reads it.

Limits are held before anything is unpacked. What could run, or declares entities, is refused.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from ....archive import BadArchive, open_archive, unpacked
from ....ooxml import qualified

_MAINS = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")  # .docx, .dotx
)
_ACTIVE = ("vbaproject", "macroenabled", "vbadata", "activex", "oleobject")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN_RELATION = "/officeDocument"


class BadReference(Exception):
    """Why a file cannot be the reference docx."""


def check(content: bytes) -> None:
    """Raises `BadReference` for what is no Word document or template, or could do harm."""
    contents = _unpacked(content)
    if "[Content_Types].xml" not in contents:
        raise BadReference("it is not a Word file: it does not say what its parts are")
    types = _types_by_name(_parsed(contents, "[Content_Types].xml"), contents)
    for name in contents:
        if any(word in f"{name} {types.get(name, '')}".lower() for word in _ACTIVE):
            raise BadReference(f"its part {name} can run: save it as .docx or .dotx without macros")
    roots = {
        name: _parsed(contents, name)  # every part is passed on, so none may declare entities
        for name in contents
        if name.endswith((".xml", ".rels")) or types.get(name, "").endswith("+xml")
    }
    main = next(_targets_of_file(roots), "")
    if types.get(main) not in _MAINS or main not in roots:
        raise BadReference("it is not a Word document or template (.docx, .dotx)")
    if roots[main].tag != qualified("w:document"):
        raise BadReference("it is Strict Open XML: save it as an ordinary Word document")
    if roots[main].find(qualified("w:body")) is None:
        raise BadReference("its document has no body")


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with open_archive(content) as archive:
            names = archive.namelist()
            _check_names(names)
            return {name: unpacked(archive, name) for name in names if not name.endswith("/")}
    except BadArchive as error:
        raise BadReference(f"it is not a Word file: {error}") from error


def _check_names(names: list[str]) -> None:
    if len(set(names)) < len(names) or any(
        name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names
    ):
        raise BadReference("it has parts with the same name, or outside itself")


def _parsed(contents: Mapping[str, bytes], name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(contents[name], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadReference(f"its part {name} is not XML that can be read") from error
    if root.getroottree().docinfo.doctype:
        raise BadReference(f"its part {name} declares a document type, which Word never does")
    return root


def _types_by_name(types: Any, contents: Mapping[str, bytes]) -> dict[str, str]:
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
        found[name] = by_name.get(name.lower()) or by_ending.get(ending, "")
    return found


def _targets_of_file(roots: Mapping[str, Any]) -> Any:
    """Yield the names of the parts that the file relates to as its document."""
    for relation in roots.get("_rels/.rels", ()):
        if relation.get("Type", "").endswith(_MAIN_RELATION):
            yield posixpath.normpath(f"/{relation.get('Target', '')}").lstrip("/")
