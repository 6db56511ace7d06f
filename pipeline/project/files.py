"""Read files that somebody else names: devices, pipes and huge files are refused."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_file(path: Path, largest: int) -> bytes:
    """Return the bytes of a regular file of no more than `largest` bytes.

    Raises `OSError`, with the reason in `strerror`.
    """
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "this is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "this is not a regular file")
    if found.st_size > largest:
        raise OSError(errno.EFBIG, f"the file is larger than {largest // 1024**2} MB")
    return path.read_bytes()


def shown_path(path: Path) -> str:
    """Return a path as messages show it: relative to the current folder if it is inside."""
    absolute = Path(os.path.abspath(path))
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
