"""One question to one host, and what it answers: in bounded time, of bounded size, from a machine that was looked at."""

import io
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPException
from typing import Any

import msgspec
import urllib3.exceptions
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection

from pressfold.fetch.address import Address, Passing, Refused

_STEP = 2**16  # bytes at a time
_CODINGS = ("", "identity", "gzip", "x-gzip")  # nothing else is asked for; what comes unasked is not unpacked


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a host answered; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    whole: bool = True  # whether the body is no longer than it may be

    def header(self, name: str) -> str:
        """A header; empty where there is none."""
        return self.headers.get(name, "")


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long to wait: for a connection, for the next bytes, and how much time is left at all."""

    connect: float
    read: float
    left: Callable[[], float]  # raises Refused where none is

    @property
    def connecting(self) -> float:
        """How long a connection may take from now on."""
        return min(self.connect, self.left())

    @property
    def reading(self) -> float:
        """How long the next bytes may take from now on."""
        return min(self.read, self.left())


def system(host: str, port: int) -> list[str]:
    """The addresses of a host's machines, as this system knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise Refused(f"there is no host {host} ({error.strerror})") from None
    except UnicodeError:
        raise Refused(f"{host!r} is no host") from None
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def trusting() -> ssl.SSLContext:
    """Whose certificates count: what this system trusts, and what certifi lists, for some systems come with nothing."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def exchange(
    address: Address,
    machines: Sequence[str],
    headers: Mapping[str, str],
    *,
    most: int,
    patience: Patience,
    trust: Callable[[], ssl.SSLContext],
) -> Reply:
    """Ask the first of a host's machines that can be connected to. Raises Refused, and Passing for a broken connection."""
    with _said_plainly(patience):
        connection = _connected(address, machines, patience, trust)
        sock: Any = connection.sock
        with closing(sock):
            connection.sock = _Timed(sock, patience)
            host = address.origin.partition("//")[2]
            connection.request("GET", address.target, headers={"Host": host, **headers}, preload_content=False)
            return _reply(connection.getresponse(), most)


def _connected(
    address: Address, machines: Sequence[str], patience: Patience, trust: Callable[[], ssl.SSLContext]
) -> HTTPConnection:
    """A connection to the first machine that takes one; the certificate must be the host's, not the machine's."""
    for number, machine in enumerate(machines, 1):
        connection: HTTPConnection
        if address.scheme == "https":
            connection = HTTPSConnection(
                machine, address.port, timeout=patience.connecting, ssl_context=trust(), server_hostname=address.host
            )
        else:
            connection = HTTPConnection(machine, address.port, timeout=patience.connecting)
        try:
            connection.connect()
        except (OSError, urllib3.exceptions.HTTPError):
            connection.close()
            if number == len(machines):
                raise
        else:
            return connection
    raise Refused(f"{address.host} leads nowhere")


def _reply(response: BaseHTTPResponse, most: int) -> Reply:
    headers = {name.lower(): text for name, text in response.headers.items()}
    body = bytearray()
    if response.status == 200:
        coding = headers.get("content-encoding", "").lower().strip()
        if coding not in _CODINGS:
            raise Refused(f"its answer is packed as {coding[:40]!r}, which was not asked for")
        while len(body) <= most and (step := response.read1(_STEP, decode_content=True)):
            body += step
    return Reply(status=response.status, headers=headers, body=bytes(body[:most]), whole=len(body) <= most)


class _Timed:
    """A socket from which each read is given only the time that is left: a slow drip of bytes is no answer."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock, self._patience = sock, patience

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """What http.client reads an answer from."""
        return io.BufferedReader(_TimedReader(self._sock, self._patience), _STEP)

    def close(self) -> None:
        """Whoever connected closes: http.client would before the answer is read."""


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock, self._patience = sock, patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._patience.reading)
        return self._sock.recv_into(buffer)


@contextmanager
def _said_plainly(patience: Patience) -> Iterator[None]:
    """Whatever fails within comes out as Refused, or as Passing where it is worth another try."""
    try:
        yield
    except urllib3.exceptions.DecodeError:
        raise Refused("its packed answer cannot be unpacked") from None
    except (OSError, HTTPException, urllib3.exceptions.HTTPError) as error:
        cause = _cause(error)
        if isinstance(cause, TimeoutError):
            patience.left()  # says so where that is the reason
        raise _reason(cause) from None


def _cause(error: Exception) -> Exception:
    """What happened, from within all that libraries wrapped round it."""
    around = (*error.args, error.__cause__, error.__context__)
    inner = next((one for one in around if isinstance(one, Exception) and one is not error), None)
    return _cause(inner) if inner else error


_BROKEN = (ConnectionError, ssl.SSLEOFError, HTTPException, urllib3.exceptions.ProtocolError)


def _reason(cause: Exception) -> Refused:
    """The same for a person; what a connection broke off with may pass, that none is taken will not so soon."""
    words = (getattr(cause, "strerror", None) or str(cause) or type(cause).__name__)[:120]
    if isinstance(cause, TimeoutError):
        return Refused("does not answer in time")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Refused(f"its certificate does not count: {cause.verify_message}")
    if isinstance(cause, _BROKEN) and not isinstance(cause, ConnectionRefusedError):
        return Passing(f"the connection breaks: {words}")
    if isinstance(cause, OSError):
        return Refused(f"no {'secure ' if isinstance(cause, ssl.SSLError) else ''}connection comes about: {words}")
    return Refused(f"its answer makes no sense: {words}")
