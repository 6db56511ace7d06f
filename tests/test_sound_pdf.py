"""Sound briefs, of kinds that people write, whose PDF the proof once refused."""

import pypdfium2
import pytest
from msgspec.structs import replace
from proved import faults
from test_properties import WRITERS, numbered_brief
from test_spec import as_brief

from pipeline.labels import with_back_references
from pipeline.styles import load_styles
from pipeline.verify.pdf.labels import CROSS_REFERENCE
from pipeline.writers.pdf import write_pdf

STYLES = load_styles(None)[0]
NARROW = (
    "Car Name | Fuel Cons. (mpg) | # Cylinders | Displ. (cu.in.) | Gross HP | Rear axle ratio | "
    "Weight (1000 lbs) | 1/4 mile time | Engine | Trans. | # forward gears | # carburetors"
)
BRIEFS = {
    "the only item, last on its page, after a heading": (
        "## Section\n\nText.\n\n1. The only item.\n"
    ),
    "an only item after code that ends in a sign": (
        "```\nh2 {\n  red;\n}\n```\n\n1. The only item.\n"
    ),
    "a first heading with an anchor of its own": "## Words {#glossary-page}\n\nText.\n",
    "heads of narrow columns with signs in brackets": (
        f"| {NARROW} |\n|{'---|' * 12}\n| Hornet Sportabout |{' 21.41 |' * 11}\n\n: Cars\n"
    ),
    "code that goes on in a line of its own": (
        "```\nserver(function(input) {\n"
        "  breaks <- seq(min(values), max(values), length.out = input$number_of + 1)\n})\n```\n"
    ),
    "formulas as they were typed": (
        "```\n\\begin{split} \\varphi _{X}(t) &= \\operatorname {E} \\left[e^{itX}\\right]\\\\\n"
        "\\\\\nt)$$\n```\n\nAnd the text goes on.\n"
    ),
    "a page without a long line": (
        "## One\n\n| Town | Rain |\n|---|--:|\n"
        + f"| Bergen{'<br>rain' * 6} | 1 |\n" * 6
        + "\n## Two\n\n$$ a = b $$ {#eq-x}\n\nThe end.\n"
    ),
    "a note called footnotes": "## Notes {#footnotes}\n\nText.[^a]\n\n[^a]: A note.\n",
    "a table without a caption between two that have one": (
        "| a |\n|---|\n| 1 |\n\n: One\n\n| b |\n|---|\n| 2 |\n\nText.\n\n"
        "| c |\n|---|\n| 3 |\n\n: Two {#tbl-x}\n"
    ),
    # "p. 5" above note 6 reads as "56", which is not the cell, and comes before "78".
    "numbers that page and number of footnotes hold by chance": (
        "".join(f"Rain {n}.[^{n}]\n\n[^{n}]: Rain, [@lee2019, p. {n}]\n\n" for n in range(1, 9))
        + "| Town | Rain |\n|---|--:|\n| Oslo | 78 % |\n| Bergen | 56 % |\n\n: Rain\n"
    ),
    "unnumbered headings that begin with numbers": (
        "# 2. Words {.unnumbered}\n\nText.\n\n## 1.5 degrees {.unnumbered}\n\nText.\n"
    ),
    "numbers that are broken inside an address in code": (
        f"```\n# from https://example.org/view?years={'2006,2021&' * 30}\n```\n"
    ),
    "two links in a row to one heading, in two lines": (
        "[Rain]\\\n[Rain] falls.\n\n## Rain\n\nText.\n\n## Snow\n\nText.\n"
    ),
    "items without text": "1. One\n2.\n3. Two\n\nText.\n\n- \n- a\n",
}


RAISED = {
    "a note that is a mark alone": "Words.[^n]\n\n[^n]: [@smith2021].\n",
    "marks in emphasis side by side": "**[@smith2021]** *[@lee2019]* [@smith2021] fall.\n",
    "a mark and a note behind a number and its stop": (
        "It rose by 5.5.[@smith2021] And by −2.5.^[A note] By 5.5, too.\n"
    ),
    "a note behind a mark in emphasis": "It falls *[@smith2021]*^[A note].\n",
}


