"""CSV: one reader for tables and charts."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Chart, Table, plain
from pipeline.readers.csv import BadCsv, Field, read_rows, rectangle
from pipeline.readers.markdown import read_markdown

WORDS = st.text("ab ,;\t\n\"'é水1", max_size=8).map(str.strip)
ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(
    ROWS,
    st.sampled_from(",;\t"),
    st.sampled_from(["", "type: bar\n", "a,b;c\n"]),
    st.sampled_from(["", "\n"]),
)
@settings(max_examples=300, deadline=None)
def test_what_a_spreadsheet_writes_is_read_with_its_places(rows, delimiter, before, end):
    head = [f"h{n}" for n in range(5)]  # says what the delimiter is
    rows = [head, *rows]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(rows)
    text = before + written.getvalue().removesuffix("\n") + end

    found = list(read_rows(text, len(before)))

    assert [[field.text for field in row] for row in found] == [row for row in rows if any(row)]
    for field in (field for row in found for field in row):
        assert text[field.start : field.end].replace('""', '"') == field.text


@given(st.text('ab,\n"', max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_text_has_rows_or_is_refused_at_its_place(text):
    offset, rows = 0, []
    try:
        rows = rectangle(read_rows(text))
    except BadCsv as problem:
        offset = problem.offset

    assert 0 <= offset <= len(text)
    assert len({len(row) for row in rows}) <= 1


def test_short_rows_are_filled_where_they_end():
    rows = rectangle(read_rows('a,b,c\n1,"23"\n'))

    assert rows[1] == [Field("1", 6, 7), Field("23", 9, 11), Field("", 11, 11)]


TABLES = {
    "a quoted delimiter in the head": '"Year, month, day";Rome;Paris\n2020;1;2\n2021;3;4\n',
    "a line break in the head": 'Year,"North\nSouth",Paris\n2020,1,2\n2021,3,\n',
    "blank lines and a tab": '\n\nYear\tRome\n\n"2020"\t 1 \n',
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_chart_and_a_table_read_one_file_alike(text):
    source = "![R](r.csv)\n\n```chart\ntype: bar\ncaption: R\nalt: R\ndata: r.csv\n```\n"
    brief, found = read_markdown(source, "b.md", lambda name: text.encode())
    table, chart = brief.blocks

    assert found == []
    assert isinstance(table, Table)
    assert isinstance(chart, Chart)
    cells = [[plain(cell.inlines) for cell in row] for row in (*table.head, *table.rows)]
    assert [
        " ".join(name.split()) for name in (chart.heading, *(s.name for s in chart.series))
    ] == (cells[0])
    values = [["" if v is None else f"{v:g}" for v in s.values] for s in chart.series]
    assert [list(chart.categories), *values] == [
        list(column) for column in zip(*cells[1:], strict=True)
    ]
    assert [file.path for file in brief.data] == ["r.csv"]
