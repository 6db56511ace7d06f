"""Where a project begins and ends, and which files belong to which brief."""

import pytest

from pipeline.build import build
from pipeline.cli import main
from pipeline.project import load_project
from pipeline.roots import find_root

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9"/></svg>'


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def brief(path, body="It rains [@lee].", front=""):
    return write(path, f"---\ntitle: Rain\n{front}---\n\n{body}\n")


def bib(path, title):
    return write(
        path, f"@book{{lee, author={{Lee}}, title={{{title}}}, publisher={{P}}, year=2019}}"
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def titles(loaded):
    return [reference.title for reference in loaded.numbered.bibliography]


def test_each_brief_cites_from_the_library_of_its_own_folder(here):
    for name in ("p1", "p2"):
        brief(here / name / f"{name}.md", "It rains [@lee].\n\n![Dot](dot.svg){alt=dot}")
        bib(here / name / "references.bib", f"Of {name}")
        write(here / name / "dot.svg", DOT)

    project = load_project([here / "p1/p1.md", here / "p2/p2.md"])

    assert not project.has_errors, project.all_diagnostics
    assert [titles(found) for found in project.briefs] == [["Of p1"], ["Of p2"]]
    assert project.out == here / "p1" / "build"


def test_a_brief_of_elsewhere_does_not_move_the_root_of_the_first(here):
    first = brief(here / "a/briefs/x.md")
    bib(here / "a/references.bib", "Of a")
    other = brief(here / "b/y.md")
    bib(here / "b/references.bib", "Of b")

    project = load_project([first, other])

    assert project.root == here / "a"
    assert [titles(found) for found in project.briefs] == [["Of a"], ["Of b"]]


def test_a_folder_named_briefs_far_above_makes_no_project(here):
    (here / "briefs").mkdir()
    (here / "work/deep").mkdir(parents=True)

    assert find_root(here / "work/deep") == here / "work/deep"
    bib(here / "references.bib", "A sign")
    assert find_root(here / "work/deep") == here


@pytest.mark.parametrize("limit", [".git", "home"])
def test_a_project_is_not_looked_for_above_a_repository_or_the_home_folder(
    here, limit, monkeypatch
):
    (here / "briefs").mkdir()
    bib(here / "references.bib", "A sign")
    (here / "inner/deep").mkdir(parents=True)
    assert find_root(here / "inner/deep") == here

    if limit == ".git":
        (here / "inner/.git").mkdir()
    else:
        monkeypatch.setenv("HOME", str(here / "inner"))

    assert find_root(here / "inner/deep") == here / "inner/deep"


def test_a_project_without_a_library_is_found_from_its_briefs(here):
    path = brief(here / "briefs/x.md", "It rains.")

    assert load_project([path]).root == here
    assert find_root(here) == here


def test_a_new_brief_in_an_empty_folder_stays_there(here, monkeypatch):
    (here / "briefs").mkdir()
    (here / "empty").mkdir()
    monkeypatch.chdir(here / "empty")

    assert main(["new", "rain"]) == 0
    assert (here / "empty/briefs/rain.md").exists()


def test_a_brief_given_twice_is_read_once(here):
    path = brief(here / "briefs/x.md", "It rains.")

    project = load_project([path, here / "briefs/../briefs/x.md"])

    assert [found.path for found in project.briefs] == ["briefs/x.md"]


def test_two_briefs_of_one_name_fail_and_the_third_is_written(here):
    for name in ("p1/x.md", "p2/x.md", "p1/z.md"):
        brief(here / name, "It rains.")
    project = load_project([here / name for name in ("p1/x.md", "p2/x.md", "p1/z.md")])

    outcomes = build(project, ["html"], jobs=1)

    assert [found.status for found in outcomes] == ["failed", "failed", "built"]
    assert [d.span.path for found in outcomes for d in found.diagnostics] == ["p1/x.md", "p2/x.md"]


def said(here, front, code):
    path = brief(here / "p/briefs/x.md", "It rains.", front)
    return [
        (d.span.line, d.span.column) for d in load_project([path]).all_diagnostics if d.code == code
    ]


def test_a_library_named_twice_is_read_once(here):
    bib(here / "p/references.bib", "A")

    for names in (
        "[../references.bib, ../references.bib]",
        "[../references.bib, ../../p/references.bib]",
    ):
        assert said(here, f"bibliography: {names}\n", "duplicate-citation-key") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("/etc/passwd", "outside-project"),
        ("../../other.bib", "outside-project"),
        ("https://e.org/r.bib", "remote-file"),
    ],
)
def test_the_front_matter_names_no_library_outside_the_project(here, name, code):
    bib(here / "p/references.bib", "A")
    bib(here / "other.bib", "B")

    assert said(here, f"bibliography: {name}\n", code) == [(3, 15)]


def test_the_command_line_may_name_a_library_anywhere(here):
    path, other = brief(here / "p/briefs/x.md"), bib(here / "other.bib", "B")

    assert not load_project([path], bibliography=[other]).has_errors


def test_an_unknown_key_of_nocite_and_a_bad_style_are_said_where_they_stand(here):
    bib(here / "p/references.bib", "A")

    front = 'lang: en\nnocite: "@lee, @lea"\ncitation-style: nope\n'

    assert said(here, front, "unknown-citation") == [(4, 17)]
    assert said(here, front, "unknown-citation-style") == [(5, 17)]
