"""Set up what is missing for `make pdf` ("build") or for the tests ("test").

    python3 tools/set_up.py build|test

Libraries, fonts and programs come from the package manager of the system, whose commands are shown
before they run; Python packages come from the lock files into `.venv/`. A stamp, written last, says
what `.venv/` holds, so that an interrupted set-up starts again. If nothing is missing, this takes
0.05 s.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from needs import Need

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "ready"
NODE_STAMP = ROOT / "node_modules" / ".ready"
LOCKS = {"build": "requirements.lock", "test": "requirements-dev.lock"}
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


class SetUpError(Exception):
    """Why set-up cannot continue, in words for the person who called `make`."""


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print(__doc__, file=sys.stderr)
        return 2
    purpose = arguments[0]
    try:
        _use_new_python(arguments)
        if purpose == "build" and is_ready(purpose):
            return 0
        with _alone():
            _set_up(purpose)
    except SetUpError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("set-up: interrupted; the next `make` starts it again", file=sys.stderr)
        return 130
    return 0


def is_ready(purpose: str) -> bool:
    """Say whether `.venv/` is complete and matches the current lock files."""
    try:
        held, _, key = STAMP.read_text("utf-8").strip().partition(" ")
    except OSError:
        return False
    return held in (purpose, "test") and key == _key() and PYTHON.exists()


def _set_up(purpose: str) -> None:
    from needs import build_needs, test_needs

    _install(build_needs(), "Then run `make` again.")
    if not is_ready(purpose):
        _fill_venv(purpose)
    if purpose == "test":
        try:
            _install(test_needs(), "Until then the tests that need them are skipped.")
            _install_node_modules()
        except SetUpError as error:
            print(f"set-up: {error}", flush=True)


def _install(needs: Sequence[Need], advice: str) -> None:
    """Install what is missing, or say how the user can."""
    from needs import packages_of, this_system

    if not (missing := _missing(needs)):
        return
    names = f"missing: {_names(missing)}."
    if (system := this_system()) is None:
        raise SetUpError(f"{names}\n{_no_system()} {advice}")
    commands = system.commands(packages_of(missing, system))
    prefix = _prefix() if system.as_root else []
    if prefix is None:
        shown = " && ".join(shlex.join(["sudo", *command]) for command in commands)
        raise SetUpError(f"{names} Installing them needs root:\n\n    {shown}\n\n{advice}")
    print(f"set-up: {names} Installing with {system.tool}:", flush=True)
    _run_all(commands, prefix)
    if len(still := _missing(missing)) > 1:
        # A single unavailable package keeps a package manager from installing the others.
        _run_all([system.commands([name])[-1] for name in packages_of(still, system)], prefix)
    if still and (still := _missing(still)):
        raise SetUpError(f"still missing: {_names(still)}; see the reason above. {advice}")


def _missing(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if not need.found()]


def _names(needs: Sequence[Need]) -> str:
    return ", ".join(need.name for need in needs)


def _no_system() -> str:
    if sys.platform == "darwin":
        return "Install Homebrew (https://brew.sh)."
    return "There is no apt-get, dnf or brew on this machine: install them by hand."


def _prefix() -> list[str] | None:
    """Return what makes a command run as root, None if that is impossible."""
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if not shutil.which("sudo"):
        return None
    silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    if silent.returncode != 0 and not sys.stdin.isatty():
        return None  # nobody could type the password
    return ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"]


def _run_all(commands: Sequence[Sequence[str]], prefix: Sequence[str]) -> None:
    """Show each command and run it. The caller checks the result."""
    from needs import program

    for command in commands:
        shown = ["sudo", *command] if "sudo" in prefix else command
        print(f"    {shlex.join(shown)}", flush=True)
        _run([*prefix, program(command[0]), *command[1:]], stdout=subprocess.DEVNULL)


def _fill_venv(purpose: str) -> None:
    """Install into `.venv/` what a lock file says and the project itself; then stamp it."""
    adds = purpose == "test" and is_ready("build")
    if not adds:
        print("set-up: making .venv/", flush=True)
        STAMP.unlink(missing_ok=True)
        if not _run([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            raise SetUpError("Python could not make a virtual environment in .venv/")
    print(f"set-up: installing the Python packages of {LOCKS[purpose]} into .venv/", flush=True)
    install = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    lock = str(ROOT / LOCKS[purpose])
    project = ["--no-build-isolation", "--no-deps", "--editable", str(ROOT)]
    installed = _run([*install, "--require-hashes", "--requirement", lock])
    if not installed or (not adds and not _run([*install, *project])):
        raise SetUpError("pip could not install the packages; see its reason above")
    # pip compiles packages to bytecode, but not the project, and the first build should not wait.
    _run([str(PYTHON), "-m", "compileall", "-qq", "pipeline"])
    if sys.platform == "darwin":
        _find_homebrew()
    STAMP.write_text(f"{purpose} {_key()}\n", "utf-8")


def _find_homebrew() -> None:
    """Let any Python find the libraries that Homebrew installs.

    macOS removes DYLD_* from the environment of programs in /bin, so make cannot pass it on.
    """
    folders = ":".join([f"{prefix}/lib" for prefix in ("/opt/homebrew", "/usr/local")])
    code = f"import os; os.environ.setdefault('DYLD_FALLBACK_LIBRARY_PATH', '{folders}:/usr/lib')\n"
    for site_packages in VENV.glob("lib/python*/site-packages"):
        (site_packages / "homebrew.pth").write_text(code, "utf-8")


def _install_node_modules() -> None:
    """Install the test tools that are npm packages; tests that need them are skipped otherwise."""
    from needs import program

    key = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if NODE_STAMP.exists() and NODE_STAMP.read_text("utf-8") == key:
        return
    if not (npm := program("npm")):
        return
    print("set-up: installing the test tools of package-lock.json into node_modules/", flush=True)
    if not _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]):
        raise SetUpError("npm could not install the test tools; see its reason above")
    NODE_STAMP.write_text(key, "utf-8")


def _key() -> str:
    """Return a hash of what `.venv/` depends on: lock files, the project, Python, the folder."""
    digest = hashlib.sha256(f"{VENV}\n{PYTHON.resolve()}\n".encode())
    for name in (*LOCKS.values(), "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Make a second `make` in the same folder wait until the first is set up."""
    import fcntl

    with (ROOT / "pyproject.toml").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _use_new_python(arguments: Sequence[str]) -> None:
    """Continue in a newer Python if this one is too old (macOS has 3.9)."""
    if sys.version_info >= OLDEST:
        return
    newer = next((path for name in NEWER if (path := shutil.which(name))), None)
    if newer is None:
        have = ".".join(map(str, sys.version_info[:2]))
        raise SetUpError(f"Python 3.11 or newer is needed; `python3` here is {have}")
    os.execv(newer, [newer, __file__, *arguments])


def _run(command: Sequence[str], stdout: int | None = None) -> bool:
    """Run a command without input (sudo asks on the terminal); say whether it succeeded."""
    null = subprocess.DEVNULL
    return subprocess.run(command, cwd=ROOT, stdin=null, stdout=stdout, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
