"""The styles of a Word file, as far as they number headings or keep text from sight.

ECMA-376, part 1: 17.7 (styles), 17.3.2 (properties of runs).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import asdict, replace

from ...colours import Rgb, contrast, rgb_of_hex
from ..readback import STRUCK
from .contract import qualified

_VALUE = qualified("w:val")
_OFF = ("0", "false", "off")
_LEAST_CONTRAST = 3.0
_LEAST_SIZE = 8  # half-points
_LEAST_WIDTH = 40  # per cent of that of the letters
_FURTHEST_RAISED = 40  # half-points
_LEAST_SPACING = -60  # twips
_SYMBOLS = re.compile(r"wingdings(?: [23])?|webdings|marlett|bookshelf symbol.*", re.IGNORECASE)
_HIGHLIGHTS = {  # 17.18.40
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "red": "FF0000",
    "magenta": "FF00FF",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}


class Look(Struct, frozen=True, dict=True):
    """What run properties say of how text is seen; None where they say nothing."""

    hidden: bool | None = None
    colour: str | None = None  # six hex digits, or "auto"
    ground: str | None = None
    size: float | None = None  # half-points
    odd: str | None = None  # why its characters are not seen as what they are
    place: str | None = None  # "superscript", "subscript", or "baseline"

    def over(self, other: Look) -> Look:
        """Return this look, and the other's where this one says nothing."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(other, **said)

    @cached_property
    def unseen(self) -> str:
        """Why text that looks so cannot be read, as a word or two; "" if it can."""
        if self.size is not None and self.size < _LEAST_SIZE:
            return "too small to read"
        if self.odd:
            return self.odd
        if self.colour is None and self.ground is None:
            return ""
        ink, ground = _rgb(self.colour, (0.0, 0.0, 0.0)), _rgb(self.ground, (1.0, 1.0, 1.0))
        if self.colour in (None, "auto"):  # Word then takes black or white, what is seen better
            return ""
        return (
            "too pale to see on its background" if contrast(ink, ground) < _LEAST_CONTRAST else ""
        )


def _rgb(colour: str | None, default: Rgb) -> Rgb:
    try:
        return rgb_of_hex(f"#{colour}")
    except ValueError:  # none, or "auto"
        return default


class Style(Struct, frozen=True):
    name: str
    based_on: str
    list_id: str  # w:numId; "" where the style says nothing
    level: str
    is_heading: bool
    look: Look


class Styles(Struct, frozen=True, dict=True):
    """The styles of a file by their id, and that of a paragraph without one."""

    by_id: Mapping[str, Style]
    default: str = ""
    everywhere: Look = Look()  # where no style says otherwise (17.7.5.5)

    @cached_property
    def _looks(self) -> dict[tuple[str, str, Look], Look]:
        return {}

    @cached_property
    def _chains(self) -> dict[str, tuple[Style, ...]]:
        return {}

    def chain(self, identity: str) -> tuple[Style, ...]:
        """Return a style and those that it is based on, nearest first."""
        if identity not in self._chains:
            found: dict[str, Style] = {}
            name = identity
            while name in self.by_id and name not in found:
                found[name] = self.by_id[name]
                name = self.by_id[name].based_on
            self._chains[identity] = tuple(found.values())
        return self._chains[identity]

    def name(self, identity: str) -> str:
        return self.by_id[identity].name if identity in self.by_id else identity

    def look(self, identity: str) -> Look:
        found = Look()
        for style in self.chain(identity):
            found = found.over(style.look)
        return found

    def run_look(self, paragraph_style: str, properties: Element | None) -> Look:
        """Return how a run looks: as it says itself, then its character style, its paragraph's.

        Being hidden is a toggle (17.7.3): said by both styles, it is not hidden.
        """
        direct, style = Look(), ""
        if properties is not None:
            direct, style = look_of(properties), value(properties, "w:rStyle")
        key = (paragraph_style, style, direct)
        if key not in self._looks:
            below, character = self.look(paragraph_style or self.default), self.look(style)
            look = direct.over(character).over(below).over(self.everywhere)
            if direct.hidden is None and character.hidden and below.hidden:
                look = replace(look, hidden=False)
            self._looks[key] = look
        return self._looks[key]


