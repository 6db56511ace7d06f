"""Slips of authors that once passed in silence, or were said in a way that helped nobody."""

import json

import pytest

from pipeline.cli import main
from pipeline.model import Citation, CrossReference, Heading, plain, walk
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown import read_markdown


def read(text):
    return read_markdown(text, "t.md")


def found(text, code):
    return [d for d in read(text)[1] if d.code == code]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[a @r1 b](https://e.org)", Citation),
        ("[@r1](https://e.org)", Citation),
        ("[words @sec-a](https://e.org)", CrossReference),
    ],
)
def test_a_bare_key_in_the_words_of_a_link_cites(text, kind):
    brief, _ = read(f"# A {{#sec-a}}\n\n{text}\n")

    assert any(isinstance(node, kind) for node in walk(brief))


def test_a_link_of_nothing_but_a_citation_is_said_to_lead_nowhere():
    assert found("[@r1](https://e.org)\n", "empty-link")
    assert not found("[a @r1](https://e.org)\n", "empty-link")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("## A\n\n#### B\n", "level 4 (####) follows one of level 2 (##)", "use ### here"),
        ("> ## A\n>\n> #### B\n", "level 4 (####) follows one of level 2 (##)", "use ### here"),
        ("### A\n\n## B\n", "level 3 (###) is the first", "use ## here"),
        ("A\n===\n\n### B\n", "level 3 (###) follows one of level 1 (#)", "use ## here"),
    ],
)
def test_a_skipped_heading_is_said_in_the_hashes_of_the_source(text, message, hint):
    (diagnostic,) = found(f"---\ntitle: T\n---\n\n{text}\nText.\n", "heading-skipped")

    assert message in diagnostic.message
    assert diagnostic.hint.startswith(hint)


def test_a_bibtex_key_with_a_bad_character_is_named():
    _, diagnostics = read_bibtex([(b"@book{pct50%x,\n title={A}\n}\n", "r.bib")])

    assert "`pct50%x`" in diagnostics[0].message
    assert "`%`" in diagnostics[0].message


def test_a_key_that_stands_twice_costs_itself_only():
    brief, diagnostics = read("---\ntitle: First\nlang: fr\ntitle: Second\n---\n\nText.\n")

    assert plain(brief.front.title) == "First"
    assert brief.front.lang == "fr"
    assert [(d.code, d.span.line) for d in diagnostics] == [("bad-front-matter", 4)]


def test_what_stands_below_a_doubled_key_is_left_out_whole():
    brief, diagnostics = read(
        "---\ntitle: T\nauthors: [A]\nauthors:\n  - name: B\n    role: C\nlang: fr\n---\n\nText.\n"
    )

    assert [person.name for person in brief.front.authors] == ["A"]
    assert brief.front.lang == "fr"
    assert len(diagnostics) == 1


def test_an_escaped_control_character_in_the_front_matter_is_said_at_its_place():
    brief, diagnostics = read('---\nlang: en\ntitle: "a\\x00b"\n---\n\nText.\n')

    assert plain(brief.front.title) == "ab"
    assert [(d.code, d.span.line, d.span.column) for d in diagnostics] == [
        ("control-character", 3, 8)
    ]


@pytest.mark.parametrize("command", ["check", "build", "verify"])
def test_with_nothing_to_do_json_is_printed_and_the_exit_code_is_1(
    command, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)

    assert main([command, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []


@pytest.mark.parametrize(
    "front",
    [
        'authors: [{name: A, affiliation: "C [@r5]"}]',
        'authors: "Ann [@r5]"',
        "reviewers: [{name: A, role: 'see [-@r5]'}]",
        'contact: "Ann [see @r5, p. 4]"',
        'licence: "CC [@r5]"',
        'edition: "2 [@{r5}]"',
        'corrections: [{date: "2020-01-01", what: W, where: "p. 2 [@r5]"}]',
    ],
)
def test_a_citation_that_is_printed_as_typed_is_said_at_its_place(front):
    (diagnostic,) = found(f"---\ntitle: T\n{front}\n---\n\nText.\n", "citation-not-read")

    assert diagnostic.span.line == 3
    assert diagnostic.span.column - 1 == front.rindex("[")


@pytest.mark.parametrize("front", ["contact: ann@e.org", "contact: at @ann", "title: T [@r5]"])
def test_addresses_handles_and_texts_that_may_cite_are_not_said(front):
    assert not found(f"---\n{front}\n---\n\nText.\n", "citation-not-read")


@pytest.mark.parametrize("broken", ["authors: [A", "authors: *x", "contact: a: b"])
def test_what_stands_before_a_mistake_in_the_front_matter_is_kept(broken):
    brief, diagnostics = read(f"---\ntitle: Rain\nlang: fr\n{broken}\n---\n\nText.\n")

    assert (plain(brief.front.title), brief.front.lang) == ("Rain", "fr")
    assert brief.front.authors == ()
    assert [d.code for d in diagnostics] == ["bad-front-matter"]


def test_a_title_that_cannot_be_read_is_not_said_to_be_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.md").write_text("---\ntitle: [Rain\n---\n\nText.\n", "utf-8")

    assert main(["check", "x.md"]) == 1
    assert "missing-title" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## A\n\n#### B\n\n#### C\n\n### D\n\n#### E", [1, 2, 2, 2, 3]),
        ("#### A\n\n## B\n\n### C", [1, 1, 2]),
        ("## A\n\n##### B\n\n###### C\n\n## D\n\n### E", [1, 2, 3, 1, 2]),
        ("## A\n\n### B\n\n::: follow-ups\n- So?\n:::\n\n#### C", [1, 2, 2]),
    ],
    ids=["below", "first", "twice", "part"],
)
def test_no_level_of_headings_is_skipped_in_the_outputs(text, levels):
    brief, _ = read(f"---\ntitle: T\n---\n\n{text}\n\nText.\n")

    assert [node.level for node in walk(brief) if isinstance(node, Heading)] == levels
