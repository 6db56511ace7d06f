"""What the glyphs of a page stand for: three corrections to WeasyPrint 70.0.

1. A hyphen that breaks a word at the end of a line is painted as if it were typed, so that a reader
   of the text finds "reflec- tive". Now it is a soft hyphen (ISO 32000-1, 14.8.2.2.3); a typed
   hyphen at the end of a line stays one. Part of Kozea/WeasyPrint #2482.
2. A character that no font can draw is painted as glyph 0, `.notdef`, which neither PDF/A nor
   PDF/UA allows (ISO 19005-3, 6.2.11.8; ISO 14289-1, 7.21.8). Now it is the white square of the
   font, where that has one; `verify` names the character. One of private use, which means nothing
   outside of its font, is read as U+FFFD (ISO 19005-3, 6.2.11.7.3).
3. Blanks at the ends of lines, and those between two elements, are not painted: who reads by tags
   and not by places finds "supplycontracts". Now they are (ISO 32000-1, 14.8.2.5), but not in text
   from right to left, which would move.

WeasyPrint gives a character without a glyph a code of its own; one table says which glyph is
painted for a code (ISO 32000-1, 9.7.5.3), another one which text is read. Soft hyphens get such a
code, too.
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any

import pydyf
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure.boxes import BlockContainerBox, InlineBox, LineBox, TextBox
from weasyprint.text import line_break

from ...text import is_wide
from .objects import object_of

_SOFT_HYPHEN, _REPLACEMENT = "\N{SOFT HYPHEN}", "\N{REPLACEMENT CHARACTER}"
_WORD_JOINER = "\N{WORD JOINER}"  # nothing to be seen, and no end of a word
_OTHER_GLYPHS = "□\N{REPLACEMENT CHARACTER}?"
_BREAK_BEHIND = "-\N{HYPHEN}\N{EN DASH}\N{EM DASH}/\N{ZERO WIDTH SPACE}"
_PARAMETERS = {
    "first_line_metrics": "first_line text layout resume_at space_collapse style hyphenated "
    "hyphenation_character",
    "draw_first_line": "stream textbox text_overflow block_ellipsis matrix",
    "build_fonts_dictionary": "pdf fonts compress subset options",
}
_LAST_CODE = re.compile(rb"([0-9a-f]{4})>(?=[^<>]*\] TJ$)")
_FONT = re.compile(rb"/([A-Z]{6}) \S+ Tf$")
_CODES = re.compile(rb"<((?:[0-9a-f]{4})+)>")
_CODE = re.compile(rb"<([0-9a-f]{4})> 0$")


def say_what_glyphs_stand_for() -> None:
    """Correct WeasyPrint in place. Raises `RuntimeError` where its code is not as it was."""
    for module, name, correct in (
        (line_break, "first_line_metrics", _remembering),
        (drawing, "draw_first_line", _drawing),
        (weasyprint.pdf, "build_fonts_dictionary", _encoding),
    ):
        function = getattr(module, name)
        if hasattr(function, "corrected"):
            continue
        if " ".join(inspect.signature(function).parameters) != _PARAMETERS[name]:
            raise RuntimeError(f"WeasyPrint's {name} is not that of version 70.0: see glyphs.py")
        corrected: Any = correct(function)
        corrected.corrected = function
        setattr(module, name, corrected)


def _remembering(measure: Any) -> Any:
    """Return a function that notes how a line ends: with a hyphen put there, or at a blank."""
    signature = inspect.signature(measure)

    def first_line_metrics(*values: Any, **named: Any) -> Any:
        given = signature.bind(*values, **named).arguments
        measured = measure(*values, **named)
        layout, length, resume_at = measured[:3]
        layout.hyphenated = given.get("hyphenated", False)
        layout.goes_on = bool(resume_at)
        left_out = given["text"].encode()[length:resume_at] if resume_at else b""
        layout.at_blank = not layout.hyphenated and bool(left_out) and not left_out.strip()
        return measured

    return first_line_metrics


def _drawing(draw: Any) -> Any:
    """Return a function that paints a line, and says what its glyphs stand for."""

    def draw_first_line(stream: Any, textbox: Any, *values: Any, **named: Any) -> Any:
        start, before = len(stream.stream), stream._current_font
        with _blanks(textbox):
            emojis = draw(stream, textbox, *values, **named)
        painted = stream.stream[start:]
        if not painted or stream._current_font is None:
            return emojis
        fonts = {font.hash: font for font in stream._fonts.values()}
        last = fonts[stream._current_font[0]]
        if getattr(textbox.pango_layout, "hyphenated", False) and not last.bitmap:
            painted[-1] = _LAST_CODE.sub(partial(_soft_hyphen, last), painted[-1])
        if any(font.missing for font in fonts.values()):
            _substitute(painted, fonts, fonts[before[0]] if before else None)
        if any(unicodedata.category(character) == "Co" for character in textbox.text):
            painted = [*_reading(textbox.text), *painted, b"EMC"]
        stream.stream[start:] = painted
        return emojis

    return draw_first_line


@contextmanager
def _blanks(textbox: Any) -> Iterator[None]:
    """Let the blank at the end of a line be painted, and a box that is nothing but blank."""
    layout, text = textbox.pango_layout, textbox.text
    of_drawing = not isinstance(textbox, TextBox)
    if of_drawing or textbox.style["direction"] == "rtl" or layout.first_line_direction % 2:
        yield
        return
    if getattr(layout, "at_blank", False):
        layout.set_text(f"{layout.text} ", justify=True)
    if not text.strip() and layout.text:
        textbox.text = layout.text.replace(" ", ".")  # it is looked at, and not painted
    yield
    textbox.text = text


def part_words(document: Any) -> None:
    """Note which lines end between two elements, at a blank that was left out of either."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, BlockContainerBox):
                for line in box.children[:-1]:
                    last = line
                    while isinstance(last, LineBox | InlineBox) and last.children:
                        last = last.children[-1]
                    layout = last.pango_layout if isinstance(last, TextBox) else None
                    if layout and not getattr(layout, "goes_on", True):
                        layout.at_blank = _ends_word(layout.text)


