"""The data of a chart as a file."""

from __future__ import annotations

import csv
from io import StringIO

from ..model import Chart

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate


def csv_of(chart: Chart) -> str:
    """Return the data of a chart as CSV (RFC 4180). No spreadsheet takes a text for a formula."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(map(_harmless, (chart.heading, *(series.name for series in chart.series))))
    for place, category in enumerate(chart.categories):
        values = (series.values[place] for series in chart.series)
        numbers = ("" if v is None else repr(v).removesuffix(".0") for v in values)
        rows.writerow((_harmless(category), *numbers))
    return file.getvalue()


def _harmless(words: str) -> str:
    try:
        float(words)
    except ValueError:
        return f"'{words}" if words.startswith(_FORMULA) else words
    return words
