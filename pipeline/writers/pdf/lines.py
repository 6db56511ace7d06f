"""Single lines of a layout: lines longer than their column, and lines that end too early.

WeasyPrint sometimes breaks a line too early, mostly beside a tag: see `weasyprint_fixes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import create_layout, line_size

_SHOWN = 40  # characters of a line that a finding quotes
_HYPHENS = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")
_UNBROKEN = frozenset({"nowrap", "pre"})
_BLANK = 0.25  # em: a space is about so wide


def text_of(box: Any) -> str:
    """Return the text of a box, shortened."""
    words = "".join(leaf.text for leaf in _leaves(box) if isinstance(leaf, boxes.TextBox))
    return shortened(words)


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def _leaves(box: Any) -> Iterator[Any]:
    """Yield the texts, pictures and inline blocks of a line."""
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        for kid in box.children:
            yield from _leaves(kid)
    elif isinstance(box, boxes.TextBox | boxes.AtomicInlineLevelBox) and box.is_in_normal_flow():
        yield box


def is_overfull(line: Any, column: Any, tolerance: float) -> bool:
    """Whether a line is longer than the block that it stands in."""
    return _room(line, column) < -tolerance


def _room(line: Any, column: Any) -> float:
    """Return the room that is left at the end of a line."""
    leaves = [leaf for leaf in _leaves(line) if not _is_blank(leaf)]
    if not leaves:
        return 0
    if column.style["direction"] == "rtl":
        return float(min(leaf.position_x for leaf in leaves) - column.content_box_x())
    end = max(leaf.position_x + leaf.margin_width() for leaf in leaves)
    return float(column.content_box_x() + column.width - end)


def _is_blank(leaf: Any) -> bool:
    # A space that is kept (`pre-wrap`) hangs over the edge.
    return isinstance(leaf, boxes.TextBox) and (not leaf.text.strip() or leaf.text.endswith(" "))


def broken_early(line: Any, after: Any, column: Any, tolerance: float) -> bool:
    """Whether the first word of the next line would have fitted."""
    texts = [leaf for leaf in _leaves(line) if isinstance(leaf, boxes.TextBox)]
    if not texts or texts[-1].text.endswith(_HYPHENS):
        return False
    if texts[-1].style["white_space"] in ("pre", "pre-wrap", "pre-line"):
        return False
    size = column.style["font_size"]
    room = _room(line, column) - _BLANK * size - tolerance
    if room <= size or any(kid.element_tag == "br" for kid in line.descendants()):
        return False
    return bool(0 < _first_word(after, room) <= room)


def _first_word(line: Any, room: float) -> float:
    """Return the width of a line up to its first space; it may exceed `room`.

    A possible break at a hyphen or inside an address need not be used.
    """
    width = 0.0
    for leaf in _leaves(line):
        if width > room:
            break
        if not isinstance(leaf, boxes.TextBox):
            return width + float(leaf.margin_width())
        if leaf.style["white_space"] in _UNBROKEN:
            width += leaf.width
            continue
        if leaf.text.startswith(" ") and width:
            break
        word, blank, _ = leaf.text.partition(" ")
        if not blank:
            width += leaf.width
            continue
        return width + _width(word, leaf.style)
    return width


def _width(text: str, style: Any) -> float:
    layout = create_layout(text, style, None, None, 0)
    first, _ = layout.get_first_line()
    width, _ = line_size(first, style)
    return float(width)
