"""`brief new --project`: a whole project that builds at once."""

import json
import re

import pytest
from ruamel.yaml import YAML

from pipeline.cli import main
from pipeline.project import load_project


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "--project", "ours"]) == 0
    monkeypatch.chdir(tmp_path / "ours")
    return tmp_path / "ours"


def test_it_builds_at_once_and_nothing_is_found(folder, capsys):
    assert main(["build", "--to", "docx,html"]) == 0
    assert (folder / "build/first-brief.html").exists()
    assert "Our House" in (folder / "build/first-brief.html").read_text("utf-8")
    assert load_project(start=folder).all_diagnostics == []


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("mine", "utf-8")

    assert main(["new", "--project", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert "is not empty; nothing was changed" in capsys.readouterr().err


def test_the_next_command_can_be_pasted(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert main(["new", "--project", "our briefs"]) == 0
    assert "now: cd 'our briefs' && brief build" in capsys.readouterr().out
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main(["new", "--project", "."]) == 0
    assert "now: brief build" in capsys.readouterr().out


def test_a_name_is_needed_without_a_project(capsys):
    assert main(["new"]) == 2


def test_its_yaml_and_json_can_be_read(folder):
    read = YAML(typ="safe", pure=True).load
    workflow = read((folder / ".github/workflows/briefs.yml").read_text("utf-8"))
    action = read((folder / ".github/actions/briefwright/action.yml").read_text("utf-8"))
    steps = workflow["jobs"]["briefs"]["steps"]

    assert {"uses": "./.github/actions/briefwright"} in steps
    assert any("upload-sarif" in step.get("uses", "") for step in steps)
    assert action["runs"]["using"] == "composite"
    assert all("shell" in step for step in action["runs"]["steps"] if "run" in step)
    for name in ("settings", "extensions", "tasks"):
        json.loads((folder / f".vscode/{name}.json").read_text("utf-8"))


def test_images_and_actions_install_what_pdf_files_need(folder):
    for name in ("Dockerfile", ".github/actions/briefwright/action.yml"):
        text = (folder / name).read_text("utf-8")
        assert {"libpango-1.0-0", "fontconfig", "fonts-crosextra-carlito"} <= set(text.split())
        assert "@" not in text.replace("actions/setup-python@v5", "")


def test_the_dockerfile_has_only_instructions(folder):
    text = re.sub(r"\\\n", " ", (folder / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]

    assert [line.split()[0] for line in lines] == [
        *("FROM", "RUN", "ARG", "RUN", "ENV", "WORKDIR", "ENTRYPOINT"),
    ]


def test_the_editor_understands_every_finding(folder, capsys):
    tasks = json.loads((folder / ".vscode/tasks.json").read_text("utf-8"))
    patterns = [one["pattern"] for one in tasks["tasks"][0]["problemMatcher"]]
    (folder / "briefs/bad.md").write_text("# Rain\n\nIt it rains [@nobody].\n", "utf-8")
    (folder / "briefs/empty.md").write_text("", "utf-8")
    assert main(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()

    seen = {(m["code"], m["severity"]) for p in patterns for m in matches(p, lines)}
    assert seen == {(one["code"], one["severity"]) for one in found}
    places = {(m["file"], m["line"], m["column"]) for m in matches(patterns[0], lines)}
    assert ("briefs/bad.md", "3", "15") in places


def matches(pattern, lines):
    parts = {name: number for name, number in pattern.items() if isinstance(number, int)}
    found = (re.fullmatch(pattern["regexp"], line) for line in lines)
    return [{name: one[number] for name, number in parts.items()} for one in found if one]
