"""Runs of text, and the paragraphs that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ...direction import is_upright
from ...ooxml import HYPHENS, w
from ...text import WIDE_MARKS, on_one_line
from ...xml import Element, walk
from .languages import language_attributes
from .schema import in_order

# A stretch of Latin script with what stands inside it, in a text from right to left: "COP28".
_LATIN = r"([A-Za-z\u00c0-\u024f](?:[ -~\u00a0-\u024f\u2010-\u201f]*[A-Za-z\u00c0-\u024f])?[0-9]*)"
_HYPHENS = {character: name for name, character in HYPHENS.items()}
_HYPHEN = re.compile(f"([{''.join(_HYPHENS)}])")
_TEXTS = ("w:t", *(f"w:{name}" for name in HYPHENS))
_PRESERVED = {"xml:space": "preserve"}


class RunFormat(Struct, frozen=True):
    """How a run looks. `lang` is "" in the brief's own language."""

    style: str = ""  # a character style, by id
    bold: bool = False
    italic: bool = False
    strike: bool = False
    small_caps: bool = False
    underline: bool = False
    position: str = ""  # "super", "sub" or ""
    lang: str = ""
    right_to_left: bool = False
    upright: bool = False  # italic, but in letters that have no italics
    wide: bool = False  # with quotation marks or dashes of East Asia, which Latin fonts have, too

    def styled(self, style: str) -> RunFormat:
        """Return the format in a character style; a run can have one, and the first one stays."""
        return self if self.style else replace(self, style=style)


PLAIN = RunFormat()


@lru_cache(maxsize=1024)
def run_properties(run_format: RunFormat) -> Element | None:
    """Return `w:rPr`, its children in the order of the schema (17.3.2.28).

    Bold and italic are said beside the styles Strong and Emphasis, which in a bold heading would
    turn bold off: toggle properties of styles are added up (17.7.3). Emphasis in a script without
    italics is bold: LibreOffice does not draw the dots of East Asia (17.3.2.12).
    """
    found = run_format
    is_stressed = found.upright and found.style == "Emphasis"
    children = (
        w("rStyle", val=found.style) if found.style else None,
        w("rFonts", hint="eastAsia") if found.wide else None,
        *((w("b"), w("bCs")) if found.bold or is_stressed else ()),
        *((w("i"), w("iCs")) if found.italic and not found.upright else ()),
        *((w("i", val="0"), w("iCs", val="0")) if is_stressed else ()),
        w("smallCaps") if found.small_caps else None,
        w("strike") if found.strike else None,
        w("u", val="single") if found.underline else None,
        w("vertAlign", val=f"{found.position}script") if found.position else None,
        w("rtl") if found.right_to_left else None,
        w("lang", **language_attributes(found.lang)) if found.lang else None,
    )
    return w("rPr", *children) if any(children) else None


def run(run_format: RunFormat, *children: Element) -> Element:
    return w("r", run_properties(run_format), *children)


def text_runs(text: str, run_format: RunFormat = PLAIN) -> list[Element]:
    """Return a run; in a text from right to left, one more for each stretch of Latin script."""
    return [
        text_run(piece, replace(run_format, right_to_left=False) if latin else run_format)
        for piece, latin in stretches(text, run_format.right_to_left)
    ]


def stretches(text: str, right_to_left: bool) -> list[tuple[str, bool]]:
    """Return the pieces of a text, and of each whether it is Latin in one from right to left."""
    if not right_to_left:
        return [(text, False)] if text else []
    pieces = re.split(_LATIN, text)
    for i in range(1, len(pieces), 2):
        if pieces[i].count("(") > pieces[i].count(")") and pieces[i + 1].startswith(")"):
            pieces[i], pieces[i + 1] = pieces[i] + ")", pieces[i + 1][1:]
    return [(piece, bool(i % 2)) for i, piece in enumerate(pieces) if piece]


def text_run(text: str, run_format: RunFormat) -> Element:
    """Return one run, whatever scripts are in it."""
    if run_format.italic and is_upright(text):
        run_format = replace(run_format, upright=True)
    if not text.isascii() and WIDE_MARKS.search(text):
        run_format = replace(run_format, wide=True)
    return run(run_format, *in_elements(on_one_line(text)))


def in_elements(text: str) -> list[Element]:
    """Return text as children of a run: hyphens that programs treat in their own way are elements.

    A font without a glyph for such a character would be changed for another one.
    """
    if not _HYPHEN.search(text):
        return [Element("w:t", _PRESERVED, (text,))]
    return [
        w(_HYPHENS[piece]) if piece in _HYPHENS else Element("w:t", _PRESERVED, (piece,))
        for piece in _HYPHEN.split(text)
        if piece
    ]


