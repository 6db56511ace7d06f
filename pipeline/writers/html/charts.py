"""Charts as SVG: in the page itself for browsers, as a picture for the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...charts import HEIGHT, WIDTH, draw_chart
from ...charts.visual_order import in_visual_order
from ...model import Brief, Chart, ImageFile, walk
from ...styles import House
from .markup import fragment, start_tag
from .medium import IMAGE_SCHEME, Page

_TEXT = re.compile(r"(?<=>)[^<>]+(?=</text>)")
_NAME = "chart:"  # begins the names of pictures, before the anchor


def drawing_to_html(chart: Chart, page: Page) -> str:
    if page.printed:
        attributes = {"src": IMAGE_SCHEME + fragment(f"{_NAME}{chart.anchor}"), "alt": chart.alt}
        return start_tag("img", attributes)
    assert page.house is not None, "a page with charts knows the colours of its house"
    svg = draw_chart(chart, page.house, page.lang)
    attributes = {"class": "chart", "role": "img", "aria-label": chart.alt}
    return start_tag("svg", attributes)[:-1] + svg.removeprefix("<svg")


def chart_images(brief: Brief, house: House) -> Iterator[ImageFile]:
    """Yield the pictures of all charts, by the names that the printed page has for them."""
    for node in walk(brief):
        if isinstance(node, Chart):
            svg = draw_chart(node, house, brief.front.lang)
            seen = _TEXT.sub(lambda text: in_visual_order(text[0]), svg).encode("utf-8")
            yield ImageFile(f"{_NAME}{node.anchor}", "image/svg+xml", seen, WIDTH, HEIGHT)
