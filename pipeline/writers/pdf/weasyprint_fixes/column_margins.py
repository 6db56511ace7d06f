"""A heading that begins a column keeps the margin above it: columns do not begin on one line.

A margin that adjoins an unforced break is cut to nothing (CSS Fragmentation, 5.2). WeasyPrint does
so at the top of a page only.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css.properties import ZERO_PIXELS


def cut(lay_out: Any) -> Any:
    def block_box_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *values: Any, **more: Any
    ) -> Any:
        ((index, within),) = (skip_stack or {0: {}}).items()
        if not box.is_column or within is not None:
            return lay_out(context, box, bottom_space, skip_stack, *values, **more)
        style = box.children[index].style
        margin, style["margin_top"] = style["margin_top"], ZERO_PIXELS
        try:
            return lay_out(context, box, bottom_space, skip_stack, *values, **more)
        finally:
            style["margin_top"] = margin

    return block_box_layout
