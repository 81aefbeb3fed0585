"""A live preview: builds, serves what was built, builds again on every change, and reloads the pages that show it."""

import asyncio
import errno
import socket
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import uvicorn

from pressfold.options import Outcome
from pressfold.problem import refuse
from pressfold.serve.app import application, bracketed
from pressfold.serve.live import Live, State
from pressfold.serve.watch import on_change

PORT = 8000
_ANYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - bound to only where --bind says so

Build = Callable[[Callable[[], None]], Outcome]  # calls what it is given often: KeyboardInterrupt once it shall end


def listen(host: str, port: int | None) -> socket.socket:
    """A socket bound to a port; without one to the first from 8000 on that is free. Raises Problems."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    ports = range(PORT, PORT + 100) if port is None else (port,)
    for tried in ports:
        try:
            return socket.create_server((host, tried), family=family)
        except OSError as error:
            wrong = error
            if not _taken(error):
                break
    reason = "is taken by another program" if _taken(wrong) else f"cannot be served at: {wrong.strerror or wrong}"
    hint = "choose another with --port; 0 takes any that is free" if _taken(wrong) else "see --bind and --port"
    raise refuse(f"{bracketed(host)}:{tried}", 0, reason, hint)


def _taken(error: OSError) -> bool:
    return error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))


def address(host: str, listener: socket.socket) -> str:
    """The address to open in a browser."""
    return f"http://{'localhost' if host in _ANYWHERE else bracketed(host)}:{listener.getsockname()[1]}/"


def run(root: Path, folder: Path, host: str, listener: socket.socket, build: Build, ready: Callable[[], None]) -> None:
    """Serve a folder until interrupted, and build it whenever the site has changed; `ready` once it was built.

    Raises KeyboardInterrupt in the end, and Problems where the site cannot be watched.
    """
    try:
        asyncio.run(_run(root, folder, host, listener, build, ready))
    except BaseExceptionGroup as several:
        first: BaseException = several
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise first from None


async def _run(
    root: Path, folder: Path, host: str, listener: socket.socket, build: Build, ready: Callable[[], None]
) -> None:
    live = Live()
    changed = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        work = [
            tasks.create_task(on_change(root, changed.set)),
            tasks.create_task(_builds(changed, live, build, ready)),
        ]
        await _Server(application(folder, live, host), live).serve([listener])
        for task in work:
            task.cancel()


async def _builds(changed: asyncio.Event, live: Live, build: Build, ready: Callable[[], None]) -> None:
    """One build after another, each in a thread, and what came of it to the open pages.

    A change that comes during a build is met by the next. So are the articles that a build itself imports or completes:
    the next finds nothing to do.
    """

    def still() -> None:
        if live.closed:
            raise KeyboardInterrupt

    def built() -> Outcome | None:
        try:
            return build(still)
        except KeyboardInterrupt:  # we are ending
            return None

    announced = False
    while True:
        await changed.wait()
        changed.clear()
        outcome = await asyncio.to_thread(built)
        if outcome is None:
            return
        # A file that is still being written can be wrong for a moment.
        if not (announced and outcome.problems and changed.is_set()):
            live.show(_state(outcome, live.state))
        if not announced:
            await asyncio.to_thread(ready)
            announced = True


def _state(outcome: Outcome, before: State) -> State:
    """What the pages are told of a build: another mark where it changed the site."""
    report = outcome.report
    anew = report is not None and (report.written or report.deleted or not before.mark)
    return State(token_hex(8) if anew else before.mark, outcome.problems)


class _Server(uvicorn.Server):
    """The server, which ends the streams of events before it waits for its connections to end."""

    def __init__(self, site: Callable[..., object], live: Live) -> None:
        super().__init__(
            uvicorn.Config(
                site,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then everything else."""
        self._live.close()
        await super().shutdown(sockets)
