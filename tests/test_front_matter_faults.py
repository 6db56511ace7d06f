"""Facts of the front matter and titles of parts that are lost or wrong: found in every format."""

import datetime
import sys

import pytest
from msgspec.structs import replace
from proved import faults
from test_seeded_faults import FORMATS, KEYS, LIBRARY, STYLES, read

from pipeline.build.proof import Witness
from pipeline.cover import cover_text
from pipeline.marks import PRESETS
from pipeline.project import stages
from pipeline.title_block import title_block
from pipeline.writers import WRITERS, docx
from pipeline.writers.docx import blocks as docx_blocks
from pipeline.writers.html import blocks as html_blocks
from pipeline.writers.html import frame
from pipeline.writers.pdf import print_page

TEXT = f"""---
title: Rain
date: 2026-01-20
checked-on: 2026-01-28
edition: 3
series: Policy paper
number: 12
authors:
  - name: Nora Lind
    role: economist
  - Pavel Ochs
reviewers:
  - name: Bo Lee
    date: 2026-01-25
review-by: 2027-03-01
licence: CC BY 4.0
contact: desk@example.org
corrections:
  - A tonnage was wrong [@{KEYS[0]}].
follow-ups:
  - Which winter counts?
---

::: summary
In short.
:::

It rains.
"""


def wrongs(format, styles=STYLES, own_template=None):
    brief = read(TEXT)
    front = replace(brief.front, superseded_titles=("An older title",))
    brief = replace(brief, front=front)
    numbered, _ = stages.prepare(brief, LIBRARY, PRESETS["separate"])
    witness = Witness(brief, tuple(LIBRARY), dict(LIBRARY.aliases), True, own_template)
    return faults(WRITERS[format](numbered, styles), format, numbered, witness)


@pytest.mark.parametrize("format", FORMATS)
def test_without_a_fault_nothing_is_found(format):
    assert wrongs(format) == []


def other_front(**changes):
    """Return a fault of the title block, which is worded from another front matter."""

    def fault(monkeypatch):
        def wrong(brief):
            made = {name: change(brief.front) for name, change in changes.items()}
            return title_block(replace(brief, front=replace(brief.front, **made)))

        for module in (frame, docx):
            monkeypatch.setattr(module, "title_block", wrong)

    return fault


def lost_titles(monkeypatch):
    monkeypatch.setattr(html_blocks, "_TITLED", ())
    monkeypatch.setattr(docx_blocks, "MAIN_PARTS", ())


NEW_YEAR = datetime.date(2026, 1, 1)
FAULTS = {
    "an author": other_front(authors=lambda front: front.authors[:1]),
    "what an author is": other_front(
        authors=lambda front: tuple(replace(p, role="") for p in front.authors)
    ),
    "a reviewer": other_front(reviewers=lambda _: ()),
    "the day of the check": other_front(checked_on=lambda _: NEW_YEAR),
    "the day of publication": other_front(date=lambda _: None),
    "when to look at it again": other_front(review_by=lambda _: None),
    "the edition": other_front(edition=lambda _: "2"),
    "the number in the series": other_front(number=lambda _: "13"),
    "what it replaces": other_front(superseded_titles=lambda _: ()),
    "the licence": other_front(licence=lambda _: ""),
    "whom to ask": other_front(contact=lambda front: front.licence),
    "the titles of parts": lost_titles,
}


AT_THE_FOOT = ("the day of publication", "the edition")  # of pages in Word, too


@pytest.mark.parametrize(
    ("fault", "format"),
    [
        pytest.param(fault, format, id=f"{name}: {format}")
        for name, fault in FAULTS.items()
        for format in FORMATS
        if format != "docx" or name not in AT_THE_FOOT
    ],
)
def test_what_is_lost_or_wrong_is_found_in_every_format(fault, format, monkeypatch):
    fault(monkeypatch)

    assert wrongs(format) != []


IF, NAME = "{% if authors %}", 'class="author">{{ name }}'
OTHERWISE = {  # what stands in the template instead, and the formats that must have the authors
    "as it is": (IF, IF, FORMATS),
    "another syntax": (IF, "{%- if authors|length > 0 -%}", FORMATS),
    "a note alone": (IF, f"{{# {IF} #}}{{% if false %}}", ("docx",)),
    "names alone": (NAME, NAME.replace("name }", "name.split(',')[0] }"), ("docx",)),
    "in print alone": (IF, "{% if authors and printed %}", ("pdf", "docx")),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", OTHERWISE)
def test_a_template_of_the_house_decides_which_facts_are_missed(name, format, monkeypatch):
    old, new, formats = OTHERWISE[name]
    template = STYLES.files["brief.html.j2"]
    assert template.count(old) == 1
    styles = replace(STYLES, files={**STYLES.files, "brief.html.j2": template.replace(old, new)})

    assert wrongs(format, styles, styles) == []
    FAULTS["an author"](monkeypatch)
    assert bool(wrongs(format, styles, styles)) == (format in formats)


def a_cover(format, text=TEXT):
    """Return what is wrong in a file with a cover."""
    brief = read(text)
    numbered, _ = stages.prepare(brief, LIBRARY, PRESETS["separate"])
    house = replace(STYLES.house, cover=replace(STYLES.house.cover, show="on"))
    seen = Witness(brief, tuple(LIBRARY), {}, True, house=house, covered=frozenset({format}))
    styles = replace(STYLES, house=house)
    return faults(WRITERS[format](numbered, styles), format, numbered, seen)


LONG = "Rain over towns that " * 20
COVERED = ("pdf", "docx")


@pytest.mark.parametrize("format", COVERED)
def test_a_cover_may_end_in_the_words_of_a_foot(format):
    assert a_cover(format, "---\ntitle: Rain\ndate: 2026-11-03\n---\n\nIt rains.\n") == []


@pytest.mark.parametrize("format", COVERED)
@pytest.mark.parametrize("title", ["Rain", LONG], ids=["short", "long"])
def test_a_cover_is_sound(format, title):
    text = TEXT.replace("title: Rain", f"title: {title}\nsubtitle: {title}")

    assert a_cover(format, text) == []


ON_THE_COVER = {
    "no series": lambda said: replace(said, series=""),
    "another title": lambda said: replace(said, title="Run"),
    "one author": lambda said: replace(said, authors="Nora Lind"),
    "another day": lambda said: replace(said, date="1 January 2026"),
    "title and authors change places": lambda said: replace(
        said, title=said.authors, authors=said.title
    ),
}


@pytest.mark.parametrize("format", COVERED)
@pytest.mark.parametrize("change", ON_THE_COVER.values(), ids=ON_THE_COVER)
def test_what_a_cover_says_otherwise_is_found(change, format, monkeypatch):
    for module in (print_page, sys.modules["pipeline.writers.docx.cover"]):
        monkeypatch.setattr(module, "cover_text", lambda brief: change(cover_text(brief)))

    assert a_cover(format) != []
