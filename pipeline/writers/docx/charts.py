"""Charts as Word's own: a chart part (ECMA-376, part 1, 21.2) with its workbook inside."""

from __future__ import annotations

from ...charts import COLOURS, HEIGHT, WIDTH, Scale, place_scale, value_scale
from ...model import Chart, Series
from ...ooxml import FIGURE_SEQUENCE, NAMESPACES, declarations, escape
from ...styles import House
from .captions import caption_runs
from .inlines import inlines_to_runs
from .rule import hexadecimal
from .runs import paragraph
from .workbook import SHEET, column_name
from .writing import Writing

_EMU_PER_TWIP = 635
_AXES = (111111111, 222222222)  # ids that the two axes and the plot know each other by
_SYMBOLS = ("circle", "square", "triangle", "diamond", "dash", "plus")
WORKBOOK = "rId1"  # the relationship of a chart to its workbook


def chart_to_xml(chart: Chart, writing: Writing, indent: int) -> str:
    """Return the paragraphs of a chart: itself, its caption, its source."""
    drawing = writing.block(chart, _drawing(chart, writing))
    inset = f'<w:ind w:left="{indent}"/>' if indent else ""
    # In a paragraph from right to left LibreOffice 7.4 writes the numbers of axes backwards.
    turned = '<w:bidi w:val="0"/>' if writing.right_to_left else ""
    source = ""
    if chart.source:
        runs = writing.block(chart, inlines_to_runs(chart.source, writing))
        source = paragraph("Caption", runs, '<w:spacing w:before="0"/>' + inset)
    if not chart.caption:
        anchored = writing.anchored(chart.anchor, drawing)
        return paragraph("Figure", anchored, turned + inset) + source
    caption = caption_runs(chart, FIGURE_SEQUENCE, writing)
    keep = "<w:keepNext/>"
    close = f'{keep}<w:spacing w:after="20"/>' if source else ""
    below = paragraph("Caption", caption, close + inset)
    return paragraph("Figure", drawing, keep + turned + inset) + below + source


def _drawing(chart: Chart, writing: Writing) -> str:
    writing.pictures += 1
    identity = writing.pictures
    relation = writing.relations.chart(chart)
    width = writing.text_width * _EMU_PER_TWIP
    height = round(width * HEIGHT / WIDTH)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{identity}" name="Chart {identity}" descr="{escape(chart.alt)}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{NAMESPACES["c"]}">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


# The chart part --------------------------------------------------------------------------------


