"""Read the numbers of a file from elsewhere in a child process, with its limits."""

from __future__ import annotations

from ..verify import Printed, Unreadable, read_numbers
from . import workers

_SECONDS = 120.0


def read_with_limits(content: bytes, suffix: str) -> Printed:
    """Return what was read from a file. Raises `Unreadable`, also for one that takes too long."""
    (found,) = workers.run(_read, [(content, suffix)], 1, lambda _: _SECONDS)
    if isinstance(found, workers.Failure):
        raise Unreadable(found.message)
    return found


def _read(file: tuple[bytes, str]) -> Printed | workers.Failure:
    try:
        return read_numbers(*file)
    except Unreadable as error:
        return workers.Failure(str(error))
