"""Pipe tables and grid tables."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from ...model import Alignment, Anchor, Cell, Inlines, Table, plain
from .anchors import written_anchor
from .attributes import Attributes
from .beside import NOTHING, Beside, read_beside
from .foreign import add_label
from .grammar import parse_inlines
from .inlines import read_inlines
from .origins import Origin
from .reading import Nested, Reading

ROW_HEADS = "row-headers"  # the class of a table in which each row begins with its head
MOST_ROWS, MOST_COLUMNS = 2000, 40
SMALLER = "print the rows that the text discusses, and publish the whole as a data set"


def size_problem(rows: int, columns: int) -> str:
    """Return why a table is too large, or "": forty pages of it take ten seconds to lay out."""
    if rows > MOST_ROWS:
        return f"the table has more than {MOST_ROWS:,} rows"
    if columns > MOST_COLUMNS:
        return f"the table has {columns:,} columns, and no page shows more than {MOST_COLUMNS}"
    return ""


def read_table(reading: Reading, node: Nested, depth: int) -> Table:
    """Return a table whose rows are all as long as its head. Its caption was found with it."""
    span = reading.block_span(node.token)
    if paragraph := node.token.meta.get("caption_paragraph"):
        span = reading.source.around(span, reading.block_span(paragraph))
    caption, anchor = _caption(reading, node, depth)
    rows = [row for group in node.children for row in group.children]
    heads = len(node.children[0].children)
    if problem := size_problem(len(rows) - heads, len(rows[0].children)):
        reading.report("large-table", problem, span, SMALLER)
        rows = [*rows[:heads], *(row for row in rows[heads:][:1] if not _has_spans(row))]
    cells = [tuple(_cell(reading, cell, depth) for cell in row.children) for row in rows]
    alignments = tuple(_alignment(cell) for cell in rows[0].children)
    anchor = anchor or reading.anchors.make("table", plain(caption) or "table", span)
    beside = _beside(reading, node)
    attributes: Attributes | None = node.token.meta.get("attributes")
    return Table(
        anchor,
        caption,
        beside.subtitle,
        tuple(cells[:heads]),
        tuple(cells[heads:]),
        alignments,
        beside.source,
        beside.notes,
        row_heads=attributes is not None and ROW_HEADS in attributes.classes,
        span=span,
    )


def _beside(reading: Reading, node: Nested) -> Beside:
    token = node.token.meta.get("caption")
    attributes: Attributes | None = node.token.meta.get("attributes")
    if token is None or attributes is None or attributes.anchor_place >= 0:
        return NOTHING
    return read_beside(reading, attributes, reading.origin(token), token.meta["cut"])


def _caption(reading: Reading, node: Nested, depth: int) -> tuple[Inlines, Anchor | None]:
    attributes: Attributes = node.token.meta.get("attributes") or Attributes()
    if "caption_text" in node.token.meta:
        text, at = node.token.meta["caption_text"]
        above = Origin(reading.source, [0], [at])
        tokens = parse_inlines(text, reading.env)
        return read_inlines(reading, tokens, above, depth + 1), placed_anchor(reading, attributes)
    token = node.token.meta.get("caption")
    if token is None:
        return (), placed_anchor(reading, attributes)
    origin = reading.origin(token)
    label = add_label(reading, token, origin, "table")
    caption = read_inlines(reading, token.children or [], origin, depth + 1)
    if attributes.anchor_place >= 0:
        return caption, placed_anchor(reading, attributes)
    if not attributes.anchor:
        return caption, label
    # The attributes were read before the caption's sign was cut off.
    at = origin.at(attributes.anchor_at - token.meta["cut"])
    place = reading.source.span(at, at + len(attributes.anchor))
    return caption, reading.anchors.add(written_anchor(attributes.anchor), place, "table")


def placed_anchor(reading: Reading, attributes: Attributes) -> Anchor | None:
    """Return the anchor that stands elsewhere than in the caption."""
    at = attributes.anchor_place
    if not attributes.anchor or at < 0:
        return None
    place = reading.source.span(at, at + len(attributes.anchor))
    return reading.anchors.add(written_anchor(attributes.anchor), place, "table")


def _has_spans(row: Nested) -> bool:
    return any("spans" in cell.token.meta for cell in row.children)


def _cell(reading: Reading, node: Nested, depth: int) -> Cell:
    across, down = node.token.meta.get("spans", (1, 1))
    found = _content(reading, node, depth)
    return found if across == down == 1 else replace(found, across=across, down=down)


def _content(reading: Reading, node: Nested, depth: int) -> Cell:
    token = node.children[0].token
    if token.type != "inline":
        blocks = reading.read_blocks(node.children, depth + 2)
        span = reading.source.around(*(block.span for block in blocks))
        return Cell((), blocks, span=span)
    origin = reading.origin(token)
    span = origin.span(0, len(token.content))
    if cells := token.meta.get("ragged"):
        message = f"this row has {cells} cells, more than the head; the last ones are joined"
        reading.report("ragged-table", message, span, "write `\\|` for a literal bar")
    if token.meta.get("flat"):
        message = (
            "cells can only contain paragraphs, lists and code; this is printed as a line of text"
        )
        reading.report("unread-markup", message, span, "put it below the table")
    inlines = read_inlines(reading, token.children or [], origin, depth + 2)
    return Cell(inlines, span=span)


def _alignment(node: Nested) -> Alignment:
    style = str(node.token.attrs.get("style", "")).removeprefix("text-align:")
    return next((known for known in get_args(Alignment) if known == style), "")
