"""What an output was made from: where each piece was written, and the hashes of its sources.

A returned file must be merged with exactly the sources it was made from. Hashes are SHA-256, in
hexadecimal; paths are relative to the folder of the brief, with slashes.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from .diagnostics import Span
from .model import Brief
from .model.references import Reference
from .styles import Styles


class Provenance(Struct, frozen=True):
    """The hashes of everything an output was made from."""

    markdown: str
    files: Mapping[str, str]  # of images and CSV files, by path
    references: Mapping[str, str]  # of the text of each cited entry, by citation key
    house: str


def provenance_of(brief: Brief, bibliography: Sequence[Reference], styles: Styles) -> Provenance:
    images = {image.src: sha256(image.content) for image in brief.images}
    data = {_relative(file.path, brief): sha256(file.content) for file in brief.data}
    return Provenance(
        markdown=sha256(brief.source),
        files=images | data,
        references={reference.key: sha256(reference.source) for reference in bibliography},
        house=sha256(msgspec.json.encode(styles, order="deterministic")),
    )


def sha256(content: str | bytes) -> str:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()


def file_of(span: Span, brief: Brief) -> str:
    """Return the path of the file that a span is in."""
    return _relative(span.path, brief)


def _relative(path: str, brief: Brief) -> str:
    return posixpath.relpath(path, posixpath.dirname(brief.span.path) or ".")
