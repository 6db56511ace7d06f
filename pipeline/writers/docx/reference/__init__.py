"""A brief in a Word file of the house's own: its styles, headers, footers and cover stay.

The brief is written as ever, and then put into the other file: so a reference docx can change how
a brief looks, never what it says.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from msgspec import Struct

from ....ooxml import STYLE_NAMES, declarations, qualified
from ....styles import House
from ....title_block import FIELDS, field_values
from ..design import rules
from ..writing import Writing
from .joined_styles import missing_names
from .joining import join, with_namespaces
from .opened import BadReference, Parts, opened
from .places import (
    BODY,
    fill,
    insert_body,
    named,
    sections_after,
)

__all__ = ["FIELDS", "BadReference", "Facts", "facts", "fitted", "missing_styles"]

_RICH = {"Title": "title", "Subtitle": "subtitle", "Disclaimer": "disclaimer"}
_LEAST_WIDTH = 1440  # twips; a narrower page is a mistake of the file


class Facts(Struct, frozen=True):
    """What the writer must know of a reference docx before it writes."""

    text_width: int  # twips between the margins of the section that the brief stands in; 0 unknown
    placed: frozenset[str]  # the fields that its body names: what they hold is not printed again
    unknown: tuple[str, ...]  # names in braces that mean nothing
    styles: frozenset[str]  # the paragraph styles that it has, by our ids


def facts(content: bytes) -> Facts:
    """Return what a reference docx asks for. Raises `BadReference`."""
    parts = opened(content)
    root = parts.tree(parts.main)
    stories = [root, *(parts.tree(name) for name in _margins(parts))]
    names = set().union(*(named(story) for story in stories))
    unknown = tuple(sorted(names - set(FIELDS) - {BODY}))
    return Facts(_text_width(root), frozenset(named(root)), unknown, _styles_of(parts))


def _styles_of(parts: Parts) -> frozenset[str]:
    part = parts.target(parts.main, "styles")
    if not part:
        return frozenset()
    names = dict.fromkeys(STYLE_NAMES.values(), "paragraph")
    missing = missing_names(parts.tree(part), names)
    return frozenset(found for found, name in STYLE_NAMES.items() if name not in missing)


def missing_styles(content: bytes, house: House) -> list[str]:
    """Return the names of the house's styles that a reference docx lacks. Raises `BadReference`."""
    parts = opened(content)
    ours = {
        STYLE_NAMES[rule.id]: "character" if rule.character else "paragraph"
        for rule in rules(house, _LEAST_WIDTH, False)
        if rule.id in STYLE_NAMES and rule.id != "Normal"  # the default style stands for it
    }
    ours["Brief Table"] = "table"
    name = parts.target(parts.main, "styles")
    return missing_names(parts.tree(name), ours) if name else list(ours)


def fitted(own: bytes, writing: Writing) -> list[tuple[str, bytes]]:
    """Return the members of the file; `own` is the brief as the house's own Word file."""
    theirs, ours = opened(writing.styles.reference_docx), opened(own)
    right_to_left, values = writing.right_to_left, field_values(writing.numbered.brief)
    blocks = join(theirs, ours, writing.lang, right_to_left)
    root = with_namespaces(theirs.tree(theirs.main), ours.tree(ours.main))
    theirs.replace(theirs.main, root)
    placed = named(root)
    rich = {}
    for block in blocks[: len(_RICH) + 2]:
        field = _RICH.get(_style_name(block, theirs), "")
        if field in placed:
            rich[field] = block
    body = [block for block in blocks if block not in rich.values()]
    fill(root, values, rich)
    insert_body(root, body)
    if right_to_left:
        _turn_sections(root)
    for name in _margins(theirs):
        fill(theirs.tree(name), values, {})
    if writing.numbered.draft:
        _mark_draft(theirs, root, writing.term("draft"))
    return theirs.members()


def _margins(parts: Parts) -> list[str]:
    """Return the names of the headers and footers."""
    return [name for kind in ("header", "footer") for name in parts.targets(parts.main, kind)]


def _style_name(block: Any, parts: Parts) -> str:
    """Return the English name of the style of a paragraph."""
    style = block.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
    styles = parts.target(parts.main, "styles")
    identity = style.get(qualified("w:val")) if style is not None else ""
    for found in parts.tree(styles).iterchildren(qualified("w:style")):
        if found.get(qualified("w:styleId")) == identity:
            name = found.find(qualified("w:name"))
            return name.get(qualified("w:val"), "") if name is not None else ""
    return ""


def _text_width(root: Any) -> int:
    section = next(sections_after(root), None)
    size = section.find(qualified("w:pgSz")) if section is not None else None
    margins = section.find(qualified("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return 0
    try:
        width, left, right = (
            int(element.get(qualified(f"w:{name}"), "0"))
            for element, name in ((size, "w"), (margins, "left"), (margins, "right"))
        )
    except ValueError:
        return 0
    found = width - left - right
    return found if found >= _LEAST_WIDTH else 0


def _turn_sections(root: Any) -> None:
    """Let the pages of a text from right to left run that way (17.6.1)."""
    after = [qualified(f"w:{name}") for name in ("rtlGutter", "docGrid", "printerSettings")]
    for section in sections_after(root):
        if section.find(qualified("w:bidi")) is None:
            new = etree.Element(qualified("w:bidi"))
            following = next((child for child in section if child.tag in after), None)
            section.append(new) if following is None else following.addprevious(new)


def _mark_draft(parts: Parts, root: Any, word: str) -> None:
    """Mark every header; without headers, the first line of the body."""
    styles = parts.tree(parts.target(parts.main, "styles"))
    identity = next(
        (
            style.get(qualified("w:styleId"))
            for style in styles.iterchildren(qualified("w:style"))
            if style.find(qualified("w:name")).get(qualified("w:val")) == "Draft"
        ),
        "Draft",
    )
    line = (
        f'<w:p {declarations("w")}><w:pPr><w:pStyle w:val="{identity}"/></w:pPr>'
        f"<w:r><w:t>{word}</w:t></w:r></w:p>"
    )
    headers = [parts.tree(name) for name in parts.targets(parts.main, "header")]
    for story in headers or [root.find(qualified("w:body"))]:
        story.insert(0, etree.fromstring(line))
