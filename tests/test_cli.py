"""The command as its users meet it: words, exit codes, streams."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main, report
from pipeline.cli.arguments import argument_parser
from pipeline.diagnostics import CODES
from pipeline.outcome import Outcome

ROOT = Path(__file__).parents[1]
BIB = "@book{lee2019, author={Lee, Bo}, title={Water}, publisher={North}, year={2019}}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def brief(folder, text, name="rain"):
    path = folder / "briefs" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(
        text if isinstance(text, bytes) else f"---\ntitle: Rain\n---\n\n{text}\n".encode()
    )
    if not (folder / "references.bib").exists():
        (folder / "references.bib").write_text(BIB, "utf-8")
    return path


def run(*arguments):
    """Run the command as its users do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=120,
    )


def test_without_a_command_the_usage_is_shown_and_the_exit_code_is_2(folder):
    result = run()

    assert result.returncode == 2
    assert "usage: brief" in result.stderr


@pytest.mark.parametrize("command", ["build", "check", "verify", "numbers", "new", "explain"])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])

    assert stop.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) >= 5


def test_a_check_of_a_clean_brief_exits_0(folder, capsys):
    brief(folder, "It rains [@lee2019].")

    assert main(["check"]) == 0
    assert capsys.readouterr().out == "1 brief: nothing found\n"


def test_a_caret_stands_below_its_place_on_a_line_with_control_characters(folder, capsys):
    brief(folder, "It \u202erains\u202c [@leee2019].")

    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("     5 | It rains [@leee2019].", 3)  # the first one is of the character
    assert lines[place + 1] == "       |            ^^^^^^^^"


def test_a_finding_has_its_place_its_line_a_caret_and_advice(folder, capsys):
    brief(folder, "It rains [@leee2019].")

    assert main(["check"]) == 1
    assert capsys.readouterr().out == (
        "briefs/rain.md:5:12: error[unknown-citation]: no reference has the key `leee2019`\n"
        "     5 | It rains [@leee2019].\n"
        "       |            ^^^^^^^^\n"
        "       = help: did you mean `lee2019`?\n"
        "references.bib:1:7: info[uncited-reference]: no brief cites `lee2019`\n"
        f"     1 | {BIB.rstrip()[:100]}\n"
        "       |       ^^^^^^^\n"
        "1 brief: 1 error, 1 info\n"
    )


def test_of_findings_that_say_the_same_the_first_five_are_printed(folder, capsys):
    brief(folder, "One [@leee2019]. Two [@leee2019].\n\n" * 4 + "Three [@two].")

    main(["check"])
    printed = capsys.readouterr().out
    assert printed.count("error[unknown-citation]: no reference has the key `leee2019`") == 5
    assert "       = also: 3 more, on lines 9, 11\nbriefs/rain.md:13:9: error" in printed
    assert "9 errors" in printed
    main(["check", "--json"])
    assert capsys.readouterr().out.count("unknown-citation") == 9


@pytest.mark.parametrize(
    ("count", "named"), [(3, "`a`, `b`, `c`\n"), (4, "`a`, `b`, `c` and 1 more\n")]
)
def test_uncited_references_are_named_up_to_three(folder, capsys, count, named):
    brief(folder, "It rains.")
    library = "".join(f"@book{{{key}, title={{T}}, year=2020}}\n" for key in "abcd"[:count])
    (folder / "references.bib").write_text(library)

    main(["check"])
    assert f"no brief cites {named}" in capsys.readouterr().out


def test_all_findings_of_all_briefs_are_reported_in_one_run(folder, capsys):
    brief(folder, "One [@one]. Two [@two].")
    brief(folder, "Three [@three]. See @fig-none.", "snow")

    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert [key in out for key in ("`one`", "`two`", "`three`", "`fig-none`")] == [True] * 4


def test_a_check_can_be_read_by_machines(folder, capsys):
    brief(folder, "It rains [@leee2019].")

    main(["check", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["diagnostics"][0]

    assert (found["path"], found["line"], found["column"]) == ("briefs/rain.md", 5, 12)


def test_a_check_can_be_read_as_sarif(folder, capsys):
    brief(folder, "It rains [@leee2019].")

    main(["check", "--format", "sarif"])
    result = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]

    assert result["ruleId"] == "unknown-citation"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 5, "startColumn": 12, "endColumn": 20}


