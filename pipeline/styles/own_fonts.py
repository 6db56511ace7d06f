"""The font files that a `house.toml` names: read from its folder, each once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..diagnostics import Diagnostic, reason_of
from ..disk import Disk
from .font_files import BadFont, FontFace, lacking, read_face
from .house import Font
from .places import key_span

_LARGEST = 32 * 1024 * 1024  # bytes of a font file
_TO_READ = ("body", "heading")  # the roles whose fonts draw all kinds of text


def load_faces(
    fonts: Mapping[str, Font], toml: Path, disk: Disk
) -> tuple[tuple[FontFace, ...], list[Diagnostic]]:
    """Return the fonts that a house style brings, and what is wrong with them."""
    found: dict[str, FontFace] = {}
    diagnostics: list[Diagnostic] = []
    for role, font in fonts.items():
        span = key_span(toml, "fonts", role)
        for name in font.files:
            if name in found:
                continue
            try:
                face = found[name] = _face(toml.parent, name, font.family, disk)
            except BadFont as problem:
                hint = "name another file, or leave `files` out and install the font"
                message = f"`{name}` {problem}"
                diagnostics.append(Diagnostic("bad-house-style", message, span, hint))
                continue
            if role in _TO_READ and (missing := lacking(face)):
                message = f"`{name}` cannot draw “{missing}”: another font does"
                hint = "use the complete font, not one that was cut for a website"
                diagnostics.append(Diagnostic("font-lacks-characters", message, span, hint))
        if font.files and role == "body":
            diagnostics += _missing_faces(font, found, toml)
    return tuple(found.values()), diagnostics


def _face(folder: Path, name: str, family: str, disk: Disk) -> FontFace:
    path = folder / name
    if "\0" in name or not path.resolve().is_relative_to(folder.resolve()):
        raise BadFont("is not in the folder of the house style")
    try:
        return read_face(disk.read(path, _LARGEST), family)
    except OSError as error:
        raise BadFont(f"cannot be read: {reason_of(error)}") from error


def _missing_faces(font: Font, found: Mapping[str, FontFace], toml: Path) -> list[Diagnostic]:
    """Return a finding if text has no regular, bold or italic font: programs would make them up."""
    faces = [face for face in found.values() if face.family == font.family]
    wanted = {
        "regular": any(face.weight < 600 and not face.italic for face in faces),
        "bold": any(face.weight >= 600 and not face.italic for face in faces),
        "italic": any(face.italic for face in faces),
    }
    missing = [name for name, there in wanted.items() if not there]
    if not missing or not faces:
        return []
    message = f"`fonts.body` has no {' and no '.join(missing)} font"
    hint = "add its file: what programs make of another font is ugly"
    return [Diagnostic("font-lacks-characters", message, key_span(toml, "fonts", "body"), hint)]
