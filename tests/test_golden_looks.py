"""Looks, kept as text in tests/golden/looks/: the specimen in each house, charts, marks of sheets.

Of a preset, what it has otherwise than the default is kept, line by line.

`pytest --update` rewrites them; read the diff before you commit it.
"""

import difflib
import io
import re
import zipfile
from xml.dom import minidom

import pytest
from test_charts import PIE, STYLES, block, chart_of
from test_golden import document_xml, html_text, kept

from pipeline.charts import draw_chart
from pipeline.project import load_project
from pipeline.styles import PRESET_NAMES, preset_folder, specimen
from pipeline.writers import WRITERS
from pipeline.writers.html.style_sheet import house_rules
from pipeline.writers.pdf.print_page import PrintPage, write_print_page
from pipeline.writers.pdf.print_styles import page_rules
from pipeline.writers.press.cover import spread_styles
from pipeline.writers.press.sheet import DASHED, drawn, folds, marks

OF_STYLES = re.compile(r"word/(styles|numbering|settings|fontTable|(header|footer)\d+)\.xml")
DAYS = "Day,Bergen,Oslo\n2026-01-03,-3,1.5\n2026-02-10,4,\n2026-04-01,12.25,9\n"
ROWS = "Place,Rain,Sun\nA town with a long name,-12,8\nBergen,250,30\nOslo,80,\nRome,40,1200\n"
CHARTS = {
    "bars": block("bar", ROWS),
    "one-series": block("bar", "Place,Rain\nA town with a long name,12\nOslo,80.5\n"),
    "lines": block("line", DAYS),
    "areas": block("area", DAYS.replace("-3", "3")),
    "points": block("scatter", "Rain,Sun\n1.5,200\n22,-40\n37,1900\n"),
    "pie": block("pie", f"{PIE}Others,7\nA district with a long name,0.5\n"),
}


@pytest.fixture(scope="module")
def specimens():
    houses = {"default": None} | {name: preset_folder(name) for name in PRESET_NAMES}
    projects = {name: load_project([specimen()], styles=folder) for name, folder in houses.items()}
    return {name: (found.briefs[0].numbered, found.styles) for name, found in projects.items()}


def in_word(numbered, styles):
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](numbered, styles))) as package:
        parts = sorted(filter(OF_STYLES.fullmatch, package.namelist()))
        roots = [minidom.parseString(package.read(part)).documentElement for part in parts]
    lines = [child.toxml() for root in roots for child in root.childNodes]
    return "\n".join([*lines, ""]).replace("&quot;", '"')  # as newer Pythons write it


def on_pages(numbered, styles):
    page = PrintPage(numbered, styles.house, styles.pictures)
    return f"{house_rules(styles.house)}\n{page_rules(page)}\n"


@pytest.mark.parametrize("shown", [in_word, on_pages])
@pytest.mark.parametrize("house", ["default", *PRESET_NAMES])
def test_a_house_looks_as_it_was_approved(house, shown, specimens, update):
    looks, default = (shown(*specimens[name]) for name in (house, "default"))
    if house != "default":
        lines = difflib.unified_diff(default.splitlines(), looks.splitlines(), n=0, lineterm="")
        looks = "\n".join("@@" if line.startswith("@@") else line for line in lines) + "\n"
    kept(f"looks/{house}.{shown.__name__}.txt", looks, update)


@pytest.mark.parametrize("form", ["document.xml", "html", "print.html"])
def test_every_element_of_a_brief_is_as_it_was_approved(form, specimens, update):
    numbered, styles = specimens["institute"]
    match form:
        case "document.xml":
            shown = document_xml(WRITERS["docx"](numbered, styles))
        case "html":
            shown = html_text(WRITERS["html"](numbered, styles))
        case "print.html":
            page = PrintPage(numbered, styles.house, styles.pictures)
            shown = html_text(write_print_page(page, styles).encode())
    kept(f"looks/specimen.{form}", shown, update)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_it_was_approved(name, update):
    drawing = draw_chart(chart_of(CHARTS[name]), STYLES.house, "en-GB")
    kept(f"looks/chart-{name}.svg", drawing.replace("><", ">\n<") + "\n", update)


def test_marks_of_a_sheet_and_its_cover_are_as_approved(specimens, update):
    trim = (34.0, 34.0, 629.0, 876.0)
    lines = marks(trim, registered=True) + drawn(folds(300, trim), DASHED)
    cover = spread_styles(*specimens["institute"], spine=6.5).files["print.css"]
    rules = cover[cover.rindex(".sheet {") :]
    kept("looks/sheet.txt", lines.decode().replace(" S", " S\n") + rules, update)