def read_styles(root: Element | None) -> Styles:
    """Return the styles of a `w:styles` part, none without one."""
    if root is None:
        return Styles({})
    found, default = {}, ""
    for style in root.iter(qualified("w:style")):
        identity = style.get(qualified("w:styleId"), "")
        properties, run = style.find(qualified("w:pPr")), style.find(qualified("w:rPr"))
        outline = properties is not None and properties.find(qualified("w:outlineLvl")) is not None
        name = value(style, "w:name")
        found[identity] = Style(
            name,
            value(style, "w:basedOn"),
            *list_of(properties),
            outline or re.fullmatch("heading [1-9]", name.lower()) is not None,
            _look_in(properties, look_of(run) if run is not None else Look()),
        )
        if style.get(qualified("w:type")) == "paragraph" and style.get(qualified("w:default")):
            default = default or identity
    base = root.find("/".join(map(qualified, ("w:docDefaults", "w:rPrDefault", "w:rPr"))))
    return Styles(found, default, Look() if base is None else look_of(base))


def _look_in(paragraph: Element | None, run: Look) -> Look:
    """Return the look of the runs of a style with the ground of its paragraphs (17.3.1.31)."""
    shade = None if paragraph is None else paragraph.find(qualified("w:shd"))
    if shade is None or run.ground is not None:
        return run
    return replace(run, ground=shade.get(qualified("w:fill"), "auto"))


def look_of(properties: Element) -> Look:
    """Return what run properties say of how text is seen."""
    hidden = properties.find(qualified("w:vanish"))
    colour, shade = properties.find(qualified("w:color")), properties.find(qualified("w:shd"))
    size = value(properties, "w:sz")
    fill = properties.find(qualified("w14:textFill"))
    if fill is not None and fill.find(qualified("w14:noFill")) is not None:
        return Look(True)
    return Look(
        None if hidden is None else hidden.get(_VALUE, "1") not in _OFF,
        None if colour is None else colour.get(_VALUE, "auto"),
        _HIGHLIGHTS.get(value(properties, "w:highlight"))
        or (None if shade is None else shade.get(qualified("w:fill"), "auto")),
        float(size) if size.isascii() and size.isdigit() and len(size) < 6 else None,
        _odd(properties),
        value(properties, "w:vertAlign") or None,
    )


def _odd(properties: Element) -> str | None:
    """Return why run properties show other characters than there are, or none (17.3.2)."""
    fonts = properties.find(qualified("w:rFonts"))
    names = (
        [] if fonts is None else [fonts.get(qualified(f"w:{n}"), "") for n in ("ascii", "hAnsi")]
    )
    if any(map(_SYMBOLS.fullmatch, names)):
        return "in a font of symbols"
    if 0 < _whole(value(properties, "w:w")) < _LEAST_WIDTH:
        return "too narrow to read"
    struck = (properties.find(qualified(name)) for name in ("w:strike", "w:dstrike"))
    if any(found is not None and found.get(_VALUE, "1") not in _OFF for found in struck):
        return STRUCK
    if abs(_whole(value(properties, "w:position"))) > _FURTHEST_RAISED:
        return "moved out of its line"
    if _whole(value(properties, "w:spacing")) < _LEAST_SPACING:
        return "of letters that lie over each other"
    return None


def _whole(text: str) -> int:
    return int(text) if re.fullmatch("-?[0-9]{1,6}", text) else 0


def list_of(properties: Element | None) -> tuple[str, str]:
    """Return `w:numId` and `w:ilvl` of paragraph properties, "" where they say nothing."""
    found = properties.find(qualified("w:numPr")) if properties is not None else None
    return (value(found, "w:numId"), value(found, "w:ilvl")) if found is not None else ("", "")


def value(element: Element, name: str) -> str:
    found = element.find(qualified(name))
    return str(found.get(_VALUE, "")) if found is not None else ""
