"""What the bytes of an output depend on besides its sources: programs, libraries and fonts.

Two machines with the same environment write the same file.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import program
from . import fonts

Environment = Mapping[str, str]  # a version or a short hash, by what has it

_OF_LAYOUT = ("Pango", "HarfBuzz")  # the libraries of the system that lay out text


def environment(families: Sequence[str]) -> Environment:
    """Return the environment of this process, with the fonts that are chosen for families."""
    from ..needs import libraries  # only for clusters: it loads `subprocess`

    found = {"Python": platform.python_version(), **program.versions()}
    for need in libraries():
        if need.name in _OF_LAYOUT and need.found():
            found[need.name] = need.version()
    for family in families:
        files = sorted({face.path for face in fonts.faces(family)})
        found[f"the font {family}"] = _hash(*(Path(path).read_bytes() for path in files if path))
    names = sorted(name for folder in fonts.installed().values() for name in folder)
    found["the set of installed fonts"] = _hash("\n".join(names).encode())
    return {**found, "Briefwright": program.digest().hex()[:8]}


def differences(own: Environment, other: Environment) -> list[str]:
    """Return what differs in another environment: "weasyprint is 69.0 there and 70.0 here"."""
    names = sorted(name for name in own.keys() | other.keys() if own.get(name) != other.get(name))
    return [
        f"{name} is {other.get(name, 'missing')} there and {own.get(name, 'missing')} here"
        for name in names
        # It contains the versions of the libraries.
        if name != "Briefwright" or len(names) == 1
    ]


def _hash(*contents: bytes) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:8]
