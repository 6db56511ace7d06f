"""What is said of a figure or table: above it its label, title and subtitle, below it source and
notes."""

from __future__ import annotations

from ...labels import around_number, caption_end
from ...model import Chart, Figure, Table
from .inlines import inlines_to_html
from .markup import element, text
from .page import Page


def caption_to_html(name: str, captioned: Figure | Chart | Table, page: Page) -> str:
    """Return "Figure 2. Title" with what `verify` finds its number by, and the subtitle.

    Without a caption there is no number.
    """
    subtitle = inlines_to_html(captioned.subtitle, page)
    if subtitle:
        subtitle = element("span", subtitle, {"class": "caption-subtitle"})
    if not captioned.caption:
        return element(name, subtitle) if subtitle else ""
    anchor = captioned.anchor
    number = element("span", text(page.number(anchor)), {"class": "number"})
    before, after = map(text, around_number(anchor, page.lang, page.numbered.labels))
    identity = {"class": "label", **page.anchored(anchor)}
    label = element("span", f"{before}{number}{after}", identity)
    sign, space = caption_end(page.lang)
    end = element("span", text(sign), {"class": "label-end"}) if sign else ""
    words = inlines_to_html(captioned.caption, page)
    return element(name, f"{label}{end}{space}{words} {subtitle}".rstrip())


def below_to_html(captioned: Figure | Chart | Table, page: Page) -> str:
    """Return source and notes, "" if there are none."""
    found = ((name, getattr(captioned, name)) for name in ("source", "notes"))
    return page.lines(
        element("p", inlines_to_html(inlines, page), {"class": f"figure-{name}"})
        for name, inlines in found
        if inlines
    )
