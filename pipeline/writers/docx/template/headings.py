"""Headings of a template, whose styles may number otherwise or not at all, numbered as ours are.

The list is bound to the styles, so that a heading that somebody types later is numbered, too.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from docx.styles.style import ParagraphStyle
from lxml import etree

from ....ooxml import qualified, w
from ....xml import Element
from ..list_numbering import FITTED_SIZES, HEADING_INDENTS, TEXT_HANGING
from ..package import parsed
from ..schema import child_of, insert
from .styles import StyleIds

_VALUE, _ID = qualified("w:val"), qualified("w:styleId")
_ROOM = 794  # twips: 14 mm
_DEFAULT_SIZE = 10  # points (17.3.2.38)


def bind_headings(
    styles: Any, style_ids: StyleIds, names: Sequence[str], numbers: int, stories: list[Any]
) -> None:
    """Let the styles of headings, `names` by level, number by our list.

    The number of a large heading gets more room. Headings in the texts of the template, `stories`,
    stay as they were.
    """
    ids = style_ids.ids
    by_id = {style.get(_ID): style for style in styles.iter(qualified("w:style"))}
    headings = {ids[ours]: level for level, ours in enumerate(names)}
    before = {name: _numbers_of(by_id[name]) for name in headings}
    for level, ours in enumerate(names):
        style = by_id[ids[ours]]
        properties, new = child_of(style, "w:pPr"), numbering(numbers, level)
        larger = max(_size_of(styles, ids[ours]) / FITTED_SIZES[level], 1.0)
        bound = _set(properties, new)
        if larger > 1 or (ours in style_ids.own and not bound):
            # Said in the style, whose own indent would stand over that of the list (17.9.22).
            indent = round(HEADING_INDENTS[level] * larger)
            _set(properties, w("ind", left=indent, hanging=indent))
    for style in by_id.values():
        based = style.find(qualified("w:basedOn"))
        if style.get(_ID) not in headings and based is not None:
            _keep(style, before.get(based.get(_VALUE)))
    for story in stories:
        for paragraph in story.iter(qualified("w:p")):
            named = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
            if named is not None:
                _keep(paragraph, before.get(named.get(_VALUE)))


def bind_text(styles: Any, identity: str, numbers: int, gutter: int) -> None:
    """Let the style of paragraphs with numbers count them: the numbers hang in the gutter, if that
    has room (twips), and else the text stands in."""
    style = styles.get_by_id(identity)
    properties = child_of(style, "w:pPr")
    left = 0 if gutter >= _ROOM else TEXT_HANGING
    _set(properties, numbering(numbers, 0))
    _set(properties, w("ind", left=left, hanging=TEXT_HANGING))


def numbering(numbers: int, level: int) -> Element:
    """Return `w:numPr`: which list counts, at which level; list 0 is none (17.9.18)."""
    return w("numPr", w("ilvl", val=level) if level else None, w("numId", val=numbers))


def _numbers_of(style: Any) -> list[Any]:
    """Return how a style numbers its paragraphs, and how far in they stand."""
    none = (parsed(numbering(0, 0)), parsed(w("ind", left=0, firstLine=0)))
    found = {element.tag: element for element in none}
    found |= {element.tag: copy.deepcopy(element) for element in style.iter(*found)}
    return list(found.values())


def _keep(owner: Any, before: list[Any] | None) -> None:
    """Say in a paragraph, or a style, what it had from the style of a heading."""
    if before is None:
        return
    properties = child_of(owner, "w:pPr") if owner.tag == qualified("w:style") else owner[0]
    for element in before:
        if properties.find(element.tag) is None:
            insert(properties, copy.deepcopy(element))


def _set(properties: Any, new: Element) -> bool:
    """Put an element in the place of that of its kind; say whether it was there already."""
    element = parsed(new)
    there = properties.find(element.tag)
    same = there is not None and etree.tostring(there) == etree.tostring(element)
    properties.remove_all(new.tag)
    insert(properties, element)
    return same


def _size_of(styles: Any, identity: str) -> float:
    """Return the size of a style in points, its own or that of what it is based on."""
    style, seen = styles.get_by_id(identity), []
    while style is not None and style not in seen:
        seen.append(style)
        if size := ParagraphStyle(style).font.size:
            return float(size.pt)
        style = style.base_style
    defaults = styles.find(qualified("w:docDefaults"))
    found = None if defaults is None else next(defaults.iter(qualified("w:sz")), None)
    return _DEFAULT_SIZE if found is None else int(found.get(_VALUE)) / 2
