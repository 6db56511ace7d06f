"""Charts: a fenced block `chart` with options, then its data as CSV, or the name of a CSV file."""

from __future__ import annotations

import math
import posixpath
import re
from typing import get_args

from ...diagnostics import Span, did_you_mean
from ...model import Chart, ChartKind, CodeBlock, Inlines, Series, plain
from .anchors import written_anchor
from .attributes import Attributes, parse_attributes
from .grammar import parse_inlines
from .inlines import read_inlines
from .reading import FileProblem, Nested, Reading
from .source import Origin

INFO = r"(?:chart\b)?\s*(?=\{|$)"
OPTION = r"(?P<name>[a-z-]+):(?:\s+(?P<value>.*))?"
KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
OPTIONS = ("type", "caption", "alt", "x", "y", "unit", "source", "data")
MOST_SERIES = 6  # as many as the house has colours
MOST_ROWS = 400
LARGEST = 1e15


class _BadChart(Exception):
    """Why a chart cannot be drawn, and where: a line below the fence (0: itself) or of its file."""

    def __init__(self, message: str, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint


def is_chart(info: str) -> bool:
    """Say whether the info of a fence begins a chart: `chart`, `{.chart #fig-x}`."""
    attributes = _attributes(info)
    named = info.split()[:1] == ["chart"] or info.startswith("chart{")
    return named or (attributes is not None and "chart" in attributes.classes)


def read_chart(reading: Reading, node: Nested) -> Chart | CodeBlock:
    """Return a chart; one that cannot be drawn stays as it is written, for a draft."""
    token, span = node.token, reading.block_span(node.token)
    attributes = _attributes(token.info.strip()) or Attributes()
    file = ""  # in which a line that is named stands, if not in the brief
    try:
        options, start = _options(token.content, attributes)
        caption = _inlines(reading, options.get("caption", ""), span)
        rows = _rows(reading, token.content, start, options.get("data", ""))
        file = options.get("data", "")
        chart = _chart(options, rows)
    except _BadChart as problem:
        place = _line_span(reading, span, problem.line)
        if file and problem.line:
            path = posixpath.join(posixpath.dirname(reading.source.path), file)
            place = Span.on_line(posixpath.normpath(path), problem.line, 1, 1)
        reading.report("bad-chart", str(problem), place, problem.hint)
        return CodeBlock(token.content, "chart", span=span)
    kind, heading, categories, series = chart
    if attributes.anchor:
        anchor = reading.anchors.add(written_anchor(attributes.anchor), span, "figure")
    else:
        anchor = reading.anchors.make("figure", plain(caption) or "chart", span)
    return Chart(
        anchor,
        kind,
        caption,
        options.get("alt", ""),
        heading,
        categories,
        series,
        options.get("x", ""),
        options.get("y", ""),
        options.get("unit", ""),
        _inlines(reading, options.get("source", ""), span),
        span=span,
    )


def _attributes(info: str) -> Attributes | None:
    found = re.match(INFO, info)
    parsed = parse_attributes(info, found.end(), len(info)) if found else None
    return parsed[0] if parsed else None


def _line_span(reading: Reading, span: Span, line: int) -> Span:
    """Return the span of a line below the fence."""
    number = span.line - 1 + line
    if not line or number >= len(reading.source.starts):
        return span
    row = reading.source.line(number)
    return reading.source.line_span(
        reading.source.starts[number] + len(row) - len(row.lstrip("> \t"))
    )


def _inlines(reading: Reading, text: str, span: Span) -> Inlines:
    """Return Markdown in an option, its places where it stands in the source."""
    if not text:
        return ()
    place = reading.source.text.find(text, reading.source.starts[span.line - 1])
    tokens = parse_inlines(text, reading.env)
    return read_inlines(reading, tokens, Origin(reading.source, [0], [max(place, 0)]), 1)


def _options(content: str, attributes: Attributes) -> tuple[dict[str, str], int]:
    """Return the options, those in braces and those in lines, and how many lines they take."""
    options = dict(attributes.values)
    for name in options:
        _check_option(name, 0)
    lines = content.split("\n")
    for number, line in enumerate(lines, start=1):
        found = re.fullmatch(OPTION, line.strip())
        if not found:
            return options, number - 1
        _check_option(found["name"], number)
        options[found["name"]] = (found["value"] or "").strip().strip("\"'")
    return options, len(lines)


def _check_option(name: str, line: int) -> None:
    if name not in OPTIONS:
        hint = did_you_mean(name, OPTIONS) or f"known are: {', '.join(OPTIONS)}"
        raise _BadChart(f"a chart has no option `{name}`", line, hint)


def _rows(reading: Reading, content: str, start: int, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows with the line each stands in, below the fence or in the file `name`."""
    text = "\n".join(content.split("\n")[start:])
    if name and text.strip():
        raise _BadChart("the chart has both `data` and rows", start + 1, "keep one of them")
    if name:
        found = reading.files(name)
        if isinstance(found, FileProblem):
            raise _BadChart(found.message, 0, found.hint)
        try:
            text = found.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise _BadChart(f"`{name}` is not UTF-8 text", 0, "save it as UTF-8") from None
    import csv  # for briefs that have a chart

    delimiter = max(",;\t", key=text.strip().split("\n")[0].count)
    reader = csv.reader(text.split("\n"), delimiter=delimiter, skipinitialspace=True)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                line = reader.line_num if name else start + reader.line_num
                rows.append((line, [cell.strip() for cell in row]))
    except csv.Error as error:
        raise _BadChart(f"the data cannot be read: {error}") from error
    return rows


def _chart(
    options: dict[str, str], rows: list[tuple[int, list[str]]]
) -> tuple[ChartKind, str, tuple[str, ...], tuple[Series, ...]]:
    kind = next((known for known in KINDS if known == options.get("type", "")), None)
    if kind is None:
        name = options.get("type", "")
        message = f"there is no type `{name}` of chart" if name else "the chart has no type"
        raise _BadChart(message, 0, f"write type: and one of {', '.join(KINDS)}")
    if len(rows) < 2 or len(rows[0][1]) < 2:
        hint = "the first row names the columns, each other row begins with its category"
        raise _BadChart("the chart has no data", 0, hint)
    if len(rows) > MOST_ROWS:
        raise _BadChart(f"the chart has more than {MOST_ROWS} rows", rows[MOST_ROWS][0])
    (_, head), *body = rows
    if len(head) - 1 > (1 if kind == "pie" else MOST_SERIES):
        most = "one column" if kind == "pie" else f"{MOST_SERIES} columns"
        raise _BadChart(f"a {kind} chart has at most {most} of values", rows[0][0])
    if kind == "pie" and len(body) > MOST_SERIES:
        raise _BadChart(f"a pie chart has at most {MOST_SERIES} rows", body[MOST_SERIES][0])
    columns: list[list[float | None]] = [[] for _ in head[1:]]
    for line, row in body:
        if len(row) > len(head):
            raise _BadChart(f"this row has {len(row)} fields, the first one {len(head)}", line)
        for column, cell in zip(columns, [*row[1:], *[""] * (len(head) - len(row))], strict=True):
            column.append(_number(cell, line) if cell else None)
        if kind == "scatter":
            _number(row[0], line)
    series = tuple(Series(n, tuple(c)) for n, c in zip(head[1:], columns, strict=True))
    _check_values(kind, series)
    return kind, head[0], tuple(row[0] for _, row in body), series


def _number(cell: str, line: int) -> float:
    try:
        value = float(cell.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        value = math.nan
    if not abs(value) < LARGEST or "_" in cell:
        hint = "write digits and a decimal point: 1234.5"
        raise _BadChart(f"`{cell}` is no number", line, hint)
    return value


def _check_values(kind: ChartKind, series: tuple[Series, ...]) -> None:
    values = [value for found in series for value in found.values if value is not None]
    if not values:
        raise _BadChart("the chart has no values")
    if kind in ("pie", "area") and min(values) < 0:
        raise _BadChart(f"a chart of type `{kind}` cannot show negative values")
    if kind == "pie" and not sum(values):
        raise _BadChart("the values of the pie are all zero")
