"""Columns of numbers stand at the right, decimal sign below decimal sign."""

from io import BytesIO

import pypdfium2
import pytest
from spec_library import LIBRARY, files_of
from test_properties import STYLES

from pipeline.numeric_columns import aligned_columns
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.writers import WRITERS


def brief_of(cells, rule="---", lang="en-GB"):
    rows = "\n".join(f"| Row | {cell} |" for cell in cells)
    return f"---\ntitle: T\nlang: {lang}\n---\n\n| Name | Value |\n|---|{rule}|\n{rows}\n"


def column(cells, rule="---", lang="en-GB"):
    brief, _ = read_markdown(brief_of(cells, rule, lang), "a.md", files_of, lang)
    found = aligned_columns(brief.blocks[0], lang)[1]
    return found.alignment, [text.replace("\N{NO-BREAK SPACE}", " ") for text in found.behind]


CASES = {
    "whole numbers": (["1", "20,000"], "en", ["", ""]),
    "fractions": (["1.5", "20.25", "3"], "en", ["0", "", ".00"]),
    "decimal commas": (["1,5", "20,25", "1.200"], "de", ["0", "", ",00"]),
    "the other sign": (["1,5", "20,25"], "en", ["0", ""]),
    "signs and per cent": (["+1.5 %", "−20 %", "-3"], "en", ["", ".0", ".0 %"]),
    "currencies": (["€ 1 200", "US$5.50", "CHF 3"], "en", [".00", "", ".00"]),
    "from right to left": (["1.5", "\u200e−3"], "he", ["", ".0"]),
    "errors": (["1.5 ± 0.3", "2.0"], "en", ["", " ± 0.3"]),
    "brackets": (["(1.5)", "2.25"], "en", ["0", ")"]),
    "stars": (["0.12**", "0.3*"], "en", ["", "0*"]),
    "some are missing": (["1.5", "n/a", "–", "", "2", "3"], "en", ["", "", "", "", ".0", ".0"]),
    "a mark": (["1.5", "20 [@lee2019]"], "en", ["", ""]),
    "a mark in bold": (["1.5", "**20 [@lee2019]**"], "en", ["", ""]),
    "a cross-reference": (["1.5", "20 @sec-a"], "en", ["", ""]),
}


@pytest.mark.parametrize(("cells", "lang", "behind"), CASES.values(), ids=CASES)
def test_numbers_are_aligned(cells, lang, behind):
    assert column(cells, lang=lang) == ("right", behind)


@pytest.mark.parametrize(
    "cells",
    [["wet", "dry"], ["12", "Low", "High", "Low"], ["2019 Q1", "2019 Q2"], ["3–5", "12"], ["", ""]],
    ids=["words", "mostly words", "quarters", "ranges", "nothing"],
)
def test_other_columns_are_left_alone(cells):
    assert column(cells) == ("", [""] * len(cells))


def test_years_that_name_the_rows_are_left_alone():
    text = "| Year | Rain |\n|---|---|\n| 2019 | 3 |\n| 2020 | 12 |"
    brief, _ = read_markdown(text, "a.md", files_of, "en")

    assert [c.alignment for c in aligned_columns(brief.blocks[0], "en")] == ["", "right"]


def test_the_author_decides():
    assert column(["1.5", "20"], rule=":--") == ("left", ["", ""])
    assert column(["1.5", "20"], rule=":-:") == ("center", ["", ""])


def test_decimal_points_are_below_each_other_on_the_page():
    text = brief_of(["1.5", "220.25", "17", "3.125"])
    brief, _ = read_markdown(text, "a.md", files_of, "en-GB")
    content = WRITERS["pdf"](prepare(brief, LIBRARY)[0], STYLES)
    page = pypdfium2.PdfDocument(BytesIO(content))[0].get_textpage()
    said = page.get_text_range()
    points = [i for i, c in enumerate(said) if c == "." and said[i - 1 : i].isdigit()]

    lefts = {round(page.get_charbox(i)[0], 1) for i in points}
    assert (len(points), len(lefts)) == (3, 1)
    assert "17.0" not in said
    assert abs(page.get_charbox(said.index("17") + 1)[2] - lefts.pop()) < 2


def test_numbers_in_a_table_of_many_columns_do_not_break():
    heads = "|".join(f"Council {n}" for n in range(11))
    row = "|".join(["Evidence policy", *["99,999"] * 11])
    text = f"---\ntitle: T\nlang: en-GB\n---\n\n| Supply | {heads} |\n{'|--:' * 12}|\n| {row} |\n"
    brief, _ = read_markdown(text, "a.md", files_of, "en-GB")
    content = WRITERS["pdf"](prepare(brief, LIBRARY)[0], STYLES)
    said = pypdfium2.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()

    assert said.count("99,999") == 11
    assert said.count("Council") == 11
