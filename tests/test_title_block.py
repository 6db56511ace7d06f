"""What stands above and below the text: decided once, and printed by every writer."""

import io
import re
import zipfile
from html import unescape

import pypdfium2
import pytest
from msgspec.structs import replace
from proved import faults

from pipeline.model import plain
from pipeline.model.references import library_of
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.title_block import FIELDS, field_values, title_block
from pipeline.writers import WRITERS

STYLES, _ = load_styles(None)
FRONT = """\
title: Rain
subtitle: What it *does*
lang: en-GB
date: 2026-11-22
checked-on: 2026-11-20
edition: 2
authors:
  - Ann Smith
  - {name: Bo Ito, role: editor, affiliation: Rain Desk}
reviewers:
  - {name: Cy Lee, role: economist, affiliation: Roof School, date: 19 November 2026}
  - Di Roe
disclaimer: No advice.
licence: CC BY 4.0
contact: desk@example.org
keywords: [rain, roofs]
"""


def brief_with(front):
    brief, found = read_markdown(f"---\n{front}---\n\nText.\n", "rain.md")
    assert found == []
    return brief


def facts(front):
    return [fact.text for fact in title_block(brief_with(front)).facts]


def test_every_fact_of_the_front_matter_is_there_in_order_and_in_words():
    block = title_block(brief_with(FRONT))

    assert (plain(block.title), plain(block.subtitle)) == ("Rain", "What it does")
    assert block.authors == ("Ann Smith", "Bo Ito, editor, Rain Desk")
    assert [fact.text for fact in block.facts] == [
        "22 November 2026",
        "Checked on 20 November 2026",
        "Edition 2",
        "Reviewed by Cy Lee (economist, Roof School, 19 November 2026), Di Roe",
    ]
    assert plain(block.disclaimer) == "No advice."
    assert [(line.label, line.text) for line in block.imprint] == [
        ("Contact", "desk@example.org"),
        ("Licence", "CC BY 4.0"),
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: T\n", []),
        ("date: 2026-01-28\n", ["28 January 2026"]),
        ("checked-on: 2026-01-28\n", ["Checked on 28 January 2026"]),
        ("date: 2026-01-28\nchecked-on: 2026-01-28\n", ["Checked on 28 January 2026"]),
        ("lang: fr\nchecked-on: 2026-02-01\n", ["Vérifié le 1er février 2026"]),
        ("lang: ja\nedition: 3\n", ["第3版"]),
        ("series: Policy paper\nnumber: 12\nedition: 2\n", ["Policy paper 12", "Edition 2"]),
        ("number: 2026/3\n", ["2026/3"]),
        ("review-by: 2027-03-01\n", ["To be reviewed by 1 March 2027"]),
    ],
)
def test_only_what_is_said_is_printed_and_in_the_language_of_the_brief(front, expected):
    assert facts(front) == expected


@pytest.mark.parametrize(
    ("front", "placed", "left"),
    [
        ("checked-on: 2026-01-28\n", "date", []),  # {{date}} prints it for want of another
        ("date: 2026-01-02\nchecked-on: 2026-01-28\n", "date", ["Checked on 28 January 2026"]),
        ("date: 2026-01-02\nchecked-on: 2026-01-28\n", "checked-on", ["2 January 2026"]),
    ],
)
def test_a_fact_that_a_reference_docx_prints_is_known_by_the_fields_it_names(front, placed, left):
    block = title_block(brief_with(front))

    assert [fact.text for fact in block.facts if placed not in fact.fields] == left


@pytest.mark.parametrize(
    ("lang", "people", "expected"),
    [
        ("en-GB", "A/Desk B/Desk C/Yard D", ("A, B (Desk)", "C (Yard)", "D")),
        ("en-GB", "A/Desk B/Yard C/Desk", ("A, Desk", "B, Yard", "C, Desk")),
        ("en-GB", "A B C/Desk", ("A", "B", "C, Desk")),
        ("ja", "A/Desk B/Desk C", ("A、B（Desk）", "C")),
    ],
)
def test_authors_of_one_office_are_named_together(lang, people, expected):
    named = (person.partition("/") for person in people.split())
    rows = [f"  - {{name: {name}, affiliation: '{office}'}}" for name, _, office in named]
    brief = brief_with("\n".join(["title: T", f"lang: {lang}", "authors:", *rows, ""]))

    assert title_block(brief).authors == expected


