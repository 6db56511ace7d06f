"""Find the text that a returned file was made from: now, in git, among releases, in the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from ..disk import Disk
from ..git import git
from ..provenance import sha256
from ..readers.docx import Returned
from ..readers.source import read_text
from ..releases import Released, releases_of

_LARGEST = 64 * 1024 * 1024  # bytes


class Base(Struct, frozen=True):
    """A text that a file was made from, and where it was found, in words."""

    text: str
    found: str


def text_of(content: bytes) -> str:
    """Return a source as it is read: one kind of line end, no byte order mark, no controls."""
    return read_text(content.decode("utf-8-sig", "replace"), "")[0].text


def find_base(returned: Returned, path: Path, current: bytes, trusted: bool) -> Base | str:
    """Return the base of a returned file of the brief at `path`, or why there is none.

    What the file itself carries counts only if it is `trusted`: anybody may have changed it.
    """
    wanted = returned.sha256
    if sha256(text_of(current)) == wanted:
        return Base(text_of(current), "the brief as it is now")
    for edition, content in _released(path):
        if sha256(text_of(content)) == wanted:
            return Base(text_of(content), f"the release of edition {edition}")
    for content in _committed(path):
        if sha256(text_of(content)) == wanted:
            return Base(text_of(content), "git")
    if returned.embedded is not None and trusted:
        if sha256(returned.embedded) == wanted:
            return Base(returned.embedded, "the file itself")
        return "the Markdown that the file carries is not the one that it was made from"
    reason = "the text that it was made from is not the brief as it is now, no release, nor in git"
    if returned.embedded is not None:
        return f"{reason}; the file carries one: --trust-embedded, if you trust its sender"
    return reason


def _released(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the editions of a brief, and the text of each; also of those that were withdrawn."""
    disk = Disk()
    for found in releases_of(path, disk):
        if isinstance(found, Released):
            with suppress(OSError):
                yield found.release.edition, disk.read(found.brief, _LARGEST)


def _committed(path: Path) -> Iterator[bytes]:
    """Yield each state of a file in git, the newest first."""
    path = path.resolve()
    listed = git(path.parent, "rev-list", "--all", "--objects", "--", path.name)
    top = git(path.parent, "rev-parse", "--show-prefix")
    name = top.decode("utf-8", "surrogateescape").strip("\n") + path.name
    for row in listed.decode("utf-8", "surrogateescape").splitlines():
        identity, _, found = row.partition(" ")
        if found == name:
            yield git(path.parent, "cat-file", "blob", identity)
