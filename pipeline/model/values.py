"""Plain values that nodes of the tree hold."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Alignment = Literal["left", "center", "right", ""]
ChartKind = Literal["bar", "line", "area", "pie", "scatter"]


class Series(Struct, frozen=True):
    """One row of values of a chart; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Locator(Struct, frozen=True):
    """Where in the source: `label` is a CSL locator term ("page"), `value` is "3–5"."""

    label: str
    value: str
