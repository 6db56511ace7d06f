"""Corrections of faults in WeasyPrint 70.0, one module for each fault: README.md lists them.

Our functions take the place of WeasyPrint's, most of them round these. Nothing else in the product
changes WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import weasyprint
from weasyprint.draw import text as drawing
from weasyprint.layout import LayoutContext, block, inline
from weasyprint.text import line_break

from ..tags import add_tags
from . import (
    column_footnotes,
    footnote_area,
    glyph_codes,
    hyphens,
    line_ends,
    lost_blanks,
    missing_glyphs,
    moved_footnotes,
    private_use,
    time_stamps,
)

VERSION = "70.0"
# Whose function, its name, and what makes ours from it. Later ones stand round earlier ones.
FIXES: tuple[tuple[Any, str, Callable[[Any], Any]], ...] = (
    (block, "_linebox_layout", moved_footnotes.without_moving),
    (LayoutContext, "_update_footnote_area", footnote_area.adding_up),
    (block, "columns_layout", column_footnotes.keeping_footnotes),
    (inline, "split_first_line", line_ends.with_hanging_blank),
    (line_break, "first_line_metrics", lost_blanks.noting),
    (drawing, "draw_first_line", lost_blanks.painting),
    (line_break, "first_line_metrics", hyphens.noting),
    (drawing, "draw_first_line", hyphens.painting),
    (drawing, "draw_first_line", missing_glyphs.painting),
    (drawing, "draw_first_line", private_use.painting),
    (weasyprint.pdf, "build_fonts_dictionary", glyph_codes.writing),
    (weasyprint.pdf.fonts, "TTFont", time_stamps.without),
    (weasyprint.pdf, "add_tags", lambda original: add_tags),
)


@cache
def correct_weasyprint() -> None:
    """Correct WeasyPrint in place, once. Raises `RuntimeError` for any other version."""
    if weasyprint.__version__ != VERSION:
        raise RuntimeError(
            f"the corrections are for WeasyPrint {VERSION}, and this is {weasyprint.__version__}: "
            "see weasyprint_fixes/README.md"
        )
    for owner, name, make in FIXES:
        theirs = getattr(owner, name)
        ours = make(theirs)
        ours.__wrapped__ = theirs
        setattr(owner, name, ours)
