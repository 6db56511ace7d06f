"""`brief merge`: where the base is found, what is written, and that nothing is half-written."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from test_merge import BIB, BRIEF
from word_edits import Draft

from pipeline.cli import main
from pipeline.merge import files
from pipeline.project import load_project
from pipeline.writers.docx import write_docx


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    (tmp_path / "briefs/rain.md").write_text(BRIEF, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sent(path="briefs/rain.md"):
    project = load_project([Path(path)])
    return write_docx(project.briefs[0].numbered, project.styles)


def returned(name, *changes, content=None):
    draft = Draft(content or sent())
    for words, new in changes:
        draft.replace(words, new)
    Path(name).write_bytes(draft.saved())
    return name


def now():
    return Path("briefs/rain.md").read_bytes().decode()


def test_edits_are_written_and_undone(folder, capsys):
    assert main(["merge", returned("a.docx", ("It rains", "It pours"))]) == 0
    assert now() == BRIEF.replace("It rains", "It pours")
    assert "briefs/rain.md:14: changed “It rains more than”" in capsys.readouterr().out

    assert main(["merge", "--undo"]) == 0
    assert now() == BRIEF
    assert main(["merge", "--undo"]) == 1


def test_a_file_of_a_build_is_merged(folder, capsys):
    assert main(["build", "--to", "docx", "--word-citations", "zotero"]) == 0
    name = returned(
        "a.docx", ("It rains", "It pours"), content=Path("build/rain.docx").read_bytes()
    )

    assert main(["merge", name]) == 0
    assert now() == BRIEF.replace("It rains", "It pours")
    assert "has changed since" not in capsys.readouterr().out


def test_undo_keeps_what_was_written_since(folder):
    main(["merge", returned("a.docx", ("It rains", "It pours"))])
    Path("briefs/rain.md").write_text("# New\n", "utf-8")

    assert main(["merge", "--undo"]) == 1
    assert now() == "# New\n"


def test_a_dry_run_shows_the_changes_and_writes_nothing(folder, capsys):
    assert main(["merge", "--dry-run", returned("a.docx", ("It rains", "It pours"))]) == 0
    assert now() == BRIEF
    assert "+It pours more than it did, and nobody" in capsys.readouterr().out.splitlines()


def test_nothing_is_written_if_an_edit_is_refused_unless_a_part_is_wanted(folder, capsys):
    name = returned("a.docx", ("It rains", "It pours"), ("Rain. 2019", "Rain. 2020"))

    assert main(["merge", name]) == 1
    assert now() == BRIEF
    assert "change the .bib" in capsys.readouterr().out
    assert main(["merge", "--partial", name]) == 1
    assert now() == BRIEF.replace("It rains", "It pours")


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["\n", ""])
def test_line_ends_byte_order_mark_and_last_line_stay(folder, ending, mark, last):
    text = mark + (BRIEF.rstrip("\n") + last).replace("\n", ending)
    Path("briefs/rain.md").write_bytes(text.encode())
    name = returned("a.docx", ("It rains", "It pours"), ("3 drops", "3 lots"))
    Draft(Path(name).read_bytes())

    assert main(["merge", name]) == 0
    assert now() == text.replace("It rains", "It pours").replace("3 drops", "3 lots")


def git(*arguments):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def commit():
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Sent")


def test_a_brief_that_moved_on_is_merged_from_its_state_in_git(folder, capsys):
    commit()
    name = returned("a.docx", ("It rains", "It pours"))
    Path("briefs/rain.md").write_text(BRIEF.replace("Look up.", "Look down."), "utf-8")

    assert main(["merge", name]) == 0
    assert now() == BRIEF.replace("It rains", "It pours").replace("Look up.", "Look down.")
    assert "(from git)" in capsys.readouterr().out


def test_conflicts_are_marked(folder, capsys):
    commit()
    name = returned("a.docx", ("It rains", "It pours"))
    Path("briefs/rain.md").write_text(BRIEF.replace("It rains", "It drizzles"), "utf-8")

    assert main(["merge", name]) == 1
    assert "<<<<<<< the brief\nIt drizzles more" in now()
    assert "=======\nIt pours more" in now()
    assert "1 conflict to settle" in capsys.readouterr().out


def test_an_unknown_base_is_refused_unless_the_file_is_trusted(folder, capsys):
    name = returned("a.docx", ("It rains", "It pours"))
    Path("briefs/rain.md").write_text(BRIEF.replace("Look up.", "Look down."), "utf-8")

    assert main(["merge", name]) == 1
    assert "--trust-embedded" in capsys.readouterr().err
    assert now() == BRIEF.replace("Look up.", "Look down.")
    assert main(["merge", "--trust-embedded", name]) == 0
    assert now() == BRIEF.replace("It rains", "It pours").replace("Look up.", "Look down.")


def test_files_of_several_reviewers_are_merged_at_once(folder):
    content = sent()
    names = [
        returned("a.docx", ("It rains", "It pours"), content=content),
        returned("b.docx", ("Look up.", "Look down."), content=content),
    ]

    assert main(["merge", *names]) == 0
    assert now() == BRIEF.replace("It rains", "It pours").replace("Look up.", "Look down.")


def test_a_source_that_changed_is_named(folder, capsys):
    name = returned("a.docx", ("It rains", "It pours"))
    Path("references.bib").write_text(BIB.replace("Bo}", "Bob}"), "utf-8")

    main(["merge", name])

    assert "kim is not what it was made with" in capsys.readouterr().out


def test_the_outcome_as_json(folder, capsys):
    content = sent()
    draft = Draft(content)
    draft.replace("It rains", "It pours", track=True)
    Path("a.docx").write_bytes(draft.saved())

    assert main(["merge", "--json", "a.docx", "missing.docx"]) == 1
    missing, brief = json.loads(capsys.readouterr().out)["briefs"]
    assert missing["files"][0]["reason"] == "there is no such file"
    (edit,) = brief["files"][0]["edits"]
    assert (edit["line"], edit["taken"], brief["written"]) == (14, True, True)
    assert [c["author"] for c in edit["tracked"]] == ["Ann Lee", "Ann Lee"]


def test_a_brief_that_changes_while_it_is_merged_stays(folder, capsys, monkeypatch):
    name = returned("a.docx", ("It rains", "It pours"))
    from pipeline import merge

    def three_way(*rest):
        Path("briefs/rain.md").write_text("# New\n", "utf-8")
        return original(*rest)

    original = merge.three_way
    monkeypatch.setattr(merge, "three_way", three_way)

    assert main(["merge", name]) == 1
    assert "changed meanwhile" in capsys.readouterr().err
    assert now() == "# New\n"


# Files from elsewhere ----------------------------------------------------------------------------


def with_part(content, name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return out.getvalue()


def body(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BAD = {
    "no ZIP archive": lambda content: b"nothing",
    "no document": lambda content: with_part(content, "_rels/.rels", "<a/>"),
    "broken XML": lambda content: with_part(content, "word/document.xml", "<w:document"),
    "a document type": lambda content: with_part(
        content, "word/document.xml", DTD + body(content).partition("?>")[2]
    ),
    "macros": lambda content: with_part(content, "word/vbaProject.bin", b"0"),
    "a bomb": lambda content: with_part(content, "word/document.xml", b" " * 70_000_000),
    "too deep": lambda content: with_part(
        content,
        "word/document.xml",
        body(content).replace("<w:body>", "<w:body>" + "<w:x>" * 50_000),
    ),
    "not a brief": lambda content: with_part(content, "customXml/item1.xml", "<a/>"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_no_brief_or_hostile_is_refused(folder, kind, capsys):
    Path("a.docx").write_bytes(BAD[kind](sent()))

    assert main(["merge", "a.docx"]) == 1
    assert capsys.readouterr().err.startswith("a.docx: ")
    assert now() == BRIEF


def test_a_file_with_thousands_of_new_paragraphs_is_refused(folder, capsys):
    content = sent()
    new = "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 3000
    text = body(content).replace("<w:sectPr", f"{new}<w:sectPr", 1)
    Path("a.docx").write_bytes(with_part(content, "word/document.xml", text))

    assert main(["merge", "a.docx"]) == 1
    assert "a.docx: it has 30" in capsys.readouterr().err


def test_two_bookmarks_of_one_name_and_many_tracked_changes_are_read(folder):
    content = sent()
    text = body(content)
    mark = '<w:bookmarkStart w:id="9001" w:name="_Bb0006"/><w:bookmarkEnd w:id="9001"/>'
    change = '<w:ins w:id="{}" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins>'
    many = "".join(change.format(9100 + n) for n in range(2000))
    text = text.replace("Wind helps.</w:t></w:r>", f"Wind helps.</w:t></w:r>{mark}{many}")
    Path("a.docx").write_bytes(with_part(content, "word/document.xml", text))

    assert main(["merge", "a.docx"]) == 0
    assert f"- Wind helps.{'x' * 2000}\n" in now()


# Comments ----------------------------------------------------------------------------------------


def test_comments_and_tracked_changes_become_a_review_list(folder, capsys):
    draft = Draft(sent())
    draft.replace("It rains", "It *pours* and rains", track=True)
    draft.comment("nobody", "Really *nobody*?\nWho asked?")
    draft.comment("Wind helps", "How?", by="B. Kim")
    draft.new_paragraph("knows why", "And so on.")
    Path("a.docx").write_bytes(draft.saved())

    assert main(["merge", "a.docx"]) == 0
    assert Path("briefs/rain/reviews/a.md").read_text("utf-8") == (
        "# Review of `briefs/rain.md`: a.docx\n\n"
        "## Comments\n\n"
        "1. `briefs/rain.md:14` M. Inister, 2026-05-05, on “nobody”\n\n"
        "   Really \\*nobody\\*?\n   Who asked?\n\n"
        "2. `briefs/rain.md:35` B. Kim, 2026-05-05, on “Wind helps”\n\n"
        "   How?\n\n"
        "## Tracked changes\n\n"
        "- `briefs/rain.md:14` Ann Lee, 2026-05-05: deleted “rains”\n"
        "- `briefs/rain.md:14` Ann Lee, 2026-05-05: inserted “\\*pours\\* and rains”\n"
    )
    assert "briefs/rain/reviews/a.md: 2 comments to answer" in capsys.readouterr().out
    assert now().splitlines()[34] == "- Wind helps."


def test_a_comment_on_deleted_words_replies_and_resolved_ones_are_listed(folder, capsys):
    draft = Draft(sent())
    draft.comment("Wind helps", "How?")
    draft.comment("Look up", "Why?")
    draft.replies = [(0, "By day.", "Ann Lee", False), (1, "Done.", "Bo", True)]
    draft.replace("Wind helps", "", track=True)
    Path("a.docx").write_bytes(draft.saved())

    assert main(["merge", "--json", "a.docx"]) == 0
    (brief,) = json.loads(capsys.readouterr().out)["briefs"]
    first, second = brief["files"][0]["comments"]
    assert (first["anchor"], first["line"], first["resolved"]) == ("Wind helps", 33, False)
    assert [reply["text"] for reply in first["replies"]] == ["By day."]
    assert (second["text"], second["resolved"]) == ("Why?", True)


def test_the_file_that_build_wrote_was_made_with_this_house_style(folder, capsys):
    main(["build", "--to", "docx"])
    capsys.readouterr()

    assert main(["merge", "--dry-run", "build/rain.docx"]) == 0
    assert "changed" not in capsys.readouterr().out


@pytest.mark.parametrize("status", [-9, 128, 255])
def test_what_git_left_when_it_ended_early_is_not_taken(monkeypatch, status):
    ended = subprocess.CompletedProcess([], status, b"half of a")
    monkeypatch.setattr(files.subprocess, "run", lambda *_, **__: ended)

    with pytest.raises(files.MergeError, match="cannot merge"):
        files.three_way("ours\n", "base\n", "theirs\n", "returned.docx")
