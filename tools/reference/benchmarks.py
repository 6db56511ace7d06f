"""The tables of docs/benchmarks.md, of what `make bench` has measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .markdown import table

_FIGURES = Path(__file__).parents[2] / "docs/benchmarks/figures.json"


def compared() -> str:
    """Return the table of what was measured beside another program, or another input."""
    heads = ("what", "Briefwright", "beside", "that", "ratio", "middle half", "wanted", "rounds")
    return table(heads, (_cells(row) for row in _figures()["rows"] if row["other"]))


def alone() -> str:
    """Return the table of what no other program does."""
    rows = (row for row in _figures()["rows"] if not row["other"])
    return table(("what", "time"), ((row["name"], _shown(row, "ours")) for row in rows))


def growth() -> str:
    curves = _figures()["growth"]
    times = curves[0]["times"] if curves else ()
    heads = ("of", "at first", *(f"{number} ×" for number in times))
    return table(
        heads,
        (
            (curve["name"], str(curve["first"]), *(f"{value:.2f} s" for value in curve["seconds"]))
            for curve in curves
        ),
    )


def _figures() -> Any:
    return json.loads(_FIGURES.read_text("utf-8"))


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    low, high = row["quartiles"]
    return (
        row["name"],
        _shown(row, "ours"),
        row["other"],
        _shown(row, "theirs"),
        f"{row['ratio']:.2f}",
        f"{low:.2f} to {high:.2f}" if row["rounds"] > 1 else "",
        f"at most {row['at_most']:g}" if row["at_most"] else "",
        str(row["rounds"]),
    )


def _shown(row: Mapping[str, Any], whose: str) -> str:
    value = row[whose]
    return f"{value:.0f} MB" if row["quantity"] == "memory" else f"{value:.3g} s"
