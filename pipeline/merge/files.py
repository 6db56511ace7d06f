"""Write the merged source, and keep the one before it."""

from __future__ import annotations

import base64
import binascii
import re
import subprocess
import tempfile
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import msgspec
from msgspec import Struct

from ..disk import write_beside
from ..provenance import sha256
from .base import text_of

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_BOM = "\ufeff"
UNDO = ".merge.json"  # in the folder of the outputs


class MergeError(Exception):
    """Why nothing was written, as a sentence."""


class Kept(Struct, frozen=True):
    """What a merge replaced: the path, its bytes in base64, and the hash of what it wrote."""

    path: str
    before: str
    after: str


def three_way(ours: str, base: str, theirs: str, name: str) -> tuple[str, int]:
    """Return the text with the changes of both sides, and how many conflicts are marked in it."""
    if ours in (base, theirs):
        return theirs, 0
    if theirs == base:
        return ours, 0
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / part for part in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        labels = ("-L", "the brief", "-L", "what was sent", "-L", name)
        command = ["git", "merge-file", "-p", "--diff3", *labels, *map(str, paths)]
        try:
            run = subprocess.run(command, capture_output=True, check=False, timeout=60)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise MergeError("the brief has changed since; git is needed to merge") from error
    if not 0 <= run.returncode <= 127:  # the number of conflicts; else an error, or a signal
        raise MergeError("the brief has changed since, and git cannot merge it")
    return run.stdout.decode("utf-8", "surrogatepass"), run.returncode


def with_line_ends(raw: bytes, text: str) -> bytes:
    """Return a text as bytes: lines that are unchanged are those of `raw`, byte for byte.

    New lines end as most lines of `raw` do.
    """
    whole = raw.decode("utf-8")
    mark = _BOM if whole.startswith(_BOM) else ""
    old = _LINE.findall(whole.removeprefix(_BOM))
    read = [text_of(line.encode()) for line in old]
    new = _LINE.findall(text)
    ends = Counter(line[len(line.rstrip("\r\n")) :] for line in old)
    ends.pop("", None)
    end = ends.most_common(1)[0][0] if ends else "\n"
    parts = [mark]
    matcher = SequenceMatcher(None, read, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            parts += old[a:b]
        else:
            parts += [
                line.removesuffix("\n") + (end if line.endswith("\n") else "") for line in new[c:d]
            ]
    return "".join(parts).encode("utf-8")


def write(path: Path, before: bytes, after: bytes, out: Path) -> None:
    """Put a merged source in place. Raises `MergeError` if the file is not what was read."""
    kept = Kept(str(path.resolve()), base64.b64encode(before).decode(), sha256(after))
    if path.read_bytes() != before:
        raise MergeError("the brief was changed meanwhile: nothing was written; merge again")
    out.mkdir(parents=True, exist_ok=True)
    _replace(out / UNDO, msgspec.json.encode(kept))
    _replace(path.resolve(), after)


def undo(out: Path) -> Path:
    """Put back what the last merge replaced; return its path. Raises `MergeError`."""
    try:
        kept = msgspec.json.decode((out / UNDO).read_bytes(), type=Kept)
        before = base64.b64decode(kept.before, validate=True)
    except FileNotFoundError:
        raise MergeError("there is no merge to undo") from None
    except (OSError, msgspec.DecodeError, binascii.Error) as error:
        raise MergeError(f"the record of the last merge cannot be read: {error}") from error
    path = Path(kept.path)
    if not path.is_file() or sha256(path.read_bytes()) != kept.after:
        raise MergeError("the brief was changed since it was merged: nothing was undone")
    _replace(path, before)
    (out / UNDO).unlink()
    return path


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that it is whole at every moment."""
    written = write_beside(path, content)
    if path.exists():
        written.chmod(path.stat().st_mode & 0o777)
    written.replace(path)
