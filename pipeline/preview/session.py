"""The briefs that are being looked at, and what happens to them when files change."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from .building import Builder, Built
from .rendering import Problem, Rendered, render
from .request import Request

FILES = ("docx", "pdf")
_PATIENCE = 0.4  # seconds without a change before the PDF and the Word file are made


class FileState(Struct, frozen=True):
    """What became of a file that follows the page: errors hold it up. `detail` is its size."""

    state: Literal["waiting", "held", "made", "failed"] = "waiting"
    detail: str = ""


class Live:
    """A brief that somebody looks at. `version` is that of the page, 0 for none so far."""

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.path = name, path
        self.page = b""
        self.version = 0
        self.is_wrong = self.is_draft = False
        self.problems: tuple[Problem, ...] = ()
        self.of_build: tuple[Problem, ...] = ()
        self.counts = ""
        self.files: Mapping[str, FileState] = dict.fromkeys(FILES, FileState())
        self.viewers: set[asyncio.Event] = set()
        self.refreshing: asyncio.Task[None] | None = None
        self.is_stale = True
        self.building: asyncio.Task[None] | None = None

    def take(self, rendered: Rendered) -> None:
        """Show what was rendered; with errors, the last good page stays."""
        self.is_wrong = rendered.page is None
        self.problems, self.of_build, self.counts = rendered.problems, (), rendered.counts
        page = rendered.page
        if page is None and (self.version == 0 or self.is_draft):
            page = rendered.draft
        self.is_draft = rendered.page is None and (self.is_draft or self.version == 0)
        if page is not None and page != self.page:
            self.page = page
            self.version += 1

    def report(self) -> bytes:
        """Return what a browser is told, as JSON."""
        if not self.is_wrong:
            words = "The page is up to date." if not self.of_build else "A file was not written."
        elif self.is_draft and self.version:
            words = "There are errors. The page is a draft: what is unresolved is red."
        elif self.version:
            words = "There are errors. The page is as it was before them."
        else:
            words = "There are errors, and no page yet."
        found = {
            "version": self.version,
            "is_wrong": self.is_wrong or bool(self.of_build),
            "words": words,
            "counts": self.counts or ("an output failed" if self.of_build else ""),
            "problems": [*self.of_build, *self.problems],
            "files": self.files,
        }
        return msgspec.json.encode(found)

    def tell(self) -> None:
        for viewer in self.viewers:
            viewer.set()


class Session:
    """All briefs of a preview. It runs in one event loop; only `render` runs in a thread."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.live: dict[str, Live] = {}
        self.builder = Builder(request)
        self.watched = frozenset(path.parent for path in request.briefs().values())
        self.watch_more = asyncio.Event()
        self.is_over = False

    def find(self, name: str) -> Live | None:
        """Return a brief by name, None if there is none; it is read if nobody has looked at it."""
        if name not in self.live:
            path = self.request.briefs().get(name)
            if path is None:
                return None
            self.live[name] = Live(name, path)
        return self.live[name]

    async def ready(self, live: Live) -> None:
        """Wait until a brief has been read."""
        if live.is_stale:
            self.refresh(live)
        if live.refreshing:
            await asyncio.shield(live.refreshing)

    async def file(self, live: Live, kind: str) -> Path | None:
        """Wait until a file of a brief has been made, and return its path; None if it cannot be."""
        news = asyncio.Event()
        live.viewers.add(news)
        try:
            await self.ready(live)
            while live.files[kind].state == "waiting" and not self.is_over:
                news.clear()
                await news.wait()
        finally:
            live.viewers.discard(news)
        path = self.request.folder / f"{live.name}.{kind}"
        return path if live.files[kind].state == "made" and path.is_file() else None

    def changed(self, paths: Collection[Path]) -> None:
        """Read the briefs again that may depend on files that have changed."""
        others = {path.resolve() for path in self.request.briefs().values()}
        for live in self.live.values():
            own = others - {live.path.resolve()}
            if any(path.resolve() not in own for path in paths):
                live.is_stale = True
                if live.viewers:
                    self.refresh(live)

    def refresh(self, live: Live) -> None:
        live.is_stale = True
        if live.refreshing is None or live.refreshing.done():
            live.refreshing = asyncio.create_task(self._refresh(live))

    async def _refresh(self, live: Live) -> None:
        while live.is_stale and not self.is_over:
            live.is_stale = False
            if live.building:
                live.building.cancel()
            rendered = await asyncio.to_thread(render, self.request, live.path)
            live.take(rendered)
            state = FileState("held" if live.is_wrong else "waiting")
            live.files = dict.fromkeys(FILES, state)
            live.tell()
            if not rendered.watched <= self.watched:
                self.watched |= rendered.watched
                self.watch_more.set()
        if not live.is_wrong and not self.is_over:
            live.building = asyncio.create_task(self._build(live))

    async def _build(self, live: Live) -> None:
        """Make and prove the files of a brief; a cancelled build leaves complete files."""
        await asyncio.sleep(_PATIENCE)
        built = await self.builder.build(live.path)
        live.files = {kind: self._state(built, f"{live.name}.{kind}") for kind in FILES}
        live.of_build = built.problems
        live.tell()

    def _state(self, built: Built, name: str) -> FileState:
        path = self.request.folder / name
        if name not in built.files or not path.is_file():
            return FileState("failed")
        return FileState("made", f"{max(1, round(path.stat().st_size / 1000))} kB")

    async def end(self) -> None:
        """Stop everything, so that the server can end."""
        self.is_over = True
        tasks = [t for live in self.live.values() for t in (live.refreshing, live.building) if t]
        for live in self.live.values():
            if live.building:
                live.building.cancel()
            live.tell()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.builder.end()
