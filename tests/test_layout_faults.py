"""Faults of the layout: each that is made on purpose is named at its line, and no other."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from spec_library import LIBRARY, files_of
from weasyprint.text.ffi import pango
from weasyprint_faults import switch_off

from pipeline.project import load_project
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers import pdf
from pipeline.writers.pdf.faults import layout_faults
from pipeline.writers.pdf.weasyprint_fixes import line_ends

ROOT = Path(__file__).parents[1]
STYLES = load_styles(None)[0]
LINE = "Line.\n\n"
PROSE = "Some words of prose that fill a line or two, and then some more of them. "
TABLE = "| a | b |\n|---|---|\n| c | d |\n\n: Caption {#tbl-x}\n"


def faults(body, css="", title="Rain"):
    """Return (code, line, message) of each fault in the layout of a brief."""
    brief, _ = read_markdown(f"---\ntitle: {title}\n---\n\n{body}", "a.md", files_of, "en-GB")
    brief = replace(brief, front=completed(brief.front, STYLES.house))
    files = STYLES.files | {"print.css": STYLES.files["print.css"] + css}
    document = pdf.lay_out(prepare(brief, LIBRARY)[0], replace(STYLES, files=files))
    found = layout_faults(document, brief.span)
    return [
        (fault.code, fault.span.line, re.sub(r"^page \d+ of the PDF: ", "", fault.message))
        for fault in found
    ]


def first_fault(css, body, filled=range(26, 32)):
    """Return the first fault as the page fills with lines, and the line that should be named."""
    for lines in filled:
        if found := faults(LINE * lines + body, css):
            return found, 5 + 2 * lines
    pytest.fail("no fault was made")


# Made on purpose --------------------------------------------------------------------------------


def test_a_heading_alone_at_the_foot_of_a_page():
    found, line = first_fault("h2 { break-after: auto !important }", "## Head\n\nText.\n")
    assert found == [("layout-fault", line, "a heading is alone at the foot")]


def test_a_caption_that_strands():
    css = "caption, tr, thead { break-after: auto !important } table { break-inside: auto }"
    found, line = first_fault(css.replace("auto }", "auto !important }"), TABLE)
    assert found == [("layout-fault", line, "the caption of a table is alone at the foot")]


def test_a_caption_apart_from_its_figure():
    css = "figure { break-inside: auto !important } figcaption { break-after: page !important }"
    found, line = first_fault(css, '![Caption](rain.png){#fig-x alt="x"}\n', [1])
    assert found == [("layout-fault", line, "a caption is separated from its figure")]


def test_a_footnote_on_the_page_after_its_call():
    css = ".footnote { footnote-policy: auto !important }"
    found, line = first_fault(css, f"Text[^1].\n\n[^1]: {PROSE * 30}\n")
    assert found == [("layout-fault", line + 2, "its footnote is on page 2")]


def test_a_word_that_is_too_long_for_its_line():
    css = "html { overflow-wrap: normal !important } .sheet { width: 300px }"
    word = "x" * 60
    message = f"`{word[:39]}…` is too long for its line"
    assert faults(f"Short.\n\nA {word}\n", css) == [("layout-fault", 7, message)]


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
COLUMNS = f"## Head\n\n| Word | n |\n|---|--:|\n| {LONG} | 1 |\n\n{PROSE * 9}\n"


def test_a_table_that_is_wider_than_its_column(monkeypatch):
    monkeypatch.setattr("pipeline.writers.html.tables._COLUMN_WIDTH", 99)
    monkeypatch.setattr("pipeline.table_sizes._MEASURE", 99)
    found = faults(COLUMNS, title="Rain\ncolumns: 2")
    assert found == [("layout-fault", 8, "a table is wider than its column")]


def test_a_table_with_long_words_spans_both_columns():
    assert faults(COLUMNS, title="Rain\ncolumns: 2") == []


def test_words_that_are_too_long_for_the_page_break():
    assert faults(f"| {LONG} | {LONG[:40]} |\n|---|---|\n| 1 | 2 |\n") == []


def test_a_formula_that_is_printed_too_small_to_be_read():
    tex = "+".join(f"a_{{{i}}}" for i in range(60))
    ((code, line, message),) = faults(f"Short.\n\n$$\n{tex}\n$$\n")
    assert (code, line) == ("layout-fault", 7)
    assert message.startswith("a formula is printed at ")
    assert faults(f"Short.\n\n$$\n{tex[:80]}\n$$\n") == []


TEXT = "Figure 1 shows the change that was measured, and Table 2 says what was counted in all. "
BESIDE_TAGS = (
    f"{TEXT}The bars cannot be compared to the last point. [@smith2021, p. 4; @lee2019].\n",
    f"{TEXT.strip()}\N{NO-BREAK SPACE}*Or* so.\n",
)


def faults_over_widths(body):
    return {
        fault
        for width in (368, 370, 372, 516, 517, 518)
        for fault in faults(body, f".sheet {{ width: {width}px; font-size: 10.5pt }}")
    }


@pytest.mark.xfail(pango.pango_version() >= 15600, reason="Pango 1.56 makes no such lines")
@pytest.mark.parametrize(
    ("body", "ends_with"), [(BESIDE_TAGS[0], "what"), (BESIDE_TAGS[1], "Figure")]
)
def test_a_line_that_ends_too_early(monkeypatch, body, ends_with):
    switch_off(monkeypatch, line_ends)
    (found,) = faults_over_widths(body)
    assert found == ("layout-fault", 5, f"the line `{ends_with}` ends too early")


@pytest.mark.parametrize("body", BESIDE_TAGS)
def test_no_line_ends_too_early(body):
    assert faults_over_widths(body) == set()


def test_a_table_that_runs_off_the_page():
    row = "|" + "|".join(f"Column {n}" for n in range(40)) + "|\n"
    found = faults(
        f"Text.\n\n{row}{'|---' * 40}|\n{row}", "td { overflow-wrap: normal !important }"
    )
    assert [(code, line) for code, line, _ in found] == [("off-page", 7)]


def test_text_that_is_printed_over_a_footnote():
    css = "blockquote p { position: relative; top: 850px }"
    found = faults("Text[^1].\n\n> Quote.\n\n[^1]: Note.\n", css)
    assert [(code, line) for code, line, _ in found] == [("off-page", 7)]


@pytest.mark.parametrize("place", ["Text[^1].", "- Item[^1]", "| a |\n|---|\n| b[^1] |"])
def test_a_footnote_taller_than_a_page_is_an_error_at_its_line(place):
    body = f"{place}\n\nMore.\n\n[^1]: {PROSE * 120}\n"
    line = 5 + body[: body.index("[^1]: ")].count("\n")
    assert ("off-page", line, "a footnote is taller than the page") in faults(body)


def test_what_stands_on_no_page_is_an_error_at_its_line():
    """WeasyPrint leaves out the head of a table whose footnote is taller than a page."""
    body = f"Text.\n\n| Head[^1] |\n|---|\n| b |\n\n[^1]: {PROSE * 120}\n"
    found = faults(body)
    assert ("off-page", 7, "`Head` is on no page of the PDF") in found


# And none where there is none -------------------------------------------------------------------


def test_the_sample_briefs_have_no_faults():
    project = load_project(start=ROOT)
    for brief in project.briefs:
        for paper in ("a4", "letter"):
            front = replace(brief.numbered.brief.front, paper=paper)
            numbered = replace(brief.numbered, brief=replace(brief.numbered.brief, front=front))
            assert layout_faults(pdf.lay_out(numbered, project.styles), front.span) == []


def test_a_line_that_the_author_ended_is_no_fault():
    assert faults("And `a < b`\\\n[a page](https://a.b) and more.\n") == []


def test_a_table_without_rows_and_a_long_word_are_no_faults():
    assert faults(f"| a | b |\n|---|---|\n\n{'x' * 300} and `{'y' * 300}`\n") == []


def test_headings_captions_and_footnotes_keep_their_place_as_the_page_fills():
    """The law behind the style sheet: whatever the page ends with, nothing strands."""
    rest = (
        f"## Head\n\n{PROSE}[^1]\n\n{TABLE}\n![C](rain.png){{#fig-x alt=x}}\n\n[^1]: {PROSE * 4}\n"
    )
    found = {lines: faults(LINE * lines + rest) for lines in range(18, 33)}
    assert {lines: fault for lines, fault in found.items() if fault} == {}
