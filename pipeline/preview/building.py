"""Make and prove the files of a brief again and again, in a process that stays warm.

Everything is imported, and each writer has written a page, before the first build: what a build
forks needs a third of the time that a command takes for the same brief. The process is another one
than that of the server, whose threads make a fork unsafe. It is asked for a brief by a line of JSON
on its standard input, and answers with another. An interrupt ends the build that runs, and leaves
complete files.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..build import FORMATS, build
from ..build.proof import read_back
from ..csl import DEFAULT
from ..diagnostics import Diagnostic, Severity, Span
from ..disk import Disk
from ..marks import SEPARATE
from ..model.references import library_of
from ..project.stages import prepare
from ..readers.markdown import FileProblem, read_markdown
from ..styles import Styles, load_styles, styles_used
from ..writers import write
from .rendering import Problem, problems_of
from .request import Request

_SHORT = "---\ntitle: Rain\n---\n\n## Roofs\n\nThey leak[^a].\n\n[^a]: In *rain*, **always**.\n"
_LONGEST = 2**24  # bytes of an answer
_PATIENCE = 3.0  # seconds for an interrupted build to end


class _Order(Struct, frozen=True):
    number: int
    path: str


class Built(Struct, frozen=True):
    """The names of the files that are complete and proved, and the errors of the others.

    `number` is that of the order.
    """

    number: int
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Builder:
    """The side of the server: one build at a time."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._orders = self._answered = 0  # the numbers of the last ones

    async def start(self) -> asyncio.subprocess.Process:
        """Return the process; a new one if there is none, or it has ended."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"),
                msgspec.json.encode(self._request, enc_hook=str).decode(),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LONGEST,
                start_new_session=True,  # an interrupt at the terminal is for the preview
            )
        return self._process

    async def build(self, path: Path) -> Built:
        """Make the files of a brief. Cancelled, it ends the build, and leaves its answer unread."""
        async with self._turn:
            process = await self.start()
            assert process.stdin
            assert process.stdout
            self._orders += 1
            process.stdin.write(msgspec.json.encode(_Order(self._orders, str(path))) + b"\n")
            try:
                while answer := await process.stdout.readline():
                    built = msgspec.json.decode(answer, type=Built)
                    self._answered = built.number
                    if built.number == self._orders:
                        return built
            except asyncio.CancelledError:
                process.send_signal(signal.SIGINT)
                raise
        lost = Problem("error", "the build ended without an answer")
        return Built(self._orders, problems=(lost,))

    async def end(self) -> None:
        """End the process, after the build that was interrupted, if there is one."""
        if self._process is None or self._process.returncode is not None:
            return
        if self._process.stdin and self._answered < self._orders:
            self._process.stdin.close()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._process.wait(), _PATIENCE)
                return
        self._process.terminate()
        await self._process.wait()


def serve() -> None:
    """Build what is asked for until nobody asks any more: the other side."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    request = msgspec.json.decode(sys.argv[1], type=Request, dec_hook=_made)
    _warm_up(load_styles(request.styles)[0])
    for line in sys.stdin:
        order = msgspec.json.decode(line, type=_Order)
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            answer = _built(request, order.number, Path(order.path))
        except KeyboardInterrupt:
            answer = Built(order.number)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()


def _made(kind: type[Any], value: str) -> Any:
    return kind(value)


def _built(request: Request, number: int, path: Path) -> Built:
    try:
        project = request.load(path, Disk())
        (outcome,) = build(project, FORMATS)
    except Exception as error:  # the preview goes on: the next save may not have it
        message = f"{type(error).__name__}: {error}; this is a bug in Briefwright"
        found = [Diagnostic("cannot-render", message, Span.of_file(str(path)))]
        return Built(number, problems=problems_of(found, {})[0])
    said = (*project.all_diagnostics, *outcome.diagnostics)
    errors = [found for found in said if found.severity is Severity.ERROR]
    return Built(number, tuple(outcome.files), problems_of(errors, project.sources)[0])


def _warm_up(styles: Styles) -> None:
    """Write and read a short brief in each format, so that everything is loaded."""
    brief, _ = read_markdown(_SHORT, "rain.md", lambda name: FileProblem("missing-file", ""), "en")
    numbered, _ = prepare(brief, library_of({}), SEPARATE, True, DEFAULT)
    for name in FORMATS:
        content, _ = write(name, numbered, styles_used(styles, name))
        read_back(content, name)
