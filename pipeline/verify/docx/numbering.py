"""The numbers that Word computes for headings and lists: the file does not contain them.

ECMA-376, part 1: 17.9 (numbering), 17.3.1.19 (`w:numPr`), 17.7 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..items import written
from .contract import qualified
from .styles import Styles, list_of, value

_LEVELS = 9
_NUMBERED_TEXT = "Numbered Text"
_FORMS = {  # 17.18.59
    "": "decimal",
    "decimal": "decimal",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}


class Level(Struct, frozen=True):
    start: int
    text: str  # "%1.%2"
    style: str  # the paragraph style that is tied to the level
    form: str = "decimal"  # of its numbers; "" of bullets, and of others that we never write


class Lists(Struct, frozen=True):
    """The lists of a file by `w:numId`: levels, and the `w:abstractNumId` that counts."""

    levels: Mapping[str, Mapping[int, Level]]
    abstract: Mapping[str, str]
    overrides: Mapping[str, Mapping[int, int]]  # where a list starts again, by level


class Place(Struct, frozen=True):
    """Where a paragraph stands in the lists, and whether it is a heading."""

    list_id: str
    level: int
    is_heading: bool
    is_text: bool = False  # a paragraph of the text that has a number


def read_lists(root: Element | None) -> Lists:
    """Return the lists of a `w:numbering` part, none without one."""
    if root is None:
        return Lists({}, {}, {})
    defined = {
        abstract.get(qualified("w:abstractNumId"), ""): _levels(abstract)
        for abstract in root.iter(qualified("w:abstractNum"))
    }
    levels, abstract, overrides = {}, {}, {}
    for found in root.iter(qualified("w:num")):
        identity = found.get(qualified("w:numId"), "")
        abstract[identity] = value(found, "w:abstractNumId")
        levels[identity] = defined.get(abstract[identity], {}) | _levels(found)
        overrides[identity] = {
            _integer(override.get(qualified("w:ilvl"))): _integer(start)
            for override in found.iter(qualified("w:lvlOverride"))
            if (start := value(override, "w:startOverride"))
        }
    return Lists(levels, abstract, overrides)


def _levels(element: Element) -> dict[int, Level]:
    found = element.iter(qualified("w:lvl"))
    return {_integer(level.get(qualified("w:ilvl"))): _level(level) for level in found}


def _level(level: Element) -> Level:
    start = value(level, "w:start")
    return Level(
        _integer(start) if start else 1,
        value(level, "w:lvlText"),
        value(level, "w:pStyle"),
        _FORMS.get(value(level, "w:numFmt"), ""),
    )


def place_of(paragraph: Element, styles: Styles, lists: Lists) -> Place:
    """Return where a paragraph stands: as it says itself, else as its style does.

    One whose end was deleted is a part of the next one (17.13.5.15).
    """
    properties = paragraph.find(qualified("w:pPr"))
    if (
        paragraph.find(f"{qualified('w:pPr')}/{qualified('w:rPr')}/{qualified('w:del')}")
        is not None
    ):
        return Place("", 0, False)
    own = value(properties, "w:pStyle") if properties is not None else ""
    list_id, level = list_of(properties)
    is_heading = is_text = False
    for style in styles.chain(own or styles.default):
        is_heading = is_heading or style.is_heading
        is_text = is_text or style.name == _NUMBERED_TEXT
        if not list_id and style.list_id:
            list_id = style.list_id
            tied = lists.levels.get(list_id, {}).items()
            named = (str(n) for n, one in tied if own and styles.name(one.style) == style.name)
            level = level or style.level or next(named, "")
    return Place(list_id, _integer(level), is_heading, is_text)


def count(places: Iterable[Place], lists: Lists) -> Iterator[str]:
    """Yield the number that Word prints before each paragraph, "" before what has none."""
    counts: dict[str, list[int | None]] = {}
    used: set[str] = set()
    for place in places:
        abstract = lists.abstract.get(place.list_id, "")
        levels = lists.levels.get(place.list_id, {})
        if place.level not in levels or place.level >= _LEVELS:
            yield ""
            continue
        found = counts.setdefault(abstract, [None] * _LEVELS)
        if place.list_id not in used:
            used.add(place.list_id)
            for level, start in lists.overrides.get(place.list_id, {}).items():
                if level < _LEVELS:
                    found[level] = start - 1
        current = found[place.level]
        found[place.level] = levels[place.level].start if current is None else current + 1
        found[place.level + 1 :] = [None] * (_LEVELS - place.level - 1)
        yield _shown(levels, place.level, found) if levels[place.level].form else ""


def _shown(levels: Mapping[int, Level], level: int, counts: list[int | None]) -> str:
    def number(match: re.Match[str]) -> str:
        wanted = int(match[1]) - 1
        found = counts[wanted]
        level = levels.get(wanted, Level(1, "", ""))
        return written(level.start if found is None else found, level.form)

    return re.sub("%([1-9])", number, levels[level].text)


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
