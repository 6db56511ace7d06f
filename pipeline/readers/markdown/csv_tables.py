"""Tables from CSV files: `![Caption](data.csv){#tbl-x}`.

Cells are data, not Markdown: citations alone have a meaning in them.
"""

from __future__ import annotations

import posixpath
from typing import Any

from msgspec.structs import replace

from ...diagnostics import Span
from ...model import Alignment, Anchor, Cell, Inlines, Table
from ..csv import BadCsv, Field, read_rows, rectangle
from ..source import Source
from .anchors import written_anchor
from .attributes import Attributes
from .beside import NOTHING, Beside
from .grammar import environment, parse_citations
from .inlines import read_inlines
from .origins import aligned_origin
from .reading import Reading
from .tables import ROW_HEADS, SMALLER, size_problem


class _LargeCsv(Exception):
    """Why a file is too large for a table."""


def read_csv_table(
    reading: Reading,
    name: str,
    caption: Inlines,
    attributes: Attributes,
    span: Span,
    beside: Beside = NOTHING,
) -> Table | None:
    """Return the table of a CSV file, its first row as the head; None if it cannot be read."""
    stem = posixpath.basename(name).rpartition(".")[0]
    if attributes.anchor:
        anchor = reading.anchors.add(written_anchor(attributes.anchor), span, "table")
    else:
        anchor = reading.anchors.make("table", stem, span)
    source = reading.read_data(name, span)
    if source is None:
        return None
    try:
        rows = _rows(source.text)
    except _LargeCsv as problem:
        reading.report("large-table", str(problem), span, SMALLER)
        return None
    except BadCsv as problem:
        reading.report_csv(source, problem)
        return None
    cells = read_cells(reading, environment(source, reading.lang), rows)
    table = data_table(anchor, caption, cells, span)
    return replace(
        table,
        subtitle=beside.subtitle,
        source=beside.source,
        notes=beside.notes,
        row_heads=ROW_HEADS in attributes.classes,
    )


def _rows(text: str) -> list[list[Field]]:
    rows: list[list[Field]] = []
    for row in read_rows(text):
        rows.append(row)
        # Checked row by row: a small file may hold millions.
        if problem := size_problem(len(rows) - 1, len(row)):
            raise _LargeCsv(problem)
    if not rows:
        raise BadCsv("the file has no rows", 0)
    return rectangle(rows)


def read_cells(
    reading: Reading, env: dict[str, Any], rows: list[list[Field]]
) -> list[tuple[Cell, ...]]:
    return [tuple(_cell(reading, env, field) for field in row) for row in rows]


def data_table(anchor: Anchor, caption: Inlines, rows: list[tuple[Cell, ...]], span: Span) -> Table:
    """Return a table with the first row as its head; nobody has aligned its columns."""
    alignments: tuple[Alignment, ...] = tuple("" for _ in rows[0])
    return Table(anchor, caption, (), (rows[0],), tuple(rows[1:]), alignments, span=span)


def _cell(reading: Reading, env: dict[str, Any], field: Field) -> Cell:
    source: Source = env["source"]
    origin = aligned_origin(source, field.text, field.start, field.end)
    inlines = read_inlines(reading, parse_citations(field.line, env), origin, 1)
    return Cell(inlines, span=source.span(field.start, field.end))
