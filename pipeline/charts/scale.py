"""Scales with round steps, and numbers as labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from ..language.numbers import has_decimal_comma
from ..model import Chart

COLOURS = tuple(f"chart-{number}" for number in range(1, 7))  # of the house, in order of series
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_STEPS = 6


class Scale(Struct, frozen=True):
    """From `low` to `high` by `step`, all round numbers."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [round(self.low + i * self.step, 12) for i in range(count + 1)]

    def share(self, value: float) -> float:
        """Return where a value stands, 0 at the low end and 1 at the high one."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Iterable[float], from_zero: bool) -> Scale:
    """Return the scale that holds all values; bars and areas begin at zero."""
    found = [*values, *([0.0] if from_zero else [])]
    low, high = min(found, default=0.0), max(found, default=1.0)
    if low == high:
        low, high = (low - 1, high + 1) if not from_zero else (min(low, 0.0), max(high, 1.0))
    rough = (high - low) / (_MOST_STEPS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in _STEPS if power * factor >= rough * (1 - 1e-9))
    return Scale(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step)


def value_scale(chart: Chart) -> Scale:
    """Return the scale of the axis of values, the same in every output."""
    return scale_of(_heights(chart), from_zero=chart.kind in ("bar", "area"))


def place_scale(chart: Chart) -> Scale:
    """Return the scale of the axis across, of a scatter chart."""
    return scale_of(map(float, chart.categories), from_zero=False)


def _heights(chart: Chart) -> list[float]:
    """Return what the scale must hold; areas stand one on the other."""
    if chart.kind == "area":
        return [
            sum(series.values[i] or 0.0 for series in chart.series)
            for i in range(len(chart.categories))
        ]
    return [v for series in chart.series for v in series.values if v is not None]


def shown(value: float, lang: str) -> str:
    """Return a number as a label: "12 500", "0.25", "0,25" where that is the custom."""
    text = f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    if "e" in text:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    return _in_language(text, lang)


def stated(value: float, lang: str) -> str:
    """Return a number as `shown`, with all the digits that the data has."""
    return _in_language(f"{Decimal(repr(value)):f}".removesuffix(".0"), lang)


def _in_language(text: str, lang: str) -> str:
    whole, point, rest = text.replace("-", "\N{MINUS SIGN}").partition(".")
    digits = whole.lstrip("\N{MINUS SIGN}")
    if len(digits) > 4:
        groups = [digits[max(i - 3, 0) : i] for i in range(len(digits), 0, -3)]
        whole = whole[: len(whole) - len(digits)] + "\N{NARROW NO-BREAK SPACE}".join(groups[::-1])
    return whole + (("," if has_decimal_comma(lang) else ".") + rest if point else "")


def percent(value: float, total: float) -> str:
    return f"{100 * value / total:.0f}\N{NARROW NO-BREAK SPACE}%"
