"""The rules of the printed page that depend on the brief: its paper, and words in margin boxes."""

from __future__ import annotations

import re

from msgspec import to_builtins

from ...cover import TALLEST_LOGO as TALLEST_ON_COVER
from ...cover import cover_ink, cover_places, has_cover
from ...direction import is_right_to_left
from ...running import (
    LOGO,
    PAGE,
    PAGES,
    TALLEST_LOGO,
    filled,
    fits_line,
    fitting_title,
    running_values,
    slots,
)
from ...styles import COLUMN_GAP, Geometry, Running, suited
from ...text import wide_characters, with_drawn_hyphens
from ..html.page import Page
from ..html.style_sheet import css_string, family, root_rule

_SIDES = ("left", "center", "right")
_COUNTERS = {PAGE: "counter(page)", PAGES: "counter(pages)"}
_ROOM_FOR_NUMBERS = 14.0  # millimetres of the gutter
_POINTS = 72 / 25.4  # to the millimetre


def page_rules(page: Page) -> str:
    """Return the `@page` rules of a brief (CSS Paged Media 3), and its geometry as properties.

    From right to left, `inner` is on the right.
    """
    house = page.house
    start, end = ("right", "left") if is_right_to_left(page.lang) else ("left", "right")
    word, red = css_string(page.term("draft")), house.colours["alert"]
    draft = (
        f"@top-center {{ content: {word}; color: {red}; font-size: 20pt; font-weight: bold; "
        "letter-spacing: 0.2em; white-space: nowrap; }"
    )
    paper, geometry = _paper(page), geometry_of(page)
    sides = {f"margin-{start}": geometry.inner, f"margin-{end}": geometry.outer}
    margins = " ".join(f"{name}: {length:g}mm;" for name, length in sides.items())
    lengths = {f"page-{name}": f"{length:g}mm" for name, length in to_builtins(geometry).items()}
    label = 3.7 if wide_characters(page.numbered.marks.opening) else 2.7
    # The numbers of paragraphs hang in the gutter, if that has room.
    hangs = geometry.gutter >= _ROOM_FOR_NUMBERS and page.front.columns < 2
    lengths |= {"reference-label": f"{label}em", "paragraph-start": "-2.4em" if hangs else "0"}
    return f"""{root_rule(lengths)}
@page {{
  size: {paper};
  margin-top: {geometry.top:g}mm; margin-bottom: {geometry.bottom:g}mm; {margins}
  font-family: {family(house.fonts["body"])};
  font-size: {house.sizes["small"]:g}pt;
  color: {house.colours["muted"]};
{_boxes("top", house.header, page, geometry)}
{_boxes("bottom", house.footer, page, geometry)}
  {draft if page.numbered.draft else ""}
}}
@page landscape {{ size: {paper} landscape; }}
@page :{"nth(2)" if has_cover(house) else "first"} {{
  margin-top: {geometry.first_top:g}mm;
  @top-left {{ content: none; }}
  @top-right {{ content: none; }}
  {"" if page.numbered.draft else "@top-center { content: none; }"}
}}
{_cover(page) if has_cover(house) else ""}"""


def _paper(page: Page) -> str:
    return page.front.paper or page.house.paper


def geometry_of(page: Page) -> Geometry:
    """Return where the text of a brief stands."""
    house = page.house
    own = house.page[_paper(page)]
    return suited(own, page.lang, house.sizes["body"], page.front.columns)


def column_width(page: Page) -> float:
    """Return how wide a column of the text is, in points."""
    measure, columns = geometry_of(page).measure, max(page.front.columns, 1)
    return (measure - (columns - 1) * COLUMN_GAP) / columns * _POINTS


def _cover(page: Page) -> str:
    """Return the rules of the cover (see `pipeline.cover`); nothing is in its margins."""
    house = page.house
    places = cover_places(house, page.numbered.brief)
    edges = [
        f"@{edge}-{side} {{ content: none; }}" for edge in ("top", "bottom") for side in _SIDES
    ]
    lengths = {
        "cover-height": places.height,
        "cover-picture": places.picture,
        "cover-ground": places.ground,
        "cover-logo": min(house.logo.height, TALLEST_ON_COVER),
    }
    properties = {name: f"{length:g}mm" for name, length in lengths.items()}
    properties |= {"cover-colour": house.colours[house.cover.ground], "cover-ink": cover_ink(house)}
    properties["cover-title"] = f"{places.title_size:g}pt"
    if photo := page.pictures.get("cover"):
        properties["cover-photo"] = f"url({css_string(page.source(photo))})"
    return f"{root_rule(properties)}\n@page cover {{ margin: 0; {' '.join(edges)} }}"


def _boxes(edge: str, running: Running, page: Page, geometry: Geometry) -> str:
    """Return the margin boxes at the top or the bottom of pages, which begin in the gutter."""
    sides = _SIDES[::-1] if is_right_to_left(page.lang) else _SIDES
    rules = zip(sides, slots(running), strict=True)
    width = geometry.measure + geometry.gutter
    kept = {side: _content(slot, running, page, width) for side, slot in rules if slot}
    # The negative margin counts as room that the box has, and it would break after each word.
    beyond = f"margin-{sides[0]}: {-geometry.gutter:g}mm; white-space: nowrap;"
    kept[sides[0]] = f"{kept.get(sides[0], '')} {beyond}"
    return "\n".join(f"  @{edge}-{side} {{ {content} }}" for side, content in kept.items())


def _content(slot: str, running: Running, page: Page, width: float) -> str:
    """Return the declarations of a margin box; the name of the house is bold."""
    brief = page.numbered.brief
    if slot == LOGO:
        return _logo(page)
    line = page.house, brief, running, width * _POINTS
    title = fitting_title(*line)
    words = filled(slot, {**running_values(page.house, brief), "title": title})
    parts = re.split(r"(\{pages?\})", with_drawn_hyphens(words))
    content = " ".join(_COUNTERS.get(part, css_string(part)) for part in parts if part)
    weight = " font-weight: bold;" if slot == "{name}" else ""
    whole = " white-space: nowrap;" if PAGE in words or fits_line(*line) else ""
    return f"content: {content or 'none'};{weight}{whole}"


def _logo(page: Page) -> str:
    """Return a box with the logo as its ground: a picture in `content` cannot be made smaller."""
    file = page.pictures.get("logo")
    if file is None:
        return f"content: {css_string(page.house.name)};"
    height = min(page.house.logo.height, TALLEST_LOGO)
    width, address = height * file.width / file.height, css_string(page.source(file))
    return (
        f'content: " "; width: {width:g}mm; background: url({address}) bottom right / '
        f"{width:g}mm {height:g}mm no-repeat content-box;"
    )
