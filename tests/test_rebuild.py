"""What a second build does: nothing where nothing has changed, else what has, and it says why."""

import asyncio
import errno
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import disk, previous, program
from pipeline.build import build as build_project
from pipeline.build import fingerprint, fonts, workers
from pipeline.cli import main
from pipeline.disk import Disk, Note, renewed
from pipeline.preview.building import Builder
from pipeline.preview.request import Request
from pipeline.project import load_project

ROOT = Path(__file__).parents[1]
BRIEF = """\
---
title: Rain
---

It rains [@lee2019; @smith2021].

![A roof](roof.svg)

![Rain by town](rain.csv){#tbl-rain}
"""
LIBRARY = """\
@article{smith2021, author={Smith, Ann}, title={Rain on Roofs}, journal={J. Rain}, year={2021}}
@book{lee2019, author={Lee, Bo}, title={Water in Canada}, publisher={North}, year={2019}}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{}</text></svg>'


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A project of two briefs that is built as HTML and made the current folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/rain.md").write_text(BRIEF, "utf-8")
    (tmp_path / "briefs/snow.md").write_text("---\ntitle: Snow\n---\n\nCold [@lee2019].\n", "utf-8")
    (tmp_path / "briefs/roof.svg").write_text(SVG.format("Roof"), "utf-8")
    (tmp_path / "briefs/rain.csv").write_text("Town,Rain\nBath,3\n", "utf-8")
    (tmp_path / "references.bib").write_text(LIBRARY, "utf-8")
    monkeypatch.chdir(tmp_path)
    make_old(tmp_path)
    assert brief() == "loaded"
    return tmp_path


def make_old(folder):
    """Let files look an hour old, so that stamps count, but for their inodes' time."""
    for path in folder.rglob("*"):
        hour_ago = path.stat().st_mtime_ns - 3600 * 10**9
        os.utime(path, ns=(hour_ago, hour_ago))


def brief(*options):
    """Build as HTML; say whether the project was loaded for it, or the last build was repeated."""
    calls = []
    with pytest.MonkeyPatch.context() as patch:
        reading = lambda *a, **k: calls.append(a) or load_project(*a, **k)  # noqa: E731
        patch.setattr("pipeline.cli.loading.load_project", reading)
        main(["build", "--to", "html", *options])
    return "loaded" if calls else "repeated"


def reasons(capsys, *options):
    capsys.readouterr()
    main(["build", "--explain", "--json", "--to", "html", *options])
    briefs = json.loads(capsys.readouterr().out)["briefs"]
    return {name: why for said in briefs for name, why in said["reasons"].items()}


def test_a_build_that_has_nothing_to_do_repeats_what_was_said(place, capsys):
    (place / "references.bib").write_text(LIBRARY.replace("year={2019}", ""), "utf-8")
    brief()
    for state in place.glob("build/.build-*"):
        state.unlink()
    capsys.readouterr()
    assert brief() == "loaded"
    said = capsys.readouterr()
    assert "missing-field" in said.err

    assert brief() == "repeated"
    assert capsys.readouterr() == said


