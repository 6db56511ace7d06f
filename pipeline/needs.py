"""What Briefwright needs on a system, how to find it, and which packages contain it.

Set-up runs this before anything is installed, so it uses only the standard library.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOGRA39 = Path("/usr/share/color/icc/FOGRA39L.ti3")
HOMEBREW = ("/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew")


@dataclass(frozen=True)
class Need:
    """Something to install. `version` may start programs; `found` starts at most one."""

    name: str
    found: Callable[[], bool]
    version: Callable[[], str]
    packages: Mapping[str, str]  # by the name of the system, as in house.toml


@dataclass(frozen=True)
class System:
    """A package manager. The name is the key of package names in house.toml."""

    name: str
    tool: str
    refresh: tuple[str, ...]
    install: tuple[str, ...]
    as_root: bool

    def commands(self, packages: Sequence[str]) -> list[list[str]]:
        refresh = [[self.tool, *self.refresh]] if self.refresh else []
        return [*refresh, [self.tool, *self.install, *packages]]


SYSTEMS = (
    System("debian", "apt-get", ("update",), ("install", "-y", "--no-install-recommends"), True),
    System("fedora", "dnf", (), ("install", "-y", "--setopt=install_weak_deps=False"), True),
    System("brew", "brew", (), ("install",), False),
)


def this_system() -> System | None:
    """Return the package manager of this machine, None if it is not a known one."""
    return next((system for system in SYSTEMS if program(system.tool)), None)


def packages_of(missing: Sequence[Need], system: System) -> list[str]:
    names = (need.packages.get(system.name, "") for need in missing)
    return list(dict.fromkeys(name for name in names if name))


def examined(needs: Sequence[Need]) -> tuple[list[tuple[str, str]], list[Need]]:
    """Return the name and the state of each need, and those that are missing."""
    states, missing = [], []
    for need in needs:
        state = need.version() if need.found() else "MISSING"
        if state == "MISSING":
            missing.append(need)
            family = need.name.removeprefix("font ")
            state += f"; {substitute(family)} would be used" if family != need.name else ""
        states.append((need.name, state))
    return states, missing


def how_to_get(missing: Sequence[Need]) -> list[str]:
    """Return in lines how to get what is missing; none if nothing is."""
    lines = ["To get what is missing:", f"    {command}"] if (command := _command(missing)) else []
    if by_hand := _without_package(missing):
        lines.append(f"Install by hand: {', '.join(need.name for need in by_hand)}.")
    return lines


def remedy(missing: Sequence[Need]) -> str:
    """Return how to get what is missing, as the hint of a finding."""
    command = _command(missing)
    return f"to get it: {command}" if command else "`brief doctor` says what is missing"


def how_to_add(extra: str) -> str:
    """Return the command that adds an extra of the distribution to this installation.

    Each program that pipx or uv has installed has a folder of its own, without pip in that of uv.
    """
    what = shlex.quote(f"briefwright[{extra}]")
    folders = Path(sys.prefix).parts
    if "pipx" in folders:
        return f"pipx runpip briefwright install {what}"
    python = shlex.quote(sys.executable)
    if folders[-3:-1] == ("uv", "tools"):
        return f"uv pip install --python {python} {what}"
    return f"{python} -m pip install {what}"


def _command(missing: Sequence[Need]) -> str:
    """Return the command that installs what is missing; "" where nothing is, or none is known."""
    system = this_system()
    if system is None or not (packages := packages_of(missing, system)):
        return ""
    sudo = ["sudo"] if system.as_root and os.geteuid() else []
    return " && ".join(shlex.join([*sudo, *command]) for command in system.commands(packages))


def _without_package(missing: Sequence[Need]) -> list[Need]:
    """Return what no package manager of this machine has, as far as we know."""
    system = this_system()
    return [need for need in missing if system is None or not need.packages.get(system.name)]


def libraries() -> list[Need]:
    """Return the libraries and programs that PDF files are made with."""
    return [
        _library("GLib", "gobject-2.0", "0", "libpango-1.0-0", "glib2", "glib"),
        _library("Pango", "pango-1.0", "0", "libpango-1.0-0", "pango", "pango"),
        _library("PangoFT2", "pangoft2-1.0", "0", "libpangoft2-1.0-0", "pango", "pango"),
        _library("HarfBuzz", "harfbuzz", "0", "libpangoft2-1.0-0", "harfbuzz", "harfbuzz"),
        _library(
            "HarfBuzz subset", "harfbuzz-subset", "0", "libharfbuzz-subset0", "harfbuzz", "harfbuzz"
        ),
        _library("Fontconfig", "fontconfig", "1", "libpangoft2-1.0-0", "fontconfig", "fontconfig"),
        program_need("fc-match", ("fc-match",), "fontconfig", "fontconfig", "fontconfig"),
    ]


def program(*names: str) -> str:
    """Return the path of the first of these programs that is installed, "" if none is."""
    folders = os.environ.get("PATH", os.defpath)
    if sys.platform == "darwin":
        # Programs that a desktop or a job server starts do not have Homebrew in their PATH.
        folders = os.pathsep.join([folders, *(f"{prefix}/bin" for prefix in HOMEBREW)])
    return next((path for name in names if (path := shutil.which(name, path=folders))), "")


def substitute(family: str) -> str:
    """Return the family that would be printed instead; "" if this one is installed."""
    if not (matcher := program("fc-match")):
        return "another font"
    families = output(matcher, "--format=%{family}", family).strip().split(",")
    return "" if family in families else families[0] or "nothing"


def fonts_of(house_toml: Path) -> list[Need]:
    """Return the fonts that a house style names.

    The list is empty if the file cannot be read: `brief` says why.
    """
    try:
        fonts = tomllib.loads(house_toml.read_text("utf-8"))["fonts"]
        packages_by_family = {
            font["family"]: font for font in fonts.values() if not font.get("files")
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
    return [font_need(family, packages) for family, packages in packages_by_family.items()]


def language_needs() -> list[Need]:
    """Return the fonts for scripts that the fonts of the house lack, named by the languages."""
    files = sorted((Path(__file__).parent / "language/languages").glob("*.json"))
    fonts = [json.loads(file.read_text("utf-8")).get("font") for file in files]
    by_family = {font["family"]: font for font in fonts if font}
    return [font_need(family, packages) for family, packages in by_family.items()]


def press_needs() -> list[Need]:
    """Return what the profile for offset printing is built from, where there are packages of it."""
    if (system := this_system()) is None or system.name != "debian":
        return []
    return [
        Need("colprof", lambda: bool(program("colprof")), lambda: "found", {"debian": "argyll"}),
        Need("FOGRA39 data", FOGRA39.is_file, lambda: "found", {"debian": "icc-profiles-free"}),
    ]


def package_names(debian: str, fedora: str, brew: str) -> Mapping[str, str]:
    return {"debian": debian, "fedora": fedora, "brew": brew}


def _library(name: str, library: str, number: str, debian: str, fedora: str, brew: str) -> Need:
    """Return the need of a shared library, which is installed if it can be loaded."""

    def load() -> ctypes.CDLL | None:
        for path in _library_paths(library, number):
            try:
                return ctypes.CDLL(path)
            except OSError:
                continue
        return None

    return Need(
        name,
        lambda: load() is not None,
        lambda: _library_version(load(), library),
        package_names(debian, fedora, brew),
    )


def _library_paths(library: str, number: str) -> list[str]:
    if sys.platform == "darwin":
        return [f"{prefix}/lib/lib{library}.dylib" for prefix in HOMEBREW]
    return [f"lib{library}.so.{number}"]


def _library_version(library: ctypes.CDLL | None, name: str) -> str:
    functions = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}
    if library is None or name not in functions:
        return "found"
    function = getattr(library, functions[name])
    function.restype = ctypes.c_char_p
    return str(function().decode())


def program_need(
    name: str, commands: tuple[str, ...], debian: str, fedora: str, brew: str, ask: str = ""
) -> Need:
    return Need(
        name,
        lambda: bool(program(*commands)),
        lambda: says(program(*commands), ask or "--version"),
        package_names(debian, fedora, brew),
    )


def font_need(family: str, packages: Mapping[str, str]) -> Need:
    return Need(f"font {family}", lambda: not substitute(family), lambda: "found", packages)


def says(path: str, ask: str = "--version") -> str:
    """Return the version that a program reports, "found" if it reports none."""
    found = re.search(r"\d+(\.\d+)+", output(path, ask))
    return found[0] if found else "found"


def output(*command: str) -> str:
    """Return what a program prints, "" if it cannot run. Some print their version on stderr."""
    import subprocess  # only what asks a program

    try:
        run = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout or run.stderr
