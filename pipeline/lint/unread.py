"""A rule on Markdown syntax that is printed as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..model import Brief, Paragraph, Text, walk
from ..styles import House

# CommonMark 0.31, 6.3: an address with a space needs pointed brackets. A title may follow.
BLANK_IN_ADDRESS = re.compile(
    r"\]\((?P<address>[^()<>\s]+[ \t][^()<>\"]*[./][^()<>\"\s]+)(?:\s+\"[^\"]*\")?\s*\)"
)
GRID_RULE = r"\+(?::?[-=]{3,}:?\+)+"


def unread_markup(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Text):
            yield from _addresses(node)
        elif isinstance(node, Paragraph) and node.inlines:
            first = node.inlines[0]
            if not isinstance(first, Text):
                continue
            if found := re.match(GRID_RULE, first.text):
                yield Diagnostic(
                    "unread-markup",
                    "the grid table that begins here cannot be read: it is printed as text",
                    first.span.piece(0, found.end()),
                    "align the bars of each row with the + of the lines above and below",
                )
            # An escaped dollar is a separate `Text`.
            if first.text.startswith("$$"):
                yield Diagnostic(
                    "unread-markup",
                    "an equation begins here and is never closed: it is printed as text",
                    first.span.piece(0, 2),
                    r"end it with `$$`, without an empty line in it; write \$ for a dollar sign",
                )


def _addresses(node: Text) -> Iterator[Diagnostic]:
    for found in BLANK_IN_ADDRESS.finditer(node.text):
        address = found["address"]
        span = node.span.piece(found.start("address"), len(address))
        yield Diagnostic(
            "unread-markup",
            "an address with a space is not a link or an image: it is printed as text",
            span if node.span.length == len(node.text) else node.span,
            f"write (<{address}>), or a name without blanks",
        )
