"""Our own Word files: the source that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from ..ooxml import SOURCE_MAP
from ..provenance import sha256
from ..readers.docx import read_docx
from ..readers.docx.package import Package
from .values import Source
from .word_sources import sources_in


class Own(Struct, frozen=True):
    markdown: str
    sources: Mapping[str, Source]  # by citation key
    files: Mapping[str, bytes]  # pictures whose bytes are in the file, by path from the brief
    missing: tuple[str, ...]  # paths of pictures and tables that are not in the file as they were


def own_source(package: Package, content: bytes) -> Own | None:
    """Return what a Word file of ours carries; None for any other, and if it carries no source."""
    mark = SOURCE_MAP.encode()
    if not any(mark in package.content(name) for name in package.names() if "customXml" in name):
        return None
    returned = read_docx(content)
    if returned.embedded is None or sha256(returned.embedded.encode()) != returned.sha256:
        return None
    tagged: dict[str, Source] = {}
    for _, root in package.related("customXml"):
        tagged |= sources_in(root)
    sources = {}
    for tag, source in tagged.items():
        key = returned.tags.get(tag, tag)
        sources[key] = Source(source.values, key)
    hashes = {p: h for p, h in returned.sources.items() if p not in returned.tags.values()}
    files = _files(package, hashes)
    missing = tuple(path for path in hashes if path not in files)
    return Own(returned.embedded, sources, files, missing)


def _files(package: Package, hashes: Mapping[str, str]) -> dict[str, bytes]:
    parts = {package.hash_of(n): n for n in package.names() if "/media/" in n}
    return {
        path: package.content(parts[digest])
        for path, digest in hashes.items()
        if digest in parts and _is_inside(path)
    }


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path
