"""Citation keys are resolved: further keys of a reference (biblatex's `ids`) stand for it."""

import pytest

from pipeline.model import Anchor
from pipeline.project.stages import prepare
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown import FileProblem, read_markdown

BIB = """
@book{main, ids = {old, older}, title = {Rain}, author = {Lee, Bo}, year = 2020}
@book{other, ids = {older, main}, title = {Snow}, author = {Roe, Bea}, year = 2021}
@inbook{part, crossref = {OLD}, title = {Drops}, pages = {3}}
"""


def read(text, bib=BIB):
    library, found = read_bibtex([(bib.encode(), "a.bib")])
    brief, _ = read_markdown(text, "a.md", lambda _: FileProblem("missing-file", "", ""), "en")
    numbered, wrong = prepare(brief, library)
    return numbered, [*found, *wrong]


@pytest.mark.parametrize(
    ("text", "lines"), [("Rain [@one].", [2]), ('---\nnocite: "@*"\n---\n\nRain [@one].', [2, 3])]
)
def test_faults_of_what_is_listed_are_reported(text, lines):
    dated = "@book{%s, title = {A}, author = {B}, year = {soon}}"
    _, found = read(text, f"\n{dated % 'one'}\n{dated % 'two'}\n")

    assert [d.span.line for d in found if d.code == "bad-bibtex-date"] == lines


def test_the_same_work_under_its_keys_has_one_number():
    numbered, wrong = read("Rain [@old], [@other], [@main; @older, p. 4].^[Note [@old].]")

    assert numbered.numbers[Anchor.parse("ref-main")] == "1"
    assert [reference.key for reference in numbered.bibliography] == ["main", "other"]
    assert {"ref-old", "ref-older"}.isdisjoint(map(str, numbered.numbers))
    assert not [d for d in wrong if d.code == "unknown-citation"]


def test_nocite_may_name_an_alias():
    numbered, wrong = read("---\ntitle: A\nnocite: ['@old', '@main']\n---\n\nRain.")

    assert [reference.key for reference in numbered.bibliography] == ["main"]
    assert not [d for d in wrong if d.code == "unknown-citation"]


def test_an_alias_that_is_another_key_is_said_and_the_key_stays():
    numbered, wrong = read("Snow [@other], rain [@main].")
    said = [(d.span.line, d.message) for d in wrong if d.code == "duplicate-citation-key"]

    assert [reference.title for reference in numbered.bibliography] == ["Snow", "Rain"]
    assert set(said) == {
        (3, "`older`, among the `ids` of `other`, is also a key of `main` (a.bib:2)"),
        (3, "`main`, among the `ids` of `other`, is also a key of `main` (a.bib:2)"),
    }


def test_a_parent_may_be_named_by_an_alias():
    library, _ = read_bibtex([(BIB.encode(), "a.bib")])

    assert library["part"].names["author"][0].family == "Lee"
    assert library.diagnostics("part") == []
