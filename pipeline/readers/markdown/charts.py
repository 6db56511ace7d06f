"""Charts: a fenced block `chart` with options, then its data as CSV, or the name of a CSV file."""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import get_args

from markdown_it.token import Token

from ...diagnostics import Span, did_you_mean
from ...model import Chart, ChartKind, CodeBlock, Inlines, Series, plain
from ..csv import BadCsv, Field, read_rows, rectangle
from .anchors import written_anchor
from .attributes import Attributes, parse_attributes
from .grammar import parse_inlines
from .inlines import read_inlines
from .origins import Origin, paragraph_origin
from .reading import Nested, Reading

INFO = r"\s*(?:chart\b)?\s*(?=\{|$)"
OPTION = r"\s*(?P<name>[a-z-]+):(?:\s+(?P<quote>[\"']?)(?P<value>.*?)(?P=quote))?\s*"
KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
OPTIONS = ("type", "caption", "subtitle", "alt", "x", "y", "unit", "source", "notes", "data")
MOST_SERIES = 6  # as many as the house has colours
MOST_ROWS = 400
LARGEST = 1e15


class _BadChart(Exception):
    """Why a chart cannot be drawn, and where, if the fence is not the place."""

    def __init__(self, message: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


class _Options:
    """The options of a chart, and where each value stands in the source."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.places: dict[str, int] = {}

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def inlines(self, name: str, reading: Reading) -> Inlines:
        """Return a value as Markdown."""
        if not self[name]:
            return ()
        origin = Origin(reading.source, [0], [self.places[name]])
        return read_inlines(reading, parse_inlines(self[name], reading.env), origin, 1)


def is_chart(info: str) -> bool:
    """Say whether the info of a fence begins a chart: `chart`, `{.chart #fig-x}`."""
    attributes = _attributes(info)
    named = info.split()[:1] == ["chart"] or info.strip().startswith("chart{")
    return named or (attributes is not None and "chart" in attributes.classes)


def read_chart(reading: Reading, node: Nested) -> Chart | CodeBlock:
    """Return a chart; one that cannot be drawn stays as it is written, for a draft."""
    token, span = node.token, reading.block_span(node.token)
    attributes = _attributes(token.info) or Attributes()
    as_written = CodeBlock(token.content, "chart", span=span)
    below = paragraph_origin(reading.source, token.content, token.map[0] + 1 if token.map else 0)
    data = below
    try:
        options, start = _options(reading, token, attributes, below)
        text = token.content
        if name := options["data"]:
            if rest := text[start:].lstrip():
                place = below.source.line_span(below.at(len(text) - len(rest)))
                raise _BadChart("the chart has both `data` and rows", place, "keep one of them")
            if (source := reading.read_data(name, span)) is None:
                return as_written
            text, start, data = source.text, 0, Origin(source, [0], [0])
        kind, (head, *body), series = _chart(options, text, start, data)
    except _BadChart as problem:
        reading.report("bad-chart", str(problem), problem.span or span, problem.hint)
        return as_written
    except BadCsv as problem:
        reading.report_csv(data.source, BadCsv(str(problem), data.at(problem.offset)))
        return as_written
    caption = options.inlines("caption", reading)
    if attributes.anchor:
        anchor = reading.anchors.add(written_anchor(attributes.anchor), span, "figure")
    else:
        anchor = reading.anchors.make("figure", plain(caption) or "chart", span)
    return Chart(
        anchor,
        kind,
        caption,
        options.inlines("subtitle", reading),
        options["alt"],
        head[0].line,
        tuple(row[0].line for row in body),
        series,
        options["x"],
        options["y"],
        options["unit"],
        options.inlines("source", reading),
        options.inlines("notes", reading),
        span=span,
    )


def _attributes(info: str) -> Attributes | None:
    found = re.match(INFO, info)
    parsed = parse_attributes(info, found.end(), len(info)) if found else None
    return parsed[0] if parsed else None


def _options(
    reading: Reading, token: Token, attributes: Attributes, below: Origin
) -> tuple[_Options, int]:
    """Return the options, those in braces and those in lines, and where in the content they end."""
    options = _Options()
    info = reading.source.text.find(token.info, token.meta["beginning"])
    for name, value in attributes.values.items():
        _check_option(name)
        options.values[name] = value
        options.places[name] = info + attributes.values_at[name]
    end = 0
    for line in token.content.split("\n"):
        found = re.fullmatch(OPTION, line)
        if not found:
            break
        _check_option(found["name"], below.source.line_span(below.at(end + found.start("name"))))
        options.values[found["name"]] = found["value"] or ""
        options.places[found["name"]] = below.at(end + max(found.start("value"), 0))
        end += len(line) + 1
    return options, end


def _check_option(name: str, span: Span | None = None) -> None:
    if name not in OPTIONS:
        hint = did_you_mean(name, OPTIONS) or f"known are: {', '.join(OPTIONS)}"
        raise _BadChart(f"a chart has no option `{name}`", span, hint)


def _chart(
    options: _Options, text: str, start: int, data: Origin
) -> tuple[ChartKind, list[list[Field]], tuple[Series, ...]]:
    """Return the kind of a chart, its rows and its series; `text` has the rows, from `start` on."""
    kind = next((known for known in KINDS if known == options["type"]), None)
    if kind is None:
        name = options["type"]
        message = f"there is no chart type `{name}`" if name else "the chart has no type"
        raise _BadChart(message, None, f"write type: and one of {', '.join(KINDS)}")
    rows = rectangle(islice(read_rows(text, start), MOST_ROWS + 1))
    if len(rows) < 2 or len(rows[0]) < 2:
        hint = "the first row names the columns, each other row begins with its category"
        raise _BadChart("the chart has no data", None, hint)
    head, *body = rows
    if len(rows) > MOST_ROWS:
        raise _BadChart(f"the chart has more than {MOST_ROWS} rows", _place(body[-1], data))
    if len(head) - 1 > (1 if kind == "pie" else MOST_SERIES):
        most = "one column" if kind == "pie" else f"{MOST_SERIES} columns"
        raise _BadChart(f"a {kind} chart has at most {most} of values", _place(head, data))
    if kind == "pie" and len(body) > MOST_SERIES:
        message = f"a pie chart has at most {MOST_SERIES} rows"
        raise _BadChart(message, _place(body[MOST_SERIES], data))
    if kind == "scatter":
        for row in body:
            _number(row[0], data)
    columns = [
        tuple(_number(field, data) if field.text else None for field in column)
        for column in list(zip(*body, strict=True))[1:]
    ]
    series = tuple(
        Series(name.line, values) for name, values in zip(head[1:], columns, strict=True)
    )
    _check_values(kind, series)
    return kind, rows, series


def _place(row: list[Field], data: Origin) -> Span:
    return data.span(row[0].start, row[-1].end)


def _number(field: Field, data: Origin) -> float:
    try:
        value = float(field.text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        value = math.nan
    if not abs(value) < LARGEST or "_" in field.text:
        hint = "write digits and a decimal point: 1234.5"
        raise _BadChart(f"`{field.text}` is no number", data.span(field.start, field.end), hint)
    return value


def _check_values(kind: ChartKind, series: tuple[Series, ...]) -> None:
    values = [value for found in series for value in found.values if value is not None]
    if not values:
        raise _BadChart("the chart has no values")
    if kind in ("pie", "area") and min(values) < 0:
        raise _BadChart(f"a chart of type `{kind}` cannot show negative values")
    if kind == "pie" and not sum(values):
        raise _BadChart("the values of the pie are all zero")
