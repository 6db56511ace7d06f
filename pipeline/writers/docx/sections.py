"""Pages in landscape: a part that asks for them is a section of its own (17.6).

A section is stated at its end, in its last paragraph. The brief is written with ends that say only
how their pages stand; `divide` gives them what the section has that the brief is written into.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import Any

from ...ooxml import qualified, w
from ...xml import Element
from .package import parsed
from .runs import paragraph
from .schema import insert

_SECTION, _KIND = qualified("w:sectPr"), qualified("w:rsidSect")
_COVER, _UPRIGHT, _LANDSCAPE = "cover", "upright", "landscape"
_FOOT_OF_COVER = "567"  # twips: no footer stands there
_OF_FIRST = ("w:headerReference", "w:footerReference", "w:titlePg")  # later ones inherit or lack it


def in_landscape(content: list[Element]) -> list[Element]:
    """Return content with the end of the section before it, and that of its own."""
    return [_end(_UPRIGHT), *content, _end(_LANDSCAPE)]


def end_of_cover() -> Element:
    """Return the end of the section of the cover, which has neither header nor footer."""
    return _end(_COVER)


def _end(kind: str) -> Element:
    line = w("spacing", before=0, after=0)
    return paragraph("BodyText", (), line, w("sectPr", rsidSect=kind))


def divide(root: Any) -> None:
    """Complete the sections of a body by the one that follows them."""
    _complete_cover(root)
    for before, after in pairwise(_ends(root)):
        # Two parts in landscape with nothing between them share their pages.
        one, other = (end.getparent().getparent() for end in (before, after))
        if before.get(_KIND) == _LANDSCAPE and one.getnext() is other:
            for paragraph_of in (one, other):
                paragraph_of.getparent().remove(paragraph_of)
    ends = _ends(root)
    if not ends:
        return
    sections = list(root.iter(_SECTION))
    last = sections[sections.index(ends[-1]) + 1]
    for number, end in enumerate(ends):
        section = deepcopy(last)
        if number:
            _drop(section, *_OF_FIRST)
        _drop(section, "w:type")
        insert(section, parsed(w("type", val="nextPage")))
        if end.get(_KIND) == _LANDSCAPE:
            _turn(section)
        end.getparent().replace(end, section)
    _drop(last, "w:titlePg", "w:type")
    insert(last, parsed(w("type", val="nextPage")))


def _complete_cover(root: Any) -> None:
    sections = list(root.iter(_SECTION))
    for end in [section for section in sections if section.get(_KIND) == _COVER]:
        section = deepcopy(sections[-1])
        _drop(section, *_OF_FIRST)
        for margins in section.iterchildren(qualified("w:pgMar")):
            margins.set(qualified("w:bottom"), _FOOT_OF_COVER)
        end.getparent().replace(end, section)


def _ends(root: Any) -> list[Any]:
    return [end for end in root.iter(_SECTION) if end.get(_KIND) in (_UPRIGHT, _LANDSCAPE)]


def _drop(section: Any, *names: str) -> None:
    for found in [*section.iterchildren(*map(qualified, names))]:
        section.remove(found)


def _turn(section: Any) -> None:
    size = section.find(qualified("w:pgSz"))
    if size is None:
        return
    width, height = qualified("w:w"), qualified("w:h")
    across, down = size.get(height), size.get(width)
    size.set(width, across)
    size.set(height, down)
    size.set(qualified("w:orient"), "landscape")
