"""Lists of a Word file: which number each of their items has (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..ooxml import qualified
from ..readers.docx.runs import value
from .values import Item

BULLETS = ("bullet", "none", "")
_LEVELS = 9
_BOXES = {"\N{BALLOT BOX}": " ", "\N{BALLOT BOX WITH X}": "x", "\N{BALLOT BOX WITH CHECK}": "x"}
_LABEL = re.compile(r"(\(?)%(\d)([.)]?)")


class _Level(Struct):
    format: str = "decimal"
    text: str = "%1."
    start: int = 1

    @property
    def is_blank(self) -> bool:
        return self.format == "bullet" and self.text == " "


class Numbering:
    """Counts the items of the lists of one file, in reading order."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}  # abstract lists by id of the list
        self._starts: dict[tuple[str, int], int] = {}  # where a list begins anew
        self._own: dict[tuple[str, int], _Level] = {}
        self._styles: dict[str, tuple[str, int]] = {}  # lists by style
        self._counts: dict[str, list[int | None]] = {}
        self._used: set[tuple[str, int]] = set()
        for root in roots:
            self._read(root)

    def _read(self, root: Element) -> None:
        linked: dict[str, str] = {}  # abstract lists by the list style that they define
        waiting: dict[str, str] = {}
        for abstract in root.iter(qualified("w:abstractNum")):
            identity = abstract.get(qualified("w:abstractNumId"), "")
            found = (_level(level) for level in abstract.iter(qualified("w:lvl")))
            self._abstract[identity] = dict(found)
            if style := value(abstract, "w:styleLink"):
                linked[style] = identity
            if style := value(abstract, "w:numStyleLink"):
                waiting[identity] = style
        for identity, style in waiting.items():
            self._abstract[identity] = self._abstract.get(linked.get(style, ""), {})
        for each in root.iter(qualified("w:num")):
            number = each.get(qualified("w:numId"), "")
            self._lists[number] = value(each, "w:abstractNumId")
            for override in each.iter(qualified("w:lvlOverride")):
                place = _number(override.get(qualified("w:ilvl"), ""))
                if start := value(override, "w:startOverride"):
                    self._starts[number, place] = _number(start)
                own = override.find(qualified("w:lvl"))
                if own is not None:
                    self._own[number, place] = _level(own)[1]

    def goes_on(self, number: str, level: int) -> bool:
        """Say whether a paragraph belongs to the item before it: pandoc gives it a blank bullet."""
        found = self._level(number, level)
        return found is not None and found.is_blank

    def _level(self, number: str, level: int) -> _Level | None:
        level = min(level, _LEVELS - 1)
        of_list = self._abstract.get(self._lists.get(number, ""), {})
        return self._own.get((number, level)) or of_list.get(level)

    def item(self, number: str, level: int) -> Item | None:
        """Count an item of a list; None if the list has no such level, or no numbers there."""
        abstract = self._lists.get(number)
        if abstract is None:
            return None
        level = min(level, _LEVELS - 1)
        found = self._level(number, level)
        if found is None or found.format == "none" or found.is_blank:
            return None
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if (number, level) in self._starts and (number, level) not in self._used:
            counts[level] = None
            begins = self._starts[number, level]
        else:
            begins = found.start
        self._used.add((number, level))
        before = counts[level]
        counts[level] = begins if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        count = counts[level]
        if found.format in BULLETS or count is None:
            return Item(number, level, box=_BOXES.get(found.text, ""))
        label = _LABEL.search(found.text)
        before_, after = (label[1], label[3] or ".") if label else ("", ".")
        return Item(number, level, count, found.format, before_ if after == ")" else "", after)


def _level(element: Element) -> tuple[int, _Level]:
    number = _number(element.get(qualified("w:ilvl"), ""))
    start = value(element, "w:start")
    return number, _Level(
        value(element, "w:numFmt") or "decimal",
        value(element, "w:lvlText"),
        _number(start) if start else 1,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
