"""A day at a desk: an edition goes out, comes back twice with comments, and becomes the next."""

from pathlib import Path

import pytest
from test_merge import BIB, BRIEF
from test_releases import git
from word_edits import Draft

from pipeline.cli import main
from pipeline.project import load_project
from pipeline.readers.docx import read_docx

SOURCE = Path("briefs/rain.md")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    (tmp_path / ".gitignore").write_text("build/\n*.docx\n", "utf-8")
    front = "lang: en-GB\nedition: 1\ndate: 2026-03-01\nreviewers: [{name: Bo Roe, role: editor}]\n"
    text = BRIEF.replace("lang: en-GB\n", front)
    (tmp_path / SOURCE).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    commit("First")
    return tmp_path


def commit(message):
    git("add", "-A")
    git("commit", "-qm", message)


def write(old, new):
    text = SOURCE.read_text("utf-8")
    assert old in text
    SOURCE.write_text(text.replace(old, new), "utf-8")


def build(*options):
    assert main(["build", "--to", "docx", *options]) == 0
    return Path("build/rain.docx").read_bytes()


def returned(name, content, words, new, comment):
    """Save a copy with a tracked change and a comment on another passage."""
    draft = Draft(content)
    draft.comment(*comment)
    draft.replace(words, new, track=True)
    Path(name).write_bytes(draft.saved())
    return name


def comments(content):
    return [(c.author, c.text, c.anchor) for c in read_docx(content).comments]


def printed(edition="briefs/rain.md"):
    """Return the keys in the order of their numbers."""
    project = load_project([Path(edition)])
    assert not project.has_errors
    return [reference.key for reference in project.briefs[0].numbered.bibliography]


def test_a_day(desk, capsys):
    sent = build()
    assert main(["release", "rain", "--to", "docx"]) == 0
    commit("Released as edition 1")

    # Two reviewers work on copies of what was released, and the author goes on writing.
    ann = returned(
        "ann.docx", sent, "It rains more", "It pours more", ("Wind helps", "How?", "Ann")
    )
    bo = returned("bo.docx", sent, "Drops grow", "Drops gather", ("Look up", "Why?", "Bo"))
    write("Snow is rarer", "Hail is rarest [@roe, p. 9]. Snow is rarer")
    assert main(["check"]) == 1  # edition 1 says something else
    write("edition: 1", "edition: 2")
    assert main(["check"]) == 0

    assert main(["merge", ann, bo]) == 0
    text = SOURCE.read_text("utf-8")
    for words in ("It pours more", "Drops gather", "Hail is rarest [@roe, p. 9]"):
        assert words in text
    assert printed() == ["lee", "kim", "roe"]

    # The next file has what they asked, and what one of them settles is gone from the one after.
    next_file = build("--with-comments")
    assert comments(next_file) == [("Ann", "How?", "Wind helps"), ("Bo", "Why?", "Look up")]
    draft = Draft(next_file)
    states = draft.parts["word/commentsExtended.xml"]
    draft.parts["word/commentsExtended.xml"] = states.replace(b'done="0"', b'done="1"', 1)
    Path("ann-2.docx").write_bytes(draft.saved())
    assert main(["merge", "ann-2.docx"]) == 0
    assert comments(build("--with-comments")) == [("Bo", "Why?", "Look up")]
    capsys.readouterr()
    assert main(["reviews"]) == 0
    said = capsys.readouterr().out
    assert "1 open comment" in said
    assert main(["reviews", "--resolve", said.rpartition("--resolve ")[2].split()[0]]) == 0

    # The next edition, for readers outside.
    assert (
        main(["release", "rain", "--to", "docx", "--for-release"]) == 1
    )  # not committed, not built
    commit("Merged")
    assert main(["build", "--to", "docx", "--for-release"]) == 0
    assert main(["release", "rain", "--to", "docx", "--for-release", "--date", "2026-04-01"]) == 0
    outside = Path("build/for-release/rain.docx").read_bytes()
    assert read_docx(outside).comments == ()
    assert printed("briefs/rain/releases/1/briefs/rain.md") == ["lee", "kim", "roe"]

    # A committee reads what has changed, and edits that file.
    capsys.readouterr()
    assert main(["redline", "rain", "--since", "1", "--until", "2"]) == 0
    assert "edition 1 → edition 2: 2 sentences and " in capsys.readouterr().out
    redline = Path("build/rain.redline.docx").read_bytes()
    committee = returned(
        "committee.docx", redline, "Snow is rarer", "Snow is rare", ("Wait", "How long?", "Di")
    )
    assert main(["merge", committee]) == 0
    assert "Hail is rarest [@roe, p. 9]. Snow is rare: see" in SOURCE.read_text("utf-8")

    # A copy of the first edition that comes late is merged into the second.
    late = returned(
        "late.docx", sent, "The end is", "The end seems", ("Clouds cool", "Do they?", "Cy")
    )
    capsys.readouterr()
    assert main(["merge", late]) == 0
    assert "late.docx (from the release of edition 1)" in capsys.readouterr().out
    assert "The end seems" in SOURCE.read_text("utf-8")
