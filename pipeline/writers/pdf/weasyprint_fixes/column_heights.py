"""Columns are not balanced where a list or paragraph goes on from one to the next.

A box that goes on fills its column. `columns_layout` compares the height so filled with the one
that there is, and sums of floats can say that it does not fit: the columns stay as they are.
"""

from __future__ import annotations

from typing import Any

_HAIR = 0.001  # CSS pixels


def filled(lay_out: Any) -> Any:
    def block_box_layout(context: Any, box: Any, *values: Any, **more: Any) -> Any:
        column, resume_at, *rest = lay_out(context, box, *values, **more)
        if column and resume_at and box.is_column and column.children:
            column.children[-1].height -= _HAIR
        return column, resume_at, *rest

    return block_box_layout
