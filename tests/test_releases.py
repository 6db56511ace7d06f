"""`brief release`: what is recorded, what is refused, and that editions can be built again."""

import datetime
import json
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest
from test_title_block import words_in
from word_edits import Draft

from pipeline.cli import main
from pipeline.disk import Disk
from pipeline.project import load_project
from pipeline.releases import Released, folder_name, latest, releases_of

BIB = """\
@string{press = {Hill Press}}
@book{lee, author={Lee, Ann}, title={Rain}, publisher=press, year=2019}
@book{kim, author={Kim, Bo}, title={Snow}, year=2020}
"""
BRIEF = """\
---
title: Rain
edition: 1
checked-on: 2026-03-01
---

It rains more than it did [@lee].

Nobody knows why.

![Where it falls](rain/falls.csv){#tbl-falls}

![Dot](rain/dot.svg){#fig-dot alt="A dot"}
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9"/></svg>'
FOLDER = Path("briefs/rain/releases/1")


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "briefs/rain").mkdir(parents=True)
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    (tmp_path / "briefs/rain.md").write_text(BRIEF, "utf-8")
    (tmp_path / "briefs/rain/falls.csv").write_text("Place,Rain\nOslo,7\n", "utf-8")
    (tmp_path / "briefs/rain/dot.svg").write_text(DOT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(old, new, name="briefs/rain.md"):
    path = Path(name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def git(*arguments):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def commit():
    if not Path(".git").exists():
        git("init", "-q")
        Path(".gitignore").write_text("build/\n", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "State")


def release(*more):
    assert main(["build", "--to", "docx"]) == 0
    return main(["release", "rain", "--to", "docx", *more])


def record():
    return json.loads((FOLDER / "release.json").read_text("utf-8"))


def test_a_release_says_what_was_released(here, capsys):
    assert release() == 0

    found = record()
    manifest = json.loads(Path("build/manifest.json").read_text("utf-8"))
    assert (found["edition"], found["date"]) == ("1", "2026-03-01")
    assert found["files"] == {"rain.docx": manifest["files"]["rain.docx"]["sha256"]}
    assert list(found["references"]) == ["lee"]
    copies = sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file())
    assert copies == sorted([*found["sources"], "release.json"])
    for name in found["sources"]:
        assert (FOLDER / name).read_bytes() == Path(name).read_bytes()
    out = capsys.readouterr().out
    assert "briefs/rain/releases/1: edition 1 of 2026-03-01, 1 file" in out
    assert "note: its sources are not in git" in out


def test_the_folder_of_a_release_is_a_project_that_can_be_built(here):
    assert release() == 0
    write("It rains", "It pours")
    Path("references.bib").write_text("", "utf-8")

    (released,) = releases_of(Path("briefs/rain.md"), Disk())
    project = load_project([released.brief], bibliography=released.bibliography)

    assert not project.has_errors
    (entry,) = project.briefs[0].numbered.bibliography
    assert entry.fields["publisher"]
    assert "It rains" in project.briefs[0].numbered.brief.source


def test_a_library_that_the_command_line_names_is_recorded(here):
    Path("other.txt").write_text(BIB, "utf-8")
    Path("references.bib").unlink()
    assert main(["build", "--to", "docx", "--bib", "other.txt"]) == 0
    assert main(["release", "rain", "--to", "docx", "--bib", "other.txt"]) == 0

    (released,) = releases_of(Path("briefs/rain.md"), Disk())
    project = load_project([released.brief], bibliography=released.bibliography)
    assert not project.has_errors
    assert released.release.bibliography == ("other.txt",)


def test_what_git_does_not_have_is_not_released(here, capsys):
    commit()
    write("It rains", "It pours")
    assert release() == 1
    assert "git does not have briefs/rain.md as it is: commit first" in capsys.readouterr().err

    write("It pours", "It rains")
    Path("briefs/rain/falls.csv").write_text("Place,Rain\nOslo,8\n", "utf-8")
    assert release() == 1
    commit()
    assert release() == 0
    assert len(record()["commit"]) == 40


def test_the_house_style_must_be_in_git_too(here):
    Path("styles").mkdir()
    Path("styles/house.toml").write_text('name = "Rain Office"\n', "utf-8")
    commit()
    Path("styles/house.toml").write_text('name = "Snow Office"\n', "utf-8")

    assert release() == 1


@pytest.mark.parametrize("change", ["text", "file", "none"])
def test_outputs_must_be_those_of_the_sources(here, capsys, change):
    assert main(["build", "--to", "docx"]) == 0
    if change == "text":
        write("It rains", "It pours")
    elif change == "file":
        Path("build/rain.docx").write_bytes(b"other")
    formats = "docx,html" if change == "none" else "docx"

    assert main(["release", "rain", "--to", formats]) == 1
    assert not FOLDER.exists()
    assert "is not up to date" in capsys.readouterr().err


def test_a_brief_with_errors_is_not_released(here):
    assert main(["build", "--to", "docx"]) == 0
    write("[@lee]", "[@roe]")

    assert main(["release", "rain", "--to", "docx"]) == 1


def test_an_edition_is_released_once(here, capsys):
    assert release() == 0
    before = (FOLDER / "release.json").read_bytes()

    assert main(["release", "rain", "--to", "docx"]) == 1
    assert "edition 1 was released before" in capsys.readouterr().err
    assert (FOLDER / "release.json").read_bytes() == before


def test_a_brief_that_is_not_there_is_not_released(here, capsys):
    assert main(["release", "snow"]) == 1
    assert "briefs/snow.md: there is no such brief" in capsys.readouterr().err


@pytest.mark.parametrize("edition", ["", "edition: …"])
def test_a_brief_without_a_usable_edition_is_not_released(here, edition):
    write("edition: 1", edition)

    assert release() == 1


def test_the_date_is_the_clock_s_only_where_nothing_else_says_one(here, capsys):
    write("checked-on: 2026-03-01\n", "")
    assert release("--date", "2026-04-05") == 0
    assert record()["date"] == "2026-04-05"
    write("edition: 1", "edition: 2")
    assert release() == 0
    assert "it is dated today" in capsys.readouterr().out


def test_what_an_interrupted_release_left_is_not_in_the_next_one(here):
    commit()
    left = FOLDER.with_name(".1.part") / "briefs/old.md"
    left.parent.mkdir(parents=True)
    left.write_text("# Old\n", "utf-8")

    assert release() == 0

    assert not (FOLDER / "briefs/old.md").exists()
    assert not left.exists()


def test_a_release_is_withdrawn_once(here, capsys):
    assert release() == 0
    assert main(["release", "--withdraw", "rain", "2"]) == 1
    assert "there is no release of edition 2; there are: 1" in capsys.readouterr().err
    assert main(["release", "--withdraw", "rain", "1"]) == 0
    assert record()["withdrawn"] is True
    assert main(["release", "--withdraw", "rain", "1"]) == 1


def test_merge_finds_its_base_among_releases(here, capsys):
    assert release() == 0
    draft = Draft(Path("build/rain.docx").read_bytes())
    draft.replace("It rains", "It pours")
    Path("back.docx").write_bytes(draft.saved())
    write("Nobody knows", "Some know")

    assert main(["merge", "back.docx"]) == 0
    assert "back.docx (from the release of edition 1)" in capsys.readouterr().out
    now = Path("briefs/rain.md").read_text("utf-8")
    assert "It pours" in now
    assert "Some know" in now


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:40],
        lambda text: text.replace('"briefs/rain.md"', '"../../rain.md"'),
        lambda text: text.replace("2026-03-01", "yesterday"),
    ],
    ids=["cut", "outside", "date"],
)
def test_a_broken_record_is_reported(here, change):
    assert release() == 0
    path = FOLDER / "release.json"
    path.write_text(change(path.read_text("utf-8")), "utf-8")

    (found,) = releases_of(Path("briefs/rain.md"), Disk())

    assert found.code == "bad-release"


def test_editions_are_in_the_order_of_their_dates_and_numbers(here):
    assert release() == 0
    write("edition: 1", "edition: 10")
    assert release() == 0
    write("edition: 10", "edition: 9")
    assert release() == 0
    found = [r for r in releases_of(Path("briefs/rain.md"), Disk()) if isinstance(r, Released)]

    assert latest(found).release.edition == "10"


def test_names_of_folders_are_plain():
    assert [folder_name(e) for e in ("2.1", "2nd, revised", "../..", "Mai 2026/b")] == [
        "2.1",
        "2nd-revised",
        "",
        "Mai-2026-b",
    ]


# After a release -------------------------------------------------------------------------------


def findings():
    project = load_project()
    return [d for d in project.all_diagnostics if d.code == "changed-since-release"]


def said():
    since = "since edition 1 was released, "
    return [(d.span.path, d.span.line, d.message.removeprefix(since)) for d in findings()]


@pytest.fixture
def released(here):
    assert release() == 0
    return here


def test_a_released_brief_that_stays_as_it_is_has_no_finding(released):
    assert findings() == []
    write("more than it did", "more\nthan it did")  # the same words on other lines
    write("checked-on: 2026-03-01", "checked-on: 2026-03-02")
    assert findings() == []


def test_each_sentence_that_changed_is_named_with_its_place(released, capsys):
    write("It rains more than it did [@lee].", "Listen. It rains less than it did [@lee].")
    write("Nobody knows why.\n\n", "")
    write("Oslo", "Bergen", "briefs/rain/falls.csv")

    changed = "this sentence has changed; it was"
    assert said() == [
        ("briefs/rain.md", 7, "this sentence was added"),
        ("briefs/rain.md", 7, f"{changed} “It rains more than it did [@lee].”"),
        ("briefs/rain.md", 9, "a sentence before this line was removed: “Nobody knows why.”"),
        ("briefs/rain/falls.csv", 2, f"{changed} “Oslo”"),
    ]
    assert main(["build", "--to", "html"]) == 1
    assert not Path("build/rain.html").exists()
    assert "give the brief a new `edition`, or put it back" in capsys.readouterr().err


def test_the_place_of_a_sentence_is_its_own(released):
    write("Nobody knows why.", "Nobody knows why.\nBut *somebody* will. Later")

    spans = [d.span for d in findings()]

    assert [(s.line, s.column, s.length) for s in spans] == [(10, 1, 4), (10, 22, 5)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[@lee]", "[@kim]"),
        ("[@lee]", "[@lee, p. 4]"),
        ("title: Rain", "title: Snow"),
        ("Where it falls", "Where it fell"),
        ('alt="A dot"', 'alt="A point"'),
    ],
    ids=["key", "locator", "title", "caption", "alt"],
)
def test_words_are_more_than_those_of_paragraphs(released, old, new):
    write(old, new)

    assert len(findings()) == 1


def test_many_changes_are_counted(released):
    write("Nobody knows why.", " ".join(f"Number {n}." for n in range(20)))

    assert [d.message for d in findings()][-1] == "11 more sentences differ from edition 1"


def test_a_new_edition_may_say_something_else(released):
    write("It rains", "It pours")
    write("edition: 1", "edition: 2")

    assert findings() == []


def test_a_withdrawn_edition_is_not_compared(released):
    assert main(["release", "--withdraw", "rain", "1"]) == 0
    write("It rains", "It pours")

    assert findings() == []


@pytest.mark.parametrize(
    ("rule", "edition", "correction", "hints"),
    [
        ("edition", "1", True, ["give the brief a new `edition`"]),
        ("correction", "1", False, ["say under `corrections` what was corrected"]),
        ("correction", "1", True, []),
        ("correction", "2", False, ["say under `corrections` what was corrected"]),
        ("both", "2", True, []),
        (
            "both", "1", False,
            ["give the brief a new `edition` and say under `corrections` what was corrected"],
        ),
    ],
    ids=["edition", "correction", "corrected", "new-edition", "both", "neither"],
)  # fmt: skip
def test_a_house_says_what_a_change_needs(released, rule, edition, correction, hints):
    Path("styles").mkdir()
    Path("styles/house.toml").write_text(f'after-release = "{rule}"\n', "utf-8")
    write("It rains", "It pours")
    entry = "corrections: [It pours]\n" if correction else ""
    write("edition: 1\n", f"edition: {edition}\n{entry}")

    assert [d.hint for d in findings()] == [f"{hint}, or put it back" for hint in hints]


def test_edits_of_reviewers_are_merged_into_a_released_brief(released):
    draft = Draft(Path("build/rain.docx").read_bytes())
    draft.replace("It rains", "It pours")
    Path("back.docx").write_bytes(draft.saved())

    assert main(["merge", "back.docx"]) == 0
    assert len(findings()) == 1


def test_a_build_that_has_nothing_to_do_sees_a_new_release(here, capsys):
    assert main(["build", "--to", "docx"]) == 0
    assert main(["release", "rain", "--to", "docx"]) == 0
    write("It rains", "It pours", FOLDER / "briefs/rain.md")

    assert main(["build", "--to", "docx"]) == 1


def test_the_next_release_does_not_hold_the_one_before(released):
    write("edition: 1", "edition: 2")
    assert release() == 0

    names = [p.name for p in Path("briefs/rain/releases/2").rglob("*") if p.is_file()]
    assert sorted(names) == ["dot.svg", "falls.csv", "rain.md", "references.bib", "release.json"]


# Corrections -----------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["top", "end"])
def test_corrections_stand_where_the_house_wants_them_in_every_output(here, at):
    Path("styles").mkdir()
    Path("styles/house.toml").write_text(f'corrections-at = "{at}"\n', "utf-8")
    entry = "corrections: [{date: 2026-03-02, what: 'Less [@kim].'}]"
    write("edition: 1\n", f"edition: 1\n{entry}\n")
    write("![Where it falls](rain/falls.csv){#tbl-falls}\n", "")

    assert main(["build"]) == 0
    assert main(["verify"]) == 0
    page = Path("build/rain.html").read_text("utf-8")
    assert (page.index("2 March 2026") < page.index("It rains")) == (at == "top")
    moved = Path("moved").resolve()
    moved.mkdir()
    for file in Path("build").glob("rain.*"):
        file.rename(moved / file.name)
    # By the source that the PDF carries, and by nothing of the house.
    (here / "briefs/rain.md").unlink()
    assert main(["verify", str(moved / "rain.pdf")]) == 0


# Reviews and successors ------------------------------------------------------------------------


def test_reviewers_the_next_review_and_what_is_replaced_are_printed_in_every_output(here):
    Path("briefs/drizzle.md").write_text("---\ntitle: On drizzle\n---\n\nText.\n", "utf-8")
    facts = """edition: 1
