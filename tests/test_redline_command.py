"""`brief redline`: which editions it finds, what it writes, and what it refuses."""

import re
from pathlib import Path

import pytest
from test_releases import commit, here, release, write  # noqa: F401 (a fixture)
from word_edits import Draft, W

from pipeline.cli import main
from pipeline.verify import judge, read_file_content

REDLINE = Path("build/rain.redline.docx")


def said(capsys):
    return capsys.readouterr().out.splitlines()


def test_two_files(here, capsys):  # noqa: F811
    Path("old.md").write_text(Path("briefs/rain.md").read_text().replace("rain/", "briefs/rain/"))
    write("Nobody knows", "Everybody knows")

    assert main(["redline", "old.md", "briefs/rain.md"]) == 0

    assert said(capsys)[0] == "old.md → briefs/rain.md: 1 sentence changed"
    assert REDLINE.exists()


def test_since_the_last_commit_without_a_release(here, capsys):  # noqa: F811
    commit()
    write("Nobody knows", "Everybody knows")
    write("7", "8", "briefs/rain/falls.csv")
    write("{Snow}", "{Ice}", "references.bib")

    assert main(["redline", "briefs/rain.md"]) == 0

    wanted = "briefs/rain.md at HEAD → briefs/rain.md: 1 sentence and 1 table cell changed"
    assert said(capsys)[0] == wanted


def test_a_changed_entry_of_the_library_is_shown(here, capsys):  # noqa: F811
    commit()
    write("title={Rain}", "title={Rain and Hail}", "references.bib")

    assert main(["redline", "rain"]) == 0

    assert said(capsys)[0].endswith(": 1 source corrected")


def test_the_words_that_an_entry_lost_are_struck_out_and_the_new_ones_stand_behind(here):  # noqa: F811
    write("title={Rain}", "title={Snow in Oslo}", "references.bib")
    commit()
    write("title={Snow in Oslo}", "title={Hail in Oslo}", "references.bib")

    assert main(["redline", "rain", "--to", "html"]) == 0

    page = REDLINE.with_suffix(".html").read_text("utf-8")
    marked = re.findall(r"<(del|ins)\b[^>]*>(.*?)</\1>", page.partition('class="references"')[2])
    assert [(name, re.sub("<[^>]*>", "", words)) for name, words in marked] == [
        ("del", "Snow"),
        ("ins", "Hail"),
    ]


def test_since_a_release_until_a_revision(here, capsys):  # noqa: F811
    commit()
    assert release() == 0
    write("Nobody knows", "Everybody knows")
    write("edition: 1", "edition: 2")
    commit()
    write("It rains more", "It rains less")
    capsys.readouterr()

    assert main(["redline", "rain", "--until", "HEAD"]) == 0

    wanted = "edition 1 → briefs/rain.md at HEAD: 1 sentence and 1 line of the title block changed"
    assert said(capsys)[0] == wanted
    assert main(["redline", "rain", "--since", "1", "--until", "1"]) == 0
    assert said(capsys)[0] == "edition 1 → edition 1: nothing but numbers has changed"


def test_released_editions_are_printed_in_the_house_style_of_the_project(here):  # noqa: F811
    Path("styles").mkdir()
    Path("styles/house.toml").write_text('name = "Weather Desk"\n')
    commit()
    assert release() == 0

    assert main(["redline", "rain", "--since", "1", "--until", "1", "--to", "html"]) == 0

    assert "Weather Desk" in REDLINE.with_suffix(".html").read_text("utf-8")


def test_what_differs_from_a_release_is_shown_before_it_has_an_edition_of_its_own(here, capsys):  # noqa: F811
    commit()
    assert release() == 0
    write("Nobody knows", "Everybody knows")
    assert main(["check"]) == 1
    capsys.readouterr()

    assert main(["redline", "rain"]) == 0

    assert said(capsys)[0] == "edition 1 → briefs/rain.md: 1 sentence changed"


def test_revisions_by_their_paths(here, capsys):  # noqa: F811
    commit()
    write("Nobody knows", "Everybody knows")
    commit()

    assert main(["redline", "HEAD~1:briefs/rain.md", "HEAD:briefs/rain.md"]) == 0

    assert said(capsys)[0].endswith(": 1 sentence changed")


def test_all_formats_pass_the_proof(here, capsys):  # noqa: F811
    commit()
    write("Nobody knows", "Everybody knows")

    assert main(["redline", "rain", "--to", "pdf,html,docx"]) == 0

    for format in ("pdf", "html", "docx"):
        content = REDLINE.with_suffix(f".{format}").read_bytes()
        verdict = judge(read_file_content(content, f".{format}"), format)
        assert [d for d in verdict.diagnostics if d.severity.value == "error"] == []


def rejected(draft):
    for change in list(draft.body.iter(f"{W}ins")):
        if len(change):
            change.getparent().remove(change)
    for change in list(draft.body.iter(f"{W}del")):
        for run in change:
            for text in run.iter(f"{W}delText"):
                text.tag = f"{W}t"
            change.addprevious(run)
        change.getparent().remove(change)


