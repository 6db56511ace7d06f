"""Which fonts this machine has for those of the house style: a PDF's bytes depend on them."""

from __future__ import annotations

from functools import cache

from ..diagnostics import Diagnostic, Span
from ..styles import Styles


@cache
def resolved(family: str) -> tuple[str, str, str]:
    """Return the family, file and version of the font that Fontconfig chooses for a family.

    All three are "" where there is no `fc-match`.
    """
    import subprocess  # only a PDF asks

    command = ["fc-match", "--format", "%{family[0]}|%{file}|%{fontversion}", family]
    try:
        run = subprocess.run(command, capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return "", "", ""
    found, _, rest = run.stdout.decode("utf-8", "replace").partition("|")
    file, _, version = rest.partition("|")
    return found, file, version


def substitutions(styles: Styles) -> list[Diagnostic]:
    """Return a finding for each font of the house style that is replaced by another."""
    families = dict.fromkeys(font.family for font in styles.house.fonts.values())
    return [
        Diagnostic(
            "font-substituted",
            f"`{family}` is not installed: `{found}` replaces it, and lines and pages change",
            Span.of_file("house.toml"),
            "make doctor says how to get it",
        )
        for family in families
        if (found := resolved(family)[0]) and found.lower() != family.lower()
    ]
