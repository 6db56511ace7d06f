"""Citation styles of one's own: files and names, and the marks that go with them."""

import pytest
from csl_cases import style_of

from pipeline.marks import SEPARATE
from pipeline.model.references import plain
from pipeline.project import load_project

BIB = (
    "@book{a, author={Lee, Ann}, title={Rain}, publisher={Knopf}, year=2020}\n"
    "@book{b, author={Lee, Ann}, title={Snow}, publisher={Knopf}, year=2021}\n"
)
BRIEF = "---\ntitle: A brief\nlang: en-GB\n{front}---\n\nWords [@a; @b].\n"
HOUSE_CSL = style_of({"layout": '<text variable="title" suffix=" !house!"/>'})
OPEN_ENDED = '<?xml version="1.0"?>\n<!DOCTYPE style [<!ENTITY a "aa">]>\n' + HOUSE_CSL


def deep(namespace):
    """Return elements of a namespace inside each other, "" for that of CSL."""
    start = f'<a xmlns="{namespace}">' if namespace else "<a>"
    return start * 101 + "</a>" * 101


@pytest.fixture
def here(tmp_path, monkeypatch):
    for folder in ("briefs", "styles"):
        (tmp_path / folder).mkdir()
    (tmp_path / "references.bib").write_text(BIB)
    (tmp_path / "styles" / "house.csl").write_text(HOUSE_CSL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(here, front="", house="", **chosen):
    (here / "briefs" / "a.md").write_text(BRIEF.format(front=front))
    (here / "styles" / "house.toml").write_text(house)
    return load_project([here / "briefs" / "a.md"], **chosen)


def entries(project):
    numbered = project.briefs[0].numbered
    return [plain(numbered.entry(reference)) for reference in numbered.bibliography]


def codes(project):
    return [found.code for found in project.all_diagnostics if found.severity.value != "info"]


@pytest.mark.parametrize(
    ("front", "house", "chosen"),
    [
        ("citation-style: styles/house.csl\n", "", {}),
        ("citation-style: ../styles/house.csl\n", "", {}),
        ("", 'citation-style = "house.csl"', {}),
        ("", 'citation-style = "styles/house.csl"', {}),
        ("citation-style: ieee\n", "", {"citation_style": "styles/house.csl"}),
    ],
)
def test_a_file_of_ones_own_gives_the_entries(here, front, house, chosen):
    project = load(here, front, house, **chosen)

    assert codes(project) == []
    assert entries(project) == ["Rain !house!", "Snow !house!"]


def test_a_character_reference_that_was_escaped_twice_is_its_character(here):
    content = style_of({"layout": '<text variable="title" suffix="&amp;#160;!"/>'})
    (here / "styles" / "house.csl").write_text(content)

    assert entries(load(here, "citation-style: styles/house.csl\n")) == ["Rain\xa0!", "Snow\xa0!"]


def test_a_numeric_style_is_known_by_its_name_and_a_dependent_one_by_its_parent(here):
    assert "A. Lee, Rain" in entries(load(here, "citation-style: advanced-science\n"))[0]
    parent = entries(load(here, "citation-style: nature\n"))
    assert entries(load(here, "citation-style: nature-climate-change\n")) == parent


def test_a_style_filed_as_numeric_that_cites_by_author_has_our_marks(here):
    named = HOUSE_CSL.replace("citation-number", "author")
    filed = named.replace("</title>", '</title><category citation-format="numeric"/>')
    (here / "styles" / "house.csl").write_text(filed)
    project = load(here, "citation-style: styles/house.csl\n")

    assert codes(project) == []
    assert entries(project) == ["Rain !house!", "Snow !house!"]
    assert project.briefs[0].numbered.marks == SEPARATE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("apa", "the nearest numeric one is `apa-numeric-superscript`"),
        ("iee", "did you mean `ieee`?"),
        ("../../secret", "choose one of"),
    ],
)
def test_a_name_of_no_numeric_style_is_refused_where_it_stands(here, name, words):
    found = load(here, f"citation-style: {name}\n").all_diagnostics

    assert [(d.code, d.span.line) for d in found] == [("unknown-citation-style", 4)]
    assert words in found[0].hint


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("<style", 1, "not well-formed"),
        ("<style/>", 1, "namespace"),
        (OPEN_ENDED, 2, "DOCTYPE"),
        (HOUSE_CSL.replace('variable="title"', 'macro="lost"'), 5, "no macro `lost`"),
        (HOUSE_CSL.replace('<text variable="title" suffix=" !house!"/>', "<box/>"), 5, "<box>"),
        (HOUSE_CSL.replace("bibliography", "biblio"), 1, "no <bibliography>"),
        (HOUSE_CSL.replace("citation-number", "author"), 1, "numbers its references"),
        (HOUSE_CSL + "x" * 2_000_000, 1, "bytes"),
        (HOUSE_CSL.replace("<bibliography", f"{deep('')}<bibliography"), 5, "inside each other"),
        (HOUSE_CSL.replace("<bibliography", f"{deep('x')}<bibliography"), 5, "inside each other"),
    ],
)
def test_a_broken_file_is_a_finding_with_its_line(here, content, line, words):
    (here / "styles" / "house.csl").write_text(content)
    found = load(here, "citation-style: styles/house.csl\n").all_diagnostics

    assert [(d.code, d.span.path, d.span.line) for d in found] == [
        ("bad-citation-style", "styles/house.csl", line)
    ]
    assert words in found[0].message


