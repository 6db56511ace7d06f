"""Cells of grid tables that reach over several columns or rows."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_judge import findings
from proved import wrong
from spec_library import LIBRARY, files_of
from test_properties import STYLES

from pipeline.build.proof import read_back
from pipeline.model import Paragraph, Table, plain
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.writers import WRITERS

EARTH = """+---------------------+----------+
| Property [@lee2019] | Earth    |
+=============+=======+==========+
|             | min   | -89.2 °C |
| Temperature +-------+----------+
| 1961-1990   | mean  | 14 °C    |
|             +-------+----------+
|             | max   | 56.7 °C  |
+-------------+-------+----------+

: Temperatures {#tbl-earth}
"""
TWO_HEADS = """+------+-------------+
| Town | Rain        |
|      +------+------+
|      | 2019 | 2020 |
+:=====+=====:+======+
| 東京 | 12   | 8    |
+------+------+------+
| Oslo | no data     |
+------+-------------+
"""


def read(text):
    brief, found = read_markdown(text, "a.md", files_of, "en-GB")
    return brief, [d.code for d in found]


def shape(rows):
    """Return the text and the spans of each cell that is printed."""
    return [[(plain(c.inlines), c.across, c.down) for c in row if not c.is_reached] for row in rows]


def test_cells_reach_over_columns_and_rows():
    table = read(EARTH)[0].blocks[0]

    assert shape(table.head) == [[("Property", 2, 1), ("Earth", 1, 1)]]
    assert shape(table.rows) == [
        [("Temperature 1961-1990", 1, 3), ("min", 1, 1), ("-89.2 °C", 1, 1)],
        [("mean", 1, 1), ("14 °C", 1, 1)],
        [("max", 1, 1), ("56.7 °C", 1, 1)],
    ]


def test_a_head_has_several_rows():
    table = read(TWO_HEADS)[0].blocks[0]

    assert shape(table.head) == [
        [("Town", 1, 2), ("Rain", 2, 1)],
        [("2019", 1, 1), ("2020", 1, 1)],
    ]
    assert shape(table.rows)[1] == [("Oslo", 1, 1), ("no data", 2, 1)]
    assert table.alignments == ("left", "right", "")


@pytest.mark.parametrize(
    "broken",
    [
        "+-----+-----+\n| one       |\n+-----+--x--+\n| a   | b   |\n+-----+-----+",
        "+---+---+\n| a | b |\n|   +---+\n| c | d |\n+---+--+",
        "+---+---+\n| a     |\n+---+---+\n| b | c",
    ],
    ids=["a broken line", "a short line", "no end"],
)
def test_what_is_no_table_is_text(broken):
    assert not any(isinstance(block, Table) for block in read(broken)[0].blocks)
    assert isinstance(read(broken)[0].blocks[0], Paragraph)


@st.composite
def tilings(draw):
    """A rectangle filled with cells: (row, column, across, down)."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    free = {(y, x) for y in range(height) for x in range(width)}
    cells = []
    while free:
        y, x = min(free)
        most = next(n for n in range(1, 9) if (y, x + n) not in free)
        across = draw(st.integers(1, most))
        down = draw(st.integers(1, height - y))
        cells.append((y, x, across, down))
        free -= {(y + j, x + i) for i in range(across) for j in range(down)}
    return width, height, cells


def drawn(width, height, cells):
    """Return a grid table of cells, each with its place for a text."""
    wide, high = 6, 3
    lines = [[" "] * (width * wide + 1) for _ in range(height * high + 1)]
    for y, x, across, down in cells:
        top, left, bottom, right = y * high, x * wide, (y + down) * high, (x + across) * wide
        for at in range(left, right + 1):
            for line in (top, bottom):
                if lines[line][at] != "+":
                    lines[line][at] = "-"
        for line in range(top, bottom + 1):
            for at in (left, right):
                corner = line in (top, bottom)
                if lines[line][at] != "+":
                    lines[line][at] = "+" if corner else "|"
        lines[top + 1][left + 2 : left + 4] = [chr(65 + y), chr(97 + x)]
    return "\n".join("".join(line).rstrip() for line in lines)


@given(tilings())
def test_every_cell_is_read_where_it_was_drawn(tiling):
    _, _, cells = tiling
    table = read(drawn(*tiling) + "\n")[0].blocks[0]

    found = [
        (y, x, cell.across, cell.down, plain(cell.inlines))
        for y, row in enumerate((*table.head, *table.rows))
        for x, cell in enumerate(row)
        if not cell.is_reached
    ]
    # Lines that no cell begins or ends at are no rows or columns of their own.
    tops = sorted({y for y, *_ in cells})
    lefts = sorted({x for _, x, *_ in cells})
    wanted = [
        (
            tops.index(y),
            lefts.index(x),
            sum(x <= left < x + across for left in lefts),
            sum(y <= top < y + down for top in tops),
            chr(65 + y) + chr(97 + x),
        )
        for y, x, across, down in cells
    ]
    assert found == sorted(wanted)


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_all_outputs_are_proved(format):
    text = f"---\ntitle: T\nlang: en-GB\n---\n\n{EARTH}\nSee @tbl-earth.\n\n{TWO_HEADS}"
    brief, found = read(text)
    numbered, _ = prepare(brief, LIBRARY)
    content = WRITERS[format](numbered, STYLES)

    assert found == []
    assert wrong(numbered, read_back(content, format), format) == []
    if format == "pdf":
        assert findings(content) == []
    if format == "html":
        assert re.findall(r'(?:col|row)span="\d"', content.decode()) == [
            *('colspan="2"', 'rowspan="3"', 'rowspan="2"', 'colspan="2"', 'colspan="2"')
        ]
    if format == "docx":
        xml = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
        merged = re.findall(r'<w:(gridSpan|vMerge) w:val="(\w+)"', xml)
        assert merged == [
            *(("gridSpan", "2"), ("vMerge", "restart"), ("vMerge", "continue")),
            *(("vMerge", "continue"), ("vMerge", "restart"), ("gridSpan", "2")),
            *(("vMerge", "continue"), ("gridSpan", "2")),
        ]
