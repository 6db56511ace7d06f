"""Find the text that a returned file was made from: now, in git, among releases, in the file."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ..provenance import sha256
from ..readers.docx import Returned
from ..readers.source import read_text

_SECONDS = 60
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
    for content in _released(path):
        if sha256(text_of(content)) == wanted:
            return Base(text_of(content), "a release")
    for content in _committed(path):
        if sha256(text_of(content)) == wanted:
            return Base(text_of(content), "git")
    if returned.embedded is not None and trusted:
        if sha256(returned.embedded) == wanted:
            return Base(returned.embedded, "the file itself")
        return "the Markdown that the file carries is not the one that it was made from"
    reason = "the text that it was made from is neither the brief as it is now, nor in git"
    if returned.embedded is not None:
        return f"{reason}; the file carries one: --trust-embedded, if you trust its sender"
    return reason


def _released(path: Path) -> Iterator[bytes]:
    folder = path.parent / path.stem / "releases"
    for found in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        if found.is_file() and found.stat().st_size <= _LARGEST:
            yield found.read_bytes()


def _committed(path: Path) -> Iterator[bytes]:
    """Yield each state of a file in git, the newest first."""
    path = path.resolve()
    listed = _git(path.parent, "rev-list", "--all", "--objects", "--", path.name)
    top = _git(path.parent, "rev-parse", "--show-prefix")
    name = top.decode("utf-8", "surrogateescape").strip("\n") + path.name
    for row in listed.decode("utf-8", "surrogateescape").splitlines():
        identity, _, found = row.partition(" ")
        if found == name:
            yield _git(path.parent, "cat-file", "blob", identity)


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what git prints, nothing if there is no git, no repository or an error."""
    try:
        run = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return run.stdout if run.returncode == 0 else b""
