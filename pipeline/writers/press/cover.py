"""The cover of a bound brief on one sheet: back, spine and front side by side.

In: a brief whose house has a cover, and the width of its spine. Out: a house style by which the
writer lays out this sheet. The front is the cover of the brief; its ground goes on over spine and
back. Lengths are in millimetres.
"""

from __future__ import annotations

from msgspec.structs import replace

from ...direction import is_right_to_left
from ...numbering import NumberedBrief
from ...styles import PAPER_SIZES, Styles
from ...title_block import title_block
from ..html.style_sheet import css_string

LEAST_SPINE = 5.0  # that has room for a title
_LETTERS = 0.45  # the size of those on the spine, of its width
_LARGEST = 6.0


def spread_styles(numbered: NumberedBrief, styles: Styles, spine: float) -> Styles:
    """Return styles with which a layout has one page: the sheet of the cover."""
    front = numbered.brief.front
    width, height = PAPER_SIZES[front.paper or styles.house.paper]
    opens_left = is_right_to_left(front.lang)
    # From the left edge of the front: where the other two begin. The title is turned round the
    # upper right corner of the spine.
    back, corner = (width, width + spine) if opens_left else (-spine - width, 0.0)
    title = numbered.brief.title if spine >= LEAST_SPINE else ""
    below = "\n".join(line.text for line in title_block(numbered.brief).imprint)
    rules = f"""
.sheet {{ display: none; }}
@page cover {{ size: {2 * width + spine:g}mm {height:g}mm; }}
.cover {{ width: {width:g}mm; margin-inline-start: {width + spine:g}mm; }}
.cover-picture {{ {"right" if opens_left else "left"}: 0; }}
.cover::before {{
  content: {css_string(title)}; position: absolute; z-index: 1; color: var(--cover-ink);
  top: calc(var(--cover-ground) + 12mm); left: {corner:g}mm; height: {spine:g}mm;
  width: calc({height:g}mm - var(--cover-ground) - 24mm); overflow: hidden; white-space: nowrap;
  font: bold {min(spine * _LETTERS, _LARGEST):g}mm/{spine:g}mm var(--font-heading);
  transform: rotate(90deg); transform-origin: 0 0;
}}
.cover::after {{
  content: {css_string(below)}; position: absolute; box-sizing: border-box; white-space: pre-line;
  top: var(--cover-ground); bottom: calc(-1 * var(--bleed));
  left: calc({back:g}mm{"" if opens_left else " - var(--bleed)"});
  width: calc({width + spine:g}mm + var(--bleed)); padding: 12mm 22mm;
  background: var(--cover-colour); color: var(--cover-ink);
}}
"""
    return replace(styles, files={**styles.files, "print.css": styles.files["print.css"] + rules})
