"""`import briefwright`, from the wheel: what Python programs are offered."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline import api

ROOT = Path(__file__).parents[1]
# The example of docs/python.md.
SCRIPT = (
    (ROOT / "docs/python.md").read_text("utf-8").partition("```python\n")[2].partition("```")[0]
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the wheel unpacked, as pip would do it."""
    pytest.importorskip("hatchling", reason="without hatchling no wheel is built")
    folder = tmp_path_factory.mktemp("wheel")
    command = ["-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=True)
    assert run.returncode == 0
    (wheel,) = folder.glob("*.whl")
    shutil.unpack_archive(wheel, folder / "installed", "zip")
    return folder / "installed"


@pytest.fixture
def theirs(tmp_path):
    """A program with a folder `pipeline` of its own, and a project of briefs."""
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline/__init__.py").write_text("raise RuntimeError('not ours')\n", "utf-8")
    (tmp_path / "ours/briefs").mkdir(parents=True)
    (tmp_path / "ours/briefs/rain.md").write_text(
        "# Rain\n\nIt rains on roofs on TODO days.\n", "utf-8"
    )
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    return tmp_path


def run(theirs, installed, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=theirs,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(installed), "MYPYPATH": str(installed), "PATH": "/usr/bin:/bin"},
        timeout=120,
    )


def test_the_script_of_the_guide_checks_builds_and_verifies(theirs, installed):
    assert len(SCRIPT.splitlines()) <= 25
    result = run(theirs, installed, "script.py")

    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "warning ours/briefs/rain.md:3 placeholder-text",
        "rain built rain.html rain.pdf",
        "rain.html as built",
        "rain.pdf as built",
    ]


@pytest.mark.slow
def test_mypy_knows_the_types(theirs, installed):
    wrong = f"{SCRIPT}\nbriefwright.build_project(project, ['odt'])\n"
    (theirs / "wrong.py").write_text(wrong, "utf-8")
    arguments = ["-m", "mypy", "--strict", "--follow-imports=silent", "script.py", "wrong.py"]
    found = run(theirs, installed, *arguments).stdout.splitlines()

    assert len(found) == 2
    assert found[0].startswith(f"wrong.py:{len(wrong.splitlines())}: error: List item 0")


def test_what_is_installed_has_one_name_that_is_ours(installed):
    names = {path.name for path in installed.iterdir() if path.suffix != ".dist-info"}

    assert names == {"briefwright"}
    assert (installed / "briefwright/py.typed").exists()
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "brief = briefwright.__main__:run" in entry.read_text("utf-8")


def test_names_are_those_of_the_module_and_no_other(theirs, installed):
    code = "import briefwright as b; print(b.__version__, b.build_project.__module__); b.nothing"
    result = run(theirs, installed, "-c", code)

    assert result.stdout.split()[1] == "briefwright.api"
    assert "has no attribute 'nothing'" in result.stderr
    assert set(api.__all__) == pipeline._OFFERED


def test_this_repository_has_it_under_the_same_name(theirs):
    code = "import briefwright; print(briefwright.load_project.__module__)"
    result = run(theirs, f"{ROOT / 'tools/dev'}", "-c", code)

    assert (result.stdout, result.stderr) == ("briefwright.api\n", "")
