"""The nodes of the structure of a tagged PDF."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class Content(Struct, frozen=True):
    """Marked content on a page, by its number there."""

    page: int  # from 0
    mcid: int


class Artifact(Struct, frozen=True):
    content: Content
    subtype: str  # "Header", "Footer", "Watermark", or "" for none


class Annotation(Struct, frozen=True, eq=False):
    page: int
    annotation: Any  # the pydyf dictionary of a link


class Node(Struct, eq=False):
    """One structure element. `attributes` is by owner: {"List": {"ListNumbering": "/Decimal"}}."""

    tag: str
    element: Any = None  # the HTML element it comes from
    page: int = 0
    kids: list[Node | Content | Annotation] = field(default_factory=list)
    lang: str = ""
    alt: str = ""
    actual_text: str = ""  # in the order of reading, of content in the order of painting
    identifier: str = ""
    mathml: str = ""  # of a formula
    attachment: str = ""  # the name of the one that says the same
    references: list[Node] = field(default_factory=list)  # what belongs to it elsewhere
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)


class Structure(Struct):
    root: Node = field(default_factory=lambda: Node("Document"))
    artifacts: list[Artifact] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)  # the node at an id, or around it
