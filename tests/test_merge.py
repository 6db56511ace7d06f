"""Merging a returned Word file: each edit is taken exactly, or refused with a reason."""

import pytest
from word_edits import Draft
from word_tools import MODES, NAMES, ROOT, converted, golden, needs_soffice

from pipeline.merge.building import builder
from pipeline.merge.merging import merge_text
from pipeline.project import load_project
from pipeline.readers.docx import read_docx
from pipeline.writers.docx import write_docx

BIB = """\
@book{lee, author={Lee, Ann}, title={Rain}, year=2019}
@book{kim, author={Kim, Bo}, title={Snow}, year=2020}
@book{roe, author={Roe, Cy}, title={Hail}, year=2021}
"""
BRIEF = """\
---
title: "Rain: a brief"
subtitle: What falls where
authors:
  - name: Ann Lee
    affiliation: Weather Office
lang: en-GB
disclaimer: >-
  A sample brief. Nothing in it
  is true.
---

::: summary
It rains more than it did, and nobody
knows why [@lee; @kim, p. 4].
:::

## What falls {#sec-falls}

Rain falls on *hills* first, and **on valleys** later [@lee]. The
"drizzle" of @sec-why is [not counted](https://example.org/drizzle), as
@kim [p. 7] says.[^count]

Snow is rarer: see @tbl-falls.

[^count]: Counting began in 1950 [@roe, ch. 2].

## Why it falls {#sec-why}

- Clouds cool.
- Drops grow,
  and fall [@roe].
- Wind helps.

1. Wait.
2. Look up.

> A cloud is no mountain [@lee, p. 9].

| Place | Rain |
|:------|-----:|
| Oslo  | 7 \\| 8 [@kim] |
| Rome  | much |

: Where it falls {#tbl-falls}

The end is `near`: 5 \\* 3 drops.
"""


@pytest.fixture(scope="module")
def rain(tmp_path_factory):
    """Return what merges a changed Word file of the brief, and the file as it was sent."""
    folder = tmp_path_factory.mktemp("rain")
    (folder / "references.bib").write_text(BIB, "utf-8")
    path = folder / "rain.md"
    path.write_text(BRIEF, "utf-8")
    build = builder(path)

    def merge(change, mode=""):
        project = load_project([path], word_citations=mode)
        draft = Draft(write_docx(project.briefs[0].numbered, project.styles))
        change(draft)
        return merge_text(read_docx(draft.saved()), BRIEF, builder(path, word_citations=mode))

    merge.build = build
    return merge


def changed(merged):
    """Return the lines that went and those that came."""
    before, after = BRIEF.splitlines(), merged.text.splitlines()
    return [line for line in before if line not in after], [
        line for line in after if line not in before
    ]


def taken(merged):
    assert [edit.reason for edit in merged.edits] == [""] * len(merged.edits)
    assert merged.edits
    return merged


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_comes_back_as_it_was_changes_nothing(name, mode):
    numbered, content = golden(name, mode)
    build = builder(ROOT / "briefs" / f"{name}.md", word_citations=mode)

    merged = merge_text(read_docx(content), numbered.brief.source, build)

    assert (merged.text, merged.edits, merged.stale) == (numbered.brief.source, (), ())


@needs_soffice
@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_what_libreoffice_saved_unchanged_changes_nothing(mode, tmp_path):
    files = {f"{name}.docx": golden(name, mode)[1] for name in NAMES}
    back = converted(files, "docx:MS Word 2007 XML", tmp_path)

    for name in NAMES:
        source = golden(name, mode)[0].brief.source
        build = builder(ROOT / "briefs" / f"{name}.md", word_citations=mode)
        merged = merge_text(read_docx(back[name]), source, build)
        assert (merged.text, merged.edits) == (source, ())


WORDS = [
    # what is replaced in Word, by what; the line of the source that goes, and the one that comes
    ("It rains more", "It pours more", "It pours more than it did, and nobody"),
    ("nobody knows", "nobody asks", "asks why [@lee; @kim, p. 4]."),
    ("on valleys", "on plains", "Rain falls on *hills* first, and **on plains** later [@lee]. The"),
    ("hills", "peaks", "Rain falls on *peaks* first, and **on valleys** later [@lee]. The"),
    ("not counted", "so", '"drizzle" of @sec-why is [so](https://example.org/drizzle), as'),
    ("Clouds cool", "Clouds get cool", "- Clouds get cool."),
    ("Wait.", "Wait long.", "1. Wait long."),
    ("no mountain", "no hill", "> A cloud is no hill [@lee, p. 9]."),
    ("Oslo", "Bergen", "| Bergen  | 7 \\| 8 [@kim] |"),
    ("much", "a|b", "| Rome  | a\\|b |"),
    ("Where it falls", "Where it fell", ": Where it fell {#tbl-falls}"),
    ("Counting began", "Counts began", "[^count]: Counts began in 1950 [@roe, ch. 2]."),
    ("Why it falls", "Why it fell", "## Why it fell {#sec-why}"),
    ("What falls where", "Where it falls", "subtitle: Where it falls"),
    ("Rain: a brief", 'Rain: "a" brief', 'title: "Rain: \\\\\\"a\\\\\\" brief"'),
    ("Weather Office", "Weather Bureau", "    affiliation: Weather Bureau"),
    ("is true", "is false", "  is false."),
    ("5 * 3", "6 * 3", "The end is `near`: 6 \\* 3 drops."),
    ("near", "far", "The end is `far`: 5 \\* 3 drops."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "new", "line"), WORDS)
def test_words_change_where_they_were_written(rain, words, new, line):
    merged = taken(rain(lambda draft: draft.replace(words, new)))

    gone, come = changed(merged)
    assert line in come
    assert len(gone) <= 2
    assert len(come) <= 2
