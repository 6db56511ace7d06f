"""`brief doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
from argparse import Namespace
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from ..disk import Disk
from ..needs import (
    Need,
    examined,
    fonts_of,
    how_to_add,
    how_to_get,
    language_needs,
    libraries,
    press_needs,
)
from ..program import own_version
from ..roots import find_root
from ..styles import default_folder
from .terminal import say

# The extras of the distribution, and a module of each.
_EXTRAS = {"search": "pagefind", "preview": "starlette", "editor": "pygls"}
_COMMANDS = {"preview": "brief preview", "editor": "brief lsp"}


def doctor(options: Namespace) -> int:
    """Report; 1 if something is missing without which a PDF cannot be made as it should be."""
    _line("Briefwright", own_version())
    _line("Python", platform.python_version())
    _head("needed for PDF files")
    own = find_root(Path(), Disk()) / "styles/house.toml"
    fonts = fonts_of(own) or fonts_of(default_folder() / "house.toml")
    missing = _report([*libraries(), *fonts])
    _head("needed for briefs in other scripts")
    _report(language_needs())
    if needs := press_needs():
        _head("needed for the FOGRA39 profile of press files")
        _report(needs)
    _head("optional")
    for extra, module in _EXTRAS.items():
        state = "found" if find_spec(module) else f"not installed: {how_to_add(extra)}"
        _line(_COMMANDS.get(extra, f"{extra} on websites"), state)
    return int(bool(missing))


def _report(needs: Sequence[Need]) -> list[Need]:
    states, missing = examined(needs)
    for name, state in states:
        _line(name, state)
    for line in how_to_get(missing):
        say(line)
    return missing


def _head(text: str) -> None:
    say("")
    say(text)


def _line(name: str, state: str) -> None:
    say(f"  {name:<27}{state}")
