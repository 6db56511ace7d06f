"""Corrections of faults in WeasyPrint 70.0, one module for each fault: README.md lists them.

Our functions replace WeasyPrint's; most of them call the function they replace. Nothing else in
the product changes WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import weasyprint
from weasyprint.draw import text as drawing
from weasyprint.layout import LayoutContext, block, inline, page
from weasyprint.text import line_break

from .. import tags
from . import (
    balanced_titles,
    column_footnotes,
    column_heights,
    column_margins,
    floats,
    footnote_area,
    glyph_codes,
    hyphens,
    known_pages,
    line_ends,
    lost_blanks,
    missing_glyphs,
    moved_footnotes,
    private_use,
    time_stamps,
)
from .wrapping import noting, repainting

VERSION = "70.0"
# The module of a correction, the owner and the name of the function that it replaces, and what
# makes our function from that one. Later corrections wrap earlier ones.
FIXES: tuple[tuple[ModuleType, Any, str, Callable[[Any], Any]], ...] = (
    (floats, page, "remake_page", floats.with_text_ahead),
    (balanced_titles, block, "block_container_layout", balanced_titles.balanced),
    (known_pages, page, "make_page", known_pages.with_numbers),
    (moved_footnotes, block, "_linebox_layout", moved_footnotes.without_moving),
    (footnote_area, LayoutContext, "_update_footnote_area", lambda _: footnote_area.update),
    (column_footnotes, block, "columns_layout", column_footnotes.keeping_footnotes),
    (column_heights, block, "block_box_layout", column_heights.filled),
    (column_margins, block, "block_box_layout", column_margins.cut),
    (line_ends, inline, "split_first_line", line_ends.with_hanging_blank),
    (lost_blanks, line_break, "first_line_metrics", noting(lost_blanks.note_blank)),
    (lost_blanks, drawing, "draw_first_line", lost_blanks.with_blanks),
    (hyphens, line_break, "first_line_metrics", noting(hyphens.note_hyphen)),
    (hyphens, drawing, "draw_first_line", repainting(hyphens.soften)),
    (missing_glyphs, drawing, "draw_first_line", repainting(missing_glyphs.substitute)),
    (private_use, drawing, "draw_first_line", repainting(private_use.read_otherwise)),
    (glyph_codes, weasyprint.pdf, "build_fonts_dictionary", glyph_codes.with_codes),
    (time_stamps, weasyprint.pdf.fonts, "TTFont", time_stamps.undated),
    (tags, weasyprint.pdf, "add_tags", lambda _: tags.add_tags),
)


@cache
def correct_weasyprint() -> None:
    """Correct WeasyPrint in place, once. Raises `RuntimeError` for any other version."""
    if weasyprint.__version__ != VERSION:
        raise RuntimeError(
            f"the corrections are for WeasyPrint {VERSION}, and this is {weasyprint.__version__}: "
            "see weasyprint_fixes/README.md"
        )
    for _, owner, name, make in FIXES:
        theirs = getattr(owner, name)
        ours = make(theirs)
        ours.__wrapped__ = theirs
        setattr(owner, name, ours)
