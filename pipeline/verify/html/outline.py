"""The pictures of a page, its links to elsewhere, and the levels of its headings."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from ...model import Anchor
from .tree import is_hidden, tag, text_of

_LEVELS = {f"h{level + 1}": level for level in range(1, 6)}  # h1 is the title
_LONGEST = 20_000  # characters of the words of a link


def pictures(root: Element) -> Iterator[str]:
    """Yield what is read out for pictures and charts."""
    for found in root.iter():
        if tag(found) == "img":
            yield found.get("alt", "")
        elif found.get("role") == "img":
            yield found.get("aria-label", "")


def leading(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the addresses of links to elsewhere with their words."""
    for found in root.iter("a"):
        address = found.get("href", "").strip()
        if address and not address.startswith("#") and not is_hidden(found):
            yield address, text_of(found, _LONGEST)


def levels(root: Element) -> Iterator[tuple[str, int]]:
    """Yield the levels of headings by their anchors."""
    for found in root.iter():
        if tag(found) in _LEVELS and found.get("id"):
            yield str(Anchor.parse(unquote(found.get("id", "")))), _LEVELS[tag(found)]
