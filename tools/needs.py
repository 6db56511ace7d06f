"""What Briefwright needs on a system, how to find it, and which packages contain it.

This runs before anything is installed, so it uses only the standard library.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
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
    return list(dict.fromkeys(need.packages[system.name] for need in missing))


def build_needs() -> list[Need]:
    """Return what `make pdf` needs besides Python, in the order in which it is reported."""
    return [
        _venv(),
        _library("GLib", "gobject-2.0", "0", "libpango-1.0-0", "glib2", "glib"),
        _library("Pango", "pango-1.0", "0", "libpango-1.0-0", "pango", "pango"),
        _library("PangoFT2", "pangoft2-1.0", "0", "libpangoft2-1.0-0", "pango", "pango"),
        _library("HarfBuzz", "harfbuzz", "0", "libpangoft2-1.0-0", "harfbuzz", "harfbuzz"),
        _library(
            "HarfBuzz subset", "harfbuzz-subset", "0", "libharfbuzz-subset0", "harfbuzz", "harfbuzz"
        ),
        _library("Fontconfig", "fontconfig", "1", "libpangoft2-1.0-0", "fontconfig", "fontconfig"),
        _program("fc-match", ("fc-match",), "fontconfig", "fontconfig", "fontconfig"),
        *_house_fonts(),
    ]


def test_needs() -> list[Need]:
    """Return what the tests need on the system besides what `make pdf` needs."""
    chromium = ("chromium", "chromium", "google-chrome")
    return [
        _office("Writer", "libswlo.so"),
        _office("Math", "libsmlo.so"),
        _office("Calc", "libsclo.so"),
        Need(
            "Python for LibreOffice",
            _has_uno,
            lambda: "found",
            _packages("python3-uno", "libreoffice-pyuno", "libreoffice"),
        ),
        Need("Chromium", lambda: bool(chrome()), lambda: _says(chrome()), _packages(*chromium)),
        _program("pdftotext", ("pdftotext",), "poppler-utils", "poppler-utils", "poppler", "-v"),
        _program("pdftoppm", ("pdftoppm",), "poppler-utils", "poppler-utils", "poppler", "-v"),
        _program("Ghostscript", ("gs",), "ghostscript", "ghostscript", "ghostscript"),
        _program("Node", ("node",), "nodejs", "nodejs", "node"),
        _program("npm", ("npm",), "npm", "nodejs-npm", "node"),
        _font(
            "Noto Sans Arabic",
            _packages("fonts-noto-core", "google-noto-sans-arabic-fonts", "font-noto-sans-arabic"),
        ),
        _font(
            "Noto Color Emoji",
            _packages(
                "fonts-noto-color-emoji",
                "google-noto-color-emoji-fonts",
                "font-noto-color-emoji",
            ),
        ),
        *_fogra39(),
        *language_needs(),
    ]


def language_needs() -> list[Need]:
    """Return the fonts for scripts that the fonts of the house lack, named by the languages."""
    files = sorted((ROOT / "pipeline/language/languages").glob("*.json"))
    fonts = [json.loads(file.read_text("utf-8")).get("font") for file in files]
    by_family = {font["family"]: font for font in fonts if font}
    return [_font(family, packages) for family, packages in by_family.items()]


def program(*names: str) -> str:
    """Return the path of the first of these programs that is installed, "" if none is."""
    folders = os.environ.get("PATH", os.defpath)
    if sys.platform == "darwin":
        # Programs that a desktop or a job server starts do not have Homebrew in their PATH.
        folders = os.pathsep.join([folders, *(f"{prefix}/bin" for prefix in HOMEBREW)])
    return next((path for name in names if (path := shutil.which(name, path=folders))), "")


def soffice() -> str:
    return _application("LibreOffice", "soffice") or program("soffice", "libreoffice")


def chrome() -> str:
    application = _application("Google Chrome", "Google Chrome") or _application("Chromium")
    return application or program("chromium", "chromium-browser", "google-chrome")


def substitute(family: str) -> str:
    """Return the family that would be printed instead; "" if this one is installed."""
    if not (matcher := program("fc-match")):
        return "another font"
    families = _output(matcher, "--format=%{family}", family).strip().split(",")
    return "" if family in families else families[0] or "nothing"


def _house_fonts() -> list[Need]:
    """Return the fonts that the house style of this project names.

    The list is empty if `house.toml` cannot be read: once installed, `brief` says why.
    """
    try:
        fonts = tomllib.loads((ROOT / "styles/house.toml").read_text("utf-8"))["fonts"]
        packages_by_family = {
            font["family"]: font for font in fonts.values() if not font.get("files")
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
    return [_font(family, packages) for family, packages in packages_by_family.items()]


def _fogra39() -> list[Need]:
    """Return what the profile for offset printing is built from, where there are packages of it."""
    if (system := this_system()) is None or system.name != "debian":
        return []
    return [
        Need("colprof", lambda: bool(program("colprof")), lambda: "found", {"debian": "argyll"}),
        Need("FOGRA39 data", FOGRA39.is_file, lambda: "found", {"debian": "icc-profiles-free"}),
    ]


def _packages(debian: str, fedora: str, brew: str) -> Mapping[str, str]:
    return {"debian": debian, "fedora": fedora, "brew": brew}


def _venv() -> Need:
    """Return the need of `venv`: Debian has moved `ensurepip` to a package of its own."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return Need(
        "Python's venv",
        lambda: all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
        lambda: version,
        _packages(f"python{version}-venv", "python3-libs", f"python@{version}"),
    )


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
        _packages(debian, fedora, brew),
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


def _program(
    name: str, commands: tuple[str, ...], debian: str, fedora: str, brew: str, ask: str = ""
) -> Need:
    return Need(
        name,
        lambda: bool(program(*commands)),
        lambda: _says(program(*commands), ask or "--version"),
        _packages(debian, fedora, brew),
    )


def _font(family: str, packages: Mapping[str, str]) -> Need:
    return Need(f"font {family}", lambda: not substitute(family), lambda: "found", packages)


def _application(name: str, program_name: str = "") -> str:
    path = Path(f"/Applications/{name}.app/Contents/MacOS/{program_name or name}")
    return str(path) if path.exists() else ""


def _office(part: str, library: str) -> Need:
    """Return the need of a part of LibreOffice: `soffice` may be installed without it."""

    def found() -> bool:
        if not (office := soffice()):
            return False
        folder = Path(office).resolve().parent
        whole = not (folder / "soffice.bin").exists() or sys.platform == "darwin"
        return whole or (folder / library).exists()

    name = f"libreoffice-{part.lower()}"
    packages = _packages(f"{name}-nogui", name, "libreoffice")
    return Need(f"LibreOffice {part}", found, lambda: _says(soffice()), packages)


def _has_uno() -> bool:
    if sys.platform == "darwin":
        return bool(soffice())  # LibreOffice brings its own Python
    return os.path.exists("/usr/bin/python3") and not _fails("/usr/bin/python3", "-c", "import uno")


def _says(path: str, ask: str = "--version") -> str:
    """Return the version that a program reports, "found" if it reports none."""
    found = re.search(r"\d+(\.\d+)+", _output(path, ask))
    return found[0] if found else "found"


def _fails(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


def _output(*command: str) -> str:
    """Return what a program prints, "" if it cannot run. Some print their version on stderr."""
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout or run.stderr
