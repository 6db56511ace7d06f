"""Limits on the time and memory of a process that reads what may be made to take both."""

from __future__ import annotations

import resource
import sys

MEMORY = 2 * 1024**3  # bytes of address space


def limit(seconds: float) -> None:
    """Let this process use so much more processor time, and on Linux 2 GB of memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, MEMORY)


def _lower(limit: int, soft: int) -> None:
    """Set a limit, but no higher than the caller has set it (`ulimit`), which is not allowed."""
    most = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (soft if most == resource.RLIM_INFINITY else min(soft, most), most))
