"""Charts as Word's own: a chart part (ECMA-376, part 1, 21.2) with its workbook inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...charts import COLOURS, HEIGHT, WIDTH, Scale, place_scale, value_scale
from ...labels import alternative
from ...model import Chart, Series
from ...ooxml import FIGURE_SEQUENCE, NAMESPACES, w
from ...styles import House
from ...xml import Attributes, Content, Element, element
from .captions import above, below
from .context import Context
from .figure_frames import frame_inset, indents, set_apart
from .paper import EMU_PER_TWIP
from .pictures import drawing_run
from .runs import paragraph
from .style_rule import hexadecimal
from .workbook import SHEET, column_name

_AXES = (111111111, 222222222)  # ids that the two axes and the plot know each other by
_SYMBOLS = ("circle", "square", "triangle", "diamond", "dash", "plus")
# What tells series apart without colour: 20.1.10.33 and 20.1.10.48.
_PATTERNS = ("", "wdUpDiag", "narHorz", "wdDnDiag", "narVert", "openDmnd")
_DASHES = ("solid", "dash", "sysDot", "lgDashDot", "sysDash", "lgDashDotDot")
# What a plot says before its series, and after them.
_PLOTS: Mapping[str, tuple[Attributes, Attributes]] = {
    "bar": ({"barDir": "col", "grouping": "clustered"}, {"gapWidth": 40}),
    "line": ({"grouping": "standard"}, {"marker": 1}),
    "area": ({"grouping": "stacked"}, {}),
    "scatter": ({"scatterStyle": "lineMarker"}, {}),
}
WORKBOOK = "rId1"  # the relationship of a chart to its workbook


def chart_to_elements(chart: Chart, context: Context, indent: int) -> list[Element]:
    """Return the paragraphs of a chart: its title, itself, its source."""
    drawing = context.bookmarks.block(chart, [_drawing(chart, context)])
    if not chart.caption:
        drawing = context.bookmarks.anchor(chart.anchor, drawing)
    following = below(chart, context, indent)
    found = [
        *above(chart, FIGURE_SEQUENCE, context, indent),
        paragraph(
            "Figure",
            drawing,
            w("keepNext") if following else None,
            # From right to left, LibreOffice 7.4 writes the numbers of axes backwards.
            w("bidi", val=0) if context.right_to_left else None,
            indents(indent, context.house),
        ),
        *following,
    ]
    return set_apart(found, context.house)


def _drawing(chart: Chart, context: Context) -> Element:
    inside = 2 * frame_inset(context.house)
    width = (context.template.text_width - inside) * EMU_PER_TWIP
    size = width, round(width * HEIGHT / WIDTH)
    graphic = Element("c:chart", {"r:id": context.relationships.chart(chart)})
    identity = context.drawings.next()
    said = alternative(chart, context.lang)
    return drawing_run(identity, "Chart", said, size, graphic, NAMESPACES["c"])


# The chart part --------------------------------------------------------------------------------


def c(tag: str, /, *children: Content | None, **attributes: str | int | None) -> Element:
    """Return an element of a chart."""
    return element(f"c:{tag}", *children, **attributes)


def a(tag: str, /, *children: Content | None, **attributes: str | int | None) -> Element:
    """Return an element of a drawing."""
    return element(f"a:{tag}", *children, **attributes)


def chart_space(chart: Chart, house: House, lang: str) -> Element:
    """Return the root of the part, its elements in the order of the schema."""
    font = house.fonts["body"]
    text = a(
        "defRPr",
        _fill(hexadecimal(house, "text")),
        a("latin", typeface=font.stands_for or font.family),
        sz=round(house.sizes["small"] * 100),
    )
    empty = a("endParaRPr", lang="en-US")
    declared = {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in ("c", "a", "r")}
    return Element(
        "c:chartSpace",
        declared,
        (
            c("date1904", val=0),
            c("lang", val=lang),
            c("roundedCorners", val=0),
            c(
                "chart",
                c("autoTitleDeleted", val=1),
                c("plotArea", c("layout"), *_plot(chart, house)),
                _legend(chart),
                c("plotVisOnly", val=1),
                c("dispBlanksAs", val="gap"),
            ),
            c("spPr", a("noFill"), a("ln", a("noFill"))),
            c("txPr", a("bodyPr"), a("p", a("pPr", text), empty)),
            Element("c:externalData", {"r:id": WORKBOOK}, (c("autoUpdate", val=0),)),
        ),
    )


def _legend(chart: Chart) -> Element | None:
    if len(chart.series) == 1 and chart.kind != "pie":
        return None
    side = "r" if chart.kind == "pie" else "t"
    return c("legend", c("legendPos", val=side), c("overlay", val=0))


def _fill(colour: str) -> Element:
    return a("solidFill", a("srgbClr", val=colour))


def _area(number: int, colour: str) -> Element:
    """Return the fill of a bar, an area or a slice, with white lines over the colour."""
    if not (pattern := _PATTERNS[number]):
        return _fill(colour)
    white, ground = a("srgbClr", val="FFFFFF"), a("srgbClr", val=colour)
    return a("pattFill", a("fgClr", white), a("bgClr", ground), prst=pattern)


def _shape(*properties: Element) -> Element:
    return c("spPr", *properties)


def _plot(chart: Chart, house: House) -> list[Element]:
    colours = [hexadecimal(house, name) for name in COLOURS]
    series = [_series(chart, i, found, colours) for i, found in enumerate(chart.series)]
    if chart.kind == "pie":
        first = c("firstSliceAng", val=0)
        return [c("pieChart", c("varyColors", val=1), *series, _percentages(), first)]
    before, after = (
        [c(name, val=value) for name, value in values.items()] for values in _PLOTS[chart.kind]
    )
    axes = (c("axId", val=axis) for axis in _AXES)
    same = c("varyColors", val=0)
    plot = c(f"{chart.kind}Chart", *before, same, *series, *after, *axes)
    return [plot, *_axes(chart, house)]


def _percentages() -> Element:
    hidden = (c(f"show{name}", val=0) for name in ("LegendKey", "Val", "CatName", "SerName"))
    shown = c("showPercent", val=1), c("showBubbleSize", val=0)
    return c("dLbls", c("dLblPos", val="outEnd"), *hidden, *shown)


def _axes(chart: Chart, house: House) -> list[Element]:
    across, up = _AXES
    grid = c("majorGridlines", _shape(a("ln", _fill(hexadecimal(house, "rule")))))
    unit = chart.unit
    title = f"{chart.y_title} ({unit})" if chart.y_title and unit else chart.y_title or unit
    scale = value_scale(chart)
    between = "between" if chart.kind == "bar" else "midCat"
    value = c("valAx", *_axis(up, "l", title, across, grid, scale), *_steps(between, scale))
    if chart.kind == "scatter":
        scale = place_scale(chart)
        first = _axis(across, "b", chart.x_title, up, scale=scale)
        return [c("valAx", *first, *_steps("midCat", scale)), value]
    return [c("catAx", *_axis(across, "b", chart.x_title, up)), value]


def _steps(between: str, scale: Scale) -> list[Element]:
    """Return the end of an axis of values (21.2.2.226)."""
    return [c("crossBetween", val=between), c("majorUnit", val=f"{scale.step:.12g}")]


def _axis(
    identity: int,
    side: str,
    title: str,
    crossed: int,
    grid: Element | None = None,
    scale: Scale | None = None,
) -> list[Element]:
    """Return what axes have in common (21.2.2.25).

    The ends are explicit: programs would choose different ones for the same data.
    """
    ends: tuple[Element, ...] = ()
    if scale:
        ends = c("max", val=f"{scale.high:.12g}"), c("min", val=f"{scale.low:.12g}")
    found = (
        c("axId", val=identity),
        c("scaling", c("orientation", val="minMax"), *ends),
        c("delete", val=0),
        c("axPos", val=side),
        grid,
        _title(title, turned=side == "l") if title else None,
        c("numFmt", formatCode="General", sourceLinked=0),
        c("majorTickMark", val="out"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="low"),
        c("crossAx", val=crossed),
        c("crosses", val="autoZero"),
    )
    return [element for element in found if element is not None]


def _title(title: str, turned: bool) -> Element:
    body = a("bodyPr", rot=-5400000, vert="horz") if turned else a("bodyPr")
    run = a("r", a("rPr", lang="en-US", b=0), a("t", title))
    rich = c("rich", body, a("p", a("pPr", a("defRPr", b=0)), run))
    return c("title", c("tx", rich), c("overlay", val=0))


def _series(chart: Chart, number: int, series: Series, colours: list[str]) -> Element:
    colour = colours[number]
    column = column_name(number + 1)
    last = len(chart.categories) + 1
    names = c("f", f"{SHEET}!$A$2:$A${last}")
    cells = c("f", f"{SHEET}!${column}$2:${column}${last}")
    name = c("strRef", c("f", f"{SHEET}!${column}$1"), _texts([series.name]))
    texts = c("cat", c("strRef", names, _texts(chart.categories)))
    numbers = c("numRef", cells, _numbers(series.values))
    values = c("val", numbers)
    marker = c(
        "marker",
        c("symbol", val=_SYMBOLS[number]),
        c("size", val=7),
        _shape(_fill(colour), a("ln", _fill(colour))),
    )
    straight = c("smooth", val=0)
    inner: tuple[Element, ...]
    match chart.kind:
        case "bar":
            inner = _shape(_area(number, colour)), c("invertIfNegative", val=0), texts, values
        case "line":
            line = a("ln", _fill(colour), a("prstDash", val=_DASHES[number]), w=25400)
            inner = _shape(line), marker, texts, values, straight
        case "area":
            inner = _shape(_area(number, colour)), texts, values
        case "scatter":
            across = _numbers([float(found) for found in chart.categories])
            places = c("xVal", c("numRef", names, across))
            bare = _shape(a("ln", a("noFill")))
            inner = bare, marker, places, c("yVal", numbers), straight
        case "pie":
            slices = (
                c("dPt", c("idx", val=i), c("bubble3D", val=0), _shape(_area(i, found)))
                for i, found in enumerate(colours[: len(chart.categories)])
            )
            inner = *slices, texts, values
    return c("ser", c("idx", val=number), c("order", val=number), c("tx", name), *inner)


def _texts(values: Sequence[str]) -> Element:
    points = (c("pt", c("v", value), idx=i) for i, value in enumerate(values))
    return c("strCache", c("ptCount", val=len(values)), *points)


def _numbers(values: Sequence[float | None]) -> Element:
    points = (
        c("pt", c("v", repr(value)), idx=i) for i, value in enumerate(values) if value is not None
    )
    count = c("ptCount", val=len(values))
    return c("numCache", c("formatCode", "General"), count, *points)