def test_a_build_that_has_nothing_to_do_imports_no_reader_and_no_writer(place):
    code = (
        "import sys; from pipeline.cli import main; main(['build', '--to', 'html']);"
        "print(sorted(n for n in sys.modules if n.startswith(('pipeline.re', 'pipeline.w',"
        "'pipeline.project', 'pipeline.build', 'pipeline.verify'))))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert run.stdout.splitlines()[-2:] == ["nothing to do: build is up to date", "[]"]


CHANGES = {
    "the text": lambda: edit("briefs/rain.md", "It rains", "It pours"),
    "a new brief": lambda: Path("briefs/hail.md").write_text("---\ntitle: Hail\n---\n\nIce.\n"),
    "a brief that is gone": lambda: Path("briefs/snow.md").unlink(),
    "the library": lambda: edit("references.bib", "Canada", "Japan"),
    "a picture": lambda: edit("briefs/roof.svg", "Roof", "Tile"),
    "a table": lambda: edit("briefs/rain.csv", "Bath", "York"),
    "a picture that is gone": lambda: Path("briefs/roof.svg").unlink(),
    "a house style": lambda: Path("styles").mkdir(),
    "a baseline": lambda: Path("baseline.json").write_text('{"known": []}'),
    "an output": lambda: edit("build/rain.html", "Bath", "York"),
    "an output that is gone": lambda: Path("build/snow.html").unlink(),
    "no size and no time": lambda: edit("briefs/rain.md", "It rains", "It pours", keep=True),
}


def edit(name, old, new, keep=False):
    path = Path(name)
    text, before = path.read_text("utf-8"), path.stat()
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    if keep:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("doubt", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_seen(place, change, doubt, monkeypatch):
    if not doubt:  # every stamp counts
        monkeypatch.setattr(disk, "COARSEST", -(10**12))
        brief("--force")
    assert brief() == "repeated"

    CHANGES[change]()

    assert brief() == "loaded"


def test_what_was_looked_for_and_not_found_is_seen_when_it_comes(place):
    edit("briefs/snow.md", "Cold", "![Ice](ice.svg)\n\nCold")
    assert [brief(), brief()] == ["loaded", "repeated"]

    Path("briefs/ice.svg").write_text(SVG.format("Ice"), "utf-8")

    assert brief() == "loaded"


def test_a_file_that_is_saved_unchanged_changes_nothing(place):
    for path in (*place.glob("briefs/*"), place / "references.bib", place / "build/rain.html"):
        path.write_bytes(path.read_bytes())

    assert brief() == "repeated"


def test_a_stamp_saves_reading_a_file_a_second_time(place, monkeypatch):
    monkeypatch.setattr(disk, "COARSEST", 0)
    assert brief() == "repeated"  # and renews the stamps
    monkeypatch.setattr(disk, "read_file", lambda *_: pytest.fail("a file was read"))

    assert brief() == "repeated"


def test_another_version_of_the_program_is_seen(place, monkeypatch):
    monkeypatch.setattr(program, "stamp", lambda: "another")

    assert brief() == "loaded"


def test_a_build_with_other_options_is_another_build(place):
    assert [brief("--draft"), brief("--draft"), brief()] == ["loaded", "repeated", "loaded"]
    assert [brief("--jobs", "1"), brief("--force")] == ["repeated", "loaded"]


def test_a_brief_with_errors_is_neither_built_nor_read_again(place, capsys):
    edit("briefs/snow.md", "@lee2019", "@nobody")
    assert [brief(), brief()] == ["loaded", "repeated"]
    assert main(["build", "--to", "html"]) == 1
    assert "unknown-citation" in capsys.readouterr().err


def out_of_time(function, tasks, *limits):
    late = workers.Failure("it took more than 1 second")
    return ((index, late) for index in range(len(tasks)))


def test_what_failed_for_the_machines_sake_is_tried_again(place, monkeypatch):
    edit("briefs/snow.md", "Cold", "Cool")
    with monkeypatch.context() as patch:
        patch.setattr(workers, "run_unordered", out_of_time)
        brief()

    assert brief() == "loaded"


@pytest.mark.parametrize("text", ["", "{}", "[" * 10**5, "null", "\0"])
def test_a_damaged_record_of_the_last_build_is_none(place, text):
    for state in place.glob("build/.build-*"):
        state.write_text(text)

    assert [brief(), brief()] == ["loaded", "repeated"]


def test_eight_commands_are_remembered(place):
    for number in range(12):
        brief("--citation-style", "ieee", "--styles", f"none{number}")

    assert len(list(place.glob("build/.build-*"))) == previous._KEPT


def test_everything_that_is_read_or_looked_for_is_noted(place, monkeypatch):
    """Nothing reads past `Disk`: each path in the project that Python is asked for has a note."""
    seen = set()

    def spy(module, name):
        real = getattr(module, name)

        def called(path=".", *rest, **options):
            if isinstance(path, str | Path):
                seen.add(os.path.abspath(path))
            return real(path, *rest, **options)

        monkeypatch.setattr(module, name, called)

    Path("styles").mkdir()
    Path("styles/house.toml").write_text('citation-style = "own.csl"\n', "utf-8")
    edit("briefs/snow.md", "title: Snow", "title: Snow\nbibliography: [gone.bib]")
    for module, name in ((io, "open"), (os, "stat"), (os, "listdir"), (os, "scandir")):
        spy(module, name)

    noted = Disk()
    load_project(disk=noted)

    notes = noted.notes()
    places = (str(place), str(ROOT / "styles"))
    # Of folders, Python itself asks for many, to resolve names.
    files = {path for path in seen if path.startswith(places) and not os.path.isdir(path)}
    assert len(files) > 10
    folders = {os.path.dirname(path) for path, note in notes.items() if note.kind == "names"}
    assert files - notes.keys() - folders == set()


@pytest.mark.parametrize("kind", ["file", "names", "presence"])
def test_a_note_on_nothing_holds_until_something_comes(kind, tmp_path):
    place = str(tmp_path / ("*.md" if kind == "names" else "a.md"))
    noted = Disk()
    if kind == "file":
        with pytest.raises(FileNotFoundError):
            noted.read(Path(place), 9)
    elif kind == "names":
        assert noted.names(tmp_path, ".md") == []
    else:
        assert not noted.exists(place)
    note = noted.notes()[place]
    assert renewed(place, note) == note

    (tmp_path / "a.md").write_text("A")

    assert renewed(place, note) is None


def test_a_file_as_new_as_its_note_is_read_again(tmp_path):
    """As git does: a change within the same tick of the clock would leave the same stamp."""
    path = tmp_path / "a.md"
    path.write_text("A")
    noted = Disk()
    noted.read(path, 9)

    assert noted.notes()[str(path)].stamp is None
    assert renewed(str(path), Note("file", "other")) is None


def test_a_file_of_the_future_is_no_reason_to_build_and_hides_no_change(place):
    """Where the clock was set back, new files have times that are still to come."""
    later = time.time() + 3600
    os.utime("briefs/rain.md", (later, later))
    assert [brief(), brief()] == ["repeated", "repeated"]

    edit("briefs/rain.md", "It rains", "It pours", keep=True)

    assert brief() == "loaded"


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        disk.write_beside(tmp_path / "manifest.json", b"{}")

    assert list(tmp_path.iterdir()) == []


def test_a_source_that_is_removed_while_it_is_read_is_reported(place, monkeypatch, capsys):
    real = disk.read_file

    def read(path, largest):
        if path.name == "snow.md":
            path.unlink()
        return real(path, largest)

    monkeypatch.setattr(disk, "read_file", read)

    assert brief("--force") == "loaded"
    said = capsys.readouterr()
    assert "briefs/snow.md: error[missing-file]" in said.err
    assert "rain" in said.out


# Why each file is built or not ------------------------------------------------------------------


def test_explain_says_what_has_changed(place, capsys):
    assert reasons(capsys) == {"rain.html": "up to date", "snow.html": "up to date"}

    edit("references.bib", "Roofs", "Walls")
    assert reasons(capsys) == {
        "rain.html": "changed: the references cited",
        "snow.html": "up to date",
    }
    edit("briefs/roof.svg", "Roof", "Tile")
    assert reasons(capsys)["rain.html"] == "changed: `roof.svg`"
    edit("briefs/rain.csv", "Bath", "York")
    assert "the tables" in reasons(capsys)["rain.html"]
    edit("build/rain.html", "York", "Bath")
    assert reasons(capsys)["rain.html"] == "the file was changed after it was built"
    Path("build/rain.html").unlink()
    assert reasons(capsys)["rain.html"] == "the file is gone"
    Path("styles").mkdir()
    Path("styles/house.toml").write_text("[colours]\ntext = '#112233'\n", "utf-8")
    assert set(reasons(capsys).values()) == {"changed: the house style"}
    assert set(reasons(capsys, "--force").values()) == {"asked for by --force"}


def test_budgets_and_inks_do_not_change_an_edition_for_the_screen(place, capsys):
    Path("styles").mkdir()
    Path("styles/house.toml").write_text("", "utf-8")
    main(["build"])
    Path("styles/house.toml").write_text(
        '[budgets]\npages = 1\nwords = 9\n[press]\ncondition = "x"\n'
        '[press-colours]\nrule = "0 0 0 50"\n[severities]\nword-budget = "warning"\n',
        "utf-8",
    )
    Path("styles/press.css").write_text("body { color: black }", "utf-8")
    capsys.readouterr()

    main(["build", "--explain", "--to", "pdf,html"])

    assert capsys.readouterr().out.count(": up to date") == 4


def test_a_font_for_drawings_makes_their_pictures_stale_when_it_comes(place, monkeypatch):
    stale = []
    for names in ([], ["zz.ttf"]):
        monkeypatch.setattr(fingerprint, "installed", lambda names=names: {"/fonts": names})
        outcomes = build_project(load_project(), ("docx", "html"))
        reasons = {name: why for outcome in outcomes for name, why in outcome.reasons.items()}
        stale.append({name for name, why in reasons.items() if "font" in why})

    assert stale == [set(), {"rain.docx"}]


@pytest.mark.parametrize(
    ("text", "rare"), [("Łódź – Αθήνα – Москва, 3 €", False), ("東京", True), ("Rain ☔", True)]
)
def test_letters_for_which_another_font_may_be_taken_depend_on_all(place, text, rare):
    edit("briefs/snow.md", "Cold", text)
    snow = next(b for b in load_project().briefs if b.name == "snow")
    targets = [fingerprint.Target(snow.numbered, None, f) for f in ("pdf", "docx")]

    assert [target.needs_any_font for target in targets] == [rare, False]


def test_a_new_folder_of_fonts_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path / "fonts"),))
    noted = Disk()
    fonts.installed.cache_clear()
    fonts.note_installed(noted)
    fonts.installed.cache_clear()
    [(place, note)] = noted.notes().items()
    assert renewed(place, note)

    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/zz.ttf").write_bytes(b"")

    assert renewed(place, note) is None


