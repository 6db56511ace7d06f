"""Building a project: what is written, when, and what happens when something goes wrong."""

import errno
import gc
import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pikepdf
import pytest

from pipeline import program
from pipeline.build import build as build_project
from pipeline.build import publishing, workers
from pipeline.build.fonts import FontFile
from pipeline.build.verifying import verify_files
from pipeline.cli import main
from pipeline.project import load_project
from pipeline.verify.verdict import AS_BUILT

SMALL = """\
---
title: Rain
---

::: summary
It rains [@lee2019; @smith2021].
:::

## Roofs

They leak [@smith2021, p. 4].
"""
LIBRARY = """\
@article{smith2021, author={Smith, Ann}, title={Rain on Roofs}, journal={J. Rain}, year={2021}}
@book{lee2019, author={Lee, Bo}, title={Water in Canada}, publisher={North}, year={2019}}
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A project of two small briefs, made the current folder."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/rain.md").write_text(SMALL, "utf-8")
    (tmp_path / "briefs/snow.md").write_text(SMALL.replace("Rain", "Snow"), "utf-8")
    (tmp_path / "references.bib").write_text(LIBRARY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(root, *formats, **options):
    outcomes = build_project(load_project(start=root), formats or ("html", "docx"), **options)
    return {outcome.name: outcome.status for outcome in outcomes}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name[0] != "."}


def records(root):
    return json.loads((root / "build/manifest.json").read_text("utf-8"))["files"]


def in_processes(function, arguments):
    """Call a function with each argument, all at once, each in a process of its own."""
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=function, args=(argument,)) for argument in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert {process.exitcode for process in processes} == {0}


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_every_brief_is_written_in_every_format(small):
    assert build(small, "html", "docx", "pdf") == {"rain": "built", "snow": "built"}
    assert sorted(contents(small / "build")) == sorted(
        ["manifest.json", *(f"{n}.{f}" for n in ("rain", "snow") for f in ("html", "docx", "pdf"))]
    )


def test_a_second_build_writes_nothing(small):
    build(small)
    before = {path: path.stat().st_mtime_ns for path in (small / "build").iterdir()}

    assert build(small) == {"rain": "up to date", "snow": "up to date"}
    assert {path: path.stat().st_mtime_ns for path in (small / "build").iterdir()} == before


def test_only_what_changed_is_written(small):
    build(small)
    edit(small / "briefs/rain.md", "leak", "drip")

    assert build(small) == {"rain": "built", "snow": "up to date"}


def test_an_uncited_reference_changes_nothing(small):
    build(small)
    with (small / "references.bib").open("a", encoding="utf-8") as file:
        file.write("@book{new2020, title={New}, author={New, N.}, publisher={P}, year={2020}}\n")

    assert build(small) == {"rain": "up to date", "snow": "up to date"}


def test_a_cited_reference_changes_every_brief_that_cites_it(small):
    build(small)
    edit(small / "references.bib", "Water in Canada", "Water in Japan")

    assert build(small) == {"rain": "built", "snow": "built"}
    assert b"Water in Japan" in contents(small / "build")["rain.html"]


def test_a_house_style_changes_everything(small):
    build(small)
    (small / "styles").mkdir()
    (small / "styles/house.toml").write_text('name = "Rain House"\n', "utf-8")

    assert build(small) == {"rain": "built", "snow": "built"}


def test_an_output_changed_by_hand_is_written_again(small):
    build(small)
    edit(small / "build/rain.html", "leak", "hold")

    assert build(small) == {"rain": "built", "snow": "up to date"}
    assert b"leak" in contents(small / "build")["rain.html"]


def test_an_error_in_a_brief_keeps_its_previous_files_and_builds_the_others(small):
    build(small)
    before = contents(small / "build")
    edit(small / "briefs/rain.md", "@smith2021, p. 4", "@nobody")
    edit(small / "briefs/snow.md", "leak", "drip")

    assert build(small) == {"rain": "failed", "snow": "built"}
    after = contents(small / "build")
    assert (after["rain.html"], after["rain.docx"]) == (before["rain.html"], before["rain.docx"])


def test_a_draft_is_written_in_spite_of_errors_and_says_so(small):
    edit(small / "briefs/rain.md", "@smith2021, p. 4", "@nobody")

    assert build(small, draft=True)["rain"] == "built"
    html = contents(small / "build")["rain.html"].decode()
    assert "DRAFT" in html
    assert "unresolved" in html


def test_a_number_that_is_written_wrong_is_not_published(small, monkeypatch):
    from pipeline.writers import html

    real = html.write_html
    monkeypatch.setattr(
        html, "write_html", lambda numbered, styles: real(numbered, styles).replace(b"[1]", b"[7]")
    )

    # A child that is not forked would not know the writer that errs.
    monkeypatch.setattr(
        workers, "run_unordered", lambda make, tasks, *_: enumerate(map(make, tasks))
    )
    outcomes = build_project(load_project(start=small), ("html",))

    assert {d.code for o in outcomes for d in o.diagnostics} == {"number-mismatch"}
    assert not (small / "build/rain.html").exists()


def test_the_manifest_records_files_and_numbers(small):
    build(small)

    record = records(small)["rain.html"]

    assert [entry["key"] for entry in record["printed"]["bibliography"]] == ["lee2019", "smith2021"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_leaves_the_previous_files(small, monkeypatch, code):
    build(small)
    before = contents(small / "build")
    edit(small / "briefs/rain.md", "leak", "drip")

    def full(descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(publishing.os, "fsync", full)
    outcomes = build_project(load_project(start=small), ("html",))

    assert [d.code for o in outcomes for d in o.diagnostics] == ["cannot-write"]
    assert contents(small / "build") == before
    assert not list((small / "build").glob(".*.part"))


def test_an_output_folder_that_is_a_file_is_said(small):
    (small / "build").write_text("", "utf-8")

    outcomes = build_project(load_project(start=small), ("html",))

    found = {(d.code, d.span.path) for o in outcomes for d in o.diagnostics}
    assert found == {("cannot-write", "build")}


def test_two_builds_at_once_leave_whole_files(small):
    def one(number):
        edit_text = SMALL.replace("leak", f"leak {number}")
        (small / "briefs/rain.md").write_text(edit_text, "utf-8")
        build(small, "html", force=True)

    in_processes(one, range(4))

    written = contents(small / "build")["rain.html"]
    assert records(small)["rain.html"]["sha256"] == hashlib.sha256(written).hexdigest()
    assert contents(small / "build")["rain.html"].rstrip().endswith(b"</html>")


def test_two_builds_of_other_briefs_at_once_are_both_recorded(small):
    def one(name):
        paths = [small / f"briefs/{name}.md"]
        build_project(load_project(paths), ("html",))

    in_processes(one, ["rain", "snow"] * 3)

    assert sorted(records(small)) == ["rain.html", "snow.html"]


def test_what_an_interrupted_build_left_is_swept_away(small):
    (small / "build").mkdir()
    (small / "build/.rain.html.part").write_text("half", "utf-8")

    build(small)

    assert not list((small / "build").glob(".*.part"))


def test_what_a_killed_build_published_is_up_to_date(small):
    """It is killed as soon as the first brief has been said to be built."""

    def killed(_):
        def die(outcome):
            os.kill(os.getpid(), signal.SIGKILL)

        build(small, "html", progress=die)

    with pytest.raises(AssertionError):
        in_processes(killed, [0])
    [first] = (small / "build").glob("*.html")
    [other] = {"rain", "snow"} - {first.stem}
    with (small / "build" / publishing.JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(f'\n{{"{other}.html": {{"finger')  # and as it wrote the record of the next

    [(_, verdict)] = verify_files([first])
    assert verdict.kind == AS_BUILT
    assert build(small, "html") == {first.stem: "up to date", other: "built"}
    assert sorted(records(small)) == ["rain.html", "snow.html"]
    assert build(small, "html") == {"rain": "up to date", "snow": "up to date"}


def test_an_interrupted_build_records_what_it_published(small):
    def interrupt(outcome):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(small, "html", progress=interrupt)

    [published] = (small / "build").glob("*.html")
    assert list(records(small)) == [published.name]


@pytest.mark.parametrize("name", ["manifest.json", ".manifest.journal"])
@pytest.mark.parametrize("text", ["[" * 10**5, '{"files": {"rain.html": 7}}', "\ud800", "null", ""])
def test_a_manifest_that_is_none_says_nothing(small, name, text):
    (small / "build").mkdir()
    (small / "build" / name).write_bytes(text.encode("utf-8", "surrogatepass"))

    assert build(small, "html") == {"rain": "built", "snow": "built"}
    assert sorted(records(small)) == ["rain.html", "snow.html"]


def test_a_file_that_is_gone_is_taken_out_of_the_manifest(small):
    build(small, "html")
    (small / "build/snow.html").unlink()
    (small / "briefs/snow.md").unlink()
    edit(small / "briefs/rain.md", "leak", "drip")
    build(small, "html")

    assert sorted(records(small)) == ["rain.html"]


def test_the_manifest_is_written_once_for_all_briefs(small, monkeypatch):
    written = []
    real = publishing.write_beside
    monkeypatch.setattr(
        publishing,
        "write_beside",
        lambda path, text: written.append(path.name) or real(path, text),
    )

    build(small, "html")

    assert sorted(written[:-1]) == ["rain.html", "snow.html"]
    assert written[-1] == "manifest.json"


def sleep(seconds):
    time.sleep(seconds)
    return seconds


def swallow(megabytes):
    return len(bytearray(megabytes * 2**20))


def die(status):
    os.kill(os.getpid(), signal.SIGKILL)


def run(function, *tasks, seconds=5):
    return list(workers.run(function, tasks, 2, lambda task: seconds))


def test_a_child_out_of_time_costs_only_itself():
    late, well = run(sleep, 30, 0, seconds=1)

    assert "took more than" in late.message
    assert well == 0


def test_a_child_out_of_memory_costs_only_itself():
    large, well = run(swallow, 4096, 1)

    assert "memory" in large.message
    assert well == 2**20


def test_a_child_that_dies_costs_only_itself():
    dead, *_ = run(die, 1)

    assert "ended with status" in dead.message


def test_results_come_in_the_order_of_the_tasks():
    assert run(sleep, 0.3, 0.1, 0.2, 0) == [0.3, 0.1, 0.2, 0]


def process_of(task):
    if task == "fail":
        return workers.Failure("as asked for")
    return os.getpid()


@pytest.mark.parametrize("forks", [False, workers.FORKS])
def test_a_child_takes_one_task_after_another_until_it_fails_or_is_old(monkeypatch, forks):
    monkeypatch.setattr(workers, "FORKS", forks)
    monkeypatch.setattr(workers, "RENEWED", 3)
    found = list(workers.run(process_of, [1, "fail", 1, 1, 1, 1], 1, lambda task: 9))

    assert found[1] == workers.Failure("as asked for")
    assert len(set(found[2:5])) == 1
    assert len({found[0], found[2], found[5]}) == 3


class Litter:
    """Garbage that only its collector finds."""

    removed = 0

    def __init__(self):
        self.itself = self

    def __del__(self):
        Litter.removed += 1


def litter(task):
    Litter()
    return Litter.removed


def test_a_child_gives_back_what_a_task_left_before_the_next():
    gc.disable()
    try:
        assert list(workers.run(litter, [1, 2, 3], 1, lambda task: 9)) == [0, 1, 2]
    finally:
        gc.enable()


def test_a_time_limit_is_for_a_task_and_not_for_all_of_a_child(monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE", 100)

    assert list(workers.run(spin, [0.4] * 3, 1, lambda task: 0.3)) == [0.4] * 3


def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds


def test_a_child_that_is_killed_while_it_has_nothing_to_do_is_replaced_or_costs_one_task():
    tasks = [*range(4)]
    results = workers.run(process_of, tasks, 1, lambda task: 9)
    os.kill(next(results), signal.SIGKILL)

    rest = list(results)

    assert len(rest) == 3
    assert sum(isinstance(result, workers.Failure) for result in rest) == 1


def test_the_longest_brief_is_made_first_and_its_pdf_before_the_rest(small, monkeypatch):
    edit(small / "briefs/snow.md", "leak", "leak and drip and leak")
    order = []
    monkeypatch.setattr(
        workers,
        "run_unordered",
        lambda make, tasks, *_: (
            order.extend(t.target.filename for t in tasks)
            or ((n, workers.Failure("")) for n in range(len(tasks)))
        ),
    )
    build(small, "html", "pdf")

    assert order == ["snow.pdf", "snow.html", "rain.pdf", "rain.html"]


@pytest.mark.parametrize("forks", [False, workers.FORKS])
def test_results_are_whole_where_children_are_forked_and_where_they_are_not(monkeypatch, forks):
    monkeypatch.setattr(workers, "FORKS", forks)

    large, dead, small = run(eval, "bytes(3_000_000)", "__import__('os')._exit(3)", "1 + 1")

    assert large == bytes(3_000_000)  # more than a pipe holds
    assert dead.message == "its process ended with status 3"
    assert small == 2


PARENT = """
from pipeline.build import workers
workers.FORKS = {forks}
task = "__import__('os').write(1, b'!') and __import__('time').sleep(0.2) or bytes(1_000_000)"
list(workers.run(eval, [task, task], 2, lambda task: 60))
"""


@pytest.mark.parametrize("forks", [False, workers.FORKS])
def test_children_do_not_outlive_their_parent(forks):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(forks=forks)],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert parent.stdout.read(2) == b"!!"  # both children are at work

    parent.kill()

    try:
        parent.communicate(timeout=60)  # ends when the last of them has closed its output
    finally:
        with suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGKILL)


class Interrupted:
    """A task that is interrupted while a child reads it."""

    def __reduce__(self):
        return eval, ("__import__('os').kill(__import__('os').getpid(), 2) or '1 + 1'",)


def test_a_child_that_is_not_forked_leaves_an_interrupt_to_its_parent(monkeypatch, capfd):
    monkeypatch.setattr(workers, "FORKS", False)

    assert run(eval, Interrupted()) == [2]
    assert capfd.readouterr().err == ""


def test_a_child_that_is_not_forked_runs_nothing_of_the_folder_it_is_called_in(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(workers, "FORKS", False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pickle.py").write_text("raise SystemExit(3)\n", "utf-8")

    assert run(eval, "1 + 1") == [2]


def test_a_child_that_is_not_forked_needs_no_output(monkeypatch):
    monkeypatch.setattr(workers, "FORKS", False)
    os.set_inheritable(1, False)

    try:
        assert run(eval, "1 + 1") == [2]
    finally:
        os.set_inheritable(1, True)


def test_a_fault_of_ours_is_told_with_its_place_when_that_is_asked_for(monkeypatch, capfd):
    monkeypatch.setenv("BRIEFWRIGHT_DEBUG", "1")

    [failure] = run(eval, "1 / 0")

    assert failure.message == "ZeroDivisionError: division by zero"
    assert "Traceback" in capfd.readouterr().err


def test_a_picture_that_never_ends_costs_its_own_output_only(small, monkeypatch, capsys):
    groups = "".join(
        f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
    )
    (small / "briefs/bomb.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>'
        f'<rect id="a0" width="1" height="1"/>{groups}</defs><use href="#a8"/></svg>',
        "utf-8",
    )
    edit(small / "briefs/rain.md", "## Roofs", "![A roof](bomb.svg)\n\n## Roofs")
    monkeypatch.setattr("pipeline.build._seconds_allowed", lambda target: 5)

    monkeypatch.chdir(small)

    assert main(["build", "--to", "pdf,html"]) == 1

    assert {path.name for path in (small / "build").glob("*.*")} >= {"rain.html", "snow.pdf"}
    assert not (small / "build/rain.pdf").exists()
    printed = capsys.readouterr()
    assert "rain.pdf: it took more than" in printed.err
    assert "rain.pdf not written" in printed.out
    assert "snow  " in printed.out


# The page budget --------------------------------------------------------------------------------


def over_budget(root, house, *formats):
    (root / "briefs/rain.md").write_text(f"{SMALL}\n{'It rains on. ' * 500}\n", "utf-8")
    (root / "styles").mkdir(exist_ok=True)
    (root / "styles/house.toml").write_text(f"[budgets]\npages = 1\n{house}", "utf-8")
    outcomes = build_project(load_project(start=root), formats)
    return {o.name: (o.status, [d.message for d in o.diagnostics]) for o in outcomes}


def test_the_page_budget_is_off_until_the_house_turns_it_on(small):
    assert over_budget(small, "", "pdf")["rain"] == ("built", [])


def test_a_pdf_over_the_page_budget_is_said_and_written_also_when_it_is_up_to_date(small):
    on = '[severities]\npage-budget = "warning"\n'
    message = "the PDF has 3 pages; the house allows 1"

    assert over_budget(small, on, "html")["rain"] == ("built", [])
    assert over_budget(small, on, "pdf")["rain"] == ("built", [message])
    assert over_budget(small, on, "pdf")["rain"] == ("up to date", [message])


def test_a_page_budget_that_is_an_error_stops_the_brief(small):
    on = '[severities]\npage-budget = "error"\n'

    assert over_budget(small, on, "pdf")["rain"][0] == "failed"
    assert not (small / "build/rain.pdf").exists()


def test_a_wrong_house_style_stops_every_brief(small):
    (small / "styles").mkdir()
    (small / "styles/house.toml").write_text('paper = "a5"\n', "utf-8")

    assert build(small) == {"rain": "failed", "snow": "failed"}


def test_a_wrong_template_is_the_house_styles_fault(small):
    (small / "styles").mkdir()
    (small / "styles/brief.html.j2").write_text("{% if %}", "utf-8")

    [found, *_] = build_project(load_project(start=small), ("html",))

    assert "brief.html.j2:1" in found.diagnostics[0].message


def test_a_file_that_cannot_be_put_in_place_leaves_the_others_as_they_were(small):
    build(small, "docx")
    before = (small / "build/rain.docx").read_bytes()
    edit(small / "briefs/rain.md", "leak", "drip")
    (small / "build/rain.html").mkdir()

    assert build(small, "docx", "html")["rain"] == "failed"
    assert (small / "build/rain.docx").read_bytes() == before


def test_words_of_an_entry_that_are_not_printed_make_the_pdf_stale_that_carries_them(small):
    with (small / "references.bib").open("a", encoding="utf-8") as library:
        library.write("@misc{fen, title = {Fen}, year = 2020, note = {N}, abstract = {Old}}\n")
    edit(small / "briefs/rain.md", "leak", "leak [@fen]")
    build(small, "pdf")
    edit(small / "references.bib", "Old", "New")

    assert build(small, "pdf")["rain"] == "built"
    with pikepdf.open(small / "build/rain.pdf") as pdf:
        assert b"abstract = {New}" in pdf.attachments["rain.bib"].get_file().read_bytes()


def test_another_font_makes_the_pdf_stale(small, monkeypatch):
    build(small, "pdf")
    monkeypatch.setattr(
        "pipeline.build.fingerprint.faces",
        lambda family: [FontFile(family, "/other.ttf", "1")],
    )

    assert build(small, "pdf") == {"rain": "built", "snow": "built"}


def test_the_versions_of_libraries_are_those_that_python_imports(monkeypatch, tmp_path):
    before = program.versions()
    (tmp_path / "weasyprint-1.0.dist-info").mkdir()

    monkeypatch.setattr(sys, "path", [*sys.path, *sys.path, str(tmp_path)])
    assert program.versions() == before

    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert program.versions() == before | {"weasyprint": "1.0"}


ORDINARY = {
    "the same footnote on two pages": "".join(
        f"Words{'. And more' * 400} [@smith2021]^[Ibid.].\n\n" for _ in range(2)
    ),
    "many short footnotes": "".join(f"Word [@lee2019]^[Note {n}.].\n\n" for n in range(80)),
    "the same sub-heading in each section": "".join(
        f"## Year {1990 + n}\n\n### Results\n\n{'It rained. ' * 30}[@lee2019]\n\n"
        for n in range(20)
    ),
    "a long table whose rows differ in digits only": "| Town | Rain |\n|---|--:|\n"
    + "".join(f"| r{n} [@lee2019] | {n} |\n" for n in range(60))
    + "\n: Big [@smith2021] {#tbl-x}\n",
    "Arabic words beside a mark": "English النص [@lee2019, p. 3] English.\n",
    "Hebrew words beside a mark": "English טקסט [@lee2019] and [@smith2021] English.\n",
}


@pytest.mark.parametrize(
    ("name", "draft"), [*((name, False) for name in ORDINARY), (next(iter(ORDINARY)), True)]
)
def test_the_proof_of_a_pdf_lets_ordinary_briefs_through(small, name, draft):
    (small / "briefs/snow.md").unlink()
    (small / "briefs/rain.md").write_text(f"---\ntitle: Rain\n---\n\n{ORDINARY[name]}", "utf-8")

    [outcome] = build_project(load_project(start=small), ("pdf",), draft=draft)

    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.status == "built"
