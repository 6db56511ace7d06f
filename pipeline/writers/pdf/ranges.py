"""Divide the dash of a range, `[1]–[4]`, into areas, one for the link to each hidden number."""

from __future__ import annotations

from typing import Any

import pydyf

_PIXEL = 0.75  # points


def part_dash(box: Any) -> None:
    """Divide the dash among the links in its box, which have no text and no size of their own."""
    links = [found.link_annotation for found in box.descendants() if found.link_annotation]
    left, _, width, _ = (value * _PIXEL for value in box.hit_area())
    width /= max(len(links), 1)
    if box.style["direction"] == "rtl":
        links.reverse()
    for place, annotation in enumerate(links):
        _, top, _, bottom = annotation["Rect"]
        start = left + place * width
        annotation["Rect"] = pydyf.Array([start, top, start + width, bottom])