def chart_part(chart: Chart, house: House, lang: str) -> str:
    """Return the part, its elements in the order of the schema."""
    legend = ""
    if len(chart.series) > 1 or chart.kind == "pie":
        side = "r" if chart.kind == "pie" else "t"
        legend = f'<c:legend><c:legendPos val="{side}"/><c:overlay val="0"/></c:legend>'
    grey, font = hexadecimal(house, "text"), house.fonts["body"]
    return (
        f"<c:chartSpace {declarations('c', 'a', 'r')}>"
        f'<c:date1904 val="0"/><c:lang val="{escape(lang)}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{_plot(chart, house)}'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{_fill(grey)}'
        f'<a:latin typeface="{escape(font.stands_for or font.family)}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
        f'<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _plot(chart: Chart, house: House) -> str:
    colours = [hexadecimal(house, name) for name in COLOURS]
    series = "".join(_series(chart, i, found, colours) for i, found in enumerate(chart.series))
    axes = "".join(f'<c:axId val="{axis}"/>' for axis in _AXES)
    varied = '<c:varyColors val="0"/>'
    match chart.kind:
        case "bar":
            kind = '<c:barDir val="col"/><c:grouping val="clustered"/>'
            gap = '<c:gapWidth val="40"/>'
            plot = f"<c:barChart>{kind}{varied}{series}{gap}{axes}</c:barChart>"
        case "line":
            kind = '<c:grouping val="standard"/>'
            marker = '<c:marker val="1"/>'
            plot = f"<c:lineChart>{kind}{varied}{series}{marker}{axes}</c:lineChart>"
        case "area":
            kind = '<c:grouping val="stacked"/>'
            plot = f"<c:areaChart>{kind}{varied}{series}{axes}</c:areaChart>"
        case "scatter":
            kind = '<c:scatterStyle val="lineMarker"/>'
            plot = f"<c:scatterChart>{kind}{varied}{series}{axes}</c:scatterChart>"
        case "pie":
            labels = (
                '<c:dLbls><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/>'
                '<c:showVal val="0"/><c:showCatName val="0"/>'
                '<c:showSerName val="0"/><c:showPercent val="1"/><c:showBubbleSize val="0"/>'
                "</c:dLbls>"
            )
            varying = '<c:varyColors val="1"/>'
            first = '<c:firstSliceAng val="0"/>'
            return f"<c:pieChart>{varying}{series}{labels}{first}</c:pieChart>"
    return plot + _axes(chart, house)


def _axes(chart: Chart, house: House) -> str:
    across, up = _AXES
    rule = hexadecimal(house, "rule")
    grid = f"<c:majorGridlines><c:spPr><a:ln>{_fill(rule)}</a:ln></c:spPr></c:majorGridlines>"
    unit = chart.unit
    title = f"{chart.y_title} ({unit})" if chart.y_title and unit else chart.y_title or unit
    scale = value_scale(chart)
    between = "between" if chart.kind == "bar" else "midCat"
    value = f"{_axis(up, 'l', title, across, grid, scale)}{_steps(between, scale)}"
    value = f"<c:valAx>{value}</c:valAx>"
    if chart.kind == "scatter":
        scale = place_scale(chart)
        first = _axis(across, "b", chart.x_title, up, scale=scale)
        return f"<c:valAx>{first}{_steps('midCat', scale)}</c:valAx>{value}"
    first = _axis(across, "b", chart.x_title, up)
    return f"<c:catAx>{first}</c:catAx>{value}"


def _steps(between: str, scale: Scale) -> str:
    """Return the end of an axis of values (21.2.2.226)."""
    return f'<c:crossBetween val="{between}"/><c:majorUnit val="{scale.step:.12g}"/>'


def _axis(
    identity: int, side: str, title: str, crossed: int, grid: str = "", scale: Scale | None = None
) -> str:
    """Return what axes have in common (21.2.2.25).

    Ends are said, as each program would choose others: the same data would look otherwise.
    """
    words = ""
    ends = f'<c:max val="{scale.high:.12g}"/><c:min val="{scale.low:.12g}"/>' if scale else ""
    if title:
        turned = '<a:bodyPr rot="-5400000" vert="horz"/>' if side == "l" else "<a:bodyPr/>"
        words = (
            f'<c:title><c:tx><c:rich>{turned}<a:p><a:pPr><a:defRPr b="0"/></a:pPr>'
            f'<a:r><a:rPr lang="en-US" b="0"/><a:t>{escape(title)}</a:t></a:r></a:p></c:rich>'
            '</c:tx><c:overlay val="0"/></c:title>'
        )
    return (
        f'<c:axId val="{identity}"/><c:scaling><c:orientation val="minMax"/>{ends}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/>{grid}{words}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="{crossed}"/>'
        '<c:crosses val="autoZero"/>'
    )


def _series(chart: Chart, number: int, series: Series, colours: list[str]) -> str:
    colour, symbol = colours[number], _SYMBOLS[number]
    column = column_name(number + 1)
    last = len(chart.categories) + 1
    names = f"{SHEET}!$A$2:$A${last}"
    cells = f"{SHEET}!${column}$2:${column}${last}"
    head = (
        f'<c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef>'
        f"<c:f>{SHEET}!${column}$1</c:f>{_texts([series.name])}</c:strRef></c:tx>"
    )
    texts = f"<c:cat><c:strRef><c:f>{names}</c:f>{_texts(chart.categories)}</c:strRef></c:cat>"
    numbers = f"<c:numRef><c:f>{cells}</c:f>{_numbers(series.values)}</c:numRef>"
    values = f"<c:val>{numbers}</c:val>"
    marker = (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="7"/><c:spPr>{_fill(colour)}'
        f"<a:ln>{_fill(colour)}</a:ln></c:spPr></c:marker>"
    )
    shape = f"<c:spPr>{_fill(colour)}</c:spPr>"
    match chart.kind:
        case "bar":
            inner = f'{shape}<c:invertIfNegative val="0"/>{texts}{values}'
        case "line":
            line = f'<c:spPr><a:ln w="25400">{_fill(colour)}</a:ln></c:spPr>'
            inner = f'{line}{marker}{texts}{values}<c:smooth val="0"/>'
        case "area":
            inner = f"{shape}{texts}{values}"
        case "scatter":
            across = _numbers([float(found) for found in chart.categories])
            places = f"<c:xVal><c:numRef><c:f>{names}</c:f>{across}</c:numRef></c:xVal>"
            bare = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
            inner = f'{bare}{marker}{places}<c:yVal>{numbers}</c:yVal><c:smooth val="0"/>'
        case "pie":
            slices = "".join(
                f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr>{_fill(found)}</c:spPr>'
                "</c:dPt>"
                for i, found in enumerate(colours[: len(chart.categories)])
            )
            inner = f"{slices}{texts}{values}"
    return f"<c:ser>{head}{inner}</c:ser>"


def _texts(values: list[str] | tuple[str, ...]) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{escape(value)}</c:v></c:pt>' for i, value in enumerate(values)
    )
    return f'<c:strCache><c:ptCount val="{len(values)}"/>{points}</c:strCache>'


def _numbers(values: list[float] | tuple[float | None, ...]) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>'
        for i, value in enumerate(values)
        if value is not None
    )
    count = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
    return f"<c:numCache>{count}{points}</c:numCache>"
