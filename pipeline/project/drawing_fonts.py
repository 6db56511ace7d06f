"""Drawings whose letters are in a font that the house style does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ..diagnostics import Diagnostic
from ..model import Image, walk
from ..styles import House
from .loading import LoadedBrief

# An attribute, or a declaration in an attribute or a style sheet (SVG 2, 11.2).
_NAMED = re.compile(rb"""font-family\s*(?:=\s*(?:"([^"]*)"|'([^']*)')|:\s*([^;}<]*))""")
_GENERIC = frozenset(
    ("inherit", "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math")
)


def with_other_fonts(briefs: Iterable[LoadedBrief], house: House) -> list[LoadedBrief]:
    """Return briefs with a finding for each drawing that names a font which the house lacks."""
    fonts = house.fonts.values()
    known = {name.casefold() for font in fonts for name in (font.family, font.stands_for)}
    return [
        replace(brief, diagnostics=(*brief.diagnostics, *_findings(brief, known, house)))
        for brief in briefs
    ]


def _findings(brief: LoadedBrief, known: set[str], house: House) -> Iterator[Diagnostic]:
    if brief.numbered is None:
        return
    drawings = {
        image.src: _other(image.content, known)
        for image in brief.numbered.brief.images
        if image.media_type == "image/svg+xml"
    }
    hint = f"name `{house.fonts['body'].family}` in the drawing, or save its text as paths"
    for node in walk(brief.numbered.brief):
        if isinstance(node, Image) and (name := drawings.pop(node.src, "")):
            message = f"`{node.src}` has letters in `{name}`, which is no font of the house style"
            yield Diagnostic("other-font", message, node.span, hint)


def _other(content: bytes, known: set[str]) -> str:
    """Return the first font that a drawing names and the house lacks, "" for none."""
    for found in _NAMED.finditer(content):
        families = next(filter(None, found.groups()), b"").decode("utf-8", "replace")
        name = families.replace("&quot;", "").split(",")[0].strip(" \t\r\n'\"")
        if name and name.casefold() not in known | _GENERIC:
            return name
    return ""
