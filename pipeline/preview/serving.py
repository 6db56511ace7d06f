"""The server of a preview: for this machine alone, behind a token that nobody can guess."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from watchfiles import Change, DefaultFilter, awatch

from ..disk import stamp_at
from ..styles import default_folder
from ..writers.html.markup import element, text
from .request import Request
from .session import FILES, Live, Session

_LOOPBACK = "127.0.0.1"
_HOSTS = ("127.0.0.1", "localhost", "[::1]")  # the last two: by SSH forwarding
_LOOK_AGAIN = 1000  # milliseconds after which watched folders are looked for
_ALIVE = 15.0  # seconds after which a silent connection is used, so that nothing closes it
_STATIC = {"preview.js": "text/javascript", "preview.css": "text/css"}
_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the token is in the address
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FRAME = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def serve(request: Request, port: int, ready: Callable[[str, bool], None]) -> None:
    """Serve until interrupted. `ready` gets the address, and whether the port is the one asked for.

    If the port is taken, another is used. Raises `OSError` if there is none.
    """
    listener, is_own = _listener(port)
    with listener:
        asyncio.run(_serve(request, listener, is_own, ready))


def _listener(port: int) -> tuple[socket.socket, bool]:
    for wanted in dict.fromkeys((port, 0)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_LOOPBACK, wanted))
        except OSError:
            listener.close()
            if not wanted:
                raise
        else:
            return listener, wanted == port
    raise OSError("there is no free port")


async def _serve(
    request: Request, listener: socket.socket, is_own: bool, ready: Callable[[str, bool], None]
) -> None:
    session, token = Session(request), secrets.token_urlsafe(24)
    config = uvicorn.Config(
        _Guard(_application(session), token),
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, session)
    listener.listen(128)
    briefs = request.briefs()
    first = f"brief/{quote(next(iter(briefs)), safe='')}" if len(briefs) == 1 else ""
    ready(f"http://{_LOOPBACK}:{listener.getsockname()[1]}/{token}/{first}", is_own)
    watching = asyncio.create_task(_watch(session))
    await session.builder.start()
    try:
        await server.serve(sockets=[listener])
    finally:
        watching.cancel()
        await session.end()


class _Server(uvicorn.Server):
    """Ends the streams of events when it is interrupted: they would keep it open."""

    def __init__(self, config: uvicorn.Config, session: Session) -> None:
        super().__init__(config)
        self.session, self.loop = session, asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.loop.call_soon_threadsafe(lambda: asyncio.create_task(self.session.end()))


class _Guard:
    """Answers only those who know the token, and who asked for this machine by its own names.

    A page of another site could make a browser ask a name that it lets point here (DNS rebinding).
    """

    def __init__(self, inner: ASGIApp, token: str) -> None:
        self.inner, self.token = inner, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host", "").rpartition(":")
        _, token, rest = (*scope["path"].split("/", 2), "")[:3]
        is_known = secrets.compare_digest(token.encode(), self.token.encode())
        if not is_known or (host[0] or host[2]) not in _HOSTS:
            await Response("not found", 404, _SAFE)(scope, receive, send)
            return
        inner = {**scope, "path": f"/{rest}", "raw_path": None}
        await self.inner(inner, receive, send)


def _application(session: Session) -> Starlette:
    folder = default_folder() / "preview"

    def brief(request: HttpRequest) -> Live:
        live = session.find(request.path_params["name"])
        if live is None:
            raise HTTPException(404)
        return live

    async def index(request: HttpRequest) -> Response:
        return HTMLResponse(_index(list(session.request.briefs())), headers=_SAFE)

    async def frame(request: HttpRequest) -> Response:
        brief(request)
        content = (folder / "preview.html").read_bytes()
        return HTMLResponse(content, headers=_SAFE | {"Content-Security-Policy": _FRAME})

    async def static(request: HttpRequest) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404)
        return Response((folder / name).read_bytes(), 200, _SAFE, _STATIC[name])

    async def page(request: HttpRequest) -> Response:
        live = brief(request)
        await session.ready(live)
        if not live.version:
            raise HTTPException(404)
        policy = {"Content-Security-Policy": "frame-ancestors 'self'"}
        return HTMLResponse(live.page, headers=_SAFE | policy)

    async def file(request: HttpRequest) -> Response:
        live, kind = brief(request), request.path_params["kind"]
        path = await session.file(live, kind) if kind in FILES else None
        if path is None:
            raise HTTPException(404)
        inline = "inline" if kind == "pdf" else "attachment"
        return FileResponse(
            path, headers=_SAFE, filename=path.name, content_disposition_type=inline
        )

    async def events(request: HttpRequest) -> Response:
        live = brief(request)
        return StreamingResponse(
            _events(session, live), headers=_SAFE, media_type="text/event-stream"
        )

    routes = [
        Route("/", index),
        Route("/brief/{name}", frame),
        Route("/files/{name}", static),
        Route("/page/{name}.html", page),
        Route("/page/{name}.{kind}", file),
        Route("/events/{name}", events),
    ]
    return Starlette(routes=routes)


async def _events(session: Session, live: Live) -> AsyncIterator[bytes]:
    """Yield what is known of a brief, now and whenever that changes (HTML, 9.2)."""
    viewer = asyncio.Event()
    live.viewers.add(viewer)
    try:
        await session.ready(live)
        viewer.set()
        while not session.is_over:
            try:
                await asyncio.wait_for(viewer.wait(), _ALIVE)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            viewer.clear()
            yield b"data: " + live.report() + b"\n\n"
    finally:
        live.viewers.discard(viewer)


def _index(names: list[str]) -> str:
    items = (
        element("li", element("a", text(name), {"href": f"brief/{quote(name, safe='')}"}))
        for name in names
    )
    head = '<meta charset="utf-8"><title>Preview</title><link rel="icon" href="data:,">'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    sheet = '<link rel="stylesheet" href="files/preview.css">'
    body = f'<main class="list"><h1>All briefs</h1><ul>{"".join(items)}</ul></main>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}{sheet}</head><body>{body}</body></html>'


# Watching ----------------------------------------------------------------------------------------


async def _watch(session: Session) -> None:
    """Tell the session what has changed in the folders that briefs were read from."""
    out = session.request.folder.resolve()

    class Sources(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            return super().__call__(change, path) and not Path(path).is_relative_to(out)

    polls = False
    while not session.is_over:
        session.watch_more.clear()
        folders = _identities(session.watched)
        try:
            watching = awatch(
                *(folder for folder, found in folders.items() if found),
                recursive=False,
                watch_filter=Sources(),
                stop_event=session.watch_more,
                debounce=200,
                step=10,
                rust_timeout=_LOOK_AGAIN,
                yield_on_timeout=True,
                force_polling=polls or None,
                ignore_permission_denied=True,
            )
            async with aclosing(watching):
                async for changes in watching:
                    if changes:
                        session.changed({Path(path) for _, path in changes})
                    if _identities(session.watched) != folders:
                        break  # the system does not tell of a folder in the place of another
        except (OSError, RuntimeError):  # a folder is gone, or the system watches no more of them
            polls = polls or folders == _identities(session.watched)
        now = _identities(session.watched)
        if folders != now:
            session.changed(now)
        if not any(now.values()):
            await asyncio.sleep(_LOOK_AGAIN / 1000)


def _identities(folders: Iterable[Path]) -> dict[Path, int]:
    """Return what tells each folder from another in its place, 0 if there is none."""
    stamps = {folder: stamp_at(folder, settled=False) for folder in folders}
    return {folder: stamp.inode if stamp else 0 for folder, stamp in stamps.items()}
