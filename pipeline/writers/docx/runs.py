"""Runs, fields, links and bookmarks as XML strings: what stands inside a paragraph.

Strings, since building the body element by element costs 17 times as much as parsing it once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ...language.direction import is_right_to_left
from ...language.tags import primary
from ...ooxml import Field, escape, read_field, unescaped

_EAST_ASIAN = frozenset({"ja", "zh", "ko"})
# Fonts that come with Word, for scripts that the house's fonts lack.
_EAST_ASIAN_FONTS = {"ja": "Yu Gothic", "zh": "Microsoft YaHei", "ko": "Malgun Gothic"}
_RIGHT_TO_LEFT_FONT = "Arial"
_REGIONS = {
    "ar": "ar-SA",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "it": "it-IT",
    "ja": "ja-JP",
    "pt": "pt-PT",
    "zh": "zh-CN",
}
_FIRST_WIDE = "\u2e80"  # of the scripts of East Asia
# A stretch of Latin script with what stands inside it, in a text from right to left: "COP28".
_LATIN = r"([A-Za-z\u00c0-\u024f](?:[ -~\u00a0-\u024f\u2010-\u201f]*[A-Za-z\u00c0-\u024f])?[0-9]*)"

_QUOTED = re.compile(r'"([^"]*)"')
_PIECE = re.compile(
    r'<w:t xml:space="preserve">([^<]*)</w:t>|<w:instrText xml:space="preserve">([^<]*)<'
    r'|w:fldCharType="(\w+)"|<w:(tab|br)/>|<m:oMath>.*?</m:oMath>'
)


def is_east_asian(lang: str) -> bool:
    return primary(lang) in _EAST_ASIAN


def script_font(lang: str) -> str:
    """Return the font for a script that the house's fonts lack, "" where they have it."""
    return (
        _RIGHT_TO_LEFT_FONT if is_right_to_left(lang) else _EAST_ASIAN_FONTS.get(primary(lang), "")
    )


def wide_characters(text: str) -> int:
    """Return how many characters are of the scripts of East Asia: each has the width of two."""
    return 0 if text.isascii() else sum(character >= _FIRST_WIDE for character in text)


def word_language(lang: str) -> str:
    """Return a language as Word knows it: with a region."""
    return _REGIONS.get(lang.lower(), lang)


def language_attributes(lang: str) -> str:
    """Return the attributes of `w:lang` (17.3.2.20): one each for three groups of scripts."""
    tag = escape(word_language(lang))
    east_asian = f' w:eastAsia="{tag}"' if is_east_asian(lang) else ""
    right_to_left = f' w:bidi="{tag}"' if is_right_to_left(lang) else ""
    return f'w:val="{tag}"{east_asian}{right_to_left}'


class Dress(Struct, frozen=True):
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

    def styled(self, style: str) -> Dress:
        """Return the dress in a character style; a run can have one, and the first one stays."""
        return self if self.style else replace(self, style=style)


PLAIN = Dress()


@lru_cache(maxsize=1024)
def run_properties(dress: Dress) -> str:
    """Return `w:rPr`, its children in the order of the schema (17.3.2.28).

    Bold and italic are said beside the styles Strong and Emphasis, which in a bold heading would
    turn bold off: toggle properties of styles are added up (17.7.3).
    """
    parts = [
        f'<w:rStyle w:val="{dress.style}"/>' if dress.style else "",
        "<w:b/><w:bCs/>" if dress.bold else "",
        "<w:i/><w:iCs/>" if dress.italic else "",
        "<w:smallCaps/>" if dress.small_caps else "",
        "<w:strike/>" if dress.strike else "",
        '<w:u w:val="single"/>' if dress.underline else "",
        f'<w:vertAlign w:val="{dress.position}script"/>' if dress.position else "",
        "<w:rtl/>" if dress.right_to_left else "",
        f"<w:lang {language_attributes(dress.lang)}/>" if dress.lang else "",
    ]
    content = "".join(parts)
    return f"<w:rPr>{content}</w:rPr>" if content else ""