def saved_by_libreoffice(draft):
    app = "<Properties><Application>LibreOffice/7.4.7.2$Linux_X86_64</Application></Properties>"
    draft.parts["docProps/app.xml"] = app.encode()


UNSETTLED = "settle all changes there"


@pytest.mark.parametrize(
    ("changes", "words", "reason"),
    [
        ([], "Everybody knows why.", ""),
        ([rejected], "Nobody knows why.", ""),
        ([lambda d: d.replace("rains more", "pours more")], "It pours more", ""),
        ([lambda d: d.replace("why", "how", track=True)], "Everybody knows how.", ""),
        ([saved_by_libreoffice], "Everybody knows why.", UNSETTLED),
        ([rejected, saved_by_libreoffice], "Nobody knows why.", ""),
    ],
    ids=["unchanged", "rejected", "edited", "tracked", "LibreOffice", "settled in LibreOffice"],
)
def test_a_redline_is_merged_as_if_all_its_changes_were_accepted(
    here, capsys, changes, words, reason  # noqa: F811
):  # fmt: skip
    commit()
    write("Nobody knows", "Everybody knows")
    assert main(["redline", "rain"]) == 0
    draft = Draft(REDLINE.read_bytes())
    for change in changes:
        change(draft)
    Path("back.docx").write_bytes(draft.saved())
    before = Path("briefs/rain.md").read_text()

    assert main(["merge", "back.docx"]) == bool(reason)

    after = Path("briefs/rain.md").read_text()
    assert words in after
    assert len(set(before.splitlines()) ^ set(after.splitlines())) in (0, 2)
    assert reason in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nothing.md", "briefs/rain.md"], "nothing.md: there is no such file"),
        (["rain", "--since", "v9"], "neither a release nor a revision of git called `v9`"),
        (["rain", "--since=--all"], "neither a release nor a revision of git called `--all`"),
        (["HEAD:briefs/snow.md", "briefs/rain.md"], "briefs/snow.md is not in git at HEAD"),
        (["a", "b", "c"], "name one brief, with --since and --until, or two editions: OLD NEW"),
    ],
    ids=["no file", "no revision", "an option", "not in git", "three"],
)
def test_what_there_is_not(here, capsys, arguments, reason):  # noqa: F811
    commit()

    assert main(["redline", *arguments]) == 1

    assert reason in capsys.readouterr().err
    assert not REDLINE.exists()


def test_outside_git(here, capsys):  # noqa: F811
    assert main(["redline", "rain"]) == 1

    assert "is not in a repository of git; nothing of it was released, either" in (
        capsys.readouterr().err
    )


def test_an_edition_with_errors_is_named_with_its_mistakes(here, capsys):  # noqa: F811
    commit()
    write("@lee", "@leo")

    assert main(["redline", "rain"]) == 1

    error = capsys.readouterr().err
    assert "briefs/rain.md:7:29: error[unknown-citation]" in error
    assert "briefs/rain.md has errors, and cannot be compared" in error
    assert not REDLINE.exists()


def test_what_a_writer_cannot_write_is_a_diagnostic(here, capsys):  # noqa: F811
    Path("styles").mkdir()
    Path("styles/brief.html.j2").write_text("{{ title", "utf-8")
    commit()

    assert main(["redline", "rain", "--to", "html"]) == 1

    error = capsys.readouterr().err
    assert error.startswith("briefs/rain.md: error[cannot-render]: rain.redline.html: brief.html")
    assert not Path("build/rain.redline.html").exists()


TABLE = """\
# Towns

It rains in two towns.

| Town | Rain |
|------|------|
| Oslo | 763  |
"""


@pytest.mark.parametrize(
    ("older", "newer", "words"),
    [
        ("It rains. It pours.\n", "It pours.\n", "1 sentence removed"),
        (f"{TABLE}\n: Rain {{#tbl-rain}}\n", TABLE, "1 table changed"),
        (TABLE, f"{TABLE}\n: Rain {{#tbl-rain}}\n", "1 table changed"),
    ],
    ids=["no numbers", "a number gone", "a number added"],
)
def test_briefs_in_which_little_has_a_number(tmp_path, monkeypatch, capsys, older, newer, words):
    monkeypatch.chdir(tmp_path)
    for name, text in (("old", older), ("new", newer)):
        Path(f"{name}.md").write_text(f"---\ntitle: Rain\n---\n\n{text}", "utf-8")

    assert main(["redline", "old.md", "new.md", "--to", "docx,html"]) == 0

    assert said(capsys)[0] == f"old.md → new.md: {words}"


def test_a_brief_that_does_not_exist_is_no_matter_of_git(here, capsys):  # noqa: F811
    assert main(["redline", "nope"]) == 1
    assert capsys.readouterr().err == "brief redline: briefs/nope.md: there is no such file\n"
