"""What all elements of a style have in common (CSL 1.0.2, rendering elements, formatting)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from xml.etree.ElementTree import Element as Xml

from .dress import (
    BEGIN,
    BOLD,
    CLOSE,
    CLOSE_QUOTE,
    END,
    ITALIC,
    MARKS,
    OPEN_QUOTE,
    SMALL_CAPS,
    SUB,
    SUPER,
    pieces,
)
from .item import Missing, Variables
from .locales import CSL, Locales

# A point that ends a word, or parts initials: "J.", "U.S.".
_MARK = "[\ufdd0-\ufdef]*"
_POINT_OF_ABBREVIATION = re.compile(
    rf"\.(?!{_MARK}\w)|(?<![^\W_]{{2}})(?<=[^\W\d_])\.(?=[^\W\d_](?![^\W_]))"
)
# Marks of dress by attribute and its value; a run has no other dress. The first are innermost.
_DRESS = {
    "font-style": {"italic": ITALIC, "oblique": ITALIC},
    "font-variant": {"small-caps": SMALL_CAPS},
    "font-weight": {"bold": BOLD},
    "vertical-align": {"sup": SUPER, "sub": SUB},
}


class Style:
    """A style in one locale. Its elements are made when an entry first comes to them."""

    def __init__(self, root: Xml, locales: Locales, classes: Mapping[str, type[Element]]) -> None:
        self.root, self.locales, self._classes = root, locales, classes
        found = root.find(f"{CSL}bibliography")
        assert found is not None
        self.bibliography = found
        self._macros = {macro.get("name"): macro for macro in root.iterfind(f"{CSL}macro")}
        self._made: dict[str, Element] = {}

    def element(self, xml: Xml) -> Element:
        return self._classes.get(xml.tag.removeprefix(CSL), Element)(xml, self)

    def option(self, name: str, default: str | None = None) -> str | None:
        """Return an option of the bibliography, or else of the style."""
        return self.bibliography.get(name, self.root.get(name, default))

    def macro(self, name: str) -> Element:
        if name not in self._made:
            self._made[name] = Element(self._macros[name], self)
        return self._made[name]


class Element:
    """An element of a style. What is the same in all entries is found out once.

    `transparent` is a choice: the group round it joins its texts.
    """

    transparent = False

    def __init__(self, xml: Xml, style: Style) -> None:
        self.xml, self.style, self.locales = xml, style, style.locales
        self.attributes = dict(xml.attrib)
        self.get = self.attributes.get

    @cached_property
    def children(self) -> list[Element]:
        return [self.style.element(child) for child in self.xml]

    @cached_property
    def counts(self) -> bool:
        """Whether this is a variable, or holds one (CSL 1.0.2, group)."""
        return any(child.counts for child in self.children)

    def render(self, item: Variables) -> str | None:
        """Return the text of one entry here; None or `Missing` for nothing."""
        return self.marked_up(self.joined_children(item))

    def joined_children(self, item: Variables, delimiter: str = "") -> str | None:
        texts = [text for _, text in self.rendered(item, delimiter)]
        return delimiter.join(texts) if texts else None

    def rendered(self, item: Variables, delimiter: str) -> list[tuple[Element, str]]:
        """Return each child that has a text, with it; `delimiter` is of the group round them."""
        found = []
        for child in self.children:
            try:
                text = (
                    child.joined_children(item, delimiter)
                    if child.transparent
                    else child.render(item)
                )
            except Missing:
                continue
            if text is not None:
                found.append((child, text))
        return found

    def marked_up(self, text: str | None) -> str | None:
        """Return a text as its element wants it: most change nothing."""
        if not text:
            return None
        if not self._changes:
            return text
        return self.wrapped(self._quoted(self.dressed(self.cased(self.without_points(text)))))

    @cached_property
    def _changes(self) -> bool:
        names = (*_DRESS, "prefix", "suffix", "quotes", "strip-periods", "text-case")
        return any(name in self.attributes for name in names)

    @cached_property
    def _marks(self) -> list[str]:
        marks = (_DRESS[name].get(self.get(name, "")) for name in _DRESS)
        return [mark for mark in marks if mark]

    def dressed(self, text: str) -> str:
        for mark in self._marks:
            text = f"{mark}{text}{CLOSE}"
        return text

    def wrapped(self, text: str) -> str:
        """Return a text with its affixes."""
        return self.get("prefix", "") + text + self.get("suffix", "")

    def _quoted(self, text: str) -> str:
        """Mark quotes only: which they are is known when all of them can be counted."""
        return OPEN_QUOTE + text + CLOSE_QUOTE if self.get("quotes") == "true" else text

    def without_points(self, text: str) -> str:
        """Drop the points of abbreviations, but not that of "Nippon.com"."""
        if self.get("strip-periods") != "true":
            return text
        return _POINT_OF_ABBREVIATION.sub("", text)

    def cased(self, text: str) -> str:
        """Change the case of terms; of what an author wrote, that of the first letter at most."""
        case = self.get("text-case")
        if case == "capitalize-first":
            return capitalised(text)
        if case is None or BEGIN in text:
            return text
        match case:
            case "lowercase":
                return text.lower()
            case "uppercase":
                return text.upper()
            case "sentence":
                return capitalised(text)
            case _:
                return " ".join(map(capitalised, text.split(" ")))

    def first(self, name: str) -> Element | None:
        """Return the first child of a name."""
        tag = f"{CSL}{name}"
        return next((child for child in self.children if child.xml.tag == tag), None)


def capitalised(text: str) -> str:
    """Return a string with marks whose first visible character is a capital."""
    characters = pieces(text)
    for position, character in enumerate(characters):
        if character[0] not in MARKS:
            return "".join([*characters[:position], character.upper(), *characters[position + 1 :]])
    return text


def value(text: str) -> str:
    """Mark what an author wrote."""
    return BEGIN + text + END
