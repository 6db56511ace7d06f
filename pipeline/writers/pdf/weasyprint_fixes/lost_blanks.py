"""Spaces at the ends of lines and between two elements are not painted.

A program that reads by tags, not by position, finds "supplycontracts". Here they are painted (ISO
32000-1, 14.8.2.5), except in text from right to left, which would move.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import BlockContainerBox, InlineBox, LineBox, TextBox

from ....text import is_wide

_BREAK_BEHIND = "-\N{HYPHEN}\N{EN DASH}\N{EM DASH}/\N{ZERO WIDTH SPACE}"


def note_blank(layout: Any, text: str, ends: Any, hyphenated: bool) -> None:
    """Note whether the text continues on another line, and whether a space precedes that."""
    length, resume_at = ends
    layout.goes_on = bool(resume_at)
    left_out = text.encode()[length:resume_at] if resume_at else b""
    layout.at_blank = not hyphenated and bool(left_out) and not left_out.strip()


def with_blanks(draw: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, *values: Any) -> Any:
        """Paint a line with the space at its end, and a box of nothing but spaces."""
        layout, text = textbox.pango_layout, textbox.text
        of_drawing = not isinstance(textbox, TextBox)
        if of_drawing or textbox.style["direction"] == "rtl" or layout.first_line_direction % 2:
            return draw(stream, textbox, *values)
        if getattr(layout, "at_blank", False):
            layout.set_text(f"{layout.text} ", justify=True)
        if not text.strip() and layout.text:
            textbox.text = layout.text.replace(" ", ".")  # WeasyPrint does not paint spaces
        emojis = draw(stream, textbox, *values)
        textbox.text = text
        return emojis

    return draw_first_line


def part_words(document: Any) -> None:
    """Note which lines end between two elements, at a space that belongs to neither."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, BlockContainerBox):
                for line in box.children[:-1]:
                    last = line
                    while isinstance(last, LineBox | InlineBox):
                        last = next(filter(_is_shown, reversed(last.children)), None)
                    layout = last.pango_layout if isinstance(last, TextBox) else None
                    if layout and not getattr(layout, "goes_on", True):
                        layout.at_blank = _ends_word(layout.text)


def _is_shown(box: Any) -> bool:
    return not isinstance(box, TextBox) or bool(box.text)  # of a space at the end, nothing is left


def _ends_word(text: str) -> bool:
    """Whether a line can break after a text only because a space follows it."""
    if not text or text[-1] in _BREAK_BEHIND or text[-1].isspace():
        return False
    return not is_wide(text[-1])
