"""What the manifest of a build records about a file: written by `build`, read by `brief verify`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from ..diagnostics import Diagnostic
from ..diagnostics.values import read_values
from ..model import Anchor
from .readback import Readback, ReadEntry, ReadNumber, to_json

_CODE = "bad-output"


class Recorded(Struct, frozen=True):
    """What was recorded about a file when it was built."""

    sha256: str
    numbers: tuple[ReadNumber, ...]
    bibliography: tuple[ReadEntry, ...]
    blocks: tuple[str, ...] = ()  # a hash of each paragraph
    looks: tuple[str, ...] = ()  # a hash of the picture of each page
    drawn_by: str = ""  # the version of what drew them


class _Number(Struct):
    anchor: str
    number: str
    locator: str = ""
    text: str = ""


class _Printed(Struct):
    numbers: tuple[_Number, ...]
    bibliography: tuple[ReadEntry, ...]
    blocks: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    drawn_by: str = ""


class _File(Struct):
    sha256: str
    printed: _Printed


class _Manifest(Struct):
    files: Mapping[str, msgspec.Raw]


def to_record(found: Readback) -> dict[str, Any]:
    """Return the manifest's record of a file that was built."""
    record = to_json(found) | {"blocks": [block.hash for block in found.blocks]}
    return record | {"looks": list(found.looks), "drawn_by": drawn_by()} if found.looks else record


def drawn_by() -> str:
    """Return the version of pdfium: another version may draw pages differently."""
    import pypdfium2

    return str(pypdfium2.PDFIUM_INFO)


def recorded(manifest: bytes, name: str, path: str) -> Recorded | Diagnostic | None:
    """Return the manifest's record of the file `name`, None if it has none.

    A malformed manifest is a diagnostic at `path`.
    """
    found = read_values(manifest, _Manifest, path, _CODE)
    if isinstance(found, Diagnostic):
        return found
    if name not in found.files:
        return None
    file = read_values(bytes(found.files[name]), _File, path, _CODE)
    if isinstance(file, Diagnostic):
        return file
    said = file.printed
    numbers = tuple(
        ReadNumber(Anchor.parse(n.anchor), n.number, n.locator, n.text) for n in said.numbers
    )
    return Recorded(file.sha256, numbers, said.bibliography, said.blocks, said.looks, said.drawn_by)
