"""Write a numbered brief as PDF: the HTML page with the print style sheet, laid out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.numbering import NumberedBrief
from pipeline.styles import Styles
from pipeline.writers.html import Page, chart_images, formula_images, page_to_html
from pipeline.writers.pdf.engine import layout  # first: it loads WeasyPrint, the quick way

# isort: split
from pipeline.writers.pdf import archive
from pipeline.writers.pdf.footnotes import keep_footnotes_with_calls
from pipeline.writers.pdf.tags import write_own_tags


def write_pdf(numbered: NumberedBrief, styles: Styles) -> bytes:
    """Return the pages for the screen: PDF/UA-1 and PDF/A-3a, with bookmarks and destinations."""
    document = lay_out(numbered, styles)
    attachments = archive.attachments(numbered)
    content: bytes = document.write_pdf(
        finisher=archive.finish, attachments=attachments, **archive.OPTIONS
    )
    return content


def lay_out(numbered: NumberedBrief, styles: Styles) -> Any:
    """Return the `weasyprint.Document`, laid out twice where it prints page numbers of its own.

    `target-counter` would lay it out three times.
    """
    keep_footnotes_with_calls()
    write_own_tags()
    document = _laid_out(numbered, styles, {})
    if not Page(numbered, "print").has_contents:
        return document
    return _laid_out(numbered, styles, _pages(document))


def _laid_out(numbered: NumberedBrief, styles: Styles, pages: Mapping[str, str]) -> Any:
    return layout(
        page_to_html(numbered, styles, "print", pages),
        (
            *numbered.brief.images,
            *formula_images(numbered.brief),
            *chart_images(numbered.brief, styles.house),
        ),
        color_profiles=archive.colour_profiles(),
        **archive.OPTIONS,
    )


def _pages(document: Any) -> Mapping[str, str]:
    """Return the number of the page that each anchor stands on."""
    return {
        anchor: str(number)
        for number, page in enumerate(document.pages, start=1)
        for anchor in page.anchors
    }
