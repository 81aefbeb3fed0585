"""Real servers on this machine that answer byte by byte what a test wants, and a network whose time costs nothing."""

import shutil
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pressfold.fetch import Limits, Network
from tests.conftest import missing

Doing = Callable[[socket.socket], object]
Sent = bytes | Doing
QUICK = Limits(connect=2, read=2, total=10, pause=0.5)


def said(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer in full; `content_type` becomes Content-Type."""
    given = {
        "Content-Length": str(len(body)),
        **{name.replace("_", "-").title(): text for name, text in headers.items()},
    }
    lines = "".join(f"{name}: {text}\r\n" for name, text in given.items() if text)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def leading(to: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return said(status=status, location=to)


def drip(before: bytes, drop: bytes, count: int = 2000) -> Callable[[socket.socket], None]:
    """A server that says a little, and then next to nothing for a long time."""

    def answer(sock: socket.socket) -> None:
        sock.sendall(before)
        for _ in range(count):
            sock.sendall(drop)
            time.sleep(0.01)

    return answer


def reset(sock: socket.socket) -> None:
    """Break the connection off."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Host:
    """A server; `answers` are given by path, of several one after the other and the last again and again."""

    answers: dict[str, Sent | Sequence[Sent]]
    port: int = 0
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/", name: str = "127.0.0.1") -> str:
        """An address of this server; any name leads to it."""
        return f"{self.scheme}://{name}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, path: str) -> Sent:
        """The next answer to a path."""
        found = self.answers.get(path, said(status="404 Not Found"))
        if isinstance(found, bytes) or callable(found):
            return found
        return found[min(self.paths.count(path), len(found)) - 1]


@contextmanager
def serving(answers: Mapping[str, Sent | Sequence[Sent]], tls: Path | None = None) -> Iterator[Host]:
    """A server on a free port while the block runs."""
    host = Host(dict(answers), scheme="https" if tls else "http")
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)

    class Handler(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            if context:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            with suppress(OSError):
                path = self.rfile.readline().split()[1].decode("latin-1")
                lines = iter(self.rfile.readline, b"\r\n")
                heads = (line.decode("latin-1").strip().partition(": ") for line in lines)
                host.asked.append(Asked(path, {name: text for name, _, text in heads}))
                answer = host.answer(path)
                if isinstance(answer, bytes):
                    self.wfile.write(answer)
                else:
                    answer(self.request)

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            if context:
                self.request.close()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: Any) -> None:
            """A client that goes away, or does not like the certificate, is none of a test's business."""

    with Server(("127.0.0.1", 0), Handler) as server:
        host.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()


class Time:
    """A clock that goes on as time does, and by as much as was slept, which costs nothing."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def clock(self) -> float:
        """The time."""
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        """Let time go by."""
        self.slept.append(seconds)


def network(watch: Time | None = None, **given: Any) -> Network:
    """A network in which every name leads to this machine, which may be asked."""
    watch = watch or Time()
    usual = {"local": True, "limits": QUICK, "resolve": lambda *_: ["127.0.0.1"], "chance": lambda: 0.5}
    return Network(clock=watch.clock, sleep=watch.sleep, **{**usual, **given})


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a host's name with its key, made anew."""
    openssl = shutil.which("openssl")
    if openssl is None:
        missing("no openssl here: TLS was not tested")
    path = folder / f"{name}.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", path, "-out", folder / "cert"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + (folder / "cert").read_bytes())
    return path
