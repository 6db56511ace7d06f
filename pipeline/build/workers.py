"""Run tasks in child processes with limits on time and memory.

A child that fails, or needs too much of either, does not affect the others. macOS does not enforce
a limit on the address space of a process: there, only time is limited.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

from msgspec import Struct, field

from ..diagnostics import Diagnostic, Span

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 3  # seconds on the clock for each second of processor time: other programs run, too
MEMORY = 2 * 1024**3  # bytes of address space
# Elsewhere a fork is not safe once system libraries have started threads (macOS).
FORKS = sys.platform == "linux"


class Failure(Struct, frozen=True):
    """Why a child gave no result."""

    message: str
    hint: str = ""
    span: Span | None = None  # in the sources, where that is known

    def diagnostic(self, filename: str, source: str) -> Diagnostic:
        """Return what to say of an output that could not be made from the file at `source`."""
        span = self.span or Span.of_file(source)
        return Diagnostic("cannot-render", f"{filename}: {self.message}", span, self.hint)


class _Child(Struct):
    process: int  # its id
    pipe: int  # the end that is read; what the child has written when it ends is its answer
    deadline: float
    seconds: float
    answer: list[bytes] = field(default_factory=list)


def run(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    seconds: Callable[[Task], float],
) -> Iterator[Result | Failure]:
    """Yield the result of each task, in their order.

    `jobs` children run at once; 0 means one for each processor. `seconds` returns how much
    processor time a task may take.
    """
    running: dict[int, _Child] = {}
    results: dict[int, Result | Failure] = {}
    waiting = list(range(len(tasks)))
    if (
        signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN
    ):  # inherited: no child could be waited for
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        for position in range(len(tasks)):
            while position not in results:
                while waiting and len(running) < (jobs or os.cpu_count() or 1):
                    index = waiting.pop(0)
                    limit = seconds(tasks[index])
                    running[index] = _start(function, tasks[index], limit, running.values())
                _collect(running, results)
            yield results.pop(position)
    finally:
        for child in running.values():
            _kill(child)
            os.close(child.pipe)


def _start(
    function: Callable[[Task], Result], task: Task, seconds: float, running: Iterable[_Child]
) -> _Child:
    receiver, sender = os.pipe()
    if not FORKS:
        process = _spawn(function, task, seconds, sender)
    else:
        sys.stdout.flush()  # or the child would print the same again
        process = os.fork()
        if not process:
            # Only the parent reads. If it is killed, a child that writes fails instead of waiting.
            for pipe in (receiver, *(child.pipe for child in running)):
                os.close(pipe)
            _work(sender, function, task, seconds)
    os.close(sender)  # now only the child holds that end: when it ends, so does the pipe
    return _Child(process, receiver, time.monotonic() + PATIENCE * seconds, seconds)


def _spawn(function: Callable[[Task], Result], task: Task, seconds: float, sender: int) -> int:
    """Start another interpreter, which reads its task from a file; return its process id."""
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        pickle.dump((function, task, seconds), file)
        file.seek(0)
        os.set_inheritable(sender, True)
        return os.posix_spawn(
            sys.executable,
            # -P: the current folder may hold a `pickle.py`.
            [sys.executable, "-P", "-c", f"from {__name__} import _spawned; _spawned({sender})"],
            {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            file_actions=[(os.POSIX_SPAWN_DUP2, file.fileno(), 0)],
            setsigmask=[signal.SIGINT],  # the parent ends its children itself
        )


def _spawned(sender: int) -> NoReturn:
    _work(sender, *pickle.load(sys.stdin.buffer))


def _work(sender: int, function: Callable[[Task], Result], task: Task, seconds: float) -> NoReturn:
    """Send the result of a task and end this process, whatever happens."""
    try:
        answer = _answer_to(function, task, seconds)
        with open(sender, "wb") as pipe:
            pipe.write(answer)
        if sys.stdout:  # the caller of the command may have closed it
            sys.stdout.flush()
        os._exit(0)
    finally:
        os._exit(1)


def _answer_to(function: Callable[[Task], Result], task: Task, seconds: float) -> bytes:
    answer: Result | Failure
    try:
        _limit(seconds)
        return pickle.dumps(function(task))
    except MemoryError:
        answer = _out_of_memory()
    except RecursionError:
        answer = Failure("it is nested too deeply", "nest lists, quotes and parts less deeply")
    except Exception as error:
        if os.environ.get("BRIEFWRIGHT_DEBUG"):
            sys.excepthook(type(error), error, error.__traceback__)
        answer = Failure(
            f"{type(error).__name__}: {error}",
            "this is a bug in Briefwright; BRIEFWRIGHT_DEBUG=1 shows where",
        )
    return pickle.dumps(answer)


def _limit(seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
    _lower(resource.RLIMIT_CPU, int(seconds) + 1, int(seconds) + 2)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, MEMORY, MEMORY)


def _lower(limit: int, soft: int, hard: int) -> None:
    """Set a limit, but no higher than the caller has set it (`ulimit`), which is not allowed."""
    most = resource.getrlimit(limit)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(limit, (soft, hard))


def _out_of_memory() -> Failure:
    return Failure(f"it needs more than {MEMORY // 1024**3} GB of memory", "use smaller images")


def _collect(running: dict[int, _Child], results: dict[int, Any]) -> None:
    """Wait until a child writes, ends or is out of time; move those that are done to `results`."""
    first = min(child.deadline for child in running.values())
    pipes = [child.pipe for child in running.values()]
    ready, _, _ = select.select(pipes, [], [], max(0, first - time.monotonic()))
    for index, child in list(running.items()):
        if child.pipe in ready:
            if part := os.read(child.pipe, 2**20):
                child.answer.append(part)
                continue
            results[index] = _result(child)
        elif time.monotonic() >= child.deadline:
            _kill(child)
            results[index] = Failure(f"it took more than {PATIENCE * child.seconds:.0f} seconds")
        else:
            continue
        os.close(child.pipe)
        del running[index]


def _kill(child: _Child) -> None:
    os.kill(child.process, signal.SIGKILL)
    os.waitpid(child.process, 0)


def _result(child: _Child) -> Any:
    status = os.waitstatus_to_exitcode(os.waitpid(child.process, 0)[1])
    if not status:
        return pickle.loads(b"".join(child.answer))
    # A C++ library that can get no more memory aborts.
    if status == -signal.SIGABRT:
        return _out_of_memory()
    if status == -signal.SIGXCPU:
        return Failure(f"it took more than {child.seconds:.0f} seconds")
    return Failure(f"its process ended with status {status}")
