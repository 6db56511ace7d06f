"""`brief doctor`, and what is said where something of the system is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import needs
from pipeline.cli import main

ROOT = Path(__file__).parents[1]
# Python imports this before all else: a machine without Pango.
WITHOUT_PANGO = """\
import _cffi_backend

class Failing(_cffi_backend.FFI):
    def dlopen(self, name, flags=0):
        raise OSError(f"cannot load library '{name}': no such file")

_cffi_backend.FFI = Failing
"""


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine like Debian without the fonts of the house."""
    programs = {"fc-match": "echo 'Some Sans'", "apt-get": "exit 1"}
    (tmp_path / "bin").mkdir()
    for name, script in programs.items():
        path = tmp_path / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_doctor_says_what_is_missing_and_how_to_get_it(machine, capsys):
    status = main(["doctor"])
    said = capsys.readouterr().out

    assert status == 1
    assert "font Carlito               MISSING; Some Sans would be used\n" in said
    assert "    sudo apt-get update && sudo apt-get install -y --no-install-recommends " in said
    assert "fonts-crosextra-carlito" in said


def test_the_doctor_is_content_where_all_is_there(machine, capsys, monkeypatch):
    monkeypatch.setattr(needs, "substitute", lambda family: "")

    assert main(["doctor"]) == 0
    assert "MISSING; " not in capsys.readouterr().out


def test_fonts_of_the_projects_own_house_style_are_looked_for(machine, capsys):
    (machine / "briefs").mkdir()
    (machine / "styles").mkdir()
    font = '[fonts]\nbody = {family = "Own Serif", debian = "fonts-own"}\n'
    (machine / "styles/house.toml").write_text(font, "utf-8")

    assert main(["doctor"]) == 1
    assert "fonts-own" in capsys.readouterr().out


def test_without_pango_the_other_formats_are_written_and_the_remedy_is_said(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_PANGO, "utf-8")
    (tmp_path / "rain.md").write_text("# Rain\n\nIt rains.\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pipeline", "build", "rain.md"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert run.returncode == 1
    assert "cannot load library 'libgobject-2.0-0'" in run.stderr
    assert "= help: " in run.stderr
    assert "bug" not in run.stdout + run.stderr
    assert sorted(path.name for path in (tmp_path / "build").glob("rain.*")) == [
        "rain.docx",
        "rain.html",
    ]


def test_the_superuser_needs_no_sudo(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    (said,) = needs.how_to_get([needs.font_need("Rain", {"debian": "fonts-rain"})])[1:]
    assert said.strip() == (
        "apt-get update && apt-get install -y --no-install-recommends fonts-rain"
    )


def test_a_finding_names_the_command_that_helps(machine):
    assert needs.remedy([needs.font_need("Rain", {"debian": "fonts-rain"})]).endswith(
        "sudo apt-get install -y --no-install-recommends fonts-rain"
    )


def test_a_font_without_a_package_is_named(machine):
    missing = [needs.font_need("Rain", {}), needs.font_need("Snow", {"debian": "fonts-snow"})]

    assert needs.how_to_get(missing)[-1] == "Install by hand: font Rain."
    assert needs.remedy(missing[:1]) == "`brief doctor` says what is missing"


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/ann/.local/share/pipx/venvs/briefwright", "pipx runpip briefwright install"),
        ("/home/ann/.local/share/uv/tools/briefwright", "uv pip install --python /bin/python3"),
        ("/home/ann/project/.venv", "/bin/python3 -m pip install"),
    ],
)
def test_an_extra_is_added_in_the_way_of_the_installation(prefix, command, monkeypatch):
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(sys, "executable", "/bin/python3")

    assert needs.how_to_add("editor") == f"{command} 'briefwright[editor]'"