def text_run(text: str, dress: Dress = PLAIN) -> str:
    """Return a run; in a text from right to left, one more for each stretch of Latin script."""
    if not text:
        return ""
    if not dress.right_to_left:
        return _run(text, run_properties(dress))
    latin = run_properties(replace(dress, right_to_left=False))
    pieces = re.split(_LATIN, text)
    for i in range(1, len(pieces), 2):
        if pieces[i].count("(") > pieces[i].count(")") and pieces[i + 1].startswith(")"):
            pieces[i], pieces[i + 1] = pieces[i] + ")", pieces[i + 1][1:]
    return "".join(
        _run(piece, latin if i % 2 else run_properties(dress))
        for i, piece in enumerate(pieces)
        if piece
    )


def embedded(content: str, dress: Dress, mixed: bool) -> str:
    """Return runs of one direction for a text of the other, their quotation marks and stops inside.

    Word has that from `w:rtl`, or the lack of it; LibreOffice needs marks of direction. These are
    the way of ECMA-376, part 1, annex I.7, for content of one direction. With letters of both
    (`mixed`) it asks for `w:dir`, but LibreOffice 7.4 heeds none and pandoc 3.9 loses what is in
    it: both heed, or keep, the characters for which it stands.
    """
    if not mixed:
        return direction_mark(dress) + content + direction_mark(dress)
    properties = run_properties(dress)
    start = "\u202b" if dress.right_to_left else "\u202a"
    return _run(start, properties) + content + _run("\u202c", properties)


def direction_mark(dress: Dress) -> str:
    """Return a run that is not seen: a mark of the direction of its dress."""
    return _run("\u200f" if dress.right_to_left else "\u200e", run_properties(dress))


def _run(text: str, properties: str) -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def lines_run(text: str, dress: Dress = PLAIN) -> str:
    """Return a run with its line breaks and tabs kept, as code needs them."""
    parts = []
    for piece in re.split(r"(\t|\r\n?|\n)", text):
        if piece == "\t":
            parts.append("<w:tab/>")
        elif piece in ("\n", "\r", "\r\n"):
            parts.append("<w:br/>")
        elif piece:
            parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{run_properties(dress)}{''.join(parts)}</w:r>"


def tab_run() -> str:
    return "<w:r><w:tab/></w:r>"


def break_run() -> str:
    return "<w:r><w:br/></w:r>"


def field_run(field: Field, result: str, dress: Dress = PLAIN) -> str:
    """Return a complex field (17.16.18): its instruction, and the result that is shown.

    Every run of it is dressed: what a program prints after an update looks like the first one.
    """
    return field_start(field, dress) + text_run(result, dress) + field_end(dress)


def field_start(field: Field, dress: Dress = PLAIN) -> str:
    return instruction_start(field.instruction, dress)


def instruction_start(instruction: str, dress: Dress = PLAIN) -> str:
    """Return the start of a complex field, up to where its result begins."""
    properties = run_properties(dress)
    instruction = escape(instruction)
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end(dress: Dress = PLAIN) -> str:
    return f'<w:r>{run_properties(dress)}<w:fldChar w:fldCharType="end"/></w:r>'


def link_to_bookmark(bookmark: str, content: str, tip: str = "") -> str:
    # LibreOffice makes a field of it, whose arguments end with a straight quotation mark.
    tip = _QUOTED.sub("“\\1”", tip).replace('"', "″")
    tooltip = f' w:tooltip="{escape(tip)}"' if tip else ""
    return f'<w:hyperlink w:anchor="{bookmark}"{tooltip} w:history="1">{content}</w:hyperlink>'


def link_outside(relation: str, content: str) -> str:
    """Return a link to the URL of an external relationship, by its id."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>'


def projection(content: str) -> str:
    """Return what a piece of a paragraph says, however programs save it and whatever it counts:
    its text, and for each field in it the instruction without switches, "Rain [{REF ref_lee}]"."""
    parts, depth = [], 0
    for found in _PIECE.finditer(content):
        text, instruction, mark, blank = found.groups()
        if mark:
            depth += {"begin": 1, "end": -1}.get(mark, 0)
        elif instruction is not None and depth == 1:
            field = read_field(unescaped(instruction))
            named = field.arguments[:1] if field.kind != "ADDIN" else field.arguments
            parts.append("{" + " ".join((field.kind, *named)) + "}")
        elif not depth:
            parts.append(" " if blank else "{MATH}" if text is None else unescaped(text))
    return " ".join("".join(parts).split())


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph; `properties` follow the style in the order of the schema (17.3.1.26)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
