"""Tables from CSV files: `![Caption](data.csv){#tbl-x}`.

Cells are data, not Markdown: nothing in them means anything but a citation.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from ...diagnostics import Span
from ...model import Alignment, Cell, Inlines, Table
from .anchors import written_anchor
from .attributes import Attributes
from .grammar import environment, parse_citations
from .inlines import read_inlines
from .reading import FileProblem, Reading
from .source import Origin, Source, aligned_origin
from .tables import SMALLER, size_problem

DELIMITERS = ",;\t"
NUMBER = re.compile(r"[-+−]?[$€£¥]?\s?\d[\d\s.,'’]*\s?(?:%|‰|°C)?|[-–—]|n/?a|", re.IGNORECASE)

_Field = tuple[str, int, int]  # its text, and where it begins and ends in the file
_Row = list[_Field]


class _BadCsv(Exception):
    """Why a file is no table, and at which offset."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class _LargeCsv(Exception):
    """Why a file is not laid out as a table."""


def read_csv_table(
    reading: Reading, name: str, caption: Inlines, attributes: Attributes, span: Span
) -> Table | None:
    """Return the table of a CSV file, its first row as the head; None if it cannot be read."""
    stem = posixpath.basename(name).rpartition(".")[0]
    if attributes.anchor:
        anchor = reading.anchors.add(written_anchor(attributes.anchor), span, "table")
    else:
        anchor = reading.anchors.make("table", stem, span)
    content = reading.files(name)
    if isinstance(content, FileProblem):
        reading.report(content.code, content.message, span, content.hint)
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(reading.source.path), name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        place = Span.on_line(path, line, 1, 1)
        reading.report("bad-csv", "the file is not UTF-8", place, "save it as CSV UTF-8")
        return None
    source = Source(text, path)
    reading.diagnostics += source.diagnostics
    try:
        rows = _rectangle(_rows(source.text))
    except _LargeCsv as problem:
        reading.report("large-table", str(problem), span, SMALLER)
        return None
    except _BadCsv as problem:
        place = source.span(problem.offset, problem.offset + 1)
        reading.report("bad-csv", str(problem), place, "open it in a spreadsheet, and save anew")
        return None
    env = environment(source, reading.lang)
    head, *body = [tuple(_cell(reading, env, field) for field in row) for row in rows]
    return Table(anchor, caption, head, tuple(body), _alignments(rows), span=span)


def _delimiter(text: str) -> str:
    """Return the sign that divides the first line most often, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text[: text.find("\n") % (len(text) + 1)])
    return max(DELIMITERS, key=first.count)


def _rows(text: str) -> list[_Row]:
    """Divide the text by RFC 4180: quotes round a field may hold anything, `""` is a quote."""
    delimiter = _delimiter(text)
    plain = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    quoted = re.compile(r'[ ]*"([^"]*(?:""[^"]*)*)"[ ]*')
    rows: list[_Row] = [[]]
    position = 0
    while True:
        found = quoted.match(text, position)
        if found:
            start, end = found.span(1)
            rows[-1].append((found[1].replace('""', '"'), start, end))
        else:
            found = plain.match(text, position)
            if found is None or found[0].lstrip().startswith('"'):
                raise _BadCsv("a quotation mark is never closed", position)
            words = found[0].strip()
            start = position + len(found[0]) - len(found[0].lstrip())
            rows[-1].append((words, start, start + len(words)))
        position = found.end() + 1
        if position > len(text):
            return [row for row in rows if any(words for words, _, _ in row)]
        if text[position - 1] == "\n":
            rows.append([])
        elif text[position - 1] != delimiter:
            raise _BadCsv("there is text behind a closing quotation mark", position - 1)
        # Now and not at the end: a small file may hold millions of them.
        if problem := size_problem(len(rows) - 1, len(rows[-1])):
            raise _LargeCsv(problem)


def _rectangle(rows: list[_Row]) -> list[_Row]:
    """Fill short rows; a row that is longer than the head cannot be placed."""
    if not rows:
        raise _BadCsv("the file has no rows", 0)
    width = len(rows[0])
    for row in rows:
        if len(row) > width:
            message = f"this row has {len(row)} fields, the head {width}"
            raise _BadCsv(message, row[width][1])
    return [[*row, *[("", row[-1][2], row[-1][2])] * (width - len(row))] for row in rows]


def _cell(reading: Reading, env: dict[str, Any], field: _Field) -> Cell:
    words, start, end = field
    source: Source = env["source"]
    origin = aligned_origin(source, words, start, end) if words else Origin(source, [0], [start])
    words = words.replace("\n", " ")
    tokens = parse_citations(words, env)
    inlines = read_inlines(reading, tokens, origin, 1)
    return Cell(inlines, span=source.span(start, end))


def _alignments(rows: list[_Row]) -> tuple[Alignment, ...]:
    """Numbers stand right; a column is of numbers if all below the head are, and one is there."""
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [()] * len(rows[0])
    return tuple(
        "right"
        if any((words and words[-1].isdigit()) or words[:1].isdigit() for words, _, _ in column)
        and all(NUMBER.fullmatch(words) for words, _, _ in column)
        else "left"
        for column in columns
    )
