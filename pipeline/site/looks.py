"""What a site looks like: templates, a style sheet and scripts of the house style."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..styles import default_folder

_FILES = tuple(
    f"{name}.html.j2" for name in ("head", "top", "bottom", "changes", "index", "notice")
)
STYLE_SHEET = "site.css"
_SCRIPTS = ("reading.js", "index.js")


class Looks(Struct, frozen=True):
    """The templates, style sheet and scripts of a site, by name."""

    files: Mapping[str, str]

    @property
    def scripts(self) -> Mapping[str, str]:
        """The names of the scripts on the site: another content has another name."""
        return {name: _hashed(name, self.files[name]) for name in _SCRIPTS}


def load_looks(house: Path) -> Looks:
    """Read what a site looks like from `site/` in the folder of a house style; what is missing
    there, from the default one. Raises `OSError`."""
    files = {}
    for name in (*_FILES, STYLE_SHEET, *_SCRIPTS):
        own = house / "site" / name
        path = own if own.is_file() else default_folder() / "site" / name
        files[name] = path.read_text("utf-8")
    return Looks(files)


def _hashed(name: str, content: str) -> str:
    stem, _, ending = name.partition(".")
    return f"{stem}-{hashlib.sha256(content.encode()).hexdigest()[:8]}.{ending}"
