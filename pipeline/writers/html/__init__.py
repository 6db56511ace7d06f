"""Write a numbered brief as one HTML page, for the web, or for the layout of the PDF.

`blocks` and `inlines` write the tree, `frame` what stands round it; `styles/brief.html.j2` puts
them in their places. Every printed number stands where `verify` finds it: see `inlines._identity`.
"""

from __future__ import annotations

from collections.abc import Mapping

import jinja2

from ...model import Anchor, Blocks
from ...numbering import NumberedBrief
from ...styles import BadTemplate, Styles
from . import blocks as writing
from .charts import chart_images
from .formulas import formula_images
from .frame import frame
from .medium import IMAGE_SCHEME, Medium, Page

__all__ = [
    "IMAGE_SCHEME",
    "Page",
    "blocks_to_html",
    "chart_images",
    "formula_images",
    "page_to_html",
    "write_html",
]


def write_html(numbered: NumberedBrief, styles: Styles) -> bytes:
    """Return a page that needs no other file, no network and no script."""
    return page_to_html(numbered, styles, "screen").encode("utf-8")


def page_to_html(
    numbered: NumberedBrief,
    styles: Styles,
    medium: Medium,
    pages: Mapping[Anchor, str] | None = None,
) -> str:
    """Return the page for a medium. `pages`: anchor to number of the printed page, where known."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    values = frame(Page(numbered, medium, pages or {}, styles.house), styles)
    try:
        return environment.from_string(styles.files["brief.html.j2"]).render(values) + "\n"
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"brief.html.j2:{line}" if line else "brief.html.j2"
        raise BadTemplate(f"{place}: {error}") from None


def blocks_to_html(blocks: Blocks, numbered: NumberedBrief, styles: Styles) -> str:
    """Return blocks as the web page shows them, without what stands round the text."""
    return writing.blocks_to_html(blocks, Page(numbered, "screen", house=styles.house))
