"""What a command costs, and two of them in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

ROOT = Path(__file__).parents[2]


class Cost(NamedTuple):
    """Seconds of the processors and of the clock; MB of the largest process, 0 if unknown."""

    processor: float
    wall: float
    memory: float = 0.0


Measured = Callable[[], Cost]  # does something, and says what it cost
Quantity = Literal["processor", "wall", "memory"]


class Case(NamedTuple):
    """Something measured, beside another program or another input of ours."""

    name: str
    ours: Measured
    other: str = ""  # the name of what it is compared with
    theirs: Measured | None = None
    rounds: int = 7
    quantity: Quantity = "processor"
    at_most: float = 0.0  # the ratio that is wanted; 0 if none is
    per: tuple[int, int] = (1, 1)  # what the quantity is shared among: pages, or briefs


class Row(NamedTuple):
    """The medians of a case, and the quartiles of its ratio."""

    name: str
    quantity: Quantity
    ours: float
    other: str = ""
    theirs: float = 0.0
    ratio: float = 0.0
    quartiles: tuple[float, float] = (0.0, 0.0)
    at_most: float = 0.0
    rounds: int = 1


def measured(case: Case) -> Row:
    """Measure the two of a case in turn; the first of several rounds does not count."""
    ours, theirs = [], []
    for number in range(case.rounds + (case.rounds > 1)):
        own = getattr(case.ours(), case.quantity) / case.per[0]
        other = getattr(case.theirs(), case.quantity) / case.per[1] if case.theirs else 0.0
        if number or case.rounds == 1:
            ours.append(own)
            theirs.append(other)
    row = Row(case.name, case.quantity, statistics.median(ours), rounds=case.rounds)
    if not case.theirs:
        return row
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return row._replace(
        other=case.other,
        theirs=statistics.median(theirs),
        ratio=middle,
        quartiles=(low, high),
        at_most=case.at_most,
    )


def command(
    words: Sequence[str], folder: Path = ROOT, before: Callable[[], object] | None = None
) -> Measured:
    """Return what runs a command; `before` is done before each run, and is not measured."""
    environment: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run() -> Cost:
        if before:
            before()
        start = time.perf_counter()
        with open(os.devnull, "wb") as nowhere, tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                words, cwd=folder, env=environment, stdout=nowhere, stderr=said
            )
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            error = said.read().decode("utf-8", "replace")[-2000:]
        if process.returncode:
            sys.exit(f"{' '.join(words)}: exit status {process.returncode}\n{error}")
        megabytes = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
        return Cost(usage.ru_utime + usage.ru_stime, wall, megabytes)

    return run


def here(action: Callable[[], object]) -> Measured:
    """Return what does something in this process."""

    def run() -> Cost:
        wall, start = time.perf_counter(), time.process_time()
        action()
        return Cost(time.process_time() - start, time.perf_counter() - wall)

    return run
