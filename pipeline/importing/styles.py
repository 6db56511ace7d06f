"""Paragraph and character styles of a Word file: what they mean, whatever they are called.

Word keeps the English names of its own styles in every language (17.7.4.9); other programs write
theirs. What a style is based on decides where its own name says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from ..ooxml import qualified
from ..readers.docx import Format
from ..readers.docx.runs import value
from .values import Kind

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|заголовок"
    r"|見出し|标题|제목)\s*([1-9])"
)
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("title", "titel", "titre", "título", "titolo", "document title"), "title"),
    **dict.fromkeys(("subtitle", "untertitel", "sous-titre", "subtítulo"), "subtitle"),
    **dict.fromkeys(("author", "authors", "byline"), "author"),
    "date": "date",
    **dict.fromkeys(
        ("quote", "intense quote", "block text", "quotations", "block quotation", "zitat",
         "citation", "cita", "blockquote", "quote block"),
        "quote",
    ),
    **dict.fromkeys(
        ("source code", "preformatted text", "html preformatted", "plain text", "code",
         "code block", "macro"),
        "code",
    ),
    **dict.fromkeys(
        ("caption", "table caption", "image caption", "figure caption", "beschriftung", "légende",
         "illustration", "table", "figure", "drawing"),
        "caption",
    ),
    **dict.fromkeys(("bibliography", "references", "endnote bibliography"), "reference"),
    **dict.fromkeys(("horizontal line", "thematic break"), "rule"),
    **dict.fromkeys(("definition term", "definitionterm", "list heading"), "term"),
    **dict.fromkeys(("definition", "list contents"), "definition"),
    **dict.fromkeys(
        ("list continue", "list continue 2", "list continue 3", "list continue 4"), "continued"
    ),
}  # fmt: skip
_CAPTIONED = {
    **dict.fromkeys(("table caption", "table"), "table"),
    **dict.fromkeys(
        ("image caption", "figure caption", "illustration", "figure", "drawing"), "figure"
    ),
}
_CODE = frozenset(
    ("verbatim char", "source text", "html code", "html typewriter", "html keyboard",
     "html sample", "code", "inline code", "code char")
)  # fmt: skip
_FIXED = re.compile(
    r"courier|consolas|menlo|monaco|lucida console|(?:\bmono\b)|\bcode\b", re.IGNORECASE
)
_OFF = ("0", "false", "off", "none")
_POSITIONS = {"superscript": "super", "subscript": "sub"}
_DEEPEST = 20  # styles based on each other


class Styles:
    """The styles of one file, by id."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self.lang = ""
        for root in roots:
            for style in root.iter(qualified("w:style")):
                identity = style.get(qualified("w:styleId"), "")
                self._styles.setdefault(identity, style)
                if style.get(qualified("w:default"), "0") not in _OFF:
                    self._defaults.setdefault(style.get(qualified("w:type"), ""), identity)
            said = root.find(f"{qualified('w:docDefaults')}//{qualified('w:lang')}")
            if said is not None:
                self.lang = said.get(qualified("w:val"), "")
        normal = next(self._chain(self._defaults.get("paragraph", "")), None)
        own = normal.find(f".//{qualified('w:lang')}") if normal is not None else None
        if own is not None:
            self.lang = own.get(qualified("w:val"), "") or self.lang
        self._fixed_text = self._is_fixed(self._defaults.get("paragraph", ""))

    def _chain(self, identity: str) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(identity)
            if style is None:
                return
            yield style
            identity = value(style, "w:basedOn")

    def names(self, identity: str) -> Iterator[str]:
        for style in self._chain(identity):
            yield value(style, "w:name").casefold()

    def kind(self, identity: str) -> tuple[Kind, int]:
        """Return what a paragraph of a style is, and the level of a heading."""
        for style in self._chain(identity):
            name = value(style, "w:name").casefold()
            if found := _HEADING.fullmatch(name):
                return "heading", int(found[1])
            if (kind := _KINDS.get(name)) is not None:
                return kind, 0
            if level := outline_level(style.find(qualified("w:pPr"))):
                return "heading", level
        return "text", 0

    def captioned(self, identity: str) -> str:
        """Return what a caption of a style is of, "" if its name does not say."""
        return next(filter(None, map(_CAPTIONED.get, self.names(identity))), "")

    def paragraph(self, identity: str, name: str) -> Element | None:
        """Return a property that a paragraph has from its style."""
        for style in self._chain(identity or self._defaults.get("paragraph", "")):
            found = style.find(f"{qualified('w:pPr')}/{qualified(name)}")
            if found is not None:
                return found
        return None

    def format(self, properties: Element | None, link: str) -> Format:
        """Return how a run looks, by its own properties and its character style."""
        style = value(properties, "w:rStyle")
        held = [p for p in (properties, *self._run_properties(style)) if p is not None]
        names = frozenset(self.names(style)) if style else frozenset()
        return Format(
            bold=_is_on(held, "w:b", "strong" in names or "intense emphasis" in names),
            italic=_is_on(held, "w:i", bool(names & {"emphasis", "book title"})),
            strike=_is_on(held, "w:strike") or _is_on(held, "w:dstrike"),
            code=bool(names & _CODE) or self._looks_like_code(held),
            position=next(
                (_POSITIONS.get(v, "") for p in held if (v := value(p, "w:vertAlign"))),
                _shift(properties),
            ),
            link=link,
        )

    def hides(self, properties: Element | None) -> bool:
        held = [properties, *self._run_properties(value(properties, "w:rStyle"))]
        return _is_on([p for p in held if p is not None], "w:vanish")

    def is_code(self, identity: str) -> bool:
        """Say whether all paragraphs of a style are set in a font of fixed width."""
        return not self._fixed_text and self._is_fixed(identity)

    def _is_fixed(self, identity: str) -> bool:
        return any(_font_is_fixed(p) for p in self._run_properties(identity))

    def _looks_like_code(self, held: Iterable[Element]) -> bool:
        return not self._fixed_text and any(map(_font_is_fixed, held))

    def _run_properties(self, identity: str) -> Iterator[Element]:
        for style in self._chain(identity):
            found = style.find(qualified("w:rPr"))
            if found is not None:
                yield found


def outline_level(properties: Element | None) -> int:
    """Return the level of a heading that is one by its outline level, 0 for none (17.3.1.20)."""
    written = value(properties, "w:outlineLvl")
    level = int(written) + 1 if written.isascii() and written.isdigit() else 0
    return level if level < 10 else 0


def _font_is_fixed(properties: Element) -> bool:
    fonts = properties.find(qualified("w:rFonts"))
    return fonts is not None and bool(_FIXED.search(fonts.get(qualified("w:ascii"), "")))


def _shift(properties: Element | None) -> str:
    """Return the position of small letters that are moved off the line (17.3.2.24)."""
    moved = value(properties, "w:position").removesuffix("pt")
    if not value(properties, "w:sz") or moved.strip("-0123456789.") or not moved.strip("-0."):
        return ""
    return "sub" if moved.startswith("-") else "super"


def _is_on(held: Iterable[Element], name: str, otherwise: bool = False) -> bool:
    for properties in held:
        found = properties.find(qualified(name))
        if found is not None:
            return found.get(qualified("w:val"), "1") not in _OFF
    return otherwise