def said_by(found: Element) -> str:
    """Return the text of such a child; "" of any other element."""
    if found.tag == "w:t":
        return "".join(word for word in found.children if isinstance(word, str))
    return HYPHENS.get(found.tag.removeprefix("w:"), "")


def taken_apart(found: Element) -> tuple[tuple[Element, ...], str] | None:
    """Return the properties of a run (none or one element) and its text.

    None if it is no run, has no text, or has more than text.
    """
    if found.tag != "w:r":
        return None
    children = tuple(child for child in found.children if isinstance(child, Element))
    properties = children[:1] if children and children[0].tag == "w:rPr" else ()
    texts = children[len(properties) :]
    if not texts or not all(child.tag in _TEXTS for child in texts):
        return None
    return properties, "".join(map(said_by, texts))


def embedded(content: Sequence[Element], run_format: RunFormat, mixed: bool) -> list[Element]:
    """Return runs of one direction for a text of the other, their quotation marks and stops inside.

    Word has that from `w:rtl`, or the lack of it; LibreOffice needs marks of direction. These are
    the way of ECMA-376, part 1, annex I.7, for content of one direction. With letters of both
    (`mixed`) it asks for `w:dir`, but LibreOffice 7.4 ignores it and pandoc 3.9 loses what is in
    it; both support, or keep, the equivalent characters. The last mark has the direction of the
    text around: numbers that follow would be drawn into this one (UAX 9, W7 and N1).
    """
    around = direction_mark(replace(run_format, right_to_left=not run_format.right_to_left))
    if not mixed:
        mark = direction_mark(run_format)
        return [mark, *content, mark, around]
    start = "\u202b" if run_format.right_to_left else "\u202a"
    return [text_run(start, run_format), *content, text_run("\u202c", run_format), around]


def direction_mark(run_format: RunFormat) -> Element:
    """Return an invisible run: a direction mark of its format's direction."""
    return text_run("\u200f" if run_format.right_to_left else "\u200e", run_format)


def lines_run(text: str) -> Element:
    """Return a run with its line breaks and tabs kept, as code needs them."""
    children = list[Element]()
    for piece in filter(None, re.split(r"(\t|\r\n?|\n)", text)):
        is_break = piece in ("\n", "\r", "\r\n")
        children += [w("tab")] if piece == "\t" else [w("br")] if is_break else in_elements(piece)
    return run(PLAIN, *children)


TAB = run(PLAIN, w("tab"))
BREAK = run(PLAIN, w("br"))


# Paragraphs ------------------------------------------------------------------------------------


def paragraph(style: str, content: Iterable[Element], *properties: Element | None) -> Element:
    """Return a paragraph; its properties besides the style may come in any order."""
    own = in_order("pPr", (found for found in properties if found is not None))
    return w("p", w("pPr", w("pStyle", val=style), *own), *joined(content))


def joined(content: Iterable[Element]) -> list[Element]:
    """Return content with adjacent runs of the same format joined."""
    found: list[Element] = []
    last = None  # the last run, taken apart
    for element in content:
        parts = taken_apart(element)
        if last and parts and last[0] == parts[0]:
            last = last[0], last[1] + parts[1]
            found[-1] = Element("w:r", {}, (*last[0], *in_elements(last[1])))
        else:
            last = parts
            found.append(element)
    return found


def inset(indent: int) -> Element | None:
    """Return the indent of a paragraph in twips; None if its style sets it."""
    return w("ind", left=indent) if indent else None


def unnumbered() -> tuple[Element, Element]:
    """Return what takes the number, and its room, from a paragraph whose style counts."""
    return w("numPr", w("ilvl", val=0), w("numId", val=0)), w("ind", left=0, firstLine=0)


def with_properties(found: Element, *properties: Element | None) -> Element:
    """Return a paragraph with properties that it does not have yet."""
    own, *content = found.children
    assert isinstance(own, Element)
    present = [child for child in own.children if isinstance(child, Element)]
    tags = {child.tag for child in present}
    new = [child for child in properties if child is not None and child.tag not in tags]
    changed = replace(own, children=tuple(in_order("pPr", (*present, *new))))
    return replace(found, children=(changed, *content))


def style_of(found: Element) -> str:
    """Return the style of a paragraph, "" of anything else."""
    if found.tag != "w:p":
        return ""
    return next(x.attributes["w:val"] for x in walk(found) if x.tag == "w:pStyle")
