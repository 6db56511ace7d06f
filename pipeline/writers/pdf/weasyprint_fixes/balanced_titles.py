"""A title ends in a line with one short word: WeasyPrint does not know `text-wrap: balance`.

The lines of a title or heading are as even as the same number of lines allows: they are laid out in
the least width that suffices.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CLASSES = {"subtitle", "cover-title", "cover-subtitle"}
_CLOSE = 4.0  # CSS pixels
_LEAST = 0.5  # of the width of the text
_SIDES = {"center": 0.5, "right": 1.0}  # how much of the width that is left is before the lines


def balanced(lay_out: Any) -> Any:
    """Replace `block_container_layout`, which lays out the lines of a block."""

    def block_container_layout(context: Any, box: Any, *values: Any, **options: Any) -> Any:
        if not is_title(box):
            return lay_out(context, box, *values, **options)
        width, x, y = box.width, box.position_x, box.position_y

        def attempt(least: float) -> Any:
            box.width, box.position_y = least, y
            box.position_x = x + (width - least) * _share_before(box)
            copies = [list(value) if isinstance(value, list) else value for value in values]
            found = lay_out(context, box, *copies, **options)
            box.width, box.position_x = width, x
            if found[0]:
                found[0].width, found[0].position_x = width, x
            return found

        result = attempt(width)
        lines = _lines(result)
        if lines < 2:
            box.position_y = y
            return lay_out(context, box, *values, **options)
        little, enough = _LEAST * width, width
        while enough - little > _CLOSE:
            middle = (little + enough) / 2
            if _lines(attempt(middle)) == lines:
                enough = middle
            else:
                little = middle
        return attempt(enough)

    return block_container_layout


def is_title(box: Any) -> bool:
    """Say whether the lines of a box are balanced: a title or heading without footnotes."""
    element = box.element
    if element is None or not isinstance(box, boxes.BlockContainerBox):
        return False
    if element.tag not in _TAGS and element.get("class") not in _CLASSES:
        return False
    return all("footnote" not in part.get("class", "") for part in element.iter())


def _share_before(box: Any) -> float:
    """Return how much of the width that is left is left of the lines."""
    align, is_turned = box.style["text_align_all"], box.style["direction"] == "rtl"
    sides = {"start": "right" if is_turned else "left", "end": "left" if is_turned else "right"}
    return _SIDES.get(sides.get(align, align), 0.0)


def _lines(result: Any) -> int:
    """Return how many lines a block has; -1 if it goes on on the next page."""
    box, resume_at, *_ = result
    if box is None or resume_at:
        return -1
    return sum(isinstance(kid, boxes.LineBox) for kid in box.children)
