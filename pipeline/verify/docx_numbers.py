"""The numbers that Word counts for headings: they stand nowhere in the file.

ECMA-376, part 1: 17.9 (numbering), 17.3.1.19 (`w:numPr`), 17.7 (styles).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..ooxml import qualified

_LEVELS = 9
_VALUE = qualified("w:val")


class _Style(Struct, frozen=True):
    name: str
    based_on: str
    list_id: str  # w:numId; "" where the style says nothing
    level: str
    is_heading: bool


class _Level(Struct, frozen=True):
    start: int
    text: str  # "%1.%2"
    style: str  # the paragraph style that is tied to the level


class HeadingNumbers:
    """Counts as Word does: give it every paragraph, in order."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = _read_styles(styles) if styles is not None else {}
        self._default = _default_style(styles) if styles is not None else ""
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}  # w:numId to w:abstractNumId
        self._overrides: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        self._counts: dict[str, list[int | None]] = {}
        self._chains: dict[str, list[str]] = {}  # what `_chain` found

    def style_name(self, identity: str) -> str:
        return self._styles[identity].name if identity in self._styles else identity

    def next(self, paragraph: Element) -> str:
        """Return what Word prints before a heading, "" for nothing, a bullet, and what is none."""
        properties = _child(paragraph, "w:pPr")
        chain = self._chain(_value(properties, "w:pStyle") if properties is not None else "")
        number = self._counted(*self._place(properties, chain))
        return number if any(self._styles[found].is_heading for found in chain) else ""

    def _counted(self, list_id: str, level: int) -> str:
        """Count on in a list, and return the number as its level prints it."""
        abstract = self._lists.get(list_id)
        if abstract is None or level >= _LEVELS or level not in self._abstract.get(abstract, {}):
            return ""
        levels = self._abstract[abstract]
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        for overridden, start in self._overrides.pop(list_id, {}).items():
            if overridden < _LEVELS:
                counts[overridden] = start - 1
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)

        def shown(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            count = counts[wanted]
            start = levels[wanted].start if wanted in levels else 1
            return str(start if count is None else count)

        return re.sub("%([1-9])", shown, levels[level].text)

    # Where a paragraph stands ------------------------------------------------------------------

    def _place(self, properties: Element | None, chain: list[str]) -> tuple[str, int]:
        list_id, level = _list_of(properties)
        for identity in chain:
            style = self._styles[identity]
            if not list_id and style.list_id:
                list_id = style.list_id
                level = level or style.level or self._tied_level(list_id, identity)
        return list_id, _integer(level)

    def _tied_level(self, list_id: str, style: str) -> str:
        levels = self._abstract.get(self._lists.get(list_id, ""), {})
        return next((str(number) for number, level in levels.items() if level.style == style), "")

    def _chain(self, identity: str) -> list[str]:
        """Return a style and those that it is based on, nearest first."""
        if identity not in self._chains:
            found: list[str] = []
            name = identity or self._default
            while name in self._styles and name not in found:
                found.append(name)
                name = self._styles[name].based_on
            self._chains[identity] = found
        return self._chains[identity]

    def _read_numbering(self, root: Element) -> None:
        for abstract in root.iter(qualified("w:abstractNum")):
            levels = {}
            for level in abstract.iter(qualified("w:lvl")):
                if _value(level, "w:numFmt") in ("decimal", ""):
                    start = _value(level, "w:start")
                    levels[_integer(level.get(qualified("w:ilvl")))] = _Level(
                        _integer(start) if start else 1,
                        _value(level, "w:lvlText"),
                        _value(level, "w:pStyle"),
                    )
            self._abstract[abstract.get(qualified("w:abstractNumId"), "")] = levels
        for found in root.iter(qualified("w:num")):
            identity = found.get(qualified("w:numId"), "")
            self._lists[identity] = _value(found, "w:abstractNumId")
            self._overrides[identity] = {
                _integer(override.get(qualified("w:ilvl"))): _integer(start)
                for override in found.iter(qualified("w:lvlOverride"))
                if (start := _value(override, "w:startOverride"))
            }


def _read_styles(root: Element) -> dict[str, _Style]:
    found = {}
    for style in root.iter(qualified("w:style")):
        properties = _child(style, "w:pPr")
        outline = properties is not None and _child(properties, "w:outlineLvl") is not None
        name = _value(style, "w:name")
        found[style.get(qualified("w:styleId"), "")] = _Style(
            name,
            _value(style, "w:basedOn"),
            *_list_of(properties),
            outline or re.fullmatch("heading [1-9]", name.lower()) is not None,
        )
    return found


def _default_style(root: Element) -> str:
    for style in root.iter(qualified("w:style")):
        if style.get(qualified("w:type")) == "paragraph" and style.get(qualified("w:default")):
            return str(style.get(qualified("w:styleId"), ""))
    return ""


def _list_of(properties: Element | None) -> tuple[str, str]:
    """Return `w:numId` and `w:ilvl` of paragraph properties, "" where they say nothing."""
    found = _child(properties, "w:numPr") if properties is not None else None
    return (_value(found, "w:numId"), _value(found, "w:ilvl")) if found is not None else ("", "")


def _child(element: Element, name: str) -> Element | None:
    return element.find(qualified(name))


def _value(element: Element, name: str) -> str:
    found = _child(element, name)
    return str(found.get(_VALUE, "")) if found is not None else ""


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
