"""Titles of tables below them, if the house wants that, in all three outputs."""

import io

import docx
import pytest
from msgspec.structs import replace
from proved import faults
from spec_library import LIBRARY

from pipeline.build.proof import Witness
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers import WRITERS
from pipeline.writers.pdf import lay_out

KEYS = list(LIBRARY)[:3]
TABLE = """| Town | Rain |
|------|-----:|
ROWS

: TITLE [@{key}] {{#tbl-{place} SOURCE}}
"""
SMALL = f"| Ely [@{KEYS[1]}] | 3 |\n| Oby | 7 |"
LONG = "\n".join(f"| Town {n} | {n} |" for n in range(90))


def brief_of(rows=SMALL, source=""):
    tables = [
        TABLE.format(key=KEYS[0], place=place)
        .replace("ROWS", rows if place == "b" else SMALL)
        .replace("TITLE", f"Towns {place}")
        .replace("SOURCE", source)
        for place in "abc"
    ]
    text = "\n\n".join(("---\ntitle: Rain\nlang: en-GB\n---\n\nSee @tbl-a.", *tables, "The end."))
    brief, found = read_markdown(text, "rain.md", None)
    assert [one.message for one in found if one.severity.value == "error"] == []
    return replace(brief, front=replace(brief.front, paper="a4", columns=1))


def styles(folder, place):
    (folder / "house.toml").write_text(f'table-captions = "{place}"\n', "utf-8")
    found, problems = load_styles(folder)
    assert problems == []
    return found


CASES = {"short": (SMALL, ""), "source": (SMALL, 'source="The office"'), "long": (LONG, "")}


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_titles_of_tables_are_proved_where_they_are(tmp_path, case, place, format):
    brief, house = brief_of(*case), styles(tmp_path, place)
    numbered, _ = prepare(brief, LIBRARY)
    content = WRITERS[format](numbered, house)
    witness = Witness(brief, tuple(LIBRARY), {}, True, house=house.house)

    assert faults(content, format, numbered, witness) == []


@pytest.mark.parametrize("order", ["titled first", "titled last"])
@pytest.mark.parametrize("place", ["above", "below"])
def test_a_title_between_two_tables_is_that_of_one(tmp_path, place, order):
    titled = "| a | 1 |\n|---|--:|\n| b | 2 |\n\n: Towns {#tbl-a}"
    tables = [titled, "| c | 3 |\n|---|--:|\n| d | 4 |"]
    tables = tables if order == "titled first" else tables[::-1]
    text = "\n\n".join(("---\ntitle: Rain\nlang: en-GB\n---\n\nRain.", *tables, "The end."))
    brief, _ = read_markdown(text, "rain.md", None)
    house = styles(tmp_path, place)
    numbered, _ = prepare(brief, LIBRARY)
    witness = Witness(brief, tuple(LIBRARY), {}, True, house=house.house)

    assert faults(WRITERS["pdf"](numbered, house), "pdf", numbered, witness) == []


@pytest.mark.parametrize("place", ["above", "below"])
def test_titles_of_tables_elsewhere_are_found(tmp_path, place):
    brief = brief_of()
    numbered, _ = prepare(brief, LIBRARY)
    content = WRITERS["docx"](numbered, styles(tmp_path, place))
    other = styles(tmp_path, "above" if place == "below" else "below").house
    witness = Witness(brief, tuple(LIBRARY), {}, True, house=other)

    assert faults(content, "docx", numbered, witness) != []


@pytest.mark.parametrize("source", ["", 'source="The office"'], ids=["alone", "source"])
@pytest.mark.parametrize("place", ["above", "below"])
def test_titles_of_tables_stand_where_the_house_wants_them(tmp_path, place, source):
    numbered, _ = prepare(brief_of(source=source), LIBRARY)
    house = styles(tmp_path, place)
    word = docx.Document(io.BytesIO(WRITERS["docx"](numbered, house)))
    body = list(word.element.body)
    table = body.index(word.tables[0]._tbl)
    title = next(p for p in word.paragraphs if p.style.name == "Caption")
    last = word.tables[0].rows[-1].cells[0].paragraphs[0]
    boxes = list(lay_out(numbered, house).pages[0]._page_box.descendants())
    caption, head = (
        next(b for b in boxes if b.element_tag == tag).position_y for tag in ("caption", "thead")
    )

    assert (body.index(title._p) < table) is (place == "above")
    assert (caption < head) is (place == "above")
    assert bool(last.paragraph_format.keep_with_next) is (place == "below" or bool(source))
    assert (title.paragraph_format.keep_with_next is False) is (place == "below" and not source)
