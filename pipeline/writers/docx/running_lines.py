"""Headers and footers of our own reference docx, with fields that are filled in for each brief."""

from __future__ import annotations

import re
from typing import Any

from ...direction import is_right_to_left, set_apart
from ...language.terms import term
from ...model import ImageFile
from ...ooxml import Field, w
from ...running import LOGO, PAGE, PAGES, TALLEST_LOGO, filled, slots
from ...styles import House, Running
from ...xml import Element
from .fields import field_runs
from .picture_parts import logo_run
from .runs import TAB, RunFormat, paragraph, text_run, text_runs
from .template import RUNNING

_LOGO = 2  # the number of its drawing: the masthead's is 1
_FIELDS = re.compile(r"(\{page\}|\{pages\}|\{\{[a-z-]+\}\})")
_COUNTERS = {PAGE: Field("PAGE"), PAGES: Field("NUMPAGES")}


def running_line(
    part: Any,
    style: str,
    running: Running,
    house: House,
    lang: str,
    size: tuple[int, int],
    logo: ImageFile | None,
) -> Element:
    """Return the paragraph of a header or footer `part`, with fields of the reference docx.

    `size` are the widths of the text and of the gutter before it, where the line begins (twips).
    """
    width, gutter = size
    words = RunFormat(right_to_left=is_right_to_left(lang))
    # What depends on the brief stays a field of the reference docx.
    values = {field: "{{" + name + "}}" for field, name in RUNNING.items()}
    values |= {"name": set_apart(house.name, lang), "page-of": term("page-of", lang)}

    def content(slot: str) -> list[Element]:
        if slot == LOGO and logo:
            height = min(house.logo.height, TALLEST_LOGO)
            return [logo_run(part, logo, _LOGO, house, height, width // 3)]
        found = filled(slot.replace(LOGO, house.name), values)
        return [run for piece in _FIELDS.split(found) if piece for run in _runs(piece, words)]

    left, center, right = map(content, slots(running))
    tabs = None
    if center:
        stops = (("center", (width - gutter) // 2), ("right", width))
        tabs = w("tabs", *(w("tab", val=kind, pos=place) for kind, place in stops))
        left = [*left, TAB, *center]
    indent = w("ind", left=-gutter) if gutter else None
    return paragraph(style, [*left, TAB, *right] if right else left, tabs, indent)


def _runs(piece: str, words: RunFormat) -> list[Element]:
    if piece in _COUNTERS:
        return field_runs(_COUNTERS[piece], "1", words)
    if piece.startswith("{{"):
        return [text_run(piece, words)]  # in one piece, whatever the script
    return text_runs(piece, words)
