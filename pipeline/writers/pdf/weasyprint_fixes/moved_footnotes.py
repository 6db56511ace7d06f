"""A paragraph that cannot break moves footnotes to the next page, away from their calls.

Where orphans or widows keep a paragraph from breaking, `_linebox_layout` moves footnotes to the
next page until the paragraph fits. It takes any footnote of the page, and its call stays behind. It
does not do that in columns, so here it is told that it is in one: the paragraph breaks earlier.
"""

from __future__ import annotations

from typing import Any

AS_IF = "as if"  # `in_column` where there are no columns: true for WeasyPrint


def without_moving(lay_out: Any) -> Any:
    def _linebox_layout(context: Any, *values: Any) -> Any:
        in_column = context.in_column
        context.in_column = in_column or AS_IF
        try:
            return lay_out(context, *values)
        finally:
            context.in_column = in_column

    return _linebox_layout
