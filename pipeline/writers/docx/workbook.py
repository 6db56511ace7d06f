"""The workbook inside a chart: the data that *Edit Data* shows, as a minimal .xlsx.

ECMA-376, part 1: 18.2 (workbook), 18.3 (worksheet); texts stand in their cells, without a table of
strings.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Chart
from ...xml import Element, element
from .package import xml_bytes, zipped

SHEET = "Sheet1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = element(
    "Types",
    element(
        "Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    ),
    element("Override", PartName="/xl/workbook.xml", ContentType=f"{_SHEET_ML}.sheet.main+xml"),
    element(
        "Override",
        PartName="/xl/worksheets/sheet1.xml",
        ContentType=f"{_SHEET_ML}.worksheet+xml",
    ),
    xmlns=f"{_PACKAGE}/content-types",
)
_WORKBOOK = Element(
    "workbook",
    {"xmlns": _MAIN, "xmlns:r": _RELATIONS},
    (element("sheets", Element("sheet", {"name": SHEET, "sheetId": "1", "r:id": "rId1"})),),
)


def workbook_of(chart: Chart) -> bytes:
    """Return the data of a chart: categories in column A, series in B and on, names in row 1."""
    columns = [series.values for series in chart.series]
    rows = [_row(1, [chart.heading, *(series.name for series in chart.series)])]
    for i, category in enumerate(chart.categories):
        first = float(category) if chart.kind == "scatter" else category
        rows.append(_row(i + 2, [first, *(values[i] for values in columns)]))
    sheet = element("worksheet", element("sheetData", *rows), xmlns=_MAIN)
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped((name, xml_bytes(content)) for name, content in members.items())


def _related(kind: str, target: str) -> Element:
    relation = element("Relationship", Id="rId1", Type=f"{_RELATIONS}/{kind}", Target=target)
    return element("Relationships", relation, xmlns=f"{_PACKAGE}/relationships")


def column_name(number: int) -> str:
    """Return "B" for 1: a chart has fewer columns than there are letters."""
    return chr(ord("A") + number)


def _row(number: int, values: Sequence[str | float | None]) -> Element:
    cells = (
        _cell(f"{column_name(i)}{number}", value)
        for i, value in enumerate(values)
        if value is not None
    )
    return element("row", *cells, r=number)


def _cell(place: str, value: str | float) -> Element:
    if isinstance(value, float):
        return element("c", element("v", repr(value)), r=place)
    return element("c", element("is", element("t", value)), r=place, t="inlineStr")
