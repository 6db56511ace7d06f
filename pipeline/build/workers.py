"""Run tasks in child processes with limits on time and memory.

A child takes one task after another. One that fails, or needs too much of either, ends, and does
not affect the others. macOS does not enforce a limit on the address space of a process: there, only
time is limited.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, NoReturn, TypeVar

from msgspec import Struct, field

from ..needs import libraries, remedy
from ..outcome import MissingLibraryError
from ..process_limits import MEMORY, limit
from .limits import NO_MEMORY, Failure, cause, late

__all__ = ["FORKS", "MEMORY", "PATIENCE", "RENEWED", "Failure", "Pool", "run", "run_unordered"]

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 3  # seconds on the clock for each second of processor time: other programs run, too
RENEWED = 100  # tasks after which a child is replaced by a new one
# Elsewhere a fork is not safe once system libraries have started threads (macOS).
FORKS = sys.platform == "linux"


class _Worker(Struct):
    process: int  # its id
    orders: int  # the end of a pipe that tasks are written to
    answers: int  # the end of a pipe that answers are read from
    index: int | None = None  # of its task, if it has one
    tasks: int = 0  # that it has had
    seconds: float = 0.0  # of processor time that its task may take
    deadline: float = 0.0
    answer: bytearray = field(default_factory=bytearray)


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
    done = run_unordered(function, tasks, jobs, seconds)
    results: dict[int, Result | Failure] = {}
    for position in range(len(tasks)):
        while position not in results:
            index, result = next(done)
            results[index] = result
        yield results.pop(position)


def run_unordered(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    seconds: Callable[[Task], float],
) -> Iterator[tuple[int, Result | Failure]]:
    """Yield the position and the result of each task as soon as it is done. Otherwise as `run`."""
    if (
        signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN
    ):  # inherited: no child could be waited for
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pool = Pool(function, tasks, jobs or os.cpu_count() or 1, seconds)
    try:
        pool.hand_out()
        while pool.workers:
            done = pool.collect()
            pool.hand_out()  # the caller may be busy with what is done
            yield from done
    finally:
        pool.close()


class Pool:
    """Workers, and the tasks that wait for one.

    They are forked from a process that has imported everything, and keep what they have worked out
    for the next task: that is half the time of a short brief. What they lose in memory is given
    back when they are replaced. A worker that is not forked is an interpreter of its own, for
    processes whose threads make a fork unsafe.
    """

    def __init__(
        self,
        function: Any,
        tasks: Sequence[Any] = (),
        jobs: int = 1,
        seconds: Callable[[Any], float] = float,
        *,
        forks: bool | None = None,
    ) -> None:
        self.workers: list[_Worker] = []
        self._waiting = deque(range(len(tasks)))
        self._function, self._tasks, self._jobs, self._seconds = function, tasks, jobs, seconds
        self._forks = FORKS if forks is None else forks
        # Where the caller limits the time of a process (`ulimit -t`), each task needs one.
        is_limited = resource.getrlimit(resource.RLIMIT_CPU)[1] != resource.RLIM_INFINITY
        self._most_tasks = 1 if is_limited else RENEWED

    def hand_out(self) -> None:
        """Give a task to each worker that has none, and to new ones; end those that get none."""
        idle = [worker for worker in self.workers if worker.index is None]
        while self._waiting and (idle or len(self.workers) < self._jobs):
            self._give(idle.pop() if idle else self._start(), self._waiting.popleft())
        for worker in idle:
            self._end(worker)

    def collect(self) -> list[tuple[int, Any]]:
        """Wait until a worker writes, ends or is out of time; return the tasks that are done."""
        first = min(worker.deadline for worker in self.workers)
        pipes = [worker.answers for worker in self.workers]
        ready, _, _ = select.select(pipes, [], [], max(0, first - time.monotonic()))
        done: list[tuple[int, Any]] = []
        for worker in list(self.workers):
            index, is_late = worker.index, time.monotonic() >= worker.deadline
            if index is None or not (worker.answers in ready or is_late):
                continue
            if worker.answers not in ready:
                self._end(worker)
                done.append((index, late(PATIENCE * worker.seconds)))
            elif part := os.read(worker.answers, 2**20):
                worker.answer += part
                if len(worker.answer) >= 8 + int.from_bytes(worker.answer[:8], "big"):
                    done.append((index, self._taken(worker)))
            else:
                done.append((index, cause(self._end(worker), worker.seconds)))
        return done

    def do(self, task: Any, seconds: float) -> Any:
        """Return the result of one more task, not forked; its worker is kept for the next one."""
        self._tasks, self._seconds = [task], lambda _: seconds
        self._waiting.append(0)
        while True:
            self.hand_out()
            for _, result in self.collect():
                return result

    def close(self) -> None:
        for worker in list(self.workers):
            self._end(worker)

    def _give(self, worker: _Worker, index: int) -> None:
        task = self._tasks[index]
        worker.index, worker.seconds = index, self._seconds(task)
        worker.deadline = time.monotonic() + PATIENCE * worker.seconds
        worker.tasks += 1
        # A forked worker has the tasks already.
        order = (index if self._forks else task, worker.seconds)
        with suppress(BrokenPipeError):  # it has died, and `collect` says so
            _send(worker.orders, pickle.dumps(order))

    def _taken(self, worker: _Worker) -> Any:
        """Return the answer of a worker, which is then free."""
        answer = pickle.loads(memoryview(worker.answer)[8:])
        worker.answer.clear()
        worker.index = None
        if isinstance(answer, Failure) or worker.tasks >= self._most_tasks:
            self._end(worker)
        return answer

    def _start(self) -> _Worker:
        (orders, to_worker), (from_worker, answers) = os.pipe(), os.pipe()
        if not self._forks:
            process = _spawn(orders, answers)
            _send(to_worker, pickle.dumps(self._function))
        else:
            sys.stdout.flush()  # or the child would print the same again
            process = os.fork()
            if not process:
                # If the parent is killed, these pipes must have no other end, so that a child
                # ends that reads or writes.
                others = [pipe for each in self.workers for pipe in (each.orders, each.answers)]
                for pipe in (to_worker, from_worker, *others):
                    os.close(pipe)
                _work(orders, answers, self._function, self._tasks.__getitem__)
        # Now only the child holds these ends: when it ends, so do the pipes.
        os.close(orders)
        os.close(answers)
        self.workers.append(_Worker(process, to_worker, from_worker))
        return self.workers[-1]

    def _end(self, worker: _Worker) -> int:
        """End a worker that has not ended; return its exit code."""
        self.workers.remove(worker)
        os.close(worker.orders)
        os.close(worker.answers)
        os.kill(worker.process, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(worker.process, 0)[1])


def _spawn(orders: int, answers: int) -> int:
    """Start another interpreter as a worker; return its process id."""
    os.set_inheritable(answers, True)
    return os.posix_spawn(
        sys.executable,
        # -P: the current folder may hold a `pickle.py`.
        [sys.executable, "-P", "-c", f"from {__name__} import _spawned; _spawned({answers})"],
        {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        file_actions=[(os.POSIX_SPAWN_DUP2, orders, 0)],
        setsigmask=[signal.SIGINT],  # the parent ends its children itself
    )


def _spawned(answers: int) -> NoReturn:
    orders = os.dup(0)
    function = pickle.loads(_received(orders))
    _work(orders, answers, function, lambda task: task)


def _work(
    orders: int, answers: int, function: Callable[[Any], Any], task_of: Callable[[Any], Any]
) -> NoReturn:
    """Send the result of each task that is ordered; end this process with the parent."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children itself
        for earlier in count():
            if not (order := _received(orders)):
                break
            if earlier:  # what it left; a worker with one task has no use for its memory
                gc.collect(0)
            _send(answers, _answer_to(function, order, task_of))
            if sys.stdout:  # the caller of the command may have closed it
                sys.stdout.flush()
        os._exit(0)
    finally:
        os._exit(1)


