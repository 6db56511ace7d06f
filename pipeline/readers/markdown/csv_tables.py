"""Tables from CSV files: `![Caption](data.csv){#tbl-x}`.

Cells are data, not Markdown: citations alone have a meaning in them.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from ...diagnostics import Span
from ...model import Alignment, Cell, Inlines, Table
from ..csv import BadCsv, Field, read_rows, rectangle
from ..source import Source
from .anchors import written_anchor
from .attributes import Attributes
from .grammar import environment, parse_citations
from .inlines import read_inlines
from .origins import aligned_origin
from .reading import Reading
from .tables import SMALLER, size_problem

NUMBER = re.compile(r"[-+−]?[$€£¥]?\s?\d[\d\s.,'’]*\s?(?:%|‰|°C)?|[-–—]|n/?a|", re.IGNORECASE)


class _LargeCsv(Exception):
    """Why a file is too large for a table."""


def read_csv_table(
    reading: Reading, name: str, caption: Inlines, attributes: Attributes, span: Span
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
    env = environment(source, reading.lang)
    head, *body = [tuple(csv_cell(reading, env, field) for field in row) for row in rows]
    return Table(anchor, caption, head, tuple(body), alignments(rows), span=span)


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


def csv_cell(reading: Reading, env: dict[str, Any], field: Field) -> Cell:
    source: Source = env["source"]
    origin = aligned_origin(source, field.text, field.start, field.end)
    inlines = read_inlines(reading, parse_citations(field.line, env), origin, 1)
    return Cell(inlines, span=source.span(field.start, field.end))


def alignments(rows: list[list[Field]]) -> tuple[Alignment, ...]:
    """Align right each column with numbers, and nothing but numbers, below its head."""
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [()] * len(rows[0])
    return tuple(
        "right"
        if any((words and words[-1].isdigit()) or words[:1].isdigit() for words, _, _ in column)
        and all(NUMBER.fullmatch(words) for words, _, _ in column)
        else "left"
        for column in columns
    )
