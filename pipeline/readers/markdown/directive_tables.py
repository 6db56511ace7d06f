"""MyST's tables as directives: `{list-table}`, a list of lists, and `{csv-table}`."""

from __future__ import annotations

import re

from markdown_it.token import Token

from ...model import Alignment, Cell, Inlines, Table, plain
from ..csv import BadCsv, Field, read_rows, rectangle
from .attributes import Attributes
from .csv_tables import data_table, read_cells, read_csv_table
from .grammar import environment, parse_inlines
from .inlines import read_inlines
from .origins import Origin
from .reading import Nested, Reading
from .tables import placed_anchor

OPTION = re.compile(r"^[ \t]*:(?P<name>[\w-]+):[ \t]*(?P<value>.*)$", re.MULTILINE)


def is_list_table(token: Token) -> bool:
    attributes: Attributes = token.meta["attributes"]
    return attributes.classes == ["list-table"]


def read_list_table(reading: Reading, node: Nested, depth: int) -> Table | None:
    """Return the table that a list of rows is, each a list of cells; None if it is not one."""
    attributes: Attributes = node.token.meta["attributes"]
    span = reading.block_span(node.token)
    lists = [_items(row) for row in _items(node)]
    if not all(lists) or not lists:
        return None
    title, at = attributes.values.get("title", ""), attributes.values_at.get("title", 0)
    caption = _caption(reading, title, at)
    rows = [tuple(_cell(reading, cell, depth) for cell in cells) for cells in lists]
    width = max(map(len, rows))
    filled = [(*row, *[Cell((), span=row[-1].span)] * (width - len(row))) for row in rows]
    columns: list[Alignment] = [""] * width
    anchor = placed_anchor(reading, attributes)
    anchor = anchor or reading.anchors.make("table", plain(caption) or "table", span)
    return Table(anchor, caption, (), (filled[0],), tuple(filled[1:]), tuple(columns), span=span)


def _items(node: Nested) -> list[Nested]:
    """Return the items of the list that a block consists of, none if it holds anything else."""
    only = node.children[0] if len(node.children) == 1 else node
    return only.children if only.token.type in ("bullet_list_open", "ordered_list_open") else []


def _cell(reading: Reading, node: Nested, depth: int) -> Cell:
    span = reading.block_span(node.token)
    match node.children:
        case []:
            return Cell((), span=span)
        case [Nested(token=token) as paragraph] if token.type == "paragraph_open":
            content = paragraph.children[0].token
            tokens, origin = content.children or [], reading.origin(content)
            return Cell(read_inlines(reading, tokens, origin, depth + 2), span=span)
        case blocks:
            return Cell((), reading.read_blocks(blocks, depth + 2), span=span)


def read_csv_directive(reading: Reading, node: Nested, title: str) -> Table | None:
    """Return the table of ```` ```{csv-table} Title ````; None if it cannot be read.

    `:file:` names a file; else the rows stand below the options. `:header:` is a first row.
    """
    source, span = reading.source, reading.block_span(node.token)
    begin, end = node.token.meta["beginning"], node.token.meta["ending"]
    text = source.text[:end]
    at = text.find("\n", begin) + 1
    end = text.rstrip().rfind("\n") + 1  # the line that closes it
    options: dict[str, tuple[str, int]] = {}
    while found := OPTION.match(text, at, end):
        options[found["name"]] = found["value"].strip(), found.start("value")
        at = found.end() + 1
    attributes = Attributes()
    if label := options.get("name") or options.get("label"):
        attributes.anchor, attributes.anchor_place = label
    caption = _caption(reading, title, text.find(title, begin)) if title else ()
    if name := options.get("file"):
        return read_csv_table(reading, name[0], caption, attributes, span)
    rows: list[list[Field]] = []
    try:
        if header := options.get("header"):
            rows += read_rows(text[: header[1] + len(header[0])], header[1])
        rows = rectangle([*rows, *read_rows(text[:end], at)])
    except BadCsv as problem:
        reading.report_csv(source, problem)
        return None
    if not rows:
        return None
    cells = read_cells(reading, environment(source, reading.lang), rows)
    anchor = placed_anchor(reading, attributes)
    anchor = anchor or reading.anchors.make("table", plain(caption) or "table", span)
    return data_table(anchor, caption, cells, span)


def _caption(reading: Reading, text: str, at: int) -> Inlines:
    origin = Origin(reading.source, [0], [at])
    return read_inlines(reading, parse_inlines(text, reading.env), origin, 1)