def _ends_word(text: str) -> bool:
    """Say whether a line can only break behind a text because a blank stood there."""
    if not text or text[-1] in _BREAK_BEHIND or text[-1].isspace():
        return False
    return not is_wide(text[-1])


def _soft_hyphen(font: Any, found: re.Match[bytes]) -> bytes:
    code = font.get_unused_glyph_id(ord(_SOFT_HYPHEN))
    font.to_unicode[code] = _SOFT_HYPHEN
    _paint(font, code, int(found[1], 16))
    return b"%04x>" % code


def _paint(font: Any, code: int, glyph: int) -> None:
    """Note which glyph is to be painted for a code; WeasyPrint's fonts have no place for it."""
    if not hasattr(font, "painted"):
        font.painted = {}
    font.painted[code] = glyph


# Characters without a glyph ---------------------------------------------------------------------


def _substitute(painted: list[bytes], fonts: dict[str, Any], font: Any) -> None:
    """Paint another glyph for each that a font lacks. `font` is that of the text before."""
    for place, operator in enumerate(painted):
        if found := _FONT.match(operator):
            font = fonts[found[1].decode()]
        elif font is not None and font.missing and operator.endswith(b"] TJ"):
            painted[place] = _CODES.sub(partial(_in_place, font), operator)


def _in_place(font: Any, found: re.Match[bytes]) -> bytes:
    """Return codes, what follows a missing one moved back to where it was laid out."""
    result = b"<"
    for code in (int(found[1][i : i + 4], 16) for i in range(0, len(found[1]), 4)):
        result += b"%04x" % code
        missing = code in font.missing.values() and font.to_unicode[code] != _SOFT_HYPHEN
        if missing and (substitute := _other_glyph(font)):
            glyph, width = substitute
            _paint(font, code, glyph)
            result += b">%d<" % (width - font.widths[code])
    return result + b">"


def _other_glyph(font: Any) -> tuple[int, int] | None:
    """Return a glyph that a font has, and its width in 1/1000 of the font size."""
    if not hasattr(font, "other_glyph"):
        with TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True) as file:
            known = file.getBestCmap()
            character = next((found for found in _OTHER_GLYPHS if ord(found) in known), "")
            font.other_glyph = None
            if character:
                name = known[ord(character)]
                glyph, width = file.getGlyphID(name), file["hmtx"][name][0] * 1000 / font.upem
                font.widths[glyph] = round(width)
                font.to_unicode.setdefault(glyph, character)
                font.other_glyph = glyph, round(width)
    found: tuple[int, int] | None = font.other_glyph
    return found


def _reading(text: str) -> tuple[Any, ...]:
    """Return what begins a marked content that is read as a text without private characters."""
    read = "".join(_REPLACEMENT if unicodedata.category(c) == "Co" else c for c in text)
    return b"/Span", pydyf.Dictionary({"ActualText": pydyf.String(read)}), b"BDC"


# The tables -------------------------------------------------------------------------------------


def _encoding(build: Any) -> Any:
    """Return a function that writes fonts, and which glyph is painted for which code."""

    def build_fonts_dictionary(pdf: Any, fonts: Any, *values: Any, **named: Any) -> Any:
        for font in fonts.values():
            # A part of a letter, as in Hindi, stands for nothing of its own; it must for something.
            texts = font.to_unicode.items()
            font.to_unicode = {code: text or _WORD_JOINER for code, text in texts}
        written = build(pdf, fonts, *values, **named)
        for font in fonts.values():
            if hasattr(font, "painted"):
                dictionary = object_of(pdf, written[font.hash])
                encoding = object_of(pdf, dictionary["Encoding"]).stream
                encoding[:] = [_encoded(line, font.painted) for line in encoding]
        return written

    return build_fonts_dictionary


def _encoded(line: bytes, painted: dict[int, int]) -> bytes:
    found = _CODE.match(line)
    glyph = painted.get(int(found[1], 16)) if found else None
    return line if found is None or glyph is None else b"<%s> %d" % (found[1], glyph)