def test_macros_that_never_end_are_refused_before_they_run(here):
    macros = '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
    bomb = '<macro name="m0"><text value="x"/></macro>' + "".join(
        f'<macro name="m{n + 1}"><text macro="m{n}"/><text macro="m{n}"/></macro>'
        for n in range(40)
    )
    for parts, last in ((macros, "a"), (bomb, "m40")):
        style = style_of({"macros": parts, "layout": f'<text macro="{last}"/>'})
        (here / "styles" / "house.csl").write_text(style)

        assert codes(load(here, "citation-style: styles/house.csl\n")) == ["bad-citation-style"]


def test_a_file_outside_the_project_is_not_read(here):
    (here.parent / "away.csl").write_text(HOUSE_CSL)

    assert codes(load(here, "citation-style: ../../away.csl\n")) == ["outside-project"]


def test_a_style_that_sorts_its_list_is_reported(here):
    found = load(here, "citation-style: din-1505-2-numeric-alphabetical\n").all_diagnostics

    assert "sorted-citation-style" in [d.code for d in found]


CITATIONS = {
    '<layout prefix="(" suffix=")" delimiter=", "><text variable="citation-number"/></layout>': (
        "(", False, ", ", "", False,
    ),
    '<layout delimiter=", "><text variable="citation-number" prefix="[" suffix="]"/></layout>': (
        "[", True, ", ", "", False,
    ),
    '<layout prefix=" [" suffix="]" delimiter="], ["><text variable="citation-number"/></layout>': (
        "[", True, ", ", "", False,
    ),
    '<layout delimiter="," vertical-align="sup"><text variable="citation-number"/></layout>': (
        "", False, ",", "", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("citation", "wanted"), CITATIONS.items())
def test_marks_are_those_of_the_style_that_a_brief_names(here, citation, wanted):
    plain_layout = '<layout><text variable="citation-number"/></layout>'
    (here / "styles" / "house.csl").write_text(HOUSE_CSL.replace(plain_layout, citation))
    front = "citation-style: styles/house.csl\n"
    marks = load(here, front).briefs[0].numbered.marks

    found = (marks.opening, marks.each, marks.separator, marks.range, marks.superscript)
    assert found == wanted
    assert load(here, front + "marks: ukhsa\n").briefs[0].numbered.marks.range == " to "
    assert load(here, front, 'marks = "vancouver"').briefs[0].numbered.marks.range == "-"


def test_collapsed_numbers_are_a_range(here):
    marks = load(here, "citation-style: nature\n").briefs[0].numbered.marks

    assert (marks.range, marks.superscript, marks.order) == ("–", True, "number")


def test_brackets_that_a_delimiter_reopens_hold_ranges(here):
    marks = load(here, "citation-style: din-1505-2-numeric\n").briefs[0].numbered.marks

    assert (marks.each, marks.separator, marks.range) == (False, "], [", "–")


@pytest.mark.parametrize("style", ["ieee", "vancouver"])
def test_a_compact_list_says_nothing_before_addresses(here, style):
    (here / "references.bib").write_text(
        BIB.replace("Knopf", "Knopf}, url={https://example.org/rain").replace("@book{b", "@misc{b")
    )
    full, short = (
        entries(load(here, f"citation-style: {style}\n", f'reference-list = "{choice}"'))
        for choice in ("full", "compact")
    )

    assert all("Available" in entry and "https://example.org/rain" in entry for entry in full)
    assert not any("Available" in entry or "net]" in entry or "line]" in entry for entry in short)
    assert all("https://example.org/rain" in entry for entry in short)


def test_a_changed_file_makes_outputs_stale(here):
    from pipeline.build.fingerprint import Target

    def fingerprint():
        project = load(here, "citation-style: styles/house.csl\n")
        return Target(project.briefs[0].numbered, project.styles, "html").fingerprint

    before = fingerprint()
    assert fingerprint() == before
    (here / "styles" / "house.csl").write_text(HOUSE_CSL.replace("!house!", "!home!"))
    assert fingerprint() != before


@pytest.mark.parametrize(
    ("rule", "second"),
    [("complete-all", "———, Snow"), ("complete-each", "———, Snow"), ("partial-first", "———, Snow")],
)
def test_authors_of_the_entry_before_are_a_sign(here, rule, second):
    style = style_of(
        {
            "layout": '<names variable="author"/><text variable="title" prefix=", "/>',
            "bibliography": 'subsequent-author-substitute="———" '
            f'subsequent-author-substitute-rule="{rule}"',
        }
    )
    (here / "styles" / "house.csl").write_text(style)

    assert entries(load(here, "citation-style: styles/house.csl\n")) == ["Ann Lee, Rain", second]
