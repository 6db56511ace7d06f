"""`brief check --accessibility` lists what only the author can supply, each with its place."""

import json

import pytest
from spec_library import files_of

from pipeline.cli import main
from pipeline.lint import lint_accessibility, lint_reading_level
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles

HOUSE = load_styles(None)[0].house
CHART = '```{{.chart type=bar caption="Rain" alt="{alt}"}}\nTown,Rain\nOslo,763\n```'
FOUND = {
    "chart-without-figures": ("en", CHART.format(alt="Bars of rain in towns"), "weak-alt", "4:1"),
    "image-of": ("en", "A ![image of a roof in rain](roof.png) B", "weak-alt", "4:3"),
    "japanese-alt": ("ja", "あ ![雨の図](roof.png) い", "weak-alt", "4:3"),
    "here": ("en", "See [here](https://e.org/a).", "weak-link-text", "4:5"),
    "hier": ("de-AT", "Siehe [hier](https://e.org/a).", "weak-link-text", "4:7"),
    "address": ("en", "See <https://e.org/a>.", "weak-link-text", "4:5"),
    "no-caption": ("en", "| A | B |\n|---|---|\n| 1 | 2 |", "unnamed-table", "4:1"),
    "no-head": ("en", "|  |  |\n|---|---|\n| 1 | 2 |\n\n: C {#tbl-c}", "headless-table", "4:1"),
    "short": ("en", "The NCRM measures *rain*.", "unexplained-abbreviation", "4:5"),
    "colour": ("en", "As the red line shows.", "colour-words", "4:8"),
    "colour-french": ("fr", "La ligne rouge monte.", "colour-words", "4:4"),
    "cyrillic": ("en", "The word дождь is rain.", "unmarked-language", "4:10"),
}
SILENT = {
    "good-chart": ("en", CHART.format(alt="Oslo has 763 mm of rain")),
    "good-alt": ("ja", "あ ![二都市の雨量の棒グラフ](roof.png) い"),
    "good-link": ("en", "See [the report of 2024](https://e.org/a)."),
    "hier-in-english": ("en", "The word [hier](https://e.org/a)."),
    "named": ("en", "|  | B |\n|---|---|\n| 1 | 2 |\n\n: C {#tbl-c}"),
    "written-out": ("en", "The National Centre (NCRM) says. NCRM rain."),
    "explained-behind": ("en", "The NCRM (National Centre) says."),
    "defined": ("en", "The NCRM says.\n\nNCRM\n:   National Centre"),
    "known": ("en", "The EU, in Part IV, as PDF."),
    "shouted": ("en", "RAIN AND SNOW FALL"),
    "colour-without-line": ("en", "The red flag. A green paper."),
    "marked": ("en", "The word [дождь]{lang=ru} is rain."),
    "own-script": ("ru", "Слово дождь."),
    "kana-in-japanese": ("ja", "雨はアメと読む"),
}
LONG = "The committee recommended that municipalities reconsider infrastructure. "


def read(lang, text):
    return read_markdown(f"---\nlang: {lang}\n---\n{text}\n", "b.md", files_of)[0]


def codes(lang, text, rules=lint_accessibility):
    brief = read(lang, text)
    return [(d.code, f"{d.span.line}:{d.span.column}") for d in rules(brief, HOUSE)]


@pytest.mark.parametrize(("lang", "text", "code", "place"), FOUND.values(), ids=FOUND)
def test_what_the_author_should_supply_is_found_at_its_place(lang, text, code, place):
    assert (code, place) in codes(lang, text)


@pytest.mark.parametrize(("lang", "text"), SILENT.values(), ids=SILENT)
def test_what_is_sound_is_not_reported(lang, text):
    assert codes(lang, text) == []


def test_the_reading_level_is_that_of_lix():
    """Of the 7 words of each sentence, 5 have more than six letters: 7 + 71."""
    brief = read("en", LONG * 15)

    (found,) = lint_reading_level(brief, HOUSE)

    assert found.message.startswith("LIX 78, very difficult: 7 words to a sentence, and 71 %")


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [("ja", LONG * 15, "no formula"), ("en", LONG, "fewer than 100 words")],
    ids=["no-formula", "too-short"],
)
def test_where_no_figure_would_be_honest_none_is_given(lang, text, words):
    brief = read(lang, text)

    (found,) = lint_reading_level(brief, HOUSE)

    assert words in found.message
    assert "LIX" not in found.message


def test_a_very_long_sentence_is_named_with_its_place():
    text = f"Short. {'Roofs keep rain off and ' * 12}stay dry. {LONG * 10}"

    assert ("long-sentence", "4:1") in codes("en", text, lint_reading_level)


def test_the_command_reports_them_only_when_asked(project, capsys):
    (project / "briefs/rain.md").write_text(
        "---\ntitle: Rain\nlang: en-GB\n---\n\nSee [here](https://example.org/a).\n", "utf-8"
    )

    def found(*options):
        main(["check", "briefs/rain.md", "--json", *options])
        return [d["code"] for d in json.loads(capsys.readouterr().out)["diagnostics"]]

    assert "weak-link-text" not in found()
    assert "weak-link-text" in found("--accessibility")
    assert "reading-level" in found("--reading-level")
