"""The files of a site: their content, and what its manifest records of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Raw, Struct
from msgspec.structs import replace

from ..build.publishing import Manifest, Record
from ..press.proof import lost_text
from ..project import LoadedBrief
from .entries import File

_NOTHING = Raw(b'{"numbers": [], "bibliography": []}')  # of files that print no numbers
_ENDINGS = {"press": "-press.pdf"}


class Content(Struct, frozen=True):
    """A file to publish. `kind` is that of `File`, "" for what readers do not download.

    What is copied is read when it is written.
    """

    name: str
    kind: str
    record: Record
    size: int
    content: bytes | Path

    def read(self) -> bytes:
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content

    def named(self, name: str) -> Content:
        return replace(self, name=name)

    def as_file(self, stem: str) -> File:
        """Return the file as readers download it; `stem` is the name of the page."""
        name = stem + _ENDINGS.get(self.kind, f".{self.kind}")
        return File(name, self.kind, self.size, self.record.sha256, self.record.pages)


def of_site(name: str, content: bytes, kind: str = "") -> Content:
    """Return a file that prints no numbers."""
    digest = hashlib.sha256(content).hexdigest()
    return Content(name, kind, Record(digest, digest, None, _NOTHING), len(content), content)


def copies(brief: LoadedBrief, folder: Path, manifest: Manifest) -> list[Content]:
    """Return the files of a brief that readers can download, from the folder of its build."""
    return list(_copies(brief, folder, manifest))


def _copies(brief: LoadedBrief, folder: Path, manifest: Manifest) -> Iterator[Content]:
    for kind in ("docx", "pdf"):
        path = folder / f"{brief.name}.{kind}"
        # What it was made from, and by which findings, is the business of the build folder.
        record = replace(manifest.files[path.name], parts={}, findings=(), brief="")
        yield Content(path.name, kind, record, path.stat().st_size, path)
    press, screen = folder / f"{brief.name}.press.pdf", folder / f"{brief.name}.pdf"
    if press.is_file():
        content = press.read_bytes()
        # One that was made from an older state of the brief prints another text.
        if not list(lost_text(content, screen.read_bytes(), press.name)):
            yield of_site(press.name, content, "press")
    if brief.numbered and brief.numbered.brief.front.embed_source:
        source = brief.numbered.brief.source.encode("utf-8", "surrogatepass")
        yield of_site(f"{brief.name}.md", source, "md")
        if library := brief.numbered.cited_library:
            text = library.encode("utf-8", "surrogatepass")
            yield of_site(f"{brief.name}.bib", text, "bib")
