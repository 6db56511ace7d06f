"""What the source map in a Word file says: the anchor of each bookmark and of each source."""

from __future__ import annotations

from ..ooxml import SOURCE_MAP
from .docx_package import Package

_MAP = f"{{{SOURCE_MAP}}}"


def anchors_of(package: Package) -> dict[str, str]:
    """Return the anchor of each bookmark, and of each tag in Word's source manager."""
    found = {}
    for root in package.related("customXml"):
        if root.tag == f"{_MAP}map":
            for element in (*root.iter(f"{_MAP}anchor"), *root.iter(f"{_MAP}citation")):
                found[element.get("bookmark", "")] = element.get("anchor", "")
            for element in root.iter(f"{_MAP}source"):
                found[tag_name(element.get("tag", ""))] = f"ref-{element.get('key', '')}"
    return found


def tag_name(tag: str) -> str:
    """Return what a tag is called among bookmarks, whose names hold no blank."""
    return f"tag {tag}"
