"""Run tasks in child processes with limits on time and memory, so that none takes others along.

A child that runs out of memory, of time, or of luck costs its own target; the rest are finished.
macOS does not hold a process to a limit of its address space: there, only time is limited.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from msgspec import Struct

from pipeline.diagnostics import Span

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 3  # seconds on the clock to one of processor time: other programs may run beside
MEMORY = 2 * 1024**3  # bytes of address space
# Elsewhere a fork is not safe once system libraries have started threads (macOS).
FORKS = sys.platform == "linux"


class Failure(Struct, frozen=True):
    """Why a child gave no result."""

    message: str
    hint: str = ""
    span: Span | None = None  # in the sources, where that is known


class _Child(Struct):
    process: BaseProcess
    receiver: Connection
    deadline: float
    seconds: float


def run(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    seconds: Callable[[Task], float],
) -> Iterator[Result | Failure]:
    """Yield the result of each task, in their order. `seconds` bounds each task's own time."""
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    running: dict[int, _Child] = {}
    results: dict[int, Result | Failure] = {}
    waiting = list(range(len(tasks)))
    try:
        for position in range(len(tasks)):
            while position not in results:
                while waiting and len(running) < (jobs or os.cpu_count() or 1):
                    index = waiting.pop(0)
                    running[index] = _start(context, function, tasks[index], seconds)
                _collect(running, results)
            yield results.pop(position)
    finally:
        for child in running.values():
            child.process.kill()
            child.process.join()


def _start(
    context: Any,
    function: Callable[[Task], Result],
    task: Task,
    seconds: Callable[[Task], float],
) -> _Child:
    receiver, sender = context.Pipe(duplex=False)
    allowed = seconds(task)
    process = context.Process(target=_work, args=(sender, function, task, allowed), daemon=True)
    process.start()
    sender.close()  # the child holds the other end: its death is the end of the pipe
    return _Child(process, receiver, time.monotonic() + PATIENCE * allowed, allowed)


def _work(
    sender: Connection, function: Callable[[Task], Result], task: Task, seconds: float
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        answer: Result | Failure = function(task)
    except MemoryError:
        answer = _out_of_memory()
    except RecursionError:
        answer = Failure("it is nested too deep", "nest lists, quotes and parts less deep")
    except Exception as error:
        if os.environ.get("BRIEFWRIGHT_DEBUG"):
            raise
        answer = Failure(
            f"{type(error).__name__}: {error}",
            "this is a fault of Briefwright; BRIEFWRIGHT_DEBUG=1 shows where",
        )
    sender.send(answer)
    sender.close()


def _out_of_memory() -> Failure:
    return Failure(f"it needs more than {MEMORY // 1024**3} GB of memory", "use smaller images")


def _collect(running: dict[int, _Child], results: dict[int, Any]) -> None:
    """Wait until a child has an answer, is gone, or is out of time; move it to the results."""
    first = min(child.deadline for child in running.values())
    ready = wait(
        [child.receiver for child in running.values()],
        timeout=max(0, first - time.monotonic()),
    )
    for index, child in list(running.items()):
        if child.receiver in ready:
            results[index] = _answer(child)
        elif time.monotonic() >= child.deadline:
            child.process.kill()
            results[index] = Failure(f"it took more than {PATIENCE * child.seconds:.0f} seconds")
        else:
            continue
        child.process.join()
        child.receiver.close()
        del running[index]


def _answer(child: _Child) -> Any:
    try:
        return child.receiver.recv()
    except (EOFError, OSError, MemoryError):
        child.process.join()
        # A library in C++ that gets no more memory aborts.
        if child.process.exitcode == -signal.SIGABRT:
            return _out_of_memory()
        if child.process.exitcode == -signal.SIGXCPU:
            return Failure(f"it took more than {child.seconds:.0f} seconds")
        return Failure(f"its process ended with status {child.process.exitcode}")
