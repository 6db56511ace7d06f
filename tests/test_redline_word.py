"""The redline as a Word file: tracked changes that LibreOffice and the validator understand."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from random_briefs import editions
from test_properties import STYLES, numbered_brief
from test_redline import HEAD, compared, some
from test_word_updates import python_with_uno
from test_word_validator import errors
from word_tools import SOFFICE, W, instructions, needs_validator, part, stories

from pipeline.build.proof import read_back
from pipeline.model import Citation, walk
from pipeline.verify import judge
from pipeline.writers.docx import write_docx

SCRIPT = Path(__file__).with_name("uno_changes.py")
OLD = f"""{HEAD}It rains [@lee2019; @smith2021, p. 4], as @fig-a shows.

## Old rain {{#sec-old}}

A paragraph that goes [@who2020].

- One item[^n]
- Another item, which goes

![Roof](roof.png){{#fig-a alt=Roof}}

| A | B |
|---|---|
| Oslo | 7 |
| Ely | 3 |

: Towns {{#tbl-a}}

A last paragraph stays

[^n]: A note [@ng2022].
"""
NEW = f"""{HEAD}It pours [@smith2021, p. 4; @act2013], as @fig-a shows.

| C |
|---|
| 1 |

: New {{#tbl-b}}

## New rain {{#sec-old}}

- One more item [@lee2019]
- One item[^n]

![Roof](chart.svg){{#fig-a alt=Roof}}

| A | B |
|---|---|
| Oslo | 8 |

: Towns {{#tbl-a}}

A last paragraph stays longer

Another footnote.[^m]

[^n]: A longer note [@ng2022].

[^m]: That one.
"""


def text_of(element, name):
    return "".join(found.text or "" for found in element.iter(f"{W}{name}"))


def test_a_deleted_mark_is_flat_text_with_its_old_number():
    content = write_docx(compared(OLD, NEW), STYLES)
    deleted = [found for story in stories(content) for found in story.iter(f"{W}del")]

    said = "".join(text_of(found, "delText") for found in deleted)
    assert "[1] [2, p. 4]" in said.replace("\xa0", " ")
    for found in deleted:
        assert not [*found.iter(f"{W}fldChar", f"{W}instrText", f"{W}bookmarkStart", f"{W}t")]


def test_each_citation_keeps_its_bookmark():
    found = compared(OLD, NEW)
    names = [
        mark.get(f"{W}name")
        for story in stories(write_docx(found, STYLES))
        for mark in story.iter(f"{W}bookmarkStart")
    ]
    citations = [node for node in walk(found.brief) if isinstance(node, Citation)]

    assert len([name for name in names if name.startswith("_Bc")]) == len(citations)
    assert len(names) == len(set(names))


def test_changes_have_their_author_and_date_and_numbers_of_their_own():
    found = compared(OLD, NEW)
    changes = [
        element
        for story in stories(write_docx(found, STYLES))
        for element in story.iter(f"{W}ins", f"{W}del", f"{W}pPrChange")
    ]

    assert {change.get(f"{W}author") for change in changes} == {"Ann"}
    identities = [change.get(f"{W}id") for change in changes]
    assert len(identities) == len(set(identities))


def test_no_inserted_field_is_in_a_link():
    """LibreOffice 7.4 would save it as XML that nothing can read."""
    texts = stories(write_docx(compared(OLD, NEW), STYLES))
    inserted = [found for text in texts for found in text.iter(f"{W}ins")]
    fields = [found for found in inserted if [*found.iter(f"{W}fldChar")]]

    assert fields
    assert [found for found in fields if found.getparent().tag == f"{W}hyperlink"] == []


def test_references_do_not_move():
    """One that is first cited earlier keeps its entry; only new and gone ones are marked."""
    old = f"{HEAD}It rains [@lee2019].\n\nIt pours [@smith2021]."
    new = f"{HEAD}It rains [@smith2021; @lee2019].\n\nIt pours [@smith2021]."
    content = write_docx(compared(old, new), STYLES)
    entries = [
        paragraph
        for paragraph in part(content).iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Bibliography"
    ]

    assert len(entries) == 2
    assert not [*entries[0].iter(f"{W}ins"), *entries[0].iter(f"{W}del")]


@settings(some, max_examples=10)
@given(editions())
def test_the_file_has_the_numbers_of_the_newer_edition(pair):
    found = compared(*pair)
    content = write_docx(found, STYLES)
    plain = write_docx(found.redline.newer, STYLES)

    assert read_back(content, "docx").numbers == read_back(plain, "docx").numbers
    fields = [
        [field for field in instructions(file) if not field.startswith("PAGEREF")]
        for file in (content, plain)
    ]
    assert fields[0] == fields[1]


def test_it_passes_the_proof_as_the_newer_edition():
    content = write_docx(compared(OLD, NEW), STYLES)
    verdict = judge(read_back(content, "docx"), "red.docx")

    assert verdict.kind == "agrees with the table it carries"
    assert [d.message for d in verdict.diagnostics if "tracked" not in d.message] == []


@needs_validator
def test_the_validator_finds_nothing(tmp_path):
    assert errors(write_docx(compared(OLD, NEW), STYLES), tmp_path) == []
    assert errors(write_docx(compared(NEW, OLD), STYLES), tmp_path) == []


# LibreOffice -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """What LibreOffice reads: both editions, and their redline with all changes settled."""
    if SOFFICE is None or python_with_uno() is None:
        pytest.skip("LibreOffice, or a Python with `uno`, is not installed")
    folder, files = tmp_path_factory.mktemp("changes"), []
    for name, old, new in (("there", OLD, NEW), ("back", NEW, OLD)):
        for kind, numbered, action in (
            ("old", numbered_brief(old), "none"),
            ("new", numbered_brief(new), "none"),
            ("reject", compared(old, new), "reject"),
            ("accept", compared(old, new), "accept"),
        ):
            path = folder / f"{name}-{kind}.docx"
            path.write_bytes(write_docx(numbered, STYLES))
            files += [path, action]
    run = subprocess.run(
        [python_with_uno(), SCRIPT, SOFFICE, folder / "profile", *files],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    said = json.loads(run.stdout)
    kinds = ("old", "new", "reject", "accept")
    return {
        name: dict(zip(kinds, said[i : i + 4], strict=True))
        for i, name in ((0, "there"), (4, "back"))
    }


def body_and_sources(paragraphs):
    """Return the body with its numbers masked, and the references in alphabetical order."""
    place = paragraphs.index("References")
    listed = [text for text in paragraphs[place + 1 :] if "\t" in text]
    sources = sorted(text.partition("\t")[2].partition(" Cited in")[0] for text in listed)
    others = [text for text in paragraphs if text not in listed]
    return [re.sub(r"\d+", "#", text) for text in others], sources


@pytest.mark.parametrize("direction", ["there", "back"])
def test_all_changes_accepted_are_the_newer_edition(settled, direction):
    found = settled[direction]

    assert [text.partition(" Cited in")[0] for text in found["accept"]] == [
        text.partition(" Cited in")[0] for text in found["new"]
    ]


@pytest.mark.parametrize("direction", ["there", "back"])
def test_all_changes_rejected_are_the_older_edition_apart_from_numbers(settled, direction):
    found = settled[direction]

    assert body_and_sources(found["reject"]) == body_and_sources(found["old"])
