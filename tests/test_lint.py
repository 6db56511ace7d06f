"""Findings as the house judges them: rules that are off, severities, the baseline."""

import json

import pytest
from spec_library import files_of

from pipeline.cli import main
from pipeline.lint import lint_text
from pipeline.lint.prose import left_over, unclosed_quote
from pipeline.lint.unread import unread_markup
from pipeline.project import load_project
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles

CLEAN_BIB = """\
@article{smith2021,
  author  = {Smith, Ann},
  title   = {Rain on Roofs of Bergen},
  journal = {Journal of Rain},
  year    = {2021},
  doi     = {10.1000/rain.1},
}
@online{who2020,
  author  = {{World Health Organization}},
  title   = {Wells and Springs of the World},
  date    = {2020-05-01},
  url     = {https://example.org/wells},
  urldate = {2025-12-01},
}
"""
CLEAN = """\
---
title: Rain
checked-on: 2026-01-28
lang: en-GB
---

::: summary
It rains [@smith2021].
:::

## Roofs

They leak [@smith2021; @who2020], and so on.
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/rain.md").write_text(CLEAN, "utf-8")
    (tmp_path / "references.bib").write_text(CLEAN_BIB, "utf-8")
    monkeypatch.chdir(tmp_path)
    return {"md": tmp_path / "briefs/rain.md", "bib": tmp_path / "references.bib"}


def findings():
    return [(found.code, found.span.line) for found in load_project().all_diagnostics]


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_clean_brief_has_no_finding(files):
    assert findings() == []


def test_a_citation_that_begins_a_sentence_does_not_stand_behind_the_last_one(files):
    replace(files["md"], "They leak", "It rains. @smith2021 says that they leak")

    assert findings() == []


def test_a_citation_in_a_csv_file_is_judged_by_what_that_file_says(files, tmp_path):
    words = 'What,Said\nRain,"It leaks. @smith2021 says why."\n'
    (tmp_path / "briefs/words.csv").write_text(words, "utf-8")
    replace(files["md"], "and so on.", "and so on.\n\n![Words](words.csv)")

    assert findings() == []
    (tmp_path / "briefs/words.csv").write_text(words.replace("@smith2021 says why", "[@smith2021]"))
    assert findings() == [("mark-after-stop", 2)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("One\n---\n\n#### Two", "use ### here, or add the heading between"),
        ("One\n===\n\n### Two", "use ## here, or add the heading between"),
    ],
)
def test_a_heading_that_is_skipped_is_named_as_the_author_writes_it(text, hint):
    _, found = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "a.md")

    assert [d.hint for d in found if d.code == "heading-skipped"] == [hint]


OFF = {
    "summary-without-citation": (" [@smith2021].\n:::", ".\n:::"),
    "single-source": ("; @who2020]", "]"),
    "word-budget": ("and so on", "and so on " * 2000),
}


@pytest.mark.parametrize(("old", "new"), OFF.values(), ids=OFF)
def test_some_rules_are_off_until_the_house_turns_them_on(files, old, new, tmp_path, request):
    code = request.node.callspec.id
    replace(files["md"], old, new)
    assert code not in [name for name, _ in findings()]

    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/house.toml").write_text(f'[severities]\n{code} = "warning"\n', "utf-8")

    assert code in [name for name, _ in findings()]


def test_the_house_says_how_bad_a_finding_is(files, tmp_path):
    replace(files["md"], "and so on", "and so on [3]")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/house.toml").write_text(
        '[severities]\nhand-typed-mark = "error"\n', "utf-8"
    )

    assert load_project().has_errors


def test_a_baseline_silences_what_is_known_and_nothing_else(files, capsys):
    replace(files["md"], "and so on", "and so on [3]")
    assert main(["check", "--write-baseline"]) == 0
    assert findings() == []

    replace(files["md"], "## Roofs", "## Roofs\n\nMore words above.")
    assert findings() == []
    replace(files["md"], "More words", "More [4] words")
    assert findings() == [("hand-typed-mark", 13)]


def test_a_baseline_never_silences_an_error(files, capsys):
    replace(files["md"], "@who2020", "@who2021")
    main(["check", "--write-baseline"])

    assert ("unknown-citation", 13) in findings()


def test_a_baseline_that_is_none_is_said(files, tmp_path):
    (tmp_path / "baseline.json").write_text(json.dumps([1]), "utf-8")

    assert findings() == [("bad-baseline", 0)]


@pytest.mark.parametrize(("text", "length"), [("It rains TODO.", 4), ("It rains ??", 2)])
def test_what_is_left_over_is_pointed_at(text, length):
    brief, _ = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "a.md")
    [found] = left_over(brief, None)
    assert (found.span.line, found.span.column, found.span.length) == (5, 10, length)


@pytest.mark.parametrize(
    ("text", "place", "length"),
    [
        ("It rains. ![Rain](my rain.png)", (5, 19), 11),
        ('![Rain *in* town [@a].](img/my rain.png "Rain"){#fig-a}', (5, 25), 15),
        ("See [the paper](our paper.pdf).", (5, 17), 13),
        ("$$\na = b\n\nMore.", (5, 1), 2),
        ("$$\na = b\n\n+ c\n$$", (5, 1), 2),
    ],
)
def test_markup_that_is_printed_as_text_is_said(text, place, length):
    brief, _ = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "a.md")
    [found] = unread_markup(brief, None)
    assert (found.code, found.span.line, found.span.column) == ("unread-markup", *place)
    assert found.span.length == length


@pytest.mark.parametrize(
    "text",
    [
        "![Rain](<my rain.png>)",
        "Rain [sic](as it fell) and [1] (see p. 4).",
        "`[a](b c.png)` costs \\$\\$ and $5, $$",
        "$$ a = b $$",
        "\\$\\$ a",
    ],
)
def test_what_is_read_or_meant_as_text_is_no_unread_markup(text):
    brief, _ = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "a.md")
    assert not list(unread_markup(brief, None))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("![Effect of charges](roof.png)", ["repeated-alt"]),
        ('![Effect of charges](roof.png){alt="Effect of charges."}', ["repeated-alt"]),
        ('![Effect of charges](roof.png){alt="roof.png"}', ["missing-alt"]),
        ('![Effect of charges](roof.png){alt="IMG 0012.JPG"}', ["missing-alt"]),
        ('![Effect of charges](roof.png){alt="Traffic falls by a fifth"}', []),
        ("```{.chart type=bar caption=Rain alt=Rain}\nA,B\na,1\n```", ["repeated-alt"]),
        ("```{.chart type=bar caption=Rain alt=rain.png}\nA,B\na,1\n```", ["missing-alt"]),
        ('```{.chart type=bar caption=Rain alt="Oslo 1"}\nA,B\na,1\n```', []),
    ],
    ids=[
        "caption",
        "with-stop",
        "file-name",
        "other-file",
        "good",
        "chart",
        "file-of-chart",
        "good-chart",
    ],
)
def test_alternative_text_that_says_nothing_new_is_named(text, codes):
    brief, _ = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "a.md", files_of)

    assert [found.code for found in lint_text(brief, load_styles(None)[0].house)] == codes


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("Mówi „tak”. Dalej.", ""),
        ("Er sagt „ja“. Weiter.", ""),
        ("Mówi „tak. Dalej.", "`“` or `”`"),
        ("He says “yes. More.", "`”`"),
    ],
)
def test_a_quotation_ends_with_a_mark_of_any_language_that_opens_so(text, closing):
    brief, _ = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "t.md")

    hints = [found.hint for found in unclosed_quote(brief, load_styles(None)[0].house)]

    assert hints == [f"write {closing} where the quotation ends"] * bool(closing)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ('It fell by "6" and a 6" pipe broke.', False),
        ('It fell by "−5.5", they say.', False),
        ('A 6" pipe, and a "pipe".', False),
        ('They say "it fell.', True),
    ],
    ids=["both", "number", "inches", "open"],
)
def test_a_quotation_may_end_with_a_number(text, is_open):
    brief, _ = read_markdown(f"---\ntitle: T\n---\n\n{text}\n", "t.md")

    assert bool(list(unclosed_quote(brief, load_styles(None)[0].house))) == is_open
