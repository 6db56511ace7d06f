"""The structure of a tagged PDF (ISO 32000-1, 14.8), read from WeasyPrint's boxes of all pages.

One element of the page gives one structure element, however many pages its boxes lie on; what
repeats on each page (running heads, the head of a long table) is an artifact. WeasyPrint's own
tags make the fragment on each page an element of its own, leave running heads outside the tree
(Kozea/WeasyPrint #1836), and put notes at the end of the page instead of at their call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from .logical_text import has_turned_text, logical_text
from .nodes import Annotation, Artifact, Content, Node, Structure
from .objects import classes_of, numbering_of
from .ranges import part_dash

_TAGS = {
    "p": "P",
    "pre": "P",
    "code": "Code",
    "blockquote": "BlockQuote",
    "nav": "Sect",
    "section": "Sect",
    "aside": "Sect",
    "figure": "Div",
    "figcaption": "Caption",
    "caption": "Caption",
    "img": "Figure",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "dt": "Lbl",
    "em": "Em",
    "strong": "Strong",
}
_CHANGED = {"ins": "/Underline", "del": "/LineThrough"}  # and the line that shows it
_TAGS |= {f"h{level}": f"H{level}" for level in range(1, 7)} | dict.fromkeys(_CHANGED, "Span")
_BLOCKS = frozenset({"p", "div", "pre", "blockquote", "ul", "ol", "dl", "table", "figure"})
_LABELS = frozenset({"label", "number", "task-box"})  # classes of what is the marker of an item
_PARAGRAPHS = frozenset({"paragraph", "equation"})
_HEADING = re.compile("H[1-6]")
_PIXEL = 0.75  # points


_Kid = TypeVar("_Kid", Node, Content, Annotation)
Marked = Mapping[Any, Mapping[str, Any]]  # of a page: box to {"tag": …, "mcid": …}


def read_structure(pages: list[Any], marked: list[Marked]) -> Structure:
    """Return the structure of laid out and painted pages."""
    reading = _Reading(has_turned_text(pages))
    if "two-columns" in classes_of(pages[0]._page_box.children[0].element):
        # For programs that read by position (ISO 32000-1, table 349).
        reading.structure.root.attributes["Layout"] = {"ColumnCount": 2}
    for number, (page, found) in enumerate(zip(pages, marked, strict=True)):
        reading.begin(number, page._page_box.margin_height(), found)
        reading.read(page._page_box, reading.structure.root, None)
    _prune(reading.structure.root)
    _put_notes_behind_headings(reading.structure.root)
    return reading.structure


def _put_notes_behind_headings(node: Node) -> None:
    """Move notes out of headings, which lists of headings would read whole."""
    kids: list[Node | Content | Annotation] = []
    for kid in node.kids:
        kids.append(kid)
        if isinstance(kid, Node):
            if _HEADING.fullmatch(kid.tag):
                kids += _taken_notes(kid)
            else:
                _put_notes_behind_headings(kid)
    node.kids = kids


def _taken_notes(node: Node) -> list[Node]:
    """Take notes out of a node, in their order."""
    nodes = [kid for kid in node.kids if isinstance(kid, Node)]
    node.kids = [kid for kid in node.kids if not (isinstance(kid, Node) and kid.tag == "Note")]
    return [note for kid in nodes for note in ([kid] if kid.tag == "Note" else _taken_notes(kid))]


def _prune(node: Node) -> None:
    """Remove empty nodes, except for the empty cells of tables."""
    nodes = [kid for kid in node.kids if isinstance(kid, Node)]
    for kid in nodes:
        _prune(kid)
    empty = [kid for kid in nodes if not kid.kids and kid.tag not in ("TD", "TH")]
    node.kids = [kid for kid in node.kids if kid not in empty]


class _Reading:
    """Walks the boxes of one page after the other. A node is identified by its element and role."""

    def __init__(self, turned: bool) -> None:
        self.structure = Structure()
        self._turned = turned  # some text runs from right to left
        self._page = 0
        self._height = 0.0
        self._marked: Marked = {}
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._heads: dict[Any, int] = {}  # the head of a table, and its first page

    def begin(self, page: int, height: float, marked: Marked) -> None:
        """Start a page; its height is in CSS pixels."""
        self._page, self._height, self._marked = page, height, marked

    def read(self, box: Any, parent: Node, link: Node | None) -> None:
        """Add the content of a box to the tree. `link` is the link that it stands in."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self._hide(box, _margin_subtype(box.at_keyword))
            return
        if box.is_leader or self._repeats(box):
            self._hide(box, "")
            return
        if "mark-range" in classes_of(box.element):
            part_dash(box)
        node = self._node(box, parent)
        if box.element is not None and (anchor := box.element.get("id")):
            self.structure.anchors.setdefault(anchor, node)
        link = node if node.tag == "Link" else link
        if box.link_annotation:
            # An inline inside a link has an annotation of its own.
            self._add(Annotation(self._page, box.link_annotation), link or node)
        if box in self._marked:
            if logical := logical_text(box, self._turned):
                node = self._add(Node("Span", page=self._page, actual_text=logical), node)
            self._add(self._content(box), node)
        for child in box.children:
            self.read(child, node, link)

    # What is not content -----------------------------------------------------------------------

    def _repeats(self, box: Any) -> bool:
        if box.element_tag != "thead":
            return False
        return self._heads.setdefault(box.element, self._page) != self._page

    def _hide(self, box: Any, subtype: str, link: Node | None = None) -> None:
        """Leave out the content of a box; its links are added to the element that it repeats."""
        if "mark-range" in classes_of(box.element):
            part_dash(box)
        node = self._nodes.get((box.element, box.element_tag))
        link = node if node is not None and node.tag == "Link" else link
        if box.link_annotation and link is not None:
            self._add(Annotation(self._page, box.link_annotation), link)
        if box in self._marked:
            self.structure.artifacts.append(Artifact(self._content(box), subtype))
        for child in box.children:
            self._hide(child, subtype, link)

    def _content(self, box: Any) -> Content:
        return Content(self._page, self._marked[box]["mcid"])

    # From box to node --------------------------------------------------------------------------

    def _node(self, box: Any, parent: Node) -> Node:
        """Return the node for the content of a box: its own, or for most boxes its parent's."""
        if box.element is None:
            return parent
        # Fragments on later pages, and anonymous boxes, belong to the same element.
        key = (box.element, box.element_tag)
        if key not in self._nodes:
            self._nodes[key] = self._new_node(box, parent)
        return self._nodes[key]

    def _new_node(self, box: Any, parent: Node) -> Node:
        element, role, classes = box.element, box.element_tag, classes_of(box.element)
        if role.endswith("::footnote-call"):
            return self._note(element, parent)
        if role == "a" and element.get("href"):
            referring = "footnote-call" in classes or parent.tag == "TOCI"
            holder = self._add(self._made("Reference", None), parent) if referring else parent
            link = self._add(self._made("Link", element), holder)
            if "mark-within" in classes:
                link.alt = element.get("title") or ""  # it has no text of its own
            return link
        if role == "dt":
            parent = self._add(self._made("LI", None), parent)
        elif role == "dd":
            body = self._described(parent)
            if any(child.tag in _BLOCKS for child in element):
                return body
            return self._add(self._made("P", element), body)  # one meaning of several
        tag = self._tag(element, role, classes, parent)
        if not tag:
            return parent
        if {"figure-source", "figure-notes"} & {*classes}:  # ISO 14289-2, 8.2.5.27: one caption
            parent = _last(parent, "Caption") or parent
        node = self._add(self._made(tag, element), parent)
        self._describe(node, box)
        return node

    def _tag(self, element: Any, role: str, classes: list[str], parent: Node) -> str:
        if role == "ul" and parent.element is not None and parent.element.tag == "nav":
            return "TOC"
        if role == "li" and parent.tag == "TOC":
            return "TOCI"
        if role == "span" and parent.tag in ("LI", "Note") and not _LABELS.isdisjoint(classes):
            return "Lbl"
        if role == "img" and "formula" in classes:
            return "Formula"
        if role == "div" and not _PARAGRAPHS.isdisjoint(classes):
            return "P"
        if role == "span" and "entry" in classes:
            return "BibEntry"
        own = role == "span" and (element.get("lang") or "sign" in classes)
        return "Span" if own else _TAGS.get(role, "")

    def _made(self, tag: str, element: Any) -> Node:
        lang = (element.get("lang") or "") if element is not None else ""
        return Node(tag, element, self._page, lang=lang)

    def _add(self, kid: _Kid, parent: Node) -> _Kid:
        """Add to a node: in a list item, everything but the label to its body.

        In an entry of the contents everything goes into its reference, including the page number.
        """
        tag = kid.tag if isinstance(kid, Node) else ""
        if parent.tag == "LI" and tag not in ("Lbl", "LBody"):
            parent = self._body(parent)
        elif parent.tag == "TOCI" and tag != "Reference":
            parent = _last(parent, "Reference") or self._add(self._made("Reference", None), parent)
        parent.kids.append(kid)
        return kid

    def _body(self, item: Node) -> Node:
        return _last(item, "LBody") or self._add(self._made("LBody", None), item)

    def _described(self, parent: Node) -> Node:
        """Return the body of the item whose term precedes a description."""
        item = _last(parent, "LI") or self._add(self._made("LI", None), parent)
        return self._body(item)

    def _note(self, element: Any, parent: Node) -> Node:
        """Put a note beside its call; the boxes at the foot of the page are added to it later."""
        note = self._add(self._made("Note", element), parent)
        note.identifier = element.get("id") or ""
        self.structure.anchors[note.identifier] = note
        self._nodes[element, element.tag] = note
        return parent

    def _describe(self, node: Node, box: Any) -> None:
        match node.tag:
            case "L":
                numbering = numbering_of(node.element, box.style["list_style_type"])
                node.attributes["List"] = {"ListNumbering": f"/{numbering}"}
            case "TH" | "TD":
                said = {name: node.element.get(name.lower()) for name in ("ColSpan", "RowSpan")}
                table: dict[str, Any] = {name: int(span) for name, span in said.items() if span}
                if node.tag == "TH":
                    by_row = (node.element.get("scope") or "").startswith("row")
                    table["Scope"] = "/Row" if by_row else "/Column"
                if table:
                    node.attributes["Table"] = table
            case "Lbl":
                node.alt = node.element.get("aria-label") or ""  # of a task: done, or not
            case "Span" if line := _CHANGED.get(node.element.tag):
                node.attributes["Layout"] = {"TextDecorationType": line}
            case "Span" if "sign" in classes_of(node.element):
                node.alt = node.element.get("title") or ""
            case "Figure" | "Formula":
                node.alt = node.element.get("alt") or ""
                node.mathml = node.element.get("data-mathml") or ""
                node.attachment = node.element.get("data-attachment") or ""
                node.attributes["Layout"] = {"BBox": self._rectangle(box)}

    def _rectangle(self, box: Any) -> tuple[float, ...]:
        """Return the rectangle of a box, in points from the lower left corner of the page."""
        left, top = box.content_box_x(), box.content_box_y()
        bottom = self._height - top - box.height
        corners = (left, bottom, left + box.width, bottom + box.height)
        return tuple(round(value * _PIXEL, 2) for value in corners)


def _last(parent: Node, tag: str) -> Node | None:
    kids = (kid for kid in reversed(parent.kids) if isinstance(kid, Node) and kid.tag == tag)
    return next(kids, None)


def _margin_subtype(at_keyword: str) -> str:
    side = at_keyword.removeprefix("@").partition("-")[0]
    return {"top": "Header", "bottom": "Footer"}.get(side, "Watermark")