def test_a_lone_file_anywhere_is_built(folder, tmp_path_factory):
    elsewhere, out = tmp_path_factory.mktemp("x"), tmp_path_factory.mktemp("y")
    (elsewhere / "paper.md").write_text("# Rain\n\nIt rains [@lee2019].\n", "utf-8")
    (elsewhere / "refs.bib").write_text(BIB, "utf-8")

    status = main(
        [
            "build",
            str(elsewhere / "paper.md"),
            "--bib",
            str(elsewhere / "refs.bib"),
            "--out",
            str(out),
            "--to",
            "html,docx",
        ]
    )

    assert status == 0
    assert {"paper.html", "paper.docx"} <= {path.name for path in out.iterdir()}


def test_a_build_says_one_line_for_each_brief(folder, capsys):
    brief(folder, "It rains [@lee2019].")

    assert main(["build", "--to", "html"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith("rain  1 reference · 1 citation · numbers agree · ")


def test_a_build_says_how_many_findings_it_does_not_show(folder, capsys):
    brief(folder, "It rains.")

    assert main(["build", "--to", "html"]) == 0
    errors = capsys.readouterr().err
    assert errors.endswith("not shown: 1 info; `brief check` shows all findings\n")
    assert "uncited-reference" not in errors


def test_a_build_that_shows_all_findings_says_nothing_of_others(folder, capsys):
    brief(folder, "It rains [@lee2019].")

    assert main(["build", "--to", "html"]) == 0
    assert capsys.readouterr().err == ""


def test_a_second_build_says_that_there_is_nothing_to_do(folder, capsys):
    brief(folder, "It rains [@lee2019].")
    main(["build", "--to", "html"])
    capsys.readouterr()

    assert main(["build", "--to", "html"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_a_draft_exits_1(folder):
    brief(folder, "It rains [@nobody].")

    assert main(["build", "--to", "html", "--draft"]) == 1
    assert (folder / "build/rain.html").exists()


def test_verify_finds_a_number_changed_by_hand(folder, capsys):
    brief(folder, "It rains [@lee2019].")
    main(["build", "--to", "html"])
    path = folder / "build/rain.html"
    path.write_text(path.read_text("utf-8").replace("[1]", "[2]", 1), "utf-8")

    assert main(["verify"]) == 1
    assert "number-mismatch" in capsys.readouterr().out


def test_verify_of_all_leaves_out_what_is_for_print_shops(folder, capsys):
    brief(folder, "It rains [@lee2019].")
    main(["build", "--to", "html"])
    for edition in ("press", "booklet"):
        (folder / f"build/rain.{edition}.pdf").write_bytes(b"without links")
    capsys.readouterr()

    assert main(["verify"]) == 0
    assert capsys.readouterr().out.startswith("build/rain.html: as built: ")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [(["check", "--write-baseline"], "baseline.json"), (["sources", "--check"], "sources.lock")],
)
def test_a_record_that_cannot_be_written_is_said(folder, capsys, arguments, name):
    brief(folder, "It rains.")
    (folder / name).symlink_to(folder / "no folder" / name)

    assert main(arguments) == 1
    assert capsys.readouterr().err == f"cannot write {name}: no such file or directory\n"


def test_a_missing_image_is_looked_for_whatever_the_case_of_its_kind(folder, capsys):
    brief(folder, "![Rain](Rain1.PNG)")
    (folder / "briefs/rain.png").write_bytes(b"")

    assert main(["check"]) == 1
    assert "help: here are: rain.png\n" in capsys.readouterr().out


def test_numbers_prints_what_a_file_bears(folder, capsys):
    brief(folder, "It rains [@lee2019, p. 4].")
    main(["build", "--to", "docx"])
    capsys.readouterr()

    assert main(["numbers", "build/rain.docx", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["numbers"][0] | {"text": ""} == {
        "anchor": "ref-lee2019",
        "number": "1",
        "locator": "p. 4",
        "text": "",
    }
    assert printed["bibliography"][0]["key"] == "lee2019"


def test_entries_are_in_the_language_of_the_style_that_is_named(folder, capsys):
    (folder / "one.bib").write_text("@book{lee, title = {Rain}, edition = 2, year = 2020}")
    asked = {
        "house": [],
        "ieee": ["--citation-style", "ieee"],
        "German": ["--citation-style", "ieee", "--lang", "de"],
    }
    printed = {}
    for name, options in asked.items():
        main(["bibliography", "one.bib", *options])
        printed[name] = capsys.readouterr().out.strip()

    assert printed == {
        "house": "[1] Rain, 2nd edn. 2020.",
        "ieee": "[1] Rain, 2nd ed. 2020.",
        "German": "[1] Rain, 2. Aufl. 2020.",
    }


def test_what_is_wrong_with_an_entry_is_said_once(folder, capsys):
    (folder / "one.bib").write_text("@book{lee, title = {Rain {x}, year = 2020}\n@book{b, title=B}")

    assert main(["bibliography", "one.bib", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(one["code"], one["severity"], one["line"]) for one in found] == [
        ("bad-bibtex", "error", 1),
        ("unknown-bibtex-string", "warning", 2),
    ]


def test_a_new_brief_builds_at_once_in_an_empty_folder(folder):
    assert main(["new", "rain-fall"]) == 0
    assert main(["check"]) == 0
    assert main(["build", "--to", "html,docx"]) == 0


def test_a_new_brief_beside_others_builds_at_once(folder):
    brief(folder, "It rains [@lee2019].")

    assert main(["new", "snow"]) == 0
    assert main(["check"]) == 0
    assert (folder / "references.bib").read_text("utf-8") == BIB


def test_a_new_brief_overwrites_nothing(folder):
    path = brief(folder, "It rains [@lee2019].")
    before = path.read_bytes()

    assert main(["new", "rain"]) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a b"])
def test_a_new_brief_has_a_plain_name(folder, name):
    assert main(["new", name]) == 2


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code, capsys):
    assert main(["explain", code]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 2


def test_a_code_that_is_none_is_wrong_usage(capsys):
    assert main(["explain", "unknown-citations"]) == 2
    assert "unknown-citation" in capsys.readouterr().err


BAD_INPUT = {
    "an empty file": (b"", "empty-brief"),
    "a file of NUL bytes": (b"\0" * 100, "empty-brief"),
    "Latin-1": ("# Rain\n\nDépôt\n".encode("latin-1"), "not-utf8"),
    "UTF-16": ("# Rain\n\nText\n".encode("utf-16"), "not-utf8"),
    "deep nesting": (b"# Rain\n\n" + b"> " * 5000 + b"deep\n", "nested-too-deep"),
    "an image that is not one": (b"# Rain\n\n![A](../references.bib)\n", "bad-image"),
    "an image outside the project": (b"# Rain\n\n![A](../../../etc/passwd)\n", "outside-project"),
    "an image on the network": (b"# Rain\n\n![A](http://example.org/a.png)\n", "remote-file"),
    "an image by a file URL": (b"# Rain\n\n![A](file:///etc/passwd)\n", "remote-file"),
}


@pytest.mark.parametrize(("content", "code"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_gets_a_diagnostic_and_nothing_half_written(folder, content, code):
    brief(folder, content)

    result = run("build", "--to", "html,docx")

    assert result.returncode == 1
    assert f"[{code}]" in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(folder.glob("build/*.*"))
    assert ("iconv -f utf-16" in result.stderr) == content.startswith(b"\xff\xfe")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "nothing.md"], "missing-file"),
        (["check", "briefs"], "unreadable-file"),
        (["check", "--bib", "nothing.bib", "briefs/rain.md"], "missing-file"),
        (["check", "--bib", "briefs", "briefs/rain.md"], "unreadable-file"),
        (["check", "--styles", "nothing", "briefs/rain.md"], "missing-file"),
    ],
)
def test_files_that_are_not_there_are_said(folder, arguments, code, capsys):
    brief(folder, "It rains [@lee2019].")

    assert main(arguments) == 1
    assert f"[{code}]" in capsys.readouterr().out


def test_a_brief_that_cites_without_any_library_is_said(folder, capsys):
    brief(folder, "It rains [@lee2019].")
    (folder / "references.bib").unlink()

    assert main(["check"]) == 1
    assert "[missing-library]" in capsys.readouterr().out


def test_an_empty_library_is_said(folder, capsys):
    brief(folder, "It rains [@lee2019].")
    (folder / "references.bib").write_text("", "utf-8")

    assert main(["check"]) == 1
    assert "[unknown-citation]" in capsys.readouterr().out


def test_ten_megabytes_in_one_line_are_read_or_refused(folder):
    brief(folder, b"# Rain\n\n" + b"rain and [@lee2019] " * 500_000)

    result = run("check")

    assert "Traceback" not in result.stderr
    assert result.returncode in (0, 1)


def test_other_briefs_are_built_when_one_is_bad(folder):
    brief(folder, b"")
    brief(folder, "It rains [@lee2019].", "snow")

    assert run("build", "--to", "html").returncode == 1
    assert (folder / "build/snow.html").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_disk_that_is_full_is_said(folder):
    brief(folder, "It rains [@lee2019].")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run("build", "--to", "html")
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "pipeline", "numbers", "build/rain.html"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert ended.returncode == 1
    assert ended.stderr == "cannot print: no space left on device\n"


DEAF_TO_CHILDREN = """exec "$1" -c '
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.argv[1], sys.argv[1:])' "$@"
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        '"$@" >&-',
        '"$@" 2>&-',
        '"$@" <&- >&- 2>&-',
        DEAF_TO_CHILDREN,
        'ulimit -v 1500000; exec "$@"',
        'ulimit -t 6; exec "$@"',
    ],
)
def test_a_build_asks_little_of_what_it_is_started_from(surroundings, folder):
    """Closed streams, ended children that nobody hears of, limits lower than ours."""
    brief(folder, "It rains [@lee2019].")
    command = [sys.executable, "-m", "pipeline", "build", "--to", "html,docx"]
    subprocess.run(
        ["sh", "-c", surroundings, "sh", *command],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        timeout=120,
        check=True,
    )

    assert (folder / "build/rain.docx").is_file()


# Progress ---------------------------------------------------------------------------------------


def test_progress_says_what_is_done_and_how_long_the_rest_may_take(monkeypatch, capsys):
    clock = iter([0.0, 0.0, 10.0, 20.0])
    monkeypatch.setattr(report.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = report.Progress({"long": 200, "rain": 100, "hail": 50, "snow": 50}, jobs=2)

    progress.show()
    progress.step(Outcome("long", "built", seconds=9.0))
    progress.show()
    progress.step(Outcome("rain", "up to date"))
    progress.show()

    assert capsys.readouterr().err.split("\r") == [
        "",
        "[0/4] 2 being built, 2 to go …\033[K",
        "\033[K",
        "[1/4] 2 being built, 1 to go, about 10 s left …\033[K",
        "\033[K",
        "[2/4] 2 being built, 0 to go, about 10 s left …\033[K",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (99, "99 s"), (150, "2 min"), (9000, "2.5 h")]
)
def test_a_time_is_said_as_people_say_it(seconds, words):
    assert report.duration(seconds) == words


def test_a_brief_can_be_named_without_its_folder(folder, capsys):
    brief(folder, "It rains [@lee2019].")
    brief(folder, "It it rains.", "snow")

    assert main(["check", "rain"]) == 0
    assert main(["check", "hail"]) == 1
    assert "hail: error[missing-file]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("biuld", "there is no command `biuld`; did you mean `build`?"),
        ("x'y", "there is no command `x'y`; `brief --help` lists all"),
    ],
)
def test_a_command_that_is_none_is_told_which_may_be_meant(typed, said, capsys):
    with pytest.raises(SystemExit) as stop:
        main([typed])

    assert stop.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("bib tidy --check refs.bib", "files", "[PosixPath('refs.bib')]"),
        ("bib --check tidy refs.bib", "files", "[PosixPath('refs.bib')]"),
        ("house new --from institute styles", "name", "'styles'"),
        ("redline --since 1 rain", "editions", "['rain']"),
        ("build --to pdf -- -odd.md", "briefs", "[PosixPath('-odd.md')]"),
        ("build", "briefs", "[]"),
    ],
)
def test_options_can_stand_between_arguments(line, name, value):
    words = line.split()

    assert repr(getattr(argument_parser(words).parse_args(words), name)) == value
