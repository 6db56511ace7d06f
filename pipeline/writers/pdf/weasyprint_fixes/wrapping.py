"""Functions round those of WeasyPrint that measure and paint a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def note(measure: Any, what: Callable[[Any, str, Any, bool], None]) -> Any:
    """Return a function that measures a line, and notes how it ends.

    `what` is given the layout of the line, the text it begins, where the next line goes on (an
    index in bytes, after the length of the line), and whether a hyphen was put at its end.
    """

    def first_line_metrics(
        line: Any,
        text: str,
        layout: Any,
        resume_at: Any,
        space_collapse: bool,
        style: Any,
        hyphenated: bool = False,
        hyphen: str | None = None,
    ) -> Any:
        measured = measure(line, text, layout, resume_at, space_collapse, style, hyphenated, hyphen)
        what(layout, text, measured[1:3], hyphenated)
        return measured

    return first_line_metrics


def repaint(draw: Any, change: Callable[[Any, Any, list[Any], Any], list[Any]]) -> Any:
    """Return a function that draws a line, and changes its operators.

    `change` is given the stream, the text box, the operators of the line, and the font, with its
    size, that was set before it.
    """

    def draw_first_line(stream: Any, textbox: Any, *values: Any) -> Any:
        start, before = len(stream.stream), stream._current_font
        emojis = draw(stream, textbox, *values)
        if stream.stream[start:] and stream._current_font:
            stream.stream[start:] = change(stream, textbox, stream.stream[start:], before)
        return emojis

    return draw_first_line
