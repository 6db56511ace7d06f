"""Hyphens that do not break, and soft ones: few fonts have a glyph for them."""

import io
import re

import docx
import pikepdf
import pypdfium2
import pytest
from proved import faults
from rich_brief import par, rich
from test_import import body
from test_redline import HEAD, compared
from test_word_validator import errors
from word_tools import W, converted, needs_soffice, needs_validator, part

from pipeline.merge.building import builder
from pipeline.merge.merging import merge_text
from pipeline.model import ReviewComment
from pipeline.project import load_project
from pipeline.readers.docx import read_docx
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.docx.comments import Comments
from pipeline.writers.docx.runs import text_runs
from pipeline.writers.html import write_html
from pipeline.writers.html.markup import prose
from pipeline.writers.pdf import write_pdf

STYLES = load_styles(None)[0]
BRIEF = """\
---
title: The non\u2011breaking ti\u00adtle
authors: [Jean\u2011Marc Lee]
lang: en-GB
---

## Fifty\u2011seven {#sec-a}

COVID\u201119 **and\u2011so** *ital\u00adic*, `co\u2011de`, 5\u20117 [@lee, p. A\u20113].[^n]

| A\u2011b | C |
|------|---|
| x\u2011y | 2 |

: Caption\u2011of {#tbl-x}

[^n]: A foot\u2011note.
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hyphens")
    (folder / "references.bib").write_text(
        "@book{lee, author={Lee, Jean\u2011Marc}, title={Co\u2011op rain}, year=2019}", "utf-8"
    )
    (folder / "rain.md").write_text(BRIEF, "utf-8")
    return folder / "rain.md"


@pytest.fixture(scope="module")
def project(path):
    return load_project([path])


def texts(content, *parts):
    return [t.text or "" for name in parts for t in part(content, name).iter(f"{W}t")]


def test_in_word_they_are_elements_of_runs(project):
    content = write_docx(project.briefs[0].numbered, project.styles)

    names = [f"word/{name}.xml" for name in ("document", "footnotes", "header1")]
    assert not {"\u2011", "\u00ad"} & set("".join(texts(content, *names)))
    assert faults(content, "docx", project.briefs[0].numbered) == []


@pytest.mark.parametrize("program", ["none", pytest.param("LibreOffice", marks=needs_soffice)])
def test_a_word_file_that_comes_back_as_it_was_changes_nothing(path, project, program, tmp_path):
    content = write_docx(project.briefs[0].numbered, project.styles)
    if program != "none":
        content = converted({"a.docx": content}, "docx", tmp_path)["a"]

    merged = merge_text(read_docx(content), BRIEF, builder(path))

    assert (merged.text, merged.edits) == (BRIEF, ())


@needs_validator
def test_the_open_xml_validator_finds_nothing(tmp_path):
    redline = compared(
        f"{HEAD}It rains a non\u2011stop.", f"{HEAD}It pours a re\u00adal day\u2011off."
    )

    assert errors(write_docx(redline, STYLES), tmp_path) == []


def test_a_change_has_the_hyphens_that_it_takes_out():
    redline = compared(f"{HEAD}It rains non\u2011stop.", f"{HEAD}It rains often.")

    changes = [c for p in read_docx(write_docx(redline, STYLES)).paragraphs for c in p.changes]

    assert ("deleted", " non\u2011stop") in [(change.kind, change.text) for change in changes]


def test_a_comment_stands_at_words_with_a_hyphen():
    comments = Comments()
    content = [*text_runs("A twenty\u2011four\u2011hour day")]
    span = par("x").span
    comments.waiting[span] = [ReviewComment("Ann", "", "Why?", span, "four\u2011hour")]

    found = comments.around(span, content)

    assert [e.tag for e in found[1:4]] == ["w:commentRangeStart", "w:r", "w:commentRangeEnd"]
    assert [child.tag for child in found[2].children] == ["w:t", "w:noBreakHyphen", "w:t"]


def test_a_document_from_elsewhere_keeps_them():
    document = docx.Document()
    paragraph = document.add_paragraph("COVID")
    for name in ("noBreakHyphen", "softHyphen"):
        paragraph.runs[0]._r.append(docx.oxml.OxmlElement(f"w:{name}"))
    paragraph.add_run("19")

    assert body(document) == "COVID\u2011\u00ad19"


def test_the_fonts_of_the_house_draw_them(project):
    numbered = project.briefs[0].numbered
    content = write_pdf(numbered, project.styles)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = {str(font.BaseFont) for p in pdf.pages for font in p.Resources.Font.values()}
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"Carlito", "DejaVu"}
    assert faults(content, "pdf", numbered) == []


def test_no_line_ends_after_them():
    words = " ".join("x" * length + "\u2011yyyyyyyy" for length in range(2, 30))

    content = write_pdf(rich(blocks=(par(words),)), STYLES)

    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert text.replace("\u2060", "").count("x-y") == words.count("x\u2011y")


def test_a_page_has_a_hyphen_that_every_font_has_but_not_in_code(project):
    html = write_html(project.briefs[0].numbered, project.styles)
    page = html.decode().partition("<body")[2]

    assert "COVID-\u206019 <strong>and-\u2060so" in page
    assert "<code>co\u2011de</code>" in page
    assert faults(html, "html", project.briefs[0].numbered) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("27–28", "27–28"),
        ("January 2018–2020.", "2018–2020"),
        ("27.–28. Mai", "27.–28"),
        ("9:30–11:00", "9:30–11:00"),
        ("25\u00a0000–30\u00a0000 €", "25\u00a0000–30\u00a0000"),
        ("1–2–3", ""),
        ("1 – 2", ""),
        ("COVID–19", ""),
        ("January 27–28 ההשפעה", ""),
    ],
)
def test_a_range_of_numbers_is_kept_on_one_line_of_a_page(typed, kept):
    held = re.findall('<span class="kept">(.*?)</span>', prose(typed))

    assert held == [kept] * bool(kept)
    assert re.sub("<.*?>", "", prose(typed)) == typed


def test_no_line_of_a_pdf_ends_within_a_range():
    words = [f"{'x' * length} 2018–2020" for length in range(1, 30)]
    brief = rich(blocks=(par(" ".join(words)),))
    content = write_pdf(brief, STYLES)
    with pypdfium2.PdfDocument(content) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)

    assert faults(content, "pdf", brief) == []
    assert len(re.findall(r"2018–2020", text)) == len(words)
