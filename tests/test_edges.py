"""What comes in at the edges: names of files, locales, and JSON and TOML without sense."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.diagnostics import Diagnostic
from pipeline.diagnostics.values import DOTS, read_values

ROOT = Path(__file__).parents[1]
BRIEF = "---\ntitle: Rain\n---\n\n≥ 5 mm fell [@lee2019].\n"
BIB = "@book{lee2019, author={Lee, Bø}, title={Water}, publisher={North}, year={2019}}\n"
# Turns a terminal red, rings its bell, and turns the direction of what follows.
NASTY = "x\x1b[31m\x07\u202e"
DEEP = 10**5
LONG = "x" * 5000  # more than any file system takes


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/rain.md").write_text(BRIEF, "utf-8")
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys, *arguments):
    """Return the exit code of a command and all that it printed."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code
    return status, "".join(capsys.readouterr())


NASTY_COMMANDS = {
    "brief": ("check", f"{NASTY}.md"),
    "library": ("check", "--bib", f"{NASTY}.bib"),
    "styles": ("check", "--styles", NASTY),
    "reference docx": ("build", "--to", "docx", "--reference-docx", f"{NASTY}.docx"),
    "output folder": ("build", "--to", "html", "--out", f"{NASTY}/{NASTY}"),
    "file to verify": ("verify", f"{NASTY}.pdf"),
    "file with numbers": ("numbers", f"{NASTY}.html"),
    "file to preflight": ("preflight", f"{NASTY}.pdf"),
    "library to print": ("bibliography", f"{NASTY}.bib"),
    "reference docx to write": ("reference-docx", "--out", f"{NASTY}.docx"),
    "new brief": ("new", NASTY),
    "code": ("explain", NASTY),
    "format": ("build", "--to", NASTY),
    "option": ("build", f"--{NASTY}"),
    "command": (NASTY,),
}


@pytest.mark.parametrize("arguments", NASTY_COMMANDS.values(), ids=NASTY_COMMANDS)
def test_no_name_reaches_the_terminal_as_a_command(folder, capsys, arguments):
    _, words = said(capsys, *arguments)

    assert words
    assert not re.search("[\x07\x1b\u202e]", words)


def test_a_brief_with_an_odd_name_is_built_and_its_name_is_shown(folder, capsys):
    (folder / f"briefs/{NASTY}.md").write_text(BRIEF, "utf-8")

    status, words = said(capsys, "build", "--to", "html")

    assert (status, "\x1b" in words) == (0, False)
    assert "x�[31m�� " in words
    assert (folder / f"build/{NASTY}.html").exists()


def test_a_brief_whose_name_is_no_text_is_refused_and_the_others_are_built(folder, capsys):
    (folder / os.fsdecode(b"briefs/\xff.md")).write_text(BRIEF, "utf-8")

    status, words = said(capsys, "build", "--to", "html")

    assert status == 1
    assert "briefs/�.md: error[unreadable-file]: its name is not text in utf-8" in words
    assert (folder / "build/rain.html").exists()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
@pytest.mark.parametrize("arguments", [("build", "--to", "html"), ("bibliography", "r.bib")])
def test_characters_that_a_locale_lacks_are_escaped(folder, encoding, arguments):
    (folder / "briefs/日本.md").write_text(BRIEF.replace("lee2019", "日本"), "utf-8")
    (folder / "r.bib").write_text(BIB.replace("Bø", "日本"), "utf-8")

    result = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        timeout=120,
    )

    assert (result.stdout + result.stderr).count(b"\\u65e5\\u672c")
    assert b"Traceback" not in result.stderr


LONG_COMMANDS = {
    "brief": ("check", f"{LONG}/rain.md"),
    "library": ("check", "--bib", f"{LONG}/r.bib"),
    "styles": ("check", "--styles", LONG),
    "reference docx": ("build", "--to", "docx", "--reference-docx", f"{LONG}/r.docx"),
    "output folder": ("build", "--to", "html", "--out", LONG),
    "file to verify": ("verify", f"{LONG}.pdf"),
    "folder to verify": ("verify", "--out", LONG),
    "library to print": ("bibliography", f"{LONG}/r.bib"),
}


