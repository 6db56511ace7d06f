"""numbering.xml: how headings and lists are numbered. Word counts; the table of numbers agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from lxml import etree
from msgspec import Struct

from ...model import Enumerator
from ...model.enumerators import NumberFormat
from ...ooxml import qualified, w
from ...xml import Element
from .package import parsed, part_of, word_part
from .schema import insert

_VALUE = qualified("w:val")
_ABSTRACT, _ABSTRACT_ID = qualified("w:abstractNum"), qualified("w:abstractNumId")
_NUM, _NUM_ID = qualified("w:num"), qualified("w:numId")
_KINDS = ("heading", "bullet", "number", "task", "paragraph")
_NUMBER_FORMATS: Mapping[NumberFormat, str] = {  # 17.18.59
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_INDENT = 360  # twips per level
_BULLETS = "•–▪"
# Of headings, by level: twips from the number to the text, and the size in points that they fit.
HEADING_INDENTS = (425, 567, 709, 851, 992, 1134)
TEXT_HANGING = 567  # twips from the number of a paragraph to its text
FITTED_SIZES = (15, 12.5, 11.5, 11, 11, 11)


class ListNumbers(Struct, frozen=True):
    """One list of the file: its kind, its level, and the first number of an ordered list."""

    kind: str  # "bullet", "number", "task"
    level: int  # from 0
    start: str  # "" of a list without numbers
    enumerator: Enumerator  # of an ordered list


class NumberingIds(Struct, frozen=True):
    """The ids of our lists in a file."""

    abstract: Mapping[str, int]  # the `w:abstractNumId` of each kind of list
    headings: int  # the `w:numId` of the headings
    paragraphs: int  # that of the paragraphs with numbers, 0 where none have one
    first: int  # the first `w:numId` that is free


def merge_numbering(
    document: Document, heading_ids: Sequence[str], text_id: str, from_right: bool
) -> NumberingIds:
    """Add our kinds of lists to a file, those of headings bound to their styles (17.9.23), and that
    of paragraphs with numbers to `text_id`, if there is such a style."""
    root = word_part(document, "numbering", w("numbering")).element
    side = "right" if from_right else "left"
    abstract = {}
    tied = {"heading": heading_ids, "paragraph": [text_id]}
    for kind in _KINDS if text_id else _KINDS[:-1]:
        free = 1 + max((as_number(x.get(_ABSTRACT_ID)) for x in root.iter(_ABSTRACT)), default=-1)
        abstract[kind] = _add_definition(root, kind, free, side, tied.get(kind, ()))
    _release(root, heading_ids, abstract["heading"])
    highest = max((as_number(x.get(_NUM_ID)) for x in root.iter(_NUM)), default=0)
    lists = {}
    for kind in [kind for kind in tied if kind in abstract]:
        found = _plain_list(root, abstract[kind])
        if found is None:
            found = highest = highest + 1
            insert(root, parsed(_list(found, abstract[kind])))
        lists[kind] = found
    return NumberingIds(abstract, lists["heading"], lists.get("paragraph", 0), highest + 1)


def add_lists(
    document: Document, ids: NumberingIds, lists: Sequence[ListNumbers], from_right: bool
) -> None:
    """Add the lists of the body. The start of an ordered one is said even where it is 1, or Word
    goes on from the last one."""
    part = part_of(document.part, "numbering")
    side = "right" if from_right else "left"
    for number, found in enumerate(lists, ids.first):
        start: tuple[Element, ...] = ()
        if found.start:
            override = w("startOverride", val=found.start)
            own = _own_level(found, side) if found.enumerator != Enumerator() else None
            start = (w("lvlOverride", override, own, ilvl=found.level),)
        insert(part.element, parsed(_list(number, ids.abstract[found.kind], *start)))


def _own_level(found: ListNumbers, side: str) -> Element:
    """Return the level of a list that is not numbered "1." (17.9.5)."""
    text = f"{found.enumerator.before}%{found.level + 1}{found.enumerator.after}"
    number_format = _NUMBER_FORMATS[found.enumerator.format]
    left = _INDENT * (found.level + 1)
    return _level(found.level, number_format, None, text, side, left, _INDENT)


def as_number(text: str | None) -> int:
    """Return an id as a number; 0 if it is not one."""
    try:
        return int(text or "0")
    except ValueError:
        return 0


def _list(number: int, abstract: int, *overrides: Element) -> Element:
    return w("num", w("abstractNumId", val=abstract), *overrides, numId=number)


def _plain_list(root: Any, abstract: int) -> int | None:
    """Return the list that a definition has without changes of its own."""
    lists = (found for found in root.iter(_NUM) if len(found) == 1)
    plain = (found.get(_NUM_ID) for found in lists if found[0].get(_VALUE) == str(abstract))
    return next(map(as_number, plain), None)


def _add_definition(root: Any, kind: str, free: int, side: str, style_ids: Sequence[str]) -> int:
    """Add a definition unless the file has just this one, as one that we wrote has."""
    for found in root.iter(_ABSTRACT):
        number = as_number(found.get(_ABSTRACT_ID))
        if _is_named(found, kind):
            ours = parsed(_definition(kind, number, side, style_ids))
            if _canonical(found) == _canonical(ours):
                return number
    insert(root, parsed(_definition(kind, free, side, style_ids)))
    return free


def _name(kind: str) -> str:
    """Return the number by which Word, too, recognises a definition (17.9.14)."""
    return f"B41EF00{_KINDS.index(kind)}"


def _is_named(found: Any, kind: str) -> bool:
    return any(x.get(_VALUE) == _name(kind) for x in found.iterchildren(qualified("w:nsid")))


def _canonical(root: Any) -> bytes:
    return bytes(etree.tostring(root, method="c14n", exclusive=True))


def _release(root: Any, style_ids: Sequence[str], ours: int) -> None:
    """Detach the heading styles from all other definitions."""
    others = (x for x in root.iter(_ABSTRACT) if x.get(_ABSTRACT_ID) != str(ours))
    for tied in [style for other in others for style in other.iter(qualified("w:pStyle"))]:
        if tied.get(_VALUE) in style_ids:
            tied.getparent().remove(tied)


# Definitions -----------------------------------------------------------------------------------


def _definition(kind: str, number: int, side: str, style_ids: Sequence[str]) -> Element:
    """Return a kind of list (17.9.1).

    `side` is where the text begins: `w:lvlJc` means a side of the page, whatever the direction
    (17.9.7), and a number on the other one would hang out of the text.
    """
    if kind == "paragraph":
        own = w("pStyle", val=style_ids[0])
        levels = [_level(0, "decimal", own, "%1", side, TEXT_HANGING, TEXT_HANGING)]
    elif kind == "heading":
        levels = [_heading_level(i, style, side) for i, style in enumerate(style_ids)]
    else:
        levels = [_list_level(kind, level, side) for level in range(9)]
    return w(
        "abstractNum",
        w("nsid", val=_name(kind)),
        w("multiLevelType", val="multilevel" if kind == "heading" else "hybridMultilevel"),
        w("tmpl", val=f"B41EF01{_KINDS.index(kind)}"),
        *levels,
        abstractNumId=number,
    )


def _heading_level(level: int, style: str, side: str) -> Element:
    """Return "1." for sections and "1.1", "1.1.1" below, tied to the style of the heading."""
    text = ".".join(f"%{i + 1}" for i in range(level + 1)) + ("" if level else ".")
    hanging = HEADING_INDENTS[level]
    return _level(level, "decimal", w("pStyle", val=style), text, side, hanging, hanging)


def _list_level(kind: str, level: int, side: str) -> Element:
    text = {
        "number": f"%{level + 1}.",
        "bullet": _BULLETS[level % len(_BULLETS)],
        "task": " ",  # not empty: pandoc would join the items
    }[kind]
    number_format = "decimal" if kind == "number" else "bullet"
    suffix = w("suff", val="nothing") if kind == "task" else None
    return _level(level, number_format, suffix, text, side, _INDENT * (level + 1), _INDENT)


def _level(
    level: int,
    number_format: str,
    own: Element | None,
    text: str,
    side: str,
    left: int,
    hanging: int,
) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=number_format),
        own,
        w("lvlText", val=text),
        w("lvlJc", val=side),
        w("pPr", w("ind", left=left, hanging=hanging)),
        ilvl=level,
    )
