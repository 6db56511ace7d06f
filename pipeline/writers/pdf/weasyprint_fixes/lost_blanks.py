"""Blanks at the ends of lines, and those between two elements, are not painted.

Who reads by tags and not by places finds "supplycontracts". Here they are painted (ISO 32000-1,
14.8.2.5), but not in text from right to left, which would move.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure.boxes import BlockContainerBox, InlineBox, LineBox, TextBox

from ....text import is_wide
from .wrapping import note

_BREAK_BEHIND = "-\N{HYPHEN}\N{EN DASH}\N{EM DASH}/\N{ZERO WIDTH SPACE}"


def noting(measure: Any) -> Any:
    return note(measure, _note_blank)


def _note_blank(layout: Any, text: str, ends: Any, hyphenated: bool) -> None:
    """Note whether the text goes on in another line, and whether a blank stood before that."""
    length, resume_at = ends
    layout.goes_on = bool(resume_at)
    left_out = text.encode()[length:resume_at] if resume_at else b""
    layout.at_blank = not hyphenated and bool(left_out) and not left_out.strip()


def painting(draw: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, *values: Any) -> Any:
        with _blanks(textbox):
            return draw(stream, textbox, *values)

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
        textbox.text = layout.text.replace(" ", ".")  # WeasyPrint looks at it, and paints another
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
    """Whether a line can only break behind a text because a blank stood there."""
    if not text or text[-1] in _BREAK_BEHIND or text[-1].isspace():
        return False
    return not is_wide(text[-1])
