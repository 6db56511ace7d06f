"""Write a numbered brief as PDF.

In: a `NumberedBrief` and `Styles`. Out: one PDF file, and the faults of its layout.

`print_page` writes the HTML page that WeasyPrint lays out, `weasyprint_host` runs WeasyPrint,
`weasyprint_fixes` corrects it, `structure` and `tags` write the tags, `archive` makes the file one
for archives, and `faults` checks the pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from ...contents import contents_entries, has_contents_on_pages
from ...diagnostics import Diagnostic
from ...model import Anchor
from ...numbering import NumberedBrief
from ...styles import Styles
from .weasyprint_host import layout, nothing_lost  # first: it imports WeasyPrint quickly

# isort: split
from . import archive
from .bitmaps import plain_bitmaps
from .faults import layout_faults
from .page_numbers import pages_of, print_pages
from .print_page import IMAGE_SCHEME, PrintPage, font_address, pictures, write_print_page
from .weasyprint_fixes import correct_weasyprint
from .weasyprint_fixes.known_pages import UNKNOWN
from .weasyprint_fixes.lost_blanks import part_words

_FONT_TYPE = "font/sfnt"
# Where a word may be parted: one glyph for both letters would be read as neither of them.
_JOINED = re.compile(r"(?<=f)\u200b(?=[fijlt])")
_LAYOUTS = 3  # at most, until the printed page numbers are right


def write_pdf(numbered: NumberedBrief, styles: Styles) -> bytes:
    """Return the pages for the screen: PDF/UA and PDF/A, with bookmarks and destinations.

    Raises `LostImageError` for an image that cannot be shown.
    """
    return write_pdf_with_faults(numbered, styles)[0]


def write_pdf_with_faults(
    numbered: NumberedBrief, styles: Styles
) -> tuple[bytes, list[Diagnostic]]:
    """Return the pages for the screen, and the faults of their layout.

    Raises `LostImageError` for an image that cannot be shown, `BadTemplate` for a mistake in the
    template of a house style.
    """
    numbered = with_plain_bitmaps(numbered)
    with nothing_lost(IMAGE_SCHEME):
        document = lay_out(numbered, styles)
        part_words(document)
        attachments = archive.attachments(numbered)
        content: bytes = document.write_pdf(
            finisher=archive.finish, attachments=attachments, **archive.options(numbered)
        )
    return content, layout_faults(document, numbered.brief.span)


def with_plain_bitmaps(numbered: NumberedBrief, *, keep_inks: bool = False) -> NumberedBrief:
    """Return a brief with images that every PDF reader shows alike: see `bitmaps`."""
    images = plain_bitmaps(numbered.brief.images, keep_inks=keep_inks)
    if redline := numbered.redline:
        older = with_plain_bitmaps(redline.older, keep_inks=keep_inks)
        numbered = replace(numbered, redline=replace(redline, older=older))
    return replace(numbered, brief=replace(numbered.brief, images=images))


def lay_out(numbered: NumberedBrief, styles: Styles) -> Any:
    """Return the `weasyprint.Document`, with the page numbers that it prints.

    Contents and back-references are laid out with guesses, which improve from page to page (see
    `known_pages`). Numbers that are as wide as the guesses replace them; otherwise there is another
    layout with the numbers that were found. If they still change, back-references are printed
    without. `target-counter` would take three layouts or more.
    """
    correct_weasyprint()
    cited = {place.citation for places in numbered.cited_at.values() for place in places}
    wanted = set(cited)
    if has_contents_on_pages(numbered):
        wanted |= {entry.anchor for entry in contents_entries(numbered)}
    pages: Mapping[Anchor, str] = dict.fromkeys(wanted, UNKNOWN)
    for _ in range(_LAYOUTS if wanted else 0):
        document = _laid_out(numbered, styles, pages)
        found = {a: page for a, page in pages_of(document).items() if a in wanted}
        if print_pages(document, found):
            return document
        pages = found
        del document  # before the next one is in memory, too
    without = {anchor: page for anchor, page in pages.items() if anchor not in cited}
    return _laid_out(numbered, styles, without)


def _laid_out(numbered: NumberedBrief, styles: Styles, pages: Mapping[Anchor, str]) -> Any:
    page = PrintPage(numbered, styles.house, styles.pictures, pages=pages)
    images = (*pictures(page), *plain_bitmaps(styles.pictures.values()))
    return layout(
        _JOINED.sub("\u200c\u200b", write_print_page(page, styles)),
        {IMAGE_SCHEME + image.src: (image.content, image.media_type) for image in images}
        | {font_address(face): (face.content, _FONT_TYPE) for face in styles.faces},
        color_profiles=archive.colour_profiles(),
        **archive.options(numbered),
    )
