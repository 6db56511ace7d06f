"""Draw a chart: a legend above, axes with round numbers, labels that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from msgspec import Struct

from ..model import Chart
from ..styles import House
from .canvas import FONT_SIZE, Canvas, cut, width_of, wrapped
from .scale import COLOURS, Scale, percent, place_scale, shown, value_scale

SIZE = WIDTH, HEIGHT = 640.0, 360.0  # CSS pixels
NARROW = 440.0, 300.0  # for a column of print
_LETTERING = 7.2  # points in print, at the least
_LINE = FONT_SIZE * 1.45
_GAP = 8.0
_LONGEST = 210.0  # pixels of a turned label; a longer one is cut, except in Word
_MOST_LINES = 4  # of a label below its bar
_ARC = math.radians(3)  # one piece of the rim of a pie


class _Plot(Struct, frozen=True):
    """The area of the data: its corners, and the scale from bottom to top."""

    left: float
    top: float
    right: float
    bottom: float
    scale: Scale

    @property
    def width(self) -> float:
        return self.right - self.left

    def y(self, value: float) -> float:
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)


def size_in_print(measure: float, columns: int, letters: float = _LETTERING) -> tuple[float, float]:
    """Return the size of a chart as wide as its column of `measure` points: as large as the letters
    in it allow, which have so many points at the least."""
    width, height = NARROW if columns == 2 else SIZE
    drawn = min(width, FONT_SIZE * measure / letters)
    return drawn, height * drawn / width


def draw_chart(
    chart: Chart,
    house: House,
    lang: str,
    attributes: Mapping[str, str] = {},
    lettering: Callable[[str], str] = str,
    size: tuple[float, float] = SIZE,
) -> str:
    """Return an SVG of a size in pixels.

    `attributes` are those that the `svg` has beside its own; `lettering` changes each label.
    """
    font, ink = house.fonts["body"].family, house.colours["text"]
    canvas = Canvas(*size, font, ink, attributes, lettering)
    colours = [house.colours[name] for name in COLOURS]
    if chart.kind == "pie":
        _pie(canvas, chart, colours, lang)
    else:
        _axes_chart(canvas, chart, colours, lang)
    return canvas.svg()


# Charts with axes ------------------------------------------------------------------------------


def _axes_chart(canvas: Canvas, chart: Chart, colours: list[str], lang: str) -> None:
    top = _legend(canvas, chart, colours) if len(chart.series) > 1 else 0.0
    title = _with_unit(chart.y_title, chart.unit)
    if title:
        canvas.label(0, top + FONT_SIZE, title)
        top += _LINE
    stacked = chart.kind == "area"
    scale = value_scale(chart)
    left = max(width_of(shown(tick, lang)) for tick in scale.ticks) + _GAP
    low = _LINE + _GAP + (_LINE if chart.x_title else 0.0)
    band = (canvas.width - left) / max(len(chart.categories), 1)
    names = [wrapped(name, band - 6) for name in chart.categories]
    turned = chart.kind == "bar" and any(
        len(lines) > _MOST_LINES or max(map(width_of, lines)) > band - 4 for lines in names
    )
    if turned:
        low += min(_widest(chart), _LONGEST) * 0.64
        left = max(left, min(_widest(chart), _LONGEST) * 0.77 - band / 2)
    elif chart.kind == "bar":
        low += (max(map(len, names)) - 1) * _LINE
    plot = _Plot(left, top + _GAP, canvas.width - 12, canvas.height - low, scale)
    for tick in scale.ticks:
        y = plot.y(tick)
        canvas.line(plot.left, y, plot.right, y, "#d5dbe1")
        canvas.label(plot.left - _GAP / 2, y + FONT_SIZE * 0.35, shown(tick, lang), "end")
    if chart.x_title:
        canvas.label((plot.left + plot.right) / 2, canvas.height - 4, chart.x_title, "middle")
    if chart.kind == "scatter":
        _scatter(canvas, chart, colours, plot, lang)
    else:
        _category_labels(canvas, chart, plot, turned)
        if chart.kind == "bar":
            _bars(canvas, chart, colours, plot)
        else:
            _lines(canvas, chart, colours, plot, stacked)
    base = plot.y(0.0) if scale.low <= 0 <= scale.high else plot.bottom
    canvas.line(plot.left, base, plot.right, base, "#55606e")


def _with_unit(title: str, unit: str) -> str:
    return f"{title} ({unit})" if title and unit else title or unit


def _widest(chart: Chart) -> float:
    return max(map(width_of, chart.categories), default=0.0)


def _legend(canvas: Canvas, chart: Chart, colours: list[str]) -> float:
    """Draw the names of the series in rows, and return where the last row ends."""
    x, y = 0.0, 0.0
    for i, series in enumerate(chart.series):
        width = 18 + width_of(series.name) + 18
        if x and x + width > canvas.width:
            x, y = 0.0, y + _LINE
        if chart.kind in ("line", "scatter"):
            canvas.marker(x + 6, y + FONT_SIZE * 0.65, i, colours[i])
        else:
            canvas.rectangle(x, y + FONT_SIZE * 0.15, 12, 12, i, colours[i])
        canvas.label(x + 18, y + FONT_SIZE, series.name)
        x += width
    return y + _LINE + _GAP


def _middle(plot: _Plot, chart: Chart, position: int) -> float:
    """Return where a category stands; lines and areas reach from edge to edge."""
    count = len(chart.categories)
    if chart.kind == "bar" or count == 1:
        return plot.left + plot.width * (position + 0.5) / count
    return plot.left + 14 + (plot.width - 28) * position / (count - 1)


def _category_labels(canvas: Canvas, chart: Chart, plot: _Plot, turned: bool) -> None:
    every = 1
    if not turned:
        room = plot.width / max(len(chart.categories), 1)
        every = max(math.ceil((_widest(chart) + 8) / room), 1) if room else 1
        every = 1 if chart.kind == "bar" else every
    for i, name in enumerate(chart.categories):
        if i % every:
            continue
        x = _middle(plot, chart, i)
        if turned:
            short = cut(name, _LONGEST)
            canvas.label(x + 4, plot.bottom + FONT_SIZE + 2, short, "end", turned=True)
        elif chart.kind == "bar":
            room = plot.width / len(chart.categories) - 6
            for k, line in enumerate(wrapped(name, room)):
                canvas.label(x, plot.bottom + FONT_SIZE + 5 + k * _LINE, line, "middle")
        else:
            half = width_of(name) / 2
            x = min(max(x, half), canvas.width - half)
            canvas.label(x, plot.bottom + FONT_SIZE + 5, name, "middle")


def _bars(canvas: Canvas, chart: Chart, colours: list[str], plot: _Plot) -> None:
    band = plot.width / len(chart.categories)
    width = min(band * 0.72 / len(chart.series), 64.0)
    for i in range(len(chart.categories)):
        start = _middle(plot, chart, i) - width * len(chart.series) / 2
        for number, series in enumerate(chart.series):
            value = series.values[i]
            if value is not None:
                top, base = sorted((plot.y(value), plot.y(0.0)))
                x = start + number * width
                canvas.rectangle(x, top, max(width - 1.5, 1), base - top, number, colours[number])


def _lines(canvas: Canvas, chart: Chart, colours: list[str], plot: _Plot, stacked: bool) -> None:
    below = [0.0] * len(chart.categories)
    for number, series in enumerate(chart.series):
        if stacked:
            above = [b + (v or 0.0) for b, v in zip(below, series.values, strict=True)]
            rim = [(_middle(plot, chart, i), plot.y(v)) for i, v in enumerate(above)]
            base = [(_middle(plot, chart, i), plot.y(v)) for i, v in enumerate(below)]
            canvas.area([*rim, *reversed(base)], number, colours[number])
            below = above
            continue
        run: list[tuple[float, float]] = []
        for i, value in enumerate((*series.values, None)):
            if value is not None:
                run.append((_middle(plot, chart, i), plot.y(value)))
            elif run:
                canvas.curve(run, number, colours[number])
                for x, y in run:
                    canvas.marker(x, y, number, colours[number])
                run = []


def _scatter(canvas: Canvas, chart: Chart, colours: list[str], plot: _Plot, lang: str) -> None:
    places = [float(category) for category in chart.categories]
    scale = place_scale(chart)
    ends = plot.left + 8, plot.right - 8
    for tick in scale.ticks:
        x = ends[0] + scale.share(tick) * (ends[1] - ends[0])
        canvas.line(x, plot.bottom, x, plot.bottom + 4, "#55606e")
        canvas.label(x, plot.bottom + FONT_SIZE + 5, shown(tick, lang), "middle")
    for number, series in enumerate(chart.series):
        for place, value in zip(places, series.values, strict=True):
            if value is not None:
                x = ends[0] + scale.share(place) * (ends[1] - ends[0])
                canvas.marker(x, plot.y(value), number, colours[number])


# Pies ------------------------------------------------------------------------------------------


def _pie(canvas: Canvas, chart: Chart, colours: list[str], lang: str) -> None:
    """Draw slices clockwise from the top, with a legend in the same order beside them.

    Long words of the legend make the pie smaller, but not less than half as wide as it could be.
    Longer ones stand on two lines.
    """
    values = [value or 0.0 for value in chart.series[0].values]
    total = sum(values)
    unit = f"\N{NO-BREAK SPACE}{chart.unit}" if chart.unit else ""
    shares = [f"{shown(value, lang)}{unit} ({percent(value, total)})" for value in values]
    words = list(zip(chart.categories, shares, strict=True))
    most = canvas.height / 2 - 12
    longest = max(width_of(f"{name}: {share}") for name, share in words)
    radius = max(min(most, (canvas.width - 72 - longest) / 2), most / 2)
    lines = [_share_lines(name, share, canvas.width - 2 * radius - 72) for name, share in words]
    centre = radius + 12, canvas.height / 2
    angle = -math.pi / 2
    more = sum(map(len, lines)) - len(lines)  # lines than slices
    first = canvas.height / 2 - _LINE * 1.3 * (len(values) - 1) / 2 - _LINE * more / 2
    for i, value in enumerate(values):
        end = angle + 2 * math.pi * value / total
        pieces = max(math.ceil((end - angle) / _ARC), 1)
        rim = [angle + (end - angle) * k / pieces for k in range(pieces + 1)]
        points = [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in rim]
        canvas.area([centre, *points], i, colours[i])
        angle = end
        y = first + i * _LINE * 1.3 + (sum(map(len, lines[:i])) - i) * _LINE
        x = 2 * radius + 52
        canvas.rectangle(x, y - 7, 12, 12, i, colours[i])
        for k, line in enumerate(lines[i]):
            canvas.label(x + 20, y + FONT_SIZE * 0.3 + k * _LINE, line)


def _share_lines(name: str, share: str, room: float) -> list[str]:
    """Return what the legend says of a slice: on two lines if need be; long names are cut."""
    whole = f"{name}: {share}"
    if width_of(whole) <= room + 0.01:
        return [whole]
    return [cut(f"{name}:", room), cut(share, room)]
