"""The pictures of a house style: files in its folder that `house.toml` names."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ..diagnostics import Diagnostic
from ..model import NEW_IMAGE, ImageFile
from ..readers.markdown.images import measure
from ..readers.markdown.reading import BadImage, FileProblem
from ..styles import Styles, key_span
from .loading import Loading
from .own_files import own_file


def with_pictures(
    styles: Styles, folder: Path | None, loading: Loading
) -> tuple[Styles, list[Diagnostic]]:
    """Return styles with the pictures that they name; one that cannot be used is reported."""
    if folder is None or not styles.house.pictures:
        return styles, []
    pictures: dict[str, ImageFile] = {}
    diagnostics: list[Diagnostic] = []
    toml = folder / "house.toml"
    for (key, inner), name in styles.house.pictures.items():
        found = _picture(name, toml, f"house:{key}", loading)
        if isinstance(found, ImageFile):
            pictures[key] = found
        else:
            span = key_span(toml, key, inner)
            diagnostics.append(Diagnostic(found.code, found.message, span, found.hint))
    return replace(styles, pictures=pictures), diagnostics


def _picture(name: str, toml: Path, src: str, loading: Loading) -> ImageFile | FileProblem:
    """Return the picture that a house style calls `name`, under an address of its own."""
    path = own_file(name, toml, toml.parent)
    if isinstance(path, FileProblem):
        return path
    content = loading.read(path)
    if isinstance(content, Diagnostic):
        return FileProblem(content.code, f"`{name}`: {content.message}", content.hint)
    try:
        return measure(src, content)
    except BadImage as problem:
        return FileProblem("bad-image", f"`{name}` {problem}", NEW_IMAGE)
