"""The rules of the printed page that depend on the brief: its paper, and words in margin boxes."""

from __future__ import annotations

import re

from msgspec import to_builtins

from ...direction import is_right_to_left
from ...styles import suited
from ..html.page import Page
from ..html.style_sheet import css_string, family, root_rule


def page_rules(page: Page) -> str:
    """Return the `@page` rules of a brief (CSS Paged Media 3), and its geometry as properties.

    From right to left, `inner` is on the right.
    """
    house = page.house
    start, end = ("right", "left") if is_right_to_left(page.lang) else ("left", "right")
    words = re.split(r"(\{pages?\})", page.term("page-of"))
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    page_of = " ".join(counters.get(part, css_string(part)) for part in words if part)
    paper = "letter" if page.front.paper == "letter" else "A4"
    word, red = css_string(page.term("draft")), house.colours["alert"]
    draft = f"@top-center {{ content: {word}; color: {red}; }}"
    own = house.page[page.front.paper or house.paper]
    geometry = suited(own, page.lang, house.sizes["body"], page.front.columns)
    sides = {f"margin-{start}": geometry.inner, f"margin-{end}": geometry.outer}
    margins = " ".join(f"{name}: {length:g}mm;" for name, length in sides.items())
    lengths = {f"page-{name}": f"{length:g}mm" for name, length in to_builtins(geometry).items()}
    return f"""{root_rule(lengths)}
@page {{
  size: {paper};
  margin-top: {geometry.top:g}mm; margin-bottom: {geometry.bottom:g}mm; {margins}
  font-family: {family(house.fonts["body"])};
  font-size: {house.sizes["small"]:g}pt;
  color: {house.colours["muted"]};
  @top-{start} {{ content: string(brief); }}
  @top-{end} {{ content: {css_string(house.name)}; font-weight: bold; }}
  @bottom-{end} {{ content: {page_of}; }}
  {draft if page.numbered.draft else ""}
}}
@page landscape {{ size: {paper} landscape; }}
@page :first {{
  margin-top: {geometry.first_top:g}mm;
  @top-left {{ content: none; }}
  @top-right {{ content: none; }}
}}"""
