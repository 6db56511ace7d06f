"""What sets figures and charts off in Word: rules above and below, or a frame.

Word draws one frame round paragraphs that have the same borders and indents (ECMA-376, part 1,
17.3.1.24). The style "Figure" has them, for what is added in Word; the title, the source and the
notes, whose styles tables have as well, say it themselves.
"""

from __future__ import annotations

from ...ooxml import w
from ...styles import House
from ...xml import Element
from .runs import with_properties
from .style_rule import Border, hexadecimal

_SPACE = 6  # points from a frame to what is in it
_AROUND = 280  # twips above and below it
_INSET = _SPACE * 20  # twips: the frame is as wide as the text around it


def frame_borders(house: House) -> tuple[Border, ...]:
    """Return the borders of the paragraphs of a figure."""
    accent, rule = hexadecimal(house, "accent"), hexadecimal(house, "rule")
    match house.figure_frame:
        case "ruled":
            return Border("top", 8, accent, _SPACE), Border("bottom", 6, rule, _SPACE)
        case "boxed":
            sides = ("top", "left", "bottom", "right")
            return tuple(Border(side, 6, rule, _SPACE) for side in sides)
        case _:
            return ()


def frame_inset(house: House) -> int:
    """Return how far the paragraphs of a figure stand in on each side, in twips."""
    return _INSET if house.figure_frame == "boxed" else 0


def set_apart(found: list[Element], house: House) -> list[Element]:
    """Return the paragraphs of a figure with space around their frame."""
    if not frame_borders(house):
        return found
    found = [with_properties(found[0], w("spacing", before=_AROUND)), *found[1:]]
    return [*found[:-1], with_properties(found[-1], w("spacing", after=_AROUND))]


def indents(indent: int, house: House) -> Element | None:
    """Return the indents of a paragraph of a figure that begins `indent` twips in; None if its
    style has them."""
    inside = frame_inset(house)
    return w("ind", left=indent + inside, right=inside or None) if indent else None
