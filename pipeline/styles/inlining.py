"""Pictures that the `extra.css` of a house names, as data in the style sheet itself."""

from __future__ import annotations

import re
from pathlib import Path

from ..disk import Disk
from ..text import data_url

_URL = re.compile(r"""url\(\s*(["']?)([\w./ -]+\.(?:svg|png|jpe?g))\1\s*\)""", re.IGNORECASE)
_TYPES = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_LARGEST = 4 * 1024 * 1024  # bytes of a picture


def with_pictures_inside(css: str, folder: Path, disk: Disk) -> str:
    """Return a style sheet with the pictures in its folder as `data:` URLs.

    What is not there, or is elsewhere, stays as it is written, and is reported like any address.
    """

    def data(found: re.Match[str]) -> str:
        path = folder / found[2]
        if not path.resolve().is_relative_to(folder.resolve()) or not disk.exists(path):
            return found[0]
        try:
            content = disk.read(path, _LARGEST)
        except OSError:
            return found[0]
        kind = _TYPES[path.suffix.lower()]
        return f'url("{data_url(f"image/{kind}", content)}")'

    return _URL.sub(data, css)
