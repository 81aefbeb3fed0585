"""A folder as a web site for one's own browser: its files, and the events that keep open pages up to date."""

import mimetypes
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pressfold.problem import Problem
from pressfold.serve.live import Live
from pressfold.serve.script import ADDRESS, CODE, scripted

_TYPES = mimetypes.MimeTypes()  # Python's own table: what this machine has set up does not change a preview
_BY_NAME = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}
_BY_ENDING = {
    ".opml": "text/x-opml; charset=utf-8",
    ".xml": "application/xml",
    ".js": "text/javascript; charset=utf-8",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
}


def application(folder: Path, live: Live, host: str) -> Starlette:
    """The site in a folder. It answers at `host`, the name or address that it is bound to, and at this machine's own names."""
    files = StaticFiles(directory=folder, check_dir=False)

    def page(request: Request) -> Response:  # in a thread, for it is no coroutine: it reads files
        state = live.state  # before the file: a page that is written meanwhile is loaded once more, not once too little
        path = _found(folder, request.scope["path"])
        if path is not None and path.is_dir() and (path / "index.html").is_file():
            return _to_slash(request)
        if path is not None and path.is_file():
            return _html(path, state.mark) if path.suffix == ".html" else _file(files, path, request)
        if not (folder / "index.html").is_file():
            return HTMLResponse(scripted(_nothing(state.problems), state.mark), 503)
        missing = folder / "404.html"
        return _html(missing, state.mark, 404) if missing.is_file() else PlainTextResponse("Not found", 404)

    def code(_: Request) -> Response:
        return Response(CODE.read_bytes(), media_type="text/javascript")

    async def events(_: Request) -> Response:
        return StreamingResponse(live.events(), media_type="text/event-stream")

    routes = [
        Route(f"{ADDRESS}live.js", code),
        Route(f"{ADDRESS}events", events),
        Route("/{path:path}", page),
    ]
    return Starlette(routes=routes, middleware=[Middleware(_Guard, host=host)])


class _Guard:
    """Lets in only what was asked of this server by name and by its own pages: a foreign name can be made to lead here.

    And what goes out is never kept by the browser unasked, nor taken for another type than it says.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app, self._host = app, host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cache-Control"] = "no-cache"
            await send(message)

        address, port = scope["server"]
        names = {bracketed(name).lower() for name in ("localhost", "127.0.0.1", "::1", self._host, address)}
        own = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        asked = Headers(scope=scope)
        answer = self._app
        if asked.get("host", "").lower() not in own:
            answer = PlainTextResponse("This server does not answer to that name.\n", 403)
        elif "origin" in asked and asked["origin"].lower() not in {f"http://{name}" for name in own}:
            answer = PlainTextResponse("This server does not answer to pages of other sites.\n", 403)
        await answer(scope, receive, guarded)


def bracketed(name: str) -> str:
    """A name or address as it stands in a URL."""
    return f"[{name}]" if ":" in name else name


def _found(folder: Path, address: str) -> Path | None:
    """The file or folder of the site at an address; None where there is nothing, or nothing to show."""
    *parts, last = address.removeprefix("/").split("/")
    parts.append(last or "index.html")
    if any(part in ("", "..") or part.startswith(".") or "\\" in part for part in parts):
        return None
    try:
        path = folder.joinpath(*parts).resolve(strict=True)
    except (OSError, ValueError):  # not there, or no name that a file can have
        return None
    return path if path.is_relative_to(folder.resolve()) else None


def _to_slash(request: Request) -> Response:
    name = request.scope["path"].rpartition("/")[2]
    query = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=307, headers={"Location": f"./{quote(name, safe='')}/{query}"})


def _html(path: Path, mark: str, status: int = 200) -> Response:
    html = scripted(path.read_bytes().decode("utf-8", "surrogateescape"), mark)
    return Response(html.encode("utf-8", "surrogateescape"), status, media_type="text/html")


def _file(files: StaticFiles, path: Path, request: Request) -> Response:
    response = files.file_response(path, path.stat(), request.scope)
    known = _BY_NAME.get(path.name) or _BY_ENDING.get(path.suffix) or _TYPES.guess_type(path.name)[0]
    kind = known or "application/octet-stream"
    response.headers["Content-Type"] = (
        f"{kind}; charset=utf-8" if kind.startswith("text/") and ";" not in kind else kind
    )
    return response


def _nothing(problems: Iterable[Problem]) -> str:
    """The page where there is no site yet. The script shows the problems over it; without scripts it lists them itself."""
    listed = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    words = "There is no site yet: it has problems." if listed else "The site is being built."
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f'<title>Pressfold</title></head><body><p>{words}</p><noscript><ul role="alert">{listed}</ul></noscript></body></html>'
    )