@pytest.mark.parametrize("name", BRIEFS)
def test_a_sound_brief_is_not_refused(name):
    numbered = numbered_brief(f"---\ntitle: T\n---\n\n{BRIEFS[name]}")

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


@pytest.mark.parametrize("name", RAISED)
@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_a_sound_brief_with_raised_marks_is_not_refused(name, format):
    numbered = numbered_brief(f"---\ntitle: T\nmarks: superscript\n---\n\n{RAISED[name]}")

    assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_figures_and_tables_in_a_footnote_are_numbered_where_it_is_called(format):
    """Word counts those of footnotes apart: it is told their numbers, and the next in the text."""
    table = "| a |\n|---|\n| 1 |\n\n: {0} {{#tbl-{0}}}\n\n"
    one, inner, two = (table.format(name) for name in ("one", "inner", "two"))
    note = "[^n]: A table.\n\n" + "\n".join(f"    {line}" for line in inner.split("\n"))
    text = f"See @tbl-inner and @tbl-two.\n\n{one}Note[^n].\n\n{two}{note}\n"
    numbered = numbered_brief(f"---\ntitle: T\n---\n\n{text}")

    assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_table_whose_cells_are_known_is_not_taken_for_one_in_a_footnote(format):
    tables = "| a |\n|---|\n| 1 |\n\nText[^n].\n\n[^n]: A table.\n\n"
    tables = f"Note[^n].\n\n{tables}    | a |\n    |---|\n    | 1 [@lee2019] |\n"
    numbered = numbered_brief(f"---\ntitle: T\n---\n\n{tables}")

    assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize(("lang", "words"), [("ja", "文章"), ("ko", "글")])
def test_the_word_behind_a_page_may_end_a_raised_mark(lang, words):
    text = f"{words}[@lee2019, p. 3]。{words}[@lee2019, p. 3.5]。{words}\n"
    numbered = numbered_brief(
        f"---\ntitle: {words}\nlang: {lang}\nmarks: superscript\n---\n\n{text}"
    )

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_two_columns_are_read_from_right_to_left():
    prose = "גשם יורד על הגג של הבית הישן והמים זורמים אל הרחוב. " * 12
    wide = f"|{' שם |' * 9}\n|{'---|' * 9}\n|{' מילה ארוכה |' * 9}\n\n: רחבה {{#tbl-x}}\n\n"
    narrow = "| שם | ערך |\n|---|---|\n| 1 | 2 |\n\n: צרה {#tbl-y}\n\n"
    sections = (
        f"## פרק {n}\n\n{prose}^[הערה {n}.]\n\n{wide if n == 3 else ''}" for n in range(1, 9)
    )
    cited = f"## א {{#sec-a}}\n\nגשם [@lee2019] ב@tbl-x, ב@tbl-y וב@sec-a.\n\n{narrow}"
    text = f"---\ntitle: גשם\nlang: he\ncolumns: 2\n---\n\n{cited}{''.join(sections)}"
    numbered = with_back_references(numbered_brief(text))

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_table_in_a_footnote_stands_below_two_columns_from_right_to_left():
    """Beside it, the foot of the page stands where a second column would."""
    prose = "גשם יורד על הגג של הבית הישן והמים זורמים אל הרחוב. " * 30
    table = "    | א |\n    |---|\n    | 1 |\n\n    : שם {#tbl-b}\n"
    text = f"גשם[^n], ב@tbl-b. {prose}\n\n[^n]: הערה.\n\n{table}"
    numbered = numbered_brief(f"---\ntitle: גשם\nlang: he\ncolumns: 2\n---\n\n{text}")

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_the_comma_between_a_mark_and_a_note_is_seen_from_right_to_left():
    numbered = numbered_brief(
        "---\ntitle: المطر\nlang: ar\nmarks: superscript\n---\n\n- زاد المطر [@smith2021].[^n]\n\n"
        "[^n]: ملم.\n"
    )

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_line_of_the_text_ends_with_a_stop_where_captions_have_none():
    tables = "".join(f"| 雨 |\n|---|\n| 1 |\n\n: 雨が降る {{#tbl-{name}}}\n\n" for name in "xy")
    text = f"雨\\\n@tbl-y [@lee2019].\n\n{tables}"
    numbered = numbered_brief(f"---\ntitle: 雨\nlang: ja\nmarks: superscript\n---\n\n{text}")

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_urdu_is_read_as_it_was_written():
    numbered = numbered_brief(
        "---\ntitle: بارش\nlang: ur\n---\n\n## تعارف\n\nبارش [@lee2019].[^n] دیکھیں @sec-x.\n\n"
        "## نتائج {#sec-x}\n\nبارش.\n\n[^n]: بارش.\n"
    )

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_hebrew_words_in_an_english_brief_turn_no_label_round():
    numbered = with_back_references(
        numbered_brief(
            "---\ntitle: T\n---\n\n## Rain {#sec-a}\n\nRain.\n\n"
            "[הגשם, ראו @sec-a [@lee2019]]{lang=he}, they say.\n\n"
            "שורה: @sec-a [@lee2019; @smith2021].\n"
        )
    )

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_stop_of_large_print_stands_in_its_line_from_right_to_left():
    """So does a blank; a raised mark is far above both."""
    house = replace(STYLES.house, sizes={**STYLES.house.sizes, "small": 15.0, "body": 18.0})
    numbered = numbered_brief(
        "---\ntitle: باران\nlang: fa\nmarks: superscript\n---\n\nباران[^a].\n\n"
        "[^a]: گزارش سازمان [@lee2019] را ببینید.\n"
    )

    assert faults(write_pdf(numbered, replace(STYLES, house=house)), "pdf", numbered) == []