supersedes: drizzle
review-by: 2027-03-04
reviewers: [{name: Bo Lee, role: economist, date: 2026-02-05}]
"""
    write("edition: 1\n", facts)

    assert main(["build", "briefs/rain.md"]) == 0
    for format in ("html", "pdf", "docx"):
        words = " ".join(words_in(format, Path(f"build/rain.{format}").read_bytes()))
        assert "Reviewed by Bo Lee economist 5 February 2026" in words
        assert "To be reviewed by 4 March 2027" in words
        assert "Replaces On drizzle" in words


def test_an_overdue_review_is_a_warning_of_check_alone(here, capsys, monkeypatch):
    write("edition: 1\n", "edition: 1\nreview-by: 2026-03-04\n")

    class Later(datetime.date):
        @classmethod
        def today(cls):
            return cls(2026, 3, day)

    monkeypatch.setattr("pipeline.cli.commands.date", Later)
    day = 4
    assert main(["check"]) == 0
    assert "review-overdue" not in capsys.readouterr().out
    day = 5
    assert main(["check"]) == 0
    assert "briefs/rain.md:4:1: warning[review-overdue]" in capsys.readouterr().out
    assert main(["build", "--to", "html"]) == 0
    assert "review-overdue" not in capsys.readouterr().err


def test_the_title_of_what_is_replaced_is_a_source_like_any_other(here):
    Path("briefs/drizzle.md").write_text("# On drizzle\n\nText.\n", "utf-8")
    write("edition: 1\n", "edition: 1\nsupersedes: drizzle\n")
    assert main(["build", "briefs/rain.md", "--to", "html"]) == 0
    Path("briefs/drizzle.md").write_text("# On mist\n\nText.\n", "utf-8")
    assert main(["build", "briefs/rain.md", "--to", "html"]) == 0

    assert "On mist" in Path("build/rain.html").read_text("utf-8")


# For outsiders ---------------------------------------------------------------------------------


def everything_in(path):
    """Return all that a file holds, unpacked, as text."""
    content = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return " ".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            parts = [str(pdf.docinfo)]
            for found in pdf.objects:
                if isinstance(found, pikepdf.Stream):
                    parts.append(
                        found.read_bytes(pikepdf.StreamDecodeLevel.generalized).decode(
                            "utf-8", "replace"
                        )
                    )
                else:
                    parts.append(str(found))
        return " ".join([*parts, *words_in("pdf", content)])
    return content.decode("utf-8")


def test_files_for_outsiders_hold_neither_the_source_nor_the_names_of_reviewers(here, capsys):
    zoe = "{name: Zoe Quay, role: economist, affiliation: Hill School, date: 2026-02-05}"
    write("edition: 1\n", f"edition: 1\nreviewers: [{zoe}, Yan Vex]\n")
    write("Nobody", "<!-- xyzzy -->\n\nNobody")
    formats = ("html", "pdf", "docx")
    assert main(["build"]) == 0
    inside = {f: everything_in(Path(f"build/rain.{f}")) for f in formats}
    assert "Zoe" in inside["docx"]
    assert "xyzzy" in inside["pdf"]

    assert main(["build", "--for-release"]) == 0
    for format in formats:
        path = Path(f"build/for-release/rain.{format}")
        found = everything_in(path)
        assert [w for w in ("Zoe", "Quay", "Yan", "Vex", "xyzzy", "@book") if w in found] == []
        words = " ".join(words_in(format, path.read_bytes()))
        assert "Reviewed by economist Hill School 5 February 2026" in words
        assert main(["verify", str(path)]) == 0
    assert main(["build", "--for-release"]) == 0
    assert "nothing to do: build/for-release is up to date" in capsys.readouterr().out
    assert main(["build"]) == 0
    assert "nothing to do" in capsys.readouterr().out  # each has its own folder


def test_files_for_outsiders_are_released_under_their_own_names(here):
    assert main(["build", "--for-release", "--to", "docx"]) == 0
    assert main(["release", "rain", "--to", "docx"]) == 1
    assert main(["release", "rain", "--to", "docx", "--for-release"]) == 0
    assert list(record()["files"]) == ["for-release/rain.docx"]


def test_a_draft_is_not_for_outsiders(here):
    assert main(["build", "--for-release", "--draft"]) == 2
