"""Write the structure of a tagged PDF, instead of what WeasyPrint 70.0 writes.

Links say where they lead (ISO 14289-1, 7.18.5), notes have an identifier (7.9), running heads are
artifacts (7.8), and an element that pages divide is one element (7.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

import pydyf

from . import pdf20
from .files import add_mathml, attached
from .nodes import Annotation, Artifact, Content, Node, Structure
from .objects import object_of
from .structure import read_structure

_LONGEST_DESCRIPTION = 120  # characters of what a link says


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
    """Add the structure tree to a PDF; the arguments are those of WeasyPrint's function."""
    structure = read_structure(document.pages, [stream._tags for stream in page_streams])
    marked = [_marked(stream) for stream in page_streams]
    for artifact in structure.artifacts:
        page = artifact.content.page
        _hide(artifact, page_streams[page], marked[page])
    is_20 = str(pdf_version) >= "2.0"  # it may be bytes, or None
    if is_20:
        pdf20.adapt(structure)
    writing = _Writing(pdf, is_20)
    writing.write(structure, [len(stream._tags) for stream in page_streams])
    if is_20:
        pdf20.lead_to_structure(pdf, structure, writing.written)
    preferences = {"DisplayDocTitle": "true"}
    if document.pages[0]._page_box.children[0].style["direction"] == "rtl":
        preferences["Direction"] = "/R2L"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _marked(stream: Any) -> dict[int, int]:
    """Return where in a page's stream the properties of each marked content are."""
    return {
        operand["MCID"]: place
        for place, operand in enumerate(stream.stream)
        if isinstance(operand, pydyf.Dictionary) and "MCID" in operand
    }


def _hide(artifact: Artifact, stream: Any, marked: Mapping[int, int]) -> None:
    """Turn marked content of a page into an artifact."""
    place = marked.get(artifact.content.mcid)
    if place is None:
        return
    stream.stream[place - 1] = b"/Artifact"
    properties = stream.stream[place]
    properties.clear()
    properties["Type"] = "/Pagination"
    if artifact.subtype:
        properties["Subtype"] = f"/{artifact.subtype}"


class _Writing:
    """Writes nodes as objects, and records which element holds each marked content."""

    def __init__(self, pdf: Any, is_20: bool) -> None:
        self.written: dict[Node, bytes] = {}  # references of the elements
        self._pdf = pdf
        self._namespace = b""
        if is_20:
            values = {"Type": "/Namespace", "NS": pydyf.String(pdf20.NAMESPACE)}
            self._namespace = self._added(values).reference
        self._formulas = 0
        self._parents: dict[Content, bytes] = {}
        self._annotations: list[bytes] = []  # the element of each, in order of their StructParent
        self._first_annotation = 0

    def write(self, structure: Structure, counts: list[int]) -> None:
        """Write the tree. `counts`: how many marked contents each page has."""
        self._first_annotation = len(counts)
        root = self._added({"Type": "/StructTreeRoot"})
        if self._namespace:
            root["Namespaces"] = pydyf.Array([self._namespace])
        else:  # types that PDF 1.7 has not (14.7.3)
            root["RoleMap"] = pydyf.Dictionary({"Em": "/Span", "Strong": "/Span"})
        root["K"] = pydyf.Array([self._element(structure.root, root.reference).reference])
        for node in self.written:
            if node.references:
                others = [self.written[other] for other in node.references]
                object_of(self._pdf, self.written[node])["Ref"] = pydyf.Array(others)
        nums = pydyf.Array()
        for page, count in enumerate(counts):
            found = (self._parents.get(Content(page, mcid), b"null") for mcid in range(count))
            nums += [page, pydyf.Array(found)]
        for number, reference in enumerate(self._annotations, start=self._first_annotation):
            nums += [number, reference]
        root["ParentTree"] = self._added({"Nums": nums}).reference
        root["ParentTreeNextKey"] = self._first_annotation + len(self._annotations)
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _added(self, values: dict[str, Any]) -> Any:
        found = pydyf.Dictionary(values)
        self._pdf.add_object(found)
        return found

    def _element(self, node: Node, parent: bytes) -> Any:
        element = self._added({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent})
        self.written[node] = element.reference
        if self._namespace and pdf20.is_new(node.tag):
            element["NS"] = self._namespace
        if node.kids:
            element["Pg"] = self._pdf.page_references[node.page]
        said = {"Lang": node.lang, "Alt": node.alt, "ActualText": node.actual_text}
        for name, value in (said | {"ID": node.identifier}).items():
            if value:
                element[name] = pydyf.String(value)
        if files := self._files(node):
            element["AF"] = pydyf.Array(files)
        owners = [_attributes(owner, values) for owner, values in node.attributes.items()]
        if owners:
            element["A"] = owners[0] if len(owners) == 1 else pydyf.Array(owners)
        element["K"] = pydyf.Array([self._kid(kid, node, element) for kid in node.kids])
        return element

    def _files(self, node: Node) -> list[bytes]:
        """Return the files that say what an element says (ISO 19005-3, E; ISO 32000-2, 14.13)."""
        if node.attachment:
            return [found.reference for found in attached(self._pdf, node.attachment)]
        if not node.mathml:
            return []
        self._formulas += 1
        name = f"formula-{self._formulas:04}.mml"
        return [add_mathml(self._pdf, name, node.mathml, node.alt)]

    def _kid(self, kid: Node | Content | Annotation, node: Node, element: Any) -> Any:
        match kid:
            case Node():
                return self._element(kid, element.reference).reference
            case Content(page=page, mcid=mcid):
                self._parents[kid] = element.reference
                if page == node.page:
                    return mcid
                values = {"Type": "/MCR", "Pg": self._pdf.page_references[page], "MCID": mcid}
                return pydyf.Dictionary(values)
            case Annotation(page=page, annotation=annotation):
                annotation["StructParent"] = self._first_annotation + len(self._annotations)
                annotation["Contents"] = pydyf.String(_description(node.element))
                self._annotations.append(element.reference)
                page_reference = self._pdf.page_references[page]
                return pydyf.Dictionary(
                    {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page_reference}
                )


def _attributes(owner: str, values: dict[str, Any]) -> Any:
    found = {
        name: pydyf.Array(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return pydyf.Dictionary({"O": f"/{owner}", **found})


def _description(element: Any) -> str:
    """Return the description of a link: its title or label, or else its text.

    A picture in a link says its alternative text.
    """
    words = element.get("title") or element.get("aria-label") or _words(element)
    return shorten(words, _LONGEST_DESCRIPTION, placeholder="…") or element.get("href")


def _words(element: Any) -> str:
    parts = [element.get("alt") or "", element.text or ""]
    for child in element:
        parts += [_words(child), child.tail or ""]
    return "".join(parts)