@pytest.mark.parametrize("align", ["baseline", "top"])
def test_digits_of_a_table_are_not_raised_beside_another_font(align):
    """With cells at the top, those of two fonts stand at two heights."""
    sheet = STYLES.files["print.css"] + f"td {{ vertical-align: {align} }}"
    styles = replace(STYLES, files={**STYLES.files, "print.css": sheet})
    numbered = numbered_brief(
        "---\ntitle: 雨\nlang: ja\nmarks: superscript\n---\n\n雨が降る。\n\n"
        "| 都市 | 雨 | 出典 |\n|---|--:|---|\n| ベルゲン | 2,250 | [@lee2019] |\n"
    )

    assert faults(write_pdf(numbered, styles), "pdf", numbered) == []


def test_marks_in_brackets_behind_raised_numbers_are_no_labels_of_items():
    numbered = numbered_brief(
        "---\ntitle: T\nmarks: vancouver\n---\n\nText of 10^6^ [@smith2021] x.\n\n"
        "| a | b | c |\n|---|---|---|\n| 10^6^ [@smith2021] | | ^2^ [@lee2019] |\n"
    )

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_cross_reference_may_begin_with_glyphs_that_have_no_text():
    assert CROSS_REFERENCE.fullmatch("\u2060\u2060त्र 1")  # चित्र, where glyphs are shared


def test_a_formula_in_a_caption_stands_in_its_line():
    figure = "![Rain of $m^3$ in towns](roof.png){#fig-x alt='Rain of 3 metres'}"
    numbered = as_brief(f"---\ntitle: T\n---\n\n{figure}\n")[0]
    page = pypdfium2.PdfDocument(write_pdf(numbered, STYLES))[0].get_textpage()
    found = [page.search(words).get_next()[0] for words in ("Rain of", "in towns")]

    before, after = (page.get_charbox(place)[1] for place in found)
    assert before == pytest.approx(after, abs=2)
