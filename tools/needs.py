"""What set-up and the tests need besides what Briefwright needs itself (`pipeline/needs.py`).

This runs before anything is installed, so it uses only the standard library.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))

from pipeline.needs import (  # noqa: E402
    Need,
    examined,
    font_need,
    fonts_of,
    how_to_get,
    language_needs,
    libraries,
    package_names,
    packages_of,
    press_needs,
    program,
    program_need,
    says,
    this_system,
)

__all__ = [
    "ROOT",
    "Need",
    "build_needs",
    "chrome",
    "examined",
    "how_to_get",
    "language_needs",
    "packages_of",
    "program",
    "soffice",
    "test_needs",
    "this_system",
]


def build_needs() -> list[Need]:
    """Return what `make pdf` needs besides Python, in the order in which it is reported."""
    return [_venv(), *libraries(), *fonts_of(ROOT / "styles/house.toml")]


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
            package_names("python3-uno", "libreoffice-pyuno", "libreoffice"),
        ),
        Need("Chromium", lambda: bool(chrome()), lambda: says(chrome()), package_names(*chromium)),
        program_need(
            "pdftotext", ("pdftotext",), "poppler-utils", "poppler-utils", "poppler", "-v"
        ),
        program_need("pdftoppm", ("pdftoppm",), "poppler-utils", "poppler-utils", "poppler", "-v"),
        program_need("Ghostscript", ("gs",), "ghostscript", "ghostscript", "ghostscript"),
        program_need("Node", ("node",), "nodejs", "nodejs", "node"),
        program_need("npm", ("npm",), "npm", "nodejs-npm", "node"),
        font_need(
            "Noto Sans Arabic",
            package_names(
                "fonts-noto-core", "google-noto-sans-arabic-fonts", "font-noto-sans-arabic"
            ),
        ),
        font_need(
            "Noto Color Emoji",
            package_names(
                "fonts-noto-color-emoji",
                "google-noto-color-emoji-fonts",
                "font-noto-color-emoji",
            ),
        ),
        *press_needs(),
        *language_needs(),
    ]


def soffice() -> str:
    return _application("LibreOffice", "soffice") or program("soffice", "libreoffice")


def chrome() -> str:
    application = _application("Google Chrome", "Google Chrome") or _application("Chromium")
    return application or program("chromium", "chromium-browser", "google-chrome")


def _venv() -> Need:
    """Return the need of `venv`: Debian has moved `ensurepip` to a package of its own."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return Need(
        "Python's venv",
        lambda: all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
        lambda: version,
        package_names(f"python{version}-venv", "python3-libs", f"python@{version}"),
    )


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
    packages = package_names(f"{name}-nogui", name, "libreoffice")
    return Need(f"LibreOffice {part}", found, lambda: says(soffice()), packages)


def _has_uno() -> bool:
    if sys.platform == "darwin":
        return bool(soffice())  # LibreOffice brings its own Python
    return os.path.exists("/usr/bin/python3") and not _fails("/usr/bin/python3", "-c", "import uno")


def _fails(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0
