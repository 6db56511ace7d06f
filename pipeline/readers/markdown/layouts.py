"""Fenced parts by which Quarto, pandoc and MyST lay out pages: columns, tabs, grids.

What they hold is printed, one after the other. (Quarto's guide, "Tabsets", "Article Layout",
"Conditional Content"; MyST's, "Cards, grids and tabs")
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...diagnostics import Span
from ...model import Block, Blocks, Part
from .inlines import inlines_of
from .reading import Nested, Reading

_LAYOUTS = re.compile(
    r"(?:columns?|column-[\w-]+|panel-\w+|layout(?:-[\w-]+)?|grid|g-col-\d+|tab-set|tab-item"
    r"|grid-item(?:-card)?|incremental|nonincremental|fragment|center|centered|lead|smaller"
    r"|border|rounded|full-width|page-columns|cell(?:-output[\w-]*)?|output[\w-]*)\Z"
)
_TABS = ("panel-tabset", "tabset")
_CONDITIONAL = ("content-visible", "content-hidden", "hidden")


def is_layout(reading: Reading, classes: Sequence[str], span: Span) -> bool:
    """Say whether a part is one by which another program lays out pages, and report it."""
    if condition := next((name for name in classes if name in _CONDITIONAL), ""):
        message = f"what `{condition}` holds is printed in all outputs"
        hint = "leave out what readers shall not see"
        reading.report("unread-markup", message, span, hint)
        return True
    if not classes or not all(map(_LAYOUTS.match, classes)):
        return False
    if classes[0] not in reading.foreign:
        reading.foreign.add(classes[0])
        message = f"`{classes[0]}` has no effect here: what it holds is printed one below the other"
        reading.report("foreign-layout", message, span)
    return True


def read_tabs(
    reading: Reading, classes: Sequence[str], children: list[Nested], depth: int
) -> Blocks:
    """Return the blocks of a part; in a set of tabs, each heading is the title of a part."""
    if not any(name in _TABS for name in classes):
        return reading.read_blocks(children, depth + 1)
    groups: list[list[Nested]] = [[]]
    for child in children:
        if child.token.type == "heading_open":
            groups.append([])
        groups[-1].append(child)
    first, *tabs = groups
    blocks: list[Block] = [*reading.read_blocks(first, depth + 1)]
    for heading, *others in tabs:
        title = inlines_of(reading, heading, depth + 1)
        inside = reading.read_blocks(others, depth + 2)
        blocks.append(Part("", title, inside, span=reading.block_span(heading.token)))
    return tuple(blocks)