def test_outputs_of_a_brief_that_is_renamed_are_reported(place, capsys):
    Path("briefs/snow.md").rename("briefs/sleet.md")

    assert brief() == "loaded"
    said = capsys.readouterr().err
    assert "build/snow.html: warning[left-over-output]: made from `briefs/snow.md`" in said

    Path("build/snow.html").unlink()
    assert brief() == "loaded"
    assert "left-over" not in capsys.readouterr().err


def test_what_the_proof_of_a_file_found_is_said_again(place, capsys):
    edit("briefs/snow.md", "Cold", "Cold \U00010fff")
    main(["build", "--to", "pdf", "briefs/snow.md"])
    said = capsys.readouterr().err
    assert "missing-glyph" in said
    for state in place.glob("build/.build-*"):
        state.unlink()

    main(["build", "--to", "pdf", "briefs/snow.md"])

    assert capsys.readouterr().err == said


# A process that stays ---------------------------------------------------------------------------


def test_a_process_that_stays_builds_the_same_bytes_as_a_command(place):
    main(["build", "briefs/rain.md"])
    cold = {file.name: file.read_bytes() for file in place.glob("build/rain.*")}

    async def built():
        builder = Builder(Request(out=place / "warm"))
        first = await builder.build(Path("briefs/rain.md"))
        edit("briefs/rain.md", "@lee2019", "@lee2019, p. 7")
        given_up = asyncio.create_task(builder.build(Path("briefs/rain.md")))
        await asyncio.sleep(0.05)
        for _ in range(2):  # another save comes while the first build is being given up
            given_up.cancel()
            await asyncio.sleep(0)
        edit("briefs/rain.md", "@lee2019, p. 7", "@nobody")
        wrong = await builder.build(Path("briefs/rain.md"))
        edit("briefs/rain.md", "@nobody", "@smith2021")
        last = await builder.build(Path("briefs/rain.md"))
        await builder.end()
        return first, wrong, last

    first, wrong, last = asyncio.run(built())

    assert set(first.files) == set(cold)
    assert not wrong.files
    assert "unknown-citation" in wrong.problems[0].text
    assert set(last.files) == set(cold)
    for state in place.glob("build/.build-*"):
        state.unlink()
    main(["build", "briefs/rain.md"])
    for name in cold:
        assert (place / "warm" / name).read_bytes() == (place / "build" / name).read_bytes()
        assert (place / "warm" / name).read_bytes() != cold[name]
