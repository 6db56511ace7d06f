"""Key figures are a strip in Word: a table, which is proved, valid, and merged."""

import io

import docx
import pytest
from proved import faults
from test_properties import numbered_brief
from test_word_validator import errors
from word_tools import needs_validator

from pipeline.cli import main
from pipeline.styles import load_styles
from pipeline.writers.docx import key_figures, write_docx

STYLES = load_styles(None)[0]
FIGURES = [
    "**12 %** of towns have no bus [@lee2019]",
    "**3,400** fewer journeys a day",
    "**£2.1m** a year",
    "**7** councils",
    "**2** depots",
]


def source(count, front=""):
    items = "\n".join(f"- {item}" for item in FIGURES[:count])
    return f"---\ntitle: T\n{front}---\n\n::: figures\n{items}\n:::\n\nIt rains [@smith2021].\n"


def tables(content):
    return docx.Document(io.BytesIO(content)).tables


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (3, [3]), (4, [4]), (5, [3, 3])])
def test_key_figures_stand_side_by_side_and_are_proved(count, rows):
    numbered = numbered_brief(source(count))
    content = write_docx(numbered, STYLES)
    (table,) = tables(content)

    assert [len(row.cells) for row in table.rows] == rows
    assert table.style.name == "Key Figures Table"
    assert {p.style.name for c in table._cells for p in c.paragraphs} == {"Key Figures"}
    assert table.cell(0, 0).paragraphs[0].runs[0].style.name == "Key Number"
    assert faults(content, "docx", numbered) == []


def test_lists_that_are_no_strip_stay_lists():
    nested = source(2).replace("journeys a day", "journeys a day\n\n    In winter.")

    assert tables(write_docx(numbered_brief(nested), STYLES)) == []


def test_figures_in_the_wrong_cells_are_found(monkeypatch):
    numbered = numbered_brief(source(5))
    monkeypatch.setattr(key_figures, "_MOST", 5)
    (fault,) = faults(write_docx(numbered, STYLES), "docx", numbered)

    assert fault.startswith("no table has the cells of the one that begins with")


@needs_validator
@pytest.mark.parametrize("front", ["", "lang: ar\n"], ids=["en", "ar"])
def test_a_strip_is_valid_in_word(tmp_path, front):
    assert errors(write_docx(numbered_brief(source(5, front)), STYLES), tmp_path) == []


def test_what_is_typed_in_a_strip_is_merged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").touch()
    brief = tmp_path / "briefs/a.md"
    brief.write_text(source(3).replace("[@lee2019]", "").replace("[@smith2021]", ""), "utf-8")
    assert main(["build", "--to", "docx"]) == 0
    returned = docx.Document(tmp_path / "build/a.docx")
    number, _, words = returned.tables[0].cell(0, 1).paragraphs[0].runs
    number.text, words.text = "3,500", "lost journeys a day"
    returned.save(tmp_path / "back.docx")

    assert main(["merge", "back.docx"]) == 0
    assert "- **3,500** lost journeys a day\n" in brief.read_text("utf-8")
