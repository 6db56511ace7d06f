"""Wrappers of the functions of WeasyPrint that measure and paint a line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any


def noting(note: Callable[[Any, str, Any, bool], None]) -> Callable[[Any], Any]:
    """Return what makes a function that measures a line into one that also notes how it ends.

    `note` is given the layout of the line, the text it begins, the length of the line and where the
    next one goes on (in bytes), and whether a hyphen was put at its end.
    """

    def first_line_metrics(
        measure: Any,
        line: Any,
        text: str,
        layout: Any,
        resume_at: Any,
        space_collapse: bool,
        style: Any,
        hyphenated: bool = False,
        hyphen: str | None = None,
    ) -> Any:
        given = line, text, layout, resume_at, space_collapse, style, hyphenated, hyphen
        measured = measure(*given)
        note(layout, text, measured[1:3], hyphenated)
        return measured

    return partial(partial, first_line_metrics)


def repainting(change: Callable[[Any, Any, list[Any], Any], list[Any]]) -> Callable[[Any], Any]:
    """Return what makes a function that draws a line into one that also changes its operators.

    `change` is given the stream, the text box, the operators of the line, and the font, with its
    size, that was set before it.
    """

    def draw_first_line(draw: Any, stream: Any, textbox: Any, *values: Any) -> Any:
        start, before = len(stream.stream), stream._current_font
        emojis = draw(stream, textbox, *values)
        if stream.stream[start:] and stream._current_font:
            stream.stream[start:] = change(stream, textbox, stream.stream[start:], before)
        return emojis

    return partial(partial, draw_first_line)
