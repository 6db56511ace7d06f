"""Make and prove the files of a brief again and again, in a process that stays warm.

Everything is imported, and each writer has written a page, before the first build: what a build
forks needs a third of the time that a command takes for the same brief. The process is another one
than that of the server, whose threads make a fork unsafe. It is told the path of a brief on a line
of its standard input, and answers with a line of JSON. An interrupt ends the build that runs, and
leaves complete files.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
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


class Built(Struct, frozen=True):
    """The names of the files that are complete and proved, and the errors of the others."""

    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Builder:
    """The side of the server: one build at a time."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

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
        """Make the files of a brief. Cancelled, it ends when the build has ended."""
        async with self._turn:
            process = await self.start()
            assert process.stdin
            assert process.stdout
            process.stdin.write(msgspec.json.encode(str(path)) + b"\n")
            try:
                answer = await process.stdout.readline()
            except asyncio.CancelledError:
                process.send_signal(signal.SIGINT)
                await process.stdout.readline()
                raise
        if answer:
            return msgspec.json.decode(answer, type=Built)
        return Built(problems=(Problem("error", "the build ended without an answer"),))

    async def end(self) -> None:
        """End the process; no build may be running."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()


def serve() -> None:
    """Build what is asked for until nobody asks any more: the other side."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    request = msgspec.json.decode(sys.argv[1], type=Request, dec_hook=_made)
    _warm_up(load_styles(request.styles)[0])
    for line in sys.stdin:
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            answer = _built(request, Path(msgspec.json.decode(line, type=str)))
        except KeyboardInterrupt:
            answer = Built()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()


def _made(kind: type[Any], value: str) -> Any:
    return kind(value)


def _built(request: Request, path: Path) -> Built:
    try:
        project = request.load(path, Disk())
        (outcome,) = build(project, FORMATS)
    except Exception as error:  # the preview goes on: the next save may not have it
        message = f"{type(error).__name__}: {error}; this is a bug in Briefwright"
        found = [Diagnostic("cannot-render", message, Span.of_file(str(path)))]
        return Built(problems=problems_of(found, {})[0])
    said = (*project.all_diagnostics, *outcome.diagnostics)
    errors = [found for found in said if found.severity is Severity.ERROR]
    return Built(tuple(outcome.files), problems_of(errors, project.sources)[0])


def _warm_up(styles: Styles) -> None:
    """Write and read a short brief in each format, so that everything is loaded."""
    brief, _ = read_markdown(_SHORT, "rain.md", lambda name: FileProblem("missing-file", ""), "en")
    numbered, _ = prepare(brief, library_of({}), SEPARATE, True, DEFAULT)
    for name in FORMATS:
        content, _ = write(name, numbered, styles_used(styles, name))
        read_back(content, name)
