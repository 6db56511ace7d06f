"""What was measured, as lines, as JSON, and as charts of the guide."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from pathlib import Path

from pipeline.charts import draw_chart
from pipeline.diagnostics import Span
from pipeline.model import Anchor, Chart, ChartKind, Series
from pipeline.styles import load_styles

from .growth import TIMES, Curve
from .measuring import ROOT, Row

GUIDE = ROOT / "docs/benchmarks"  # its charts and figures; `tools.reference` makes its tables
_UNITS = {"processor": "s", "wall": "s", "memory": "MB"}


def line(row: Row) -> str:
    """Return a row for the terminal."""
    words = f"{row.name:38} {row.ours:8.3f} {_UNITS[row.quantity]:2}"
    if not row.other:
        return words
    wanted = f"; at most {row.at_most:g} wanted" if row.at_most else ""
    spread = f"{row.quartiles[0]:.2f} to {row.quartiles[1]:.2f}{wanted}"
    theirs = f"{row.theirs:8.3f} {_UNITS[row.quantity]:2} {row.other}"
    return f"{words} {theirs}, ratio {row.ratio:.2f} ({spread})"


def write_json(rows: Sequence[Row], curves: Sequence[Curve], path: Path) -> None:
    values = {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "rows": [row._asdict() for row in rows],
        "growth": [{"times": TIMES, **curve._asdict()} for curve in curves],
    }
    path.write_text(json.dumps(values, indent=1) + "\n", "utf-8")


def write_guide(rows: Sequence[Row], curves: Sequence[Curve]) -> None:
    """Write the figures and the charts of docs/benchmarks.md."""
    GUIDE.mkdir(exist_ok=True)
    write_json(rows, curves, GUIDE / "figures.json")
    compared = [row for row in rows if row.at_most]
    names = tuple(row.name for row in compared)
    ratios = tuple(round(row.ratio, 2) for row in compared)
    _draw("ratios", "bar", names, [Series("ratio", ratios)], "ours to the other")
    grown = [
        Series(curve.name, tuple(round(value / curve.seconds[0], 2) for value in curve.seconds))
        for curve in curves
    ]
    _draw("growth", "line", tuple(f"{times} ×" for times in TIMES), grown, "times as long")


def _draw(
    name: str, kind: ChartKind, names: tuple[str, ...], series: Sequence[Series], axis: str
) -> None:
    span = Span.on_line(name, 1, 1, 1)
    anchor = Anchor("figure", name)
    chart = Chart(anchor, kind, (), (), "", "", names, tuple(series), y_title=axis, span=span)
    svg = draw_chart(chart, load_styles(None)[0].house, "en-GB")
    (GUIDE / f"{name}.svg").write_text(svg, "utf-8")
