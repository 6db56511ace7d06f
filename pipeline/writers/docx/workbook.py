"""The workbook inside a chart: the data that *Edit Data* shows, as a minimal .xlsx.

ECMA-376, part 1: 18.2 (workbook), 18.3 (worksheet); texts stand in their cells, without a table of
strings.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Chart
from ...ooxml import escape
from .opc import DECLARATION, zipped

SHEET = "Sheet1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_ML}.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_SHEET_ML}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def workbook_of(chart: Chart) -> bytes:
    """Return the data of a chart: categories in column A, series in B and on, names in row 1."""
    columns = [series.values for series in chart.series]
    rows = [_row(1, [chart.heading, *(series.name for series in chart.series)])]
    for i, category in enumerate(chart.categories):
        first = float(category) if chart.kind == "scatter" else category
        rows.append(_row(i + 2, [first, *(values[i] for values in columns)]))
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    members = {**_PARTS, "xl/worksheets/sheet1.xml": sheet}
    return zipped(
        (name, (DECLARATION + content).encode("utf-8")) for name, content in members.items()
    )


def column_name(number: int) -> str:
    """Return "B" for 1: a chart has fewer columns than there are letters."""
    return chr(ord("A") + number)


def _row(number: int, values: Sequence[str | float | None]) -> str:
    cells = "".join(
        _cell(f"{column_name(i)}{number}", value)
        for i, value in enumerate(values)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