def _send(pipe: int, content: bytes) -> None:
    with open(pipe, "wb", closefd=False) as file:
        file.write(len(content).to_bytes(8, "big") + content)


def _received(pipe: int) -> bytes:
    """Return what was sent; b"" when there is nobody left to send."""
    with open(pipe, "rb", buffering=0, closefd=False) as file:
        length, content = int.from_bytes(file.read(8), "big"), bytearray()
        while len(content) < length and (part := file.read(length - len(content))):
            content += part
    return bytes(content)


def _answer_to(
    function: Callable[[Any], Any], order: bytes, task_of: Callable[[Any], Any]
) -> bytes:
    try:
        task, seconds = pickle.loads(order)
        limit(seconds)
        return pickle.dumps(function(task_of(task)))
    except MemoryError:
        answer = NO_MEMORY
    except RecursionError:
        answer = Failure("it is nested too deeply", "nest lists, quotes and parts less deeply")
    except MissingLibraryError as error:
        missing = [need for need in libraries() if not need.found()]
        names = ", ".join(need.name for need in missing)
        message = f"not installed: {names}" if names else str(error)
        answer = Failure(message, remedy(missing), of_machine=True)
    except Exception as error:
        if os.environ.get("BRIEFWRIGHT_DEBUG"):
            sys.excepthook(type(error), error, error.__traceback__)
        answer = Failure(
            f"{type(error).__name__}: {error}",
            "this is a bug in Briefwright; BRIEFWRIGHT_DEBUG=1 shows where",
        )
    return pickle.dumps(answer)
