"""Which fonts this machine has: PDFs depend on them, and so do pictures of drawings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Span
from ..disk import Disk
from ..language.files import language_of
from ..needs import font_need, package_names, remedy
from ..styles import Styles

_LARGEST = 256 * 1024 * 1024  # bytes of a font file: some for Chinese have tens of megabytes
# Where resvg and Fontconfig look unless they are told otherwise.
_FOLDERS = (
    ("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts")
    if sys.platform == "darwin"
    else ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
)
_LIBRARY = "libfontconfig.1.dylib" if sys.platform == "darwin" else "libfontconfig.so.1"


class FontFile(NamedTuple):
    family: str
    path: str
    version: str


def resolved(family: str) -> FontFile:
    """Return the font that Fontconfig chooses for a family; all "" where there is no `fc-match`."""
    return next(iter(_asked("fc-match", family)), FontFile("", "", ""))


def faces(family: str) -> list[FontFile]:
    """Return the font that is chosen for a family, and the others of that font's family."""
    chosen = resolved(family)
    return [chosen, *(font for font in _asked("fc-list") if font.family == chosen.family)]


@cache
def installed() -> Mapping[str, Sequence[str]]:
    """Return the files in each folder that drawings take fonts from; none in one that is missing.

    Any font among them may be the one that a drawing names. To ask Fontconfig for their families
    would take a tenth of the time of a Word file.
    """
    found: dict[str, Sequence[str]] = {}
    for root in _FOLDERS:
        top = os.path.expanduser(root)
        found[top] = ()
        for folder, _, names in os.walk(top):
            found[folder] = sorted(names)
    return found


@cache
def _asked(command: str, *families: str) -> tuple[FontFile, ...]:
    import subprocess  # only what uses fonts asks

    form = "%{family[0]}|%{file}|%{fontversion}\n"
    try:
        run = subprocess.run(
            [command, "--format", form, *families], capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    lines = (line.split("|") for line in run.stdout.decode("utf-8", "replace").splitlines())
    return tuple(FontFile(*parts) for parts in lines if len(parts) == 3)


def note_choice(disk: Disk, faces: Iterable[FontFile]) -> None:
    """Note what Fontconfig's choice of fonts depends on, and the files that it has chosen.

    It says itself which folders it looks into, also those that do not exist yet, and which
    settings it reads (fontconfig.h). Raises `OSError` where it cannot be asked.
    """
    for folder in _places("FcConfigGetFontDirs"):
        disk.names(Path(folder), "")
    for file in (*_places("FcConfigGetConfigFiles"), *(face.path for face in faces)):
        with suppress(OSError):  # a folder among the settings
            disk.read(Path(file), _LARGEST)


def note_installed(disk: Disk) -> None:
    """Note which fonts are installed, for drawings."""
    for folder in installed():
        disk.names(Path(folder), "")


@cache
def _places(function: str) -> tuple[str, ...]:
    return tuple(_strings(function))


def _strings(function: str) -> Iterator[str]:
    import ctypes

    library = ctypes.CDLL(_LIBRARY)
    load, ask = library.FcInitLoadConfigAndFonts, getattr(library, function)
    load.restype = ask.restype = ctypes.c_void_p
    library.FcStrListNext.restype = ctypes.c_char_p
    strings = ctypes.c_void_p(ask(ctypes.c_void_p(load())))
    while text := library.FcStrListNext(strings):
        yield text.decode("utf-8", "surrogateescape")


def substitutions(styles: Styles, langs: Iterable[str]) -> list[Diagnostic]:
    """Return a finding for each font that is replaced by another: those of the house style, and
    those that languages need for their script."""
    fonts = [font for font in styles.house.fonts.values() if not font.files]
    families = {font.family: font.packages for font in fonts}
    scripts = {font.family: font for lang in langs if (font := language_of(lang).font)}
    return [
        Diagnostic(
            "font-substituted",
            f"`{family}` is not installed: `{found}` replaces it, and lines and pages change",
            Span.of_file("house.toml"),
            remedy([font_need(family, packages)]),
        )
        for family, packages in families.items()
        if (found := _other(family))
    ] + [
        Diagnostic(
            "font-substituted",
            f"`{family}`, the font for this script, is not installed: `{found}` replaces it",
            Span.of_file("house.toml"),
            remedy([font_need(family, package_names(font.debian, font.fedora, font.brew))]),
        )
        for family, font in scripts.items()
        if (found := _other(family))
    ]


def _other(family: str) -> str:
    """Return the family that replaces one that is not installed, "" where it is."""
    found = resolved(family).family
    return found if found.lower() != family.lower() else ""
