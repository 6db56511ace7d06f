"""The rules of the printed page that depend on the brief: its paper, and words in margin boxes."""

from __future__ import annotations

import re

from ...direction import is_right_to_left
from ..html.page import Page
from ..html.style_sheet import css_string, family


def page_rules(page: Page) -> str:
    """Return the `@page` rules of a brief (CSS Paged Media 3)."""
    house = page.house
    start, end = ("right", "left") if is_right_to_left(page.lang) else ("left", "right")
    words = re.split(r"(\{pages?\})", page.term("page-of"))
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    page_of = " ".join(counters.get(part, css_string(part)) for part in words if part)
    paper = "letter" if page.front.paper == "letter" else "A4"
    word, red = css_string(page.term("draft")), house.colours["alert"]
    draft = f"@top-center {{ content: {word}; color: {red}; }}"
    return f"""@page {{
  size: {paper};
  font-family: {family(house.fonts["body"])};
  font-size: {house.sizes["small"]:g}pt;
  color: {house.colours["muted"]};
  @top-{start} {{ content: string(brief); }}
  @top-{end} {{ content: {css_string(house.name)}; font-weight: bold; }}
  @bottom-{end} {{ content: {page_of}; }}
  {draft if page.numbered.draft else ""}
}}
@page landscape {{ size: {paper} landscape; }}
@page :first {{ @top-left {{ content: none; }} @top-right {{ content: none; }} }}"""
