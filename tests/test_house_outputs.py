"""One house style, three outputs: what house.toml says reaches PDF, Word file and web page."""

import io
import re

import docx
import pytest
from rich_brief import par, rich

from pipeline.model import PAPERS
from pipeline.styles import PAPER_SIZES, load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.html import write_html
from pipeline.writers.pdf import lay_out

PIXELS = 96 / 25.4  # to the millimetre
SHORT = (par("Rain."),)


def house(folder, text):
    (folder / "house.toml").write_text(text, "utf-8")
    styles, found = load_styles(folder)
    assert found == []
    return styles


def pdf_page(styles, **front):
    return lay_out(rich(blocks=SHORT, **front), styles).pages[0]._page_box


# Geometry ---------------------------------------------------------------------------------------

PAGE = """
[page]
top = 30
bottom = 31
inner = 32
outer = 33
first-top = 12
gutter = 5
measure = 120
[page.letter]
top = 40
"""


@pytest.mark.parametrize(
    ("paper", "lang", "sides"),
    [
        ("a4", "en-GB", (32, 58)),
        ("letter", "en-GB", (32, 63.9)),
        ("a4", "ar", (58, 32)),
    ],
)
def test_margins_are_those_of_the_house_on_each_paper(tmp_path, paper, lang, sides):
    styles = house(tmp_path, PAGE)
    brief = {"paper": paper, "lang": lang, "columns": 1}
    page = pdf_page(styles, **brief)
    content = write_docx(rich(blocks=SHORT, **brief), styles)
    section = docx.Document(io.BytesIO(content)).sections[0]
    top = 40 if paper == "letter" else 30

    assert (page.margin_left, page.margin_right) == pytest.approx([s * PIXELS for s in sides])
    assert page.margin_top == pytest.approx(12 * PIXELS)
    assert page.width == pytest.approx(120 * PIXELS)
    word = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [length.mm for length in word] == pytest.approx([*sides, top, 31], abs=0.02)


def test_two_columns_have_equal_margins_and_no_gutter(tmp_path):
    page = pdf_page(house(tmp_path, PAGE), columns=2)

    assert page.margin_left == page.margin_right == pytest.approx(58 * PIXELS)


def test_lines_of_the_web_page_are_as_long_as_those_of_the_pages(tmp_path):
    page = write_html(rich(blocks=SHORT), house(tmp_path, PAGE)).decode()

    assert re.search(r"--measure-on-screen: 32\.4rem;", page)  # 120 mm in parts of 10.5 points


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inner = 20\ngutter = 24", "has a gutter of 24 mm in a margin of 20 mm"),
        ("outer = 110", "leaves 54 of 210 mm for lines of text on a4"),
        ("bottom = 220", "leaves 52 of 297 mm for text on a4"),
        ("top = -1", "cannot have lengths below 0"),
        ("[page.letter]\nbottom = 200", "leaves 54.4 of 279.4 mm for text on letter"),
    ],
)
def test_pages_without_room_are_said_and_the_default_stays(tmp_path, text, message):
    (tmp_path / "house.toml").write_text(f"[page]\n{text}\n", "utf-8")
    styles, found = load_styles(tmp_path)

    assert [d.message for d in found] == [f"`page` {message}"]
    assert styles.house == load_styles(None)[0].house


def test_a_wrong_key_of_one_paper_is_said(tmp_path):
    (tmp_path / "house.toml").write_text("[page.letter]\nleft = 3\n", "utf-8")

    assert [d.code for d in load_styles(tmp_path)[1]] == ["bad-house-style"]


@pytest.mark.parametrize(
    ("measure", "size", "fine"), [(120, 10.5, True), (120, 6, False), (62, 12, False)]
)
def test_the_length_of_lines_is_judged_by_the_size_of_the_text(tmp_path, measure, size, fine):
    text = f"[page]\nmeasure = {measure}\n[sizes]\nbody = {size}\n"
    (tmp_path / "house.toml").write_text(text, "utf-8")

    assert ("line-length" in [d.code for d in load_styles(tmp_path)[1]]) is not fine


def test_each_paper_has_a_size():
    assert PAPER_SIZES.keys() == set(PAPERS)


# Rules of its own -------------------------------------------------------------------------------


def test_extra_css_is_added_to_ours_on_pages_and_on_the_web_page(tmp_path):
    rule = "@media print { body { margin-left: 7mm } }"
    (tmp_path / "extra.css").write_text(rule, "utf-8")
    styles, found = load_styles(tmp_path)
    page = write_html(rich(blocks=SHORT), styles).decode()
    (root, *_) = lay_out(rich(blocks=SHORT), styles).pages[0]._page_box.children
    (body,) = root.children

    assert found == []
    assert 0 < page.index(".sheet {") < page.index(rule)
    assert body.margin_left == pytest.approx(7 * PIXELS)


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { background: url(http://example.org/a.png) }", "remote-file"),
        (".reference > .label { display: none }", "hides-numbers"),
        (".mark { color: #fff }", "hides-numbers"),
    ],
)
def test_extra_css_may_neither_fetch_nor_hide(tmp_path, css, code):
    (tmp_path / "extra.css").write_text(f"p {{ color: black }}\n{css}\n", "utf-8")

    assert [(d.code, d.span.line) for d in load_styles(tmp_path)[1]] == [(code, 2)]
