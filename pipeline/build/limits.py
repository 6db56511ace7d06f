"""Limits on the time and memory of a child process, and what is said where one is reached."""

from __future__ import annotations

import resource
import signal
import sys

from msgspec import Struct

from ..diagnostics import Diagnostic, Span

MEMORY = 2 * 1024**3  # bytes of address space


class Failure(Struct, frozen=True):
    """Why a child gave no result."""

    message: str
    hint: str = ""
    span: Span | None = None  # in the sources, where that is known
    of_machine: bool = False  # no mistake in the sources: other outputs may be sound

    def diagnostic(self, filename: str, source: str) -> Diagnostic:
        """Return what to say of an output that could not be made from the file at `source`."""
        span = self.span or Span.of_file(source)
        return Diagnostic("cannot-render", f"{filename}: {self.message}", span, self.hint)


NO_MEMORY = Failure(
    f"it needs more than {MEMORY // 1024**3} GB of memory", "use smaller images", of_machine=True
)


def limit(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, MEMORY)


def _lower(limit: int, soft: int) -> None:
    """Set a limit, but no higher than the caller has set it (`ulimit`), which is not allowed."""
    most = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (soft if most == resource.RLIM_INFINITY else min(soft, most), most))


def cause(status: int, seconds: float) -> Failure:
    """Say why a worker ended."""
    # A C++ library that can get no more memory aborts.
    if status == -signal.SIGABRT:
        return NO_MEMORY
    if status == -signal.SIGXCPU:
        return late(seconds)
    return Failure(f"its process ended with status {status}", of_machine=True)


def late(seconds: float) -> Failure:
    return Failure(f"it took more than {seconds:.0f} seconds", of_machine=True)
