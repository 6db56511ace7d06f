"""Options that many commands share, and what shells and `man` are told of all of them."""

import subprocess

import pytest

from pipeline.cli import main
from pipeline.cli.arguments import argument_parser
from pipeline.cli.completion import SHELLS, spoken

BRIEF = "---\ntitle: Rain\n---\n\nIt rains [@lee2019].\n"
BIB = "@book{lee2019, author={Lee, Bo}, title={Water}, publisher={North}, year={2019}}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/rain.md").write_text(BRIEF, "utf-8")
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    return tmp_path


def test_one_brief_is_written_where_it_is_asked_for(folder, capsys):
    assert main(["build", "briefs/rain.md", "-o", "final.html"]) == 0
    assert main(["build", "briefs/rain.md", "-o", "again.html"]) == 0  # nothing to do
    assert main(["build", "briefs/rain.md", "-o", "none/final.html"]) == 1

    assert (folder / "final.html").read_bytes() == (folder / "build/rain.html").read_bytes()
    assert (folder / "again.html").exists()
    assert not (folder / "build/rain.pdf").exists()
    assert "cannot write none/final.html" in capsys.readouterr().err


def test_nothing_is_written_where_it_is_asked_for_if_the_brief_is_wrong(folder):
    (folder / "briefs/rain.md").write_text(BRIEF.replace("lee2019", "nobody"), "utf-8")

    assert main(["build", "briefs/rain.md", "-o", "final.html"]) == 1
    assert not (folder / "final.html").exists()


def test_output_is_for_one_brief_in_one_format(folder):
    (folder / "briefs/snow.md").write_text("# Snow\n\nIt snows.\n", "utf-8")

    assert main(["build", "--to", "html"]) == 0
    assert main(["build", "-o", "a.html"]) == 2
    assert main(["build", "briefs/rain.md", "briefs/snow.md", "-o", "a.html"]) == 2
    assert main(["build", "briefs/rain.md", "--to", "pdf", "-o", "a.html"]) == 2
    with pytest.raises(SystemExit):
        main(["build", "briefs/rain.md", "-o", "a.odt"])
    assert not list(folder.glob("a.*"))


def test_quiet_prints_only_errors_and_verbose_everything(folder, capsys):
    for command in (["build", "--to", "html"], ["check"]):
        assert main([*command, "-q"]) == 0
        assert capsys.readouterr() == ("", "")
        assert main([*command, "-v"]) == 0
        said = capsys.readouterr().out
        assert ("read briefs/rain.md" if command == ["check"] else "rain.html: ") in said

    (folder / "briefs/rain.md").write_text(f"{BRIEF}\nIt it rains [@nobody].\n", "utf-8")
    for command in (["build", "--to", "html"], ["check"]):
        assert main([*command, "-q"]) == 1
        printed = "".join(capsys.readouterr())
        assert "unknown-citation" in printed
        assert "repeated-word" not in printed


# Completion and the man page ---------------------------------------------------------------------


def printed(capsys, *arguments):
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_completed(shell, capsys):
    script = printed(capsys, "completion", shell)

    for command in spoken(argument_parser()):
        assert command.name in script
        for option in command.options:
            name = option.names[-1]
            assert (f"-l {name[2:]}" if shell == "fish" else name) in script


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["bu"], {"build"}),
        (["check", "--form"], {"--format"}),
        (["check", "--format", "s"], {"sarif"}),
        (["completion", "f"], {"fish"}),
        (["build", "--to", "pdf", "ra"], {"rain.md"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bash_completes(words, offered, capsys, tmp_path):
    (tmp_path / "rain.md").touch()
    typed = " ".join(f'"{word}"' for word in ["brief", *words])
    script = printed(capsys, "completion", "bash")
    ask = (
        f'COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _brief; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    result = subprocess.run(
        ["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )

    assert (set(result.stdout.split()), result.stderr) == (offered, "")


def test_the_man_page_says_all(capsys):
    page = printed(capsys, "manual").replace("\\-", "-")

    for command in spoken(argument_parser()):
        assert command.name in page
        for option in command.options:
            assert option.names == ("-h", "--help") or f"\\fB{option.names[-1]}\\fR" in page


def test_the_man_page_is_ascii_in_known_macros(capsys):
    page = printed(capsys, "manual")

    assert page.isascii()
    assert {line.split()[0] for line in page.splitlines() if line.startswith(".")} <= {
        ".TH", ".SH", ".SS", ".TP", ".B", ".I",
    }  # fmt: skip
