"""What is said where a child process reaches a limit on its time or memory, or ends otherwise."""

from __future__ import annotations

import signal

from msgspec import Struct

from ..diagnostics import Diagnostic, Span
from ..process_limits import MEMORY


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
