"""What PDF 2.0 and PDF/UA-2 require of the structure beyond PDF 1.7.

Types of structure elements stand in a namespace (ISO 32000-2, 14.7.4), notes are of a type that
PDF 1.7 has not (14.8.4.7.2), and links lead to structure elements (12.3.2.3): the place on a page
stays too, for readers that know only that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pydyf

from .nodes import Annotation, Node, Structure

NAMESPACE = "http://iso.org/pdf2/ssn"
# Types without a namespace are those of PDF 1.7; these are no longer among those of PDF 2.0.
_OLD = frozenset({"BibEntry", "BlockQuote", "Code", "Reference", "TOC", "TOCI"})


def is_new(tag: str) -> bool:
    """Whether a type of structure element is one of PDF 2.0."""
    return tag not in _OLD


def adapt(structure: Structure) -> None:
    """Turn a structure for PDF 1.7 into one for PDF 2.0."""
    nodes = list(walk(structure.root))
    for node in nodes:
        match node.tag:
            case "Note":
                node.tag = "FENote"
                node.attributes["FENote"] = {"NoteType": "/Footnote"}
            case "Div":  # a figure and its caption, which no Div can hold (ISO 32005, table 5)
                node.tag = "Sect"
            case "Link":  # its annotation says it (ISO 32000-2, 14.9.3; ISO 14289-2, 8.9.4.2)
                node.alt = ""
            case "L" if node.attributes["List"]["ListNumbering"] == "/None":
                # A list with labels cannot be without numbering (ISO 14289-2, 8.2.5.25).
                described = node.element.tag == "dl"
                kind = "/Description" if described else "/Unordered"
                node.attributes["List"] = {"ListNumbering": kind}
            case _:
                pass
    for node in nodes:
        match node.tag:
            case "Reference":
                note = structure.anchors.get(_target(node))
                if note is not None and note.tag == "FENote":
                    node.references.append(note)
                    note.references.append(node)
            case "TOCI":
                heading = structure.anchors.get(_target(node))
                if heading is not None:
                    node.references.append(heading)
            case _:
                pass


def walk(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from walk(kid)


def _target(node: Node) -> str:
    """Return the anchor that the first link in a node leads to, "" for a link to elsewhere."""
    links = (found for found in walk(node) if found.tag == "Link")
    href = next((found.element.get("href") or "" for found in links), "")
    return unquote(href[1:]) if href.startswith("#") else ""


# Destinations -----------------------------------------------------------------------------------


def lead_to_structure(pdf: Any, structure: Structure, written: Mapping[Node, bytes]) -> None:
    """Make links and bookmarks lead to structure elements (ISO 14289-2, 8.8)."""
    root = written[structure.root]
    names = pdf.catalog.get("Names", {}).get("Dests", {"Names": []})["Names"]
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for node in walk(structure.root):
        for kid in node.kids:
            if isinstance(kid, Annotation) and "Dest" in kid.annotation:
                name = kid.annotation.pop("Dest")
                found = structure.anchors.get(name.string, structure.root)
                kid.annotation["A"] = _go_to(name, places[name.string], written.get(found, root))
    headings: dict[str, deque[Node]] = {}
    for node in walk(structure.root):
        label = node.element.get("data-bookmark") if node.element is not None else None
        if label:
            headings.setdefault(label, deque()).append(node)
    for bookmark in pdf.objects:
        if isinstance(bookmark, pydyf.Dictionary) and {"Title", "Dest"} <= bookmark.keys():
            same = headings.get(bookmark["Title"].string)
            element = written[same.popleft()] if same else root
            place = bookmark.pop("Dest")
            bookmark["A"] = _go_to(place, place, element)


def _go_to(destination: Any, place: Any, element: bytes) -> Any:
    """Return an action that goes to a destination, by name or by place, and to an element."""
    structured = pydyf.Array([element, *place[1:]])
    return pydyf.Dictionary({"S": "/GoTo", "D": destination, "SD": structured})