def test_each_field_of_a_reference_docx_has_a_value():
    values = field_values(brief_with(FRONT))

    assert tuple(values) == FIELDS
    assert values["date"] == "22 November 2026"
    assert values["reviewers"].startswith("Cy Lee (economist")


def test_the_date_of_a_review_must_be_one():
    _, found = read_markdown("---\nreviewers: [{name: A, date: soon}]\n---\n\nText.\n", "t.md")

    assert [(d.code, d.message) for d in found] == [("bad-date", "`soon` is not a date")]


def words_in(format, content):
    """Return the words that a file shows, in order."""
    if format == "pdf":
        pages = pypdfium2.PdfDocument(content)
        text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    elif format == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            text = re.sub("<[^>]*>", " ", package.read("word/document.xml").decode())
    else:
        text = unescape(re.sub("<[^>]*>", " ", content.decode().partition("<body")[2]))
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("format", list(WRITERS))
def test_every_writer_prints_every_fact(format):
    brief = brief_with(FRONT)
    front = completed(brief.front, STYLES.house)
    numbered, _ = prepare(replace(brief, front=front), library_of({}))
    block = title_block(numbered.brief)
    lines = [
        *map(plain, (block.title, block.subtitle, block.disclaimer)),
        *block.authors,
        *(fact.text for fact in block.facts),
        *(f"{line.label} {line.text}" for line in block.imprint),
    ]

    said = " ".join(words_in(format, WRITERS[format](numbered, STYLES)))

    assert [line for line in lines if " ".join(re.findall(r"\w+", line)) not in said] == []


@pytest.mark.parametrize(
    ("lang", "authors", "reviewers", "keywords"),
    [
        (
            "ja",
            "Ann Smith、Bo Ito（editor、Rain Desk）",
            "査読：Cy Lee（economist、Roof School、2026年11月19日）、Di Roe",
            "rain、roofs",
        ),
        (
            "zh-TW",
            "Ann Smith、Bo Ito（editor，Rain Desk）",
            "審閱：Cy Lee（economist，Roof School，2026年11月19日）、Di Roe",
            "rain、roofs",
        ),
        # A mark of direction at each end of what is Latin: numbers behind it stay in their place.
        (
            "ar",
            "|Ann Smith|; |Bo Ito|، |editor|، |Rain Desk|",
            "|راجعه |Cy Lee| (|economist|، |Roof School|، 19 نوفمبر 2026)، |Di Roe||",
            "|rain|، |roofs|",
        ),
    ],
)
def test_names_and_what_is_said_of_them_stand_as_the_language_has_it(
    lang, authors, reviewers, keywords
):
    brief = brief_with(FRONT.replace("en-GB", lang))
    found = {fact.key: fact.text for fact in title_block(brief).facts}
    values = field_values(brief)

    assert values["authors"].replace("\u200f", "|") == authors
    assert found["reviewers"].replace("\u200f", "|") == reviewers
    assert values["keywords"].replace("\u200f", "|") == keywords


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("lang", ["ja", "ar"])
def test_every_writer_joins_names_alike(lang, format):
    brief = brief_with(FRONT.replace("en-GB", lang))
    front = completed(brief.front, STYLES.house)
    numbered, _ = prepare(replace(brief, front=front), library_of({}))
    content = WRITERS[format](numbered, STYLES)

    assert faults(content, format, numbered) == []
    if format == "html":
        assert "（editor、Rain Desk）" in content.decode() or lang == "ar"
    if format == "docx" and lang == "ja":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = archive.read("word/document.xml").decode()
        assert "Ann Smith、Bo Ito（editor、Rain Desk）" in re.sub("<[^>]+>", "", document)
