"""The source map of a Word file, and the titles of its references."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ...model import Anchor
from .contract import SOURCE_MAP, SOURCES
from .package import Package

_MAP = f"{{{SOURCE_MAP}}}"
_B = f"{{{SOURCES}}}"


class CarriedCitation(Struct, frozen=True):
    """A citation as it was written: its anchor, its line in the Markdown, and what it printed."""

    anchor: Anchor
    line: int
    shown: str
    anchors: tuple[Anchor, ...] = ()  # of what it cites


class SourceMap(Struct, frozen=True):
    """What the source map of a Word file says, by bookmark; empty where there is none."""

    brief: str = ""  # the name of the brief
    sha256: str = ""  # of its Markdown
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    numbers: Mapping[Anchor, str] = field(default_factory=dict)
    blocks: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # lines and hashes
    citations: Mapping[str, CarriedCitation] = field(default_factory=dict)
    titles: Mapping[Anchor, str] = field(default_factory=dict)  # of sources


def source_map(package: Package) -> SourceMap:
    """Return what a Word file records about how it was made."""
    roots = list(package.related("customXml"))
    root = next((root for root in roots if root.tag == f"{_MAP}map"), None)
    if root is None:
        return SourceMap()
    anchors, numbers = {}, {}
    for element in root.iter(f"{_MAP}anchor"):
        if identifier := element.get("anchor"):
            anchor = Anchor.parse(identifier)
            anchors[element.get("bookmark", "")] = anchor
            numbers[anchor] = element.get("number", "")
    citations = {
        element.get("bookmark", ""): CarriedCitation(
            Anchor.parse(element.get("anchor", "")),
            _line(element.get("line")),
            element.get("shown", ""),
            tuple(Anchor("reference", c.get("key", "")) for c in element.iter(f"{_MAP}cite")),
        )
        for element in root.iter(f"{_MAP}citation")
    }
    anchors |= {bookmark: found.anchor for bookmark, found in citations.items()}
    keys = {
        element.get("tag", ""): Anchor("reference", element.get("key", ""))
        for element in root.iter(f"{_MAP}source")
    }
    anchors |= {tag_name(tag): anchor for tag, anchor in keys.items()}
    titles = {}
    for source in (source for found in roots for source in found.iter(f"{_B}Source")):
        tag, title = source.findtext(f"{_B}Tag", ""), source.findtext(f"{_B}Title", "")
        if tag in keys and title:
            titles[keys[tag]] = title
    return SourceMap(
        root.get("brief", ""),
        root.get("sha256", ""),
        anchors,
        numbers,
        {
            element.get("bookmark", ""): (_line(element.get("line")), element.get("sha256", ""))
            for element in root.iter(f"{_MAP}block")
        },
        citations,
        titles,
    )


def tag_name(tag: str) -> str:
    """Return what a tag is called among bookmarks, whose names hold no space."""
    return f"tag {tag}"


def _line(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
