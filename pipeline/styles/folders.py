"""Where our own files are: `styles/` of this repository, in an installed package `house/`."""

from __future__ import annotations

from pathlib import Path

PRESET_NAMES = ("institute", "government", "newsroom")


def default_folder() -> Path:
    """Return the folder of the default house style: in the package, or in the source tree."""
    packaged = Path(__file__).parents[1] / "house"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "styles"


def preset_folder(name: str) -> Path:
    """Return the folder of a preset: what it has otherwise than the default house style."""
    return default_folder() / "presets" / name


def specimen() -> Path:
    """Return a brief with every element of the brief language."""
    return default_folder() / "specimen" / "specimen.md"
