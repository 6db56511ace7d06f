"""A line ends after its first word, although it fits without the space at its end.

If a text fits its line except for the space that it ends with, `split_first_line` takes it for one
word that is too long, and ends the line after the first word. Here the space may hang over the
edge. A no-break space may not: the text before it breaks where it can.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.line_break import create_layout, line_size

_BLANKS = (" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
_NARROWEST = 0.25  # em: the least average width of the characters of a text


def with_hanging_blank(split: Any) -> Any:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, spacing: float, **named: Any
    ) -> Any:
        if not text.endswith(_BLANKS) or not _may_fit(text, style, max_width):
            return split(text, style, context, max_width, spacing, **named)
        layout = create_layout(text, style, context, max_width, spacing)
        line, resume_at = layout.get_first_line()
        width, _ = line_size(line, style)
        room = max_width
        if resume_at is None and width > max_width:
            blank = _width(text[-1], style, context)
            if text[-1] != " ":
                max_width -= blank
            elif style["white_space"] != "pre-wrap":
                room += blank
        if resume_at is None and width <= room:
            collapse = style["white_space"] != "pre-wrap"
            return line_break.first_line_metrics(line, text, layout, None, collapse, style)
        return split(text, style, context, max_width, spacing, **named)

    return split_first_line


def _may_fit(text: str, style: Any, max_width: float | None) -> bool:
    wraps = style["white_space"] in ("normal", "pre-wrap", "pre-line")
    if not wraps or max_width is None or max_width == inf:
        return False
    return bool(len(text) * _NARROWEST * style["font_size"] <= max_width)


def _width(text: str, style: Any, context: Any) -> float:
    layout = create_layout(text, style, context, None, 0)
    width, _ = line_size(layout.get_first_line()[0], style)
    return float(width)
