"""Make targets on the workers of a Dask cluster (the extra `cluster`).

In: tasks, as `workers.run_unordered` takes them. Out: their results, as it yields them. A task is a
value and so is its result: workers read no sources and write no files. Each of them makes a target
in a child process with the same limits as here. What tasks share, house styles and images, is sent
to each worker once: one that misses something asks for it by its hash.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..model import ImageFile
from ..needs import how_to_add
from ..styles import Styles
from .environment import differences, environment
from .limits import Failure
from .workers import Pool

_PATIENCE = 10.0  # seconds to wait for a scheduler, or for news before looking for workers again
_AHEAD = 3  # tasks for each worker that are sent ahead
_MOST_KEPT = 256 * 1024**2  # bytes of shared values that a worker keeps
_SHARED = (ImageFile, Styles)


class ClusterError(Exception):
    """Why no target can be made on a cluster, in a sentence."""


class _Order(Struct, frozen=True):
    """A task as it is sent. `names` are hashes of what it shares, `shared` what is sent of it."""

    function: Callable[[Any], Any]
    content: bytes
    names: tuple[str, ...]
    seconds: float
    shared: Mapping[str, bytes] = field(default_factory=dict)


class _Done(Struct, frozen=True):
    """What a worker answers that has carried out an order."""

    result: Any


class _Missing(Struct, frozen=True):
    """What a worker answers that has not been sent something yet."""

    worker: str


@contextmanager
def connected(address: str, families: Sequence[str]) -> Iterator[Cluster]:
    """Connect to a scheduler: "tcp://host:8786", or "local:4", four workers on this machine.

    `families` are the fonts that must be the same there. Raises `ClusterError`.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        message = f"the library `distributed` is missing; to get it: {how_to_add('cluster')}"
        raise ClusterError(message) from error
    kind, _, count = address.partition(":")
    if kind == "local" and not count.isdecimal():
        raise ClusterError(f"`{address}` does not say how many workers: write local:4")
    local = kind == "local" and LocalCluster(
        n_workers=int(count), threads_per_worker=1, dashboard_address=None
    )
    try:
        try:
            client = Client(local or address, timeout=_PATIENCE)
        except (OSError, ValueError) as error:  # a time-out is an `OSError`
            raise ClusterError(f"no scheduler answers at {address}") from error
        with client:
            yield Cluster(client, families)
    finally:
        if local:
            local.close()


class Cluster:
    """The workers of a scheduler that write the same bytes as this machine does.

    `refused` are the others, each with what differs there.
    """

    def __init__(self, client: Any, families: Sequence[str]) -> None:
        self.refused: dict[str, list[str]] = {}
        self._client, self._families = client, families
        self._workers: list[str] = []
        self._kept: dict[str, bytes] = {}
        self._own = environment(families)
        self._look()
        if not self._workers:
            said = "no worker can be used" if self.refused else "no worker has joined"
            raise ClusterError(f"{said} at {client.scheduler.address}")

    def run_unordered(
        self,
        function: Callable[[Any], Any],
        tasks: Sequence[Any],
        seconds: Callable[[Any], float],
    ) -> Iterator[tuple[int, Any]]:
        """Yield the position and the result of each task as soon as it is done."""
        from distributed import wait

        waiting = iter(enumerate(tasks))
        sent: dict[Any, tuple[int, _Order]] = {}
        while True:
            while len(sent) < _AHEAD * len(self._workers) and (each := next(waiting, None)):
                position, task = each
                order = self._order(function, task, seconds(task))
                sent[self._send(order, self._workers)] = position, order
            if not sent:
                return
            try:
                done = wait(list(sent), timeout=_PATIENCE, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                if self._look():
                    orders = list(sent.values())
                    sent = {self._send(order, self._workers): (n, order) for n, order in orders}
                if self._workers:
                    continue
                lost = Failure("no worker of the cluster is left", of_machine=True)
                yield from ((position, lost) for position, _ in sent.values())
                yield from ((position, lost) for position, _ in waiting)
                return
            for future in done:
                position, order = sent.pop(future)
                match _answer(future):
                    case _Done(result=result):
                        yield position, result
                    case _Missing(worker=worker) if order.names and not order.shared:
                        shared = {name: self._kept[name] for name in order.names}
                        whole = replace(order, shared=shared)
                        to = [worker] if worker in self._workers else self._workers
                        sent[self._send(whole, to)] = position, whole
                    case Failure() as failure:
                        yield position, failure
                    case answer:
                        message = f"a worker of the cluster gave no result: {answer!r:.60}"
                        yield position, Failure(message, of_machine=True)

    def _look(self) -> bool:
        """Look at the workers; say whether those that can be used have changed."""
        before, there = self._workers, list(self._client.scheduler_info(n_workers=-1)["workers"])
        new = [worker for worker in there if worker not in {*before, *self.refused}]
        found = {}
        if new:
            ask = self._client.run
            found = ask(environment, self._families, workers=new, on_error="return")
        for worker, other in found.items():
            if not isinstance(other, dict):  # an exception: Briefwright is not installed there
                self.refused[worker] = [f"it cannot say what it has: {other}"]
            elif which := differences(self._own, other):
                self.refused[worker] = which
        self._workers = [worker for worker in there if worker not in self.refused]
        return self._workers != before

    def _order(self, function: Callable[[Any], Any], task: Any, seconds: float) -> _Order:
        written = BytesIO()
        pickler = _Pickler(written, self._kept)
        pickler.dump(task)
        return _Order(function, written.getvalue(), tuple(pickler.names), seconds)

    def _send(self, order: _Order, workers: Sequence[str]) -> Any:
        return self._client.submit(_done, pickle.dumps(order), pure=False, workers=workers)


def _answer(future: Any) -> Any:
    try:
        return pickle.loads(future.result())
    except Exception as error:  # of Dask: workers have died over it
        return Failure(f"the cluster gave it up: {error}", of_machine=True)


class _Pickler(pickle.Pickler):
    """Leaves out what tasks share, and keeps it by its hash."""

    def __init__(self, file: BytesIO, kept: dict[str, bytes]) -> None:
        super().__init__(file)
        self.names: dict[str, None] = {}
        self._kept = kept

    def persistent_id(self, value: Any) -> str | None:
        if not isinstance(value, _SHARED):
            return None
        content = pickle.dumps(value)
        name = hashlib.sha256(content).hexdigest()
        self._kept[name] = content
        self.names[name] = None
        return name


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BytesIO, shared: Mapping[str, bytes]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, name: str) -> Any:
        return pickle.loads(self._shared[name])


# On a worker: what has been sent to it, the latest last, and the child process of each thread.
_KEPT: OrderedDict[str, bytes] = OrderedDict()
_LANES = threading.local()


def _done(sent: bytes) -> bytes:
    """Carry out an order: runs on a worker. Values are pickled so that Dask looks into none."""
    order: _Order = pickle.loads(sent)
    _KEPT.update(order.shared)
    shared = {name: _KEPT.get(name, b"") for name in order.names}
    if not all(shared.values()):
        from distributed import get_worker

        return pickle.dumps(_Missing(get_worker().address))
    for name in order.names:
        _KEPT.move_to_end(name)
    while sum(map(len, _KEPT.values())) > _MOST_KEPT:
        _KEPT.popitem(last=False)
    task = _Unpickler(BytesIO(order.content), shared).load()
    if getattr(_LANES, "function", None) is not order.function:
        _LANES.function, _LANES.pool = order.function, Pool(order.function, forks=False)
    return pickle.dumps(_Done(_LANES.pool.do(task, order.seconds)))
