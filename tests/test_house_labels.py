"""What a house calls figures, tables, sections and equations, in all three outputs."""

import tomllib

import pytest
from msgspec.structs import replace
from proved import faults
from schema_judge import wrong
from spec_library import LIBRARY

from pipeline import labels
from pipeline.build.proof import Witness
from pipeline.lint import lint_text
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import house_labels, load_styles
from pipeline.styles.schema import house_schema
from pipeline.verify.reading import read_file_content
from pipeline.writers import WRITERS

TEXT = """---
title: Rain
lang: LANG
---

## First {#sec-first}

See @fig-a, [see @tbl-a, too], @sec-first, @eq-a and [-@fig-a].

![Bars](bar.svg){#fig-a alt="A bar"}

| Town | Rain |
|------|-----:|
| Ely  | 3    |

: Towns {#tbl-a}

$$
a = b
$$ {#eq-a}
"""
FIGURE = '![Rain](rain.svg){#fig-a alt="Bars"}\n'
HUNGARIAN = 'figure = "{number}. ábra"\n'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"/>'
HOUSE = """lang = "en-GB"
[labels]
figure = "Fig."
table = "Tab."
section = "Part"
equation = "Eq."
[labels.fr]
figure = "Fig."
[labels.fr-CA]
table = "Tabl."
[labels.hu]
figure = "{number}. ábra"
table = "{number}. táblázat"
[labels.ja]
figure = "第{number}図"
[labels.ar]
figure = "رسم"
"""


def house_of(folder, text=HOUSE):
    (folder / "house.toml").write_text(text, "utf-8")
    return load_styles(folder)


def written(format, styles, lang="en-GB"):
    """Return the brief in a format, and what the proof finds in it."""
    brief, found = read_markdown(TEXT.replace("LANG", lang), "rain.md", lambda name: SVG)
    assert [one.message for one in found if one.severity.value == "error"] == []
    front = replace(brief.front, paper="a4", columns=1, citation_style="ieee")
    brief = replace(brief, front=front)
    numbered, _ = prepare(brief, LIBRARY, labels=house_labels(styles.house, lang))
    content = WRITERS[format](numbered, styles)
    witness = Witness(brief, tuple(LIBRARY), {}, True, house=styles.house)
    return content, faults(content, format, numbered, witness)


SAID = {
    "en-GB": ["Fig. 1", "Tab. 1", "Part 1", "Eq. 1", "1", "Fig. 1", "Tab. 1"],
    "en-US": ["Fig. 1", "Tab. 1", "Part 1", "Eq. 1", "1", "Fig. 1", "Tab. 1"],
    "fr": ["Fig. 1", "tableau 1", "section 1", "équation 1", "1", "Fig. 1", "Tableau 1"],
    "fr-CA": ["Fig. 1", "Tabl. 1", "section 1", "équation 1", "1", "Fig. 1", "Tabl. 1"],
    "hu": ["1. ábra", "1. táblázat", None, None, "1", "1. ábra", "1. táblázat"],
    "ja": ["第1図", "表1", "第1節", "式1", "1", "第1図", "表1"],
    "ar": ["رسم 1", "الجدول 1", None, None, "1", "رسم 1", "الجدول 1"],
    "de": ["Abbildung 1", "Tabelle 1", "Abschnitt 1", "Gleichung 1", "1", "Abbildung 1"],
}


@pytest.mark.parametrize("lang", SAID)
def test_labels_are_those_of_the_house_in_each_language(tmp_path, lang):
    styles, problems = house_of(tmp_path)
    content, found = written("html", styles, lang)
    numbers = read_file_content(content, ".html").numbers

    assert problems == []
    assert found == []
    texts = [n.text for n in numbers if not n.heads and n.anchor.kind in labels.CROSS_REFERENCED]
    for said, wanted in zip(texts, SAID[lang], strict=False):
        assert wanted in (said, None)


@pytest.mark.parametrize("format", ["docx", "pdf"])
@pytest.mark.parametrize("lang", SAID)
def test_labels_of_the_house_are_proved(tmp_path, lang, format):
    styles, _ = house_of(tmp_path)

    assert written(format, styles, lang)[1] == []


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize("kind", ["figure", "table", "section", "equation"])
@pytest.mark.parametrize("other", [("", ""), ("Figur ", ""), ("Figure", "")], ids=str)
def test_another_label_is_found(tmp_path, monkeypatch, kind, format, other):
    styles, _ = house_of(tmp_path)
    right = labels.around_number

    def wrong(anchor, lang, own, starts_sentence=True):
        return other if anchor.kind == kind else right(anchor, lang, own, starts_sentence)

    from pipeline.writers.docx import inlines as word
    from pipeline.writers.html import captions, inlines

    for module in (word, captions, inlines):
        monkeypatch.setattr(module, "around_number", wrong)
    assert any("whose label is" in message for message in written(format, styles)[1])


@pytest.mark.parametrize(
    "text",
    [
        '[labels]\nfigur = "Fig."',
        "[labels]\nfigure = 3",
        '[labels]\nfigure = "Figure 1"',
        '[labels]\nfigure = "Fig. {nummer}"',
        '[labels]\nfigure = "{number} of {number}"',
        '[labels]\nfigure = "({number})"',
        '[labels."f_r"]\nfigure = "Fig."',
        "[labels.fr]\nfigure = 3",
        '[labels.fr]\nfigures = "Fig."',
        '[labels]\nfigure = "Exhibit"\ntable = "Exhibit"',
        '[labels]\nfigure = "Table"',
        '[labels.de]\ntable = "Abbildung"',
    ],
)
def test_a_label_that_cannot_be_is_a_finding(tmp_path, text):
    styles, problems = house_of(tmp_path, text)

    assert [p.code for p in problems] == ["bad-house-style"]
    assert "labels" in problems[0].message or "called" in problems[0].message
    assert styles.house.labels == {"en": {}}


@pytest.mark.parametrize(
    ("words", "is_typed"),
    [
        ("Exhibit 2", True),
        ("exhibit\N{NO-BREAK SPACE}2.1", True),
        ("2. ábra", True),
        ("Figure 2", True),
        ("Exhibit two", False),
        ("Exhibits 2", False),
        ("the Exhibit 2", False),
    ],
    ids=str,
)
def test_a_label_of_the_house_that_is_typed_by_hand_is_a_finding(tmp_path, words, is_typed):
    styles, _ = house_of(tmp_path, '[labels]\nfigure = "Exhibit"\n[labels.hu]\n' + HUNGARIAN)
    brief, _ = read_markdown(f"See [{words}](#fig-a).\n\n{FIGURE}", "a.md", lambda name: SVG)

    found = [d.hint for d in lint_text(brief, styles.house) if d.code == "typed-reference"]
    assert found == ["write @fig-a"] * is_typed


def test_the_schema_knows_labels():
    assert list(wrong(tomllib.loads(HOUSE), house_schema())) == []
    assert list(wrong(tomllib.loads('[labels]\nfigur = "Fig."'), house_schema())) != []
