"""XML elements as values: a small tree, built once and written once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from .text import NOT_XML

# What must be escaped, and what no XML holds.
_SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')


class Element(Struct, frozen=True, gc=False):
    """One element; its name and those of its attributes have the prefixes that the root declares.

    {"w:val": "1"} are attributes, elements and texts are children.
    """

    tag: str
    attributes: Mapping[str, str] = {}
    children: tuple[Content, ...] = ()


Content = Element | str
Attributes = Mapping[str, str | int | None]  # as makers of elements take them


def element(tag: str, /, *children: Content | None, **attributes: str | int | None) -> Element:
    """Return an element with attributes without a prefix; what is None is left out."""
    values = {name: str(value) for name, value in attributes.items() if value is not None}
    return Element(tag, values, tuple(filter(None, children)))


def serialised(root: Element) -> str:
    """Return an element as XML, on one line and without a declaration."""
    parts: list[str] = []
    _write(root, parts)
    return "".join(parts)


def _write(found: Element, parts: list[str]) -> None:
    tag, children = found.tag, found.children
    start = f"<{tag}"
    for name, value in found.attributes.items():
        # Most values are numbers and names.
        start += f' {name}="{value if value.isalnum() else _attribute(value)}"'
    if not children:
        parts.append(f"{start}/>")
        return
    parts.append(f"{start}>")
    for child in children:
        if isinstance(child, Element):
            _write(child, parts)
        else:
            parts.append(_escaped(child))
    parts.append(f"</{tag}>")


def legal(text: str) -> str:
    """Return text with U+FFFD for what XML forbids: to leave it out would be a silent loss."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _escaped(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    text = legal(text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _attribute(value: str) -> str:
    """Return the value of an attribute; a line break as it is would be read as a space (3.3.3)."""
    if not _SPECIAL.search(value):
        return value
    value = _escaped(value).replace('"', "&quot;")
    return value.replace("\t", "&#9;").replace("\n", "&#10;")


def walk(found: Element) -> Iterator[Element]:
    """Yield an element and all inside it, in the order of the document."""
    yield found
    for child in found.children:
        if isinstance(child, Element):
            yield from walk(child)
