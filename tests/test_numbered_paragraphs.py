"""Paragraphs with numbers: in all outputs, and proved there."""

import io
import re

import docx
import pytest
from msgspec.structs import replace
from proved import faults
from spec_library import LIBRARY

from pipeline.build.proof import Witness
from pipeline.cli import main
from pipeline.importing.converting import Task, converted
from pipeline.marks import PRESETS
from pipeline.model import Anchor, Paragraph, walk
from pipeline.project import stages
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import in_edition, load_styles, styles_used
from pipeline.verify.reading import read_file_content
from pipeline.writers import WRITERS

KEYS = list(LIBRARY)[:3]
TEXT = f"""---
title: Rain
lang: LANG
number-paragraphs: true
---

::: summary
In short.
:::

The first paragraph cites [@{KEYS[0]}] at its end [@{KEYS[1]}].

2019 was wet, and this paragraph is long enough to run over the end of its line, so that the second
line shows where it begins, and a third one may do so as well if the page is narrow[^n].

[^n]: A note of its own.

## Section {{#sec-x}}

Third, with a list behind it:

- an item

  with two paragraphs

1. one
2. two

> Quoted words

Again a paragraph, see @sec-x.

::: callout
A box.
:::

| a | b |
|---|---|
| 1 | 2 |

: Towns {{#tbl-a}}

The last [@{KEYS[2]}].
"""
WITHOUT = TEXT.replace("number-paragraphs: true\n", "")
LANGS = ("en-GB", "ar", "ja")


def brief_of(lang="en-GB", text=TEXT):
    brief, found = read_markdown(text.replace("LANG", lang), "rain.md", None)
    assert [one.message for one in found if one.severity.value == "error"] == []
    return replace(brief, front=replace(brief.front, paper="a4", columns=1))


def house(folder, text=""):
    (folder / "house.toml").write_text(text, "utf-8")
    found, problems = load_styles(folder)
    assert problems == []
    return found


def wrongs(format, styles, brief, preset="separate"):
    numbered, _ = prepare(brief, LIBRARY, PRESETS[preset])
    content = WRITERS[format](numbered, styles)
    witness = Witness(brief, tuple(LIBRARY), {}, True, house=styles.house)
    return faults(content, format, numbered, witness)


def test_the_text_has_numbers_and_nothing_else():
    brief = brief_of()
    numbered, _ = prepare(brief, LIBRARY)
    anchors = [n.anchor for n in walk(brief) if isinstance(n, Paragraph) and n.anchor]

    assert [numbered.numbers[anchor] for anchor in anchors] == ["1", "2", "3", "4", "5"]
    assert brief.blocks == brief_of(text=WITHOUT).blocks  # a number is no part of what is said


@pytest.mark.parametrize(
    ("house_says", "brief_says", "wanted"),
    [("off", "", 0), ("on", "", 5), ("on", "false", 0), ("off", "true", 5)],
)
def test_the_house_decides_and_a_brief_otherwise(house_says, brief_says, wanted):
    said = f"number-paragraphs: {brief_says}\n" if brief_says else ""
    text = TEXT.replace("number-paragraphs: true\n", said).replace("LANG", "en")
    brief, _ = read_markdown(text, "x.md", None, "en", True, True, house_says == "on")

    assert sum(isinstance(n, Paragraph) and n.anchor is not None for n in walk(brief)) == wanted


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("gutter", ["", "[page]\ngutter = 0\n"], ids=["gutter", "none"])
def test_numbers_of_paragraphs_are_proved(tmp_path, lang, gutter, format):
    assert wrongs(format, house(tmp_path, gutter), brief_of(lang)) == []


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize("preset", ["superscript", "vancouver", "ieee-ranges"])
def test_marks_beside_numbers_of_paragraphs_are_proved(tmp_path, preset, format):
    assert wrongs(format, house(tmp_path), brief_of(), preset) == []


@pytest.mark.parametrize("edition", ["large-print", "plain"])
@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_editions_have_the_numbers(tmp_path, edition, format):
    if (edition, format) != ("plain", "pdf"):
        assert wrongs(format, in_edition(house(tmp_path), edition), brief_of()) == []


def test_two_columns_have_the_numbers(tmp_path):
    brief = brief_of()
    brief = replace(brief, front=replace(brief.front, columns=2))

    assert wrongs("pdf", house(tmp_path), brief) == []


def other_numbers(change):
    right = stages.number

    def wrong(*arguments):
        numbered, found = right(*arguments)
        own = {a: n for a, n in numbered.numbers.items() if a.kind == "paragraph"}
        return replace(numbered, numbers={**numbered.numbers, **change(own)}), found

    return wrong


CHANGES = {
    "shifted": lambda own: {anchor: str(int(n) + 1) for anchor, n in own.items()},
    "swapped": lambda own: dict(zip(own, reversed(own.values()), strict=True)),
    "lost": lambda own: {Anchor("paragraph", "2"): ""},
}


@pytest.mark.parametrize("format", ["html", "pdf"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_other_numbers_are_found(tmp_path, monkeypatch, change, format):
    monkeypatch.setattr(stages, "number", other_numbers(change))

    assert wrongs(format, house(tmp_path), brief_of()) != []


def test_word_counts_and_a_count_that_goes_wrong_is_found(tmp_path, monkeypatch):
    from pipeline.writers.docx import list_numbering

    numbered, _ = prepare(brief_of(), LIBRARY)
    content = WRITERS["docx"](numbered, house(tmp_path))
    found = [n.number for n in read_file_content(content, ".docx").numbers]
    word = docx.Document(io.BytesIO(content))
    style = word.styles["Numbered Text"]
    assert style.element.pPr.numPr.numId.val > 0
    assert next(n for n in found if n.isdigit()) == "1"

    right = list_numbering._level

    def from_two(level, number_format, own, text, *rest):
        return right(level, number_format, own, "%1%1" if text == "%1" else text, *rest)

    monkeypatch.setattr(list_numbering, "_level", from_two)
    from pipeline.writers.docx import house as made

    made._made.cache_clear()
    assert wrongs("docx", house(tmp_path), brief_of()) != []
    made._made.cache_clear()


def test_a_brief_without_them_has_no_such_style(tmp_path):
    brief = brief_of(text=WITHOUT)
    numbered, _ = prepare(brief, LIBRARY)
    word = docx.Document(io.BytesIO(WRITERS["docx"](numbered, house(tmp_path))))

    assert "Numbered Text" not in [style.name for style in word.styles]


def test_what_word_sends_back_is_merged_and_imported(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    path = tmp_path / "briefs" / "rain.md"
    path.write_text(re.sub(r" ?\[@\w+\]", "", TEXT).replace("LANG", "en-GB"), "utf-8")
    brief = brief_of(text=path.read_text("utf-8"))
    numbered, _ = prepare(replace(brief, front=replace(brief.front, embed_source=False)), LIBRARY)
    content = WRITERS["docx"](numbered, styles_used(load_styles(None)[0], "docx"))
    word = docx.Document(io.BytesIO(content))
    last = next(p for p in word.paragraphs if p.text.startswith("The last"))
    last.insert_paragraph_before("Put in by the team.", word.styles["Numbered Text"])
    word.save("back.docx")

    assert main(["merge", "back.docx"]) == 0
    assert "not what it was made with" not in capsys.readouterr().out
    assert "\nPut in by the team.\n" in path.read_text("utf-8")
    found = converted(Task(content, "x", b"", "x.bib")).markdown
    assert "number-paragraphs: true" in found
    assert "\nThird, with a list behind it:\n" in found