@pytest.mark.parametrize("arguments", LONG_COMMANDS.values(), ids=LONG_COMMANDS)
def test_a_name_that_no_file_can_have_is_said(folder, capsys, arguments):
    status, words = said(capsys, *arguments)

    assert status == 1
    assert LONG in words


def test_a_brief_may_name_what_no_file_is_called(folder, capsys):
    (folder / "briefs/rain.md").write_text(f"# Rain\n\n![a](a%00b.png) ![b]({LONG}.png)\n", "utf-8")

    _, words = said(capsys, "check")

    assert "there is no file `a�b.png`" in words
    assert "unreadable-file" in words


DEEP_FILES = {
    "baseline": ("baseline.json", '{"known": [{"a":' + '{"a":' * DEEP, "bad-baseline"),
    "TOML, arrays": ("styles/house.toml", "name = " + "[" * DEEP, "bad-house-style"),
    "TOML, a dotted key": ("styles/house.toml", f"name{'.a' * DEEP} = 1", "bad-house-style"),
    "YAML": ("briefs/rain.md", f"---\ntitle: {'[' * 9999}\n---\n\nRain.\n", "bad-front-matter"),
}


@pytest.mark.parametrize(("name", "text", "code"), DEEP_FILES.values(), ids=DEEP_FILES)
def test_a_file_nested_without_end_is_one_diagnostic(folder, capsys, name, text, code):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")

    status, words = said(capsys, "check")

    assert status == 1
    assert re.findall(r"error\[([\w-]+)\].*nested too deeply", words) == [code]


def test_a_lock_nested_without_end_is_one_diagnostic(folder, capsys):
    (folder / "sources.lock").write_text('{"sources":' * DEEP, "utf-8")

    status, words = said(capsys, "sources")

    assert status == 1
    assert "sources.lock: error[bad-lock]: it is nested too deeply" in words


PLACES = {
    "JSON": ("a.json", b'{\n  "\xc3\xa9": }', (2, 8)),
    "JSON of another kind": ("a.json", b'{"a": "b"}', (0, 0)),
    "JSON without an end": ("a.json", b'{"a": ', (0, 0)),
    "TOML": ("a.toml", b"a = 1\na = 2\n", (2, 6)),
    "TOML without an end": ("a.toml", b"a = [", (0, 0)),
    "bytes": ("a.toml", b"\xff", (0, 0)),
    "a number of a thousand digits": ("a.toml", b"a = " + b"1" * 9999, (0, 0)),
}


@pytest.mark.parametrize(("path", "content", "place"), PLACES.values(), ids=PLACES)
def test_what_cannot_be_read_is_said_where_the_reader_says_where(path, content, place):
    found = read_values(content, dict[str, int], path, "bad-lock", "a hint")

    assert isinstance(found, Diagnostic)
    assert (found.code, found.hint, found.span.path) == ("bad-lock", "a hint", path)
    assert found.message.startswith("it cannot be read: ")
    assert "(byte" not in found.message
    assert (found.span.line, found.span.column) == place


@pytest.mark.parametrize("path", ["a.json", "a.toml"])
def test_a_byte_order_mark_is_no_fault(path):
    text = '{"a": 1}' if path == "a.json" else "a = 1"

    assert read_values(text.encode("utf-8-sig"), dict[str, int], path, "bad-lock") == {"a": 1}


def test_a_line_with_many_dots_is_sound():
    text = f'a = "{"." * (DOTS - 1)}"\nb = 1.5\n'.encode()

    assert isinstance(read_values(text, dict[str, object], "a.toml", "bad-lock"), dict)


def test_only_two_modules_print():
    """Everything else goes through `say`, and so is safe on a terminal."""
    printing = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "pipeline").rglob("*.py")
        if re.search(r"\bprint\(", path.read_text("utf-8"))
    }

    assert printing == {"pipeline/cli/report.py", "pipeline/cli/terminal.py"}
