"""One careful request: redirects counted and checked, robots.txt heeded, retries few, hosts asked one thing at a time."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

import pressfold
from pressfold.fetch import robots
from pressfold.fetch.address import Address, Passing, Refused, Resolver, parse, places
from pressfold.fetch.exchange import Patience, Reply, exchange, system, trusting

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
_BUSY = frozenset((429, 502, 503, 504))  # answers that may be others in a moment
_UNCHANGED = 304


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much a request may take; times in seconds, sizes in bytes."""

    connect: float = 10
    read: float = 20
    total: float = 60  # redirects, retries and the robots.txt included
    size: int = 8 * 2**20  # unpacked; import opens no larger file
    redirects: int = 5
    tries: int = 3
    pause: float = 1  # between two requests to one host
    patience: float = 30  # the longest that a host may ask us to wait


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How a run speaks to the network: by which clock, in whose name, and whom it may ask."""

    clock: Callable[[], float]  # seconds
    sleep: Callable[[float], object]
    chance: Callable[[], float]  # from 0 to 1
    agent: str = robots.ROBOT
    local: bool = False  # whether this machine and its network may be asked
    limits: Limits = Limits()
    resolve: Resolver = system
    trust: Callable[[], ssl.SSLContext] = trusting


def in_the_name_of(network: Network, site: str) -> Network:
    """The same, for a site by its address: hosts are told who asks, and where to complain."""
    return replace(network, agent=f"{robots.ROBOT}/{pressfold.__version__} (+{quote(site, safe=':/')})")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """By what a host can tell that we have its last answer already."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that ask for news only."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: text for name, text in asked.items() if text and text.isascii() and text.isprintable()}


NOTHING = Known()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request; `body` is None where nothing has changed."""

    address: Address  # where it came from in the end
    body: bytes | None
    kind: str = ""  # its Content-Type
    known: Known = NOTHING
    moved: str = ""  # the address that should be asked from now on


class Client:
    """What a run asks of the network; threads may share it."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._guard = threading.Lock()
        self._turns: dict[str, _Turn] = {}
        self._rules: dict[str, robots.Rules] = {}

    def get(self, url: str, accept: str, known: Known = NOTHING) -> Answer:
        """Ask for an address. Raises Refused with the reason where nothing can be had."""
        limits = self._network.limits
        headers = {"Accept": accept, **known.headers}
        last, reply, moved = self._follow(parse(url), headers, self._patience(), limits.size, obey=True)
        if not reply.whole:
            raise Refused(f"is larger than {limits.size / 2**20:.3g} MiB")
        news = Known(etag=reply.header("etag"), modified=reply.header("last-modified"))
        if reply.status == _UNCHANGED and known.headers:
            return Answer(address=last, body=None, known=news if news.headers else known, moved=moved)
        if reply.status != HTTPStatus.OK:
            raise Refused(f"answers {_phrase(reply.status)}")
        return Answer(address=last, body=reply.body, kind=reply.header("content-type"), known=news, moved=moved)

    def _patience(self) -> Patience:
        """The time for one request, from now on."""
        limits, clock = self._network.limits, self._network.clock
        end = clock() + limits.total

        def left() -> float:
            if clock() >= end:
                raise Refused(f"takes longer than {limits.total:g} s")
            return end - clock()

        return Patience(connect=limits.connect, read=limits.read, left=left)

    def _follow(
        self, address: Address, headers: Mapping[str, str], patience: Patience, most: int, *, obey: bool
    ) -> tuple[Address, Reply, str]:
        """(where the redirects end, what is answered there, how far they were for good)."""
        moved, for_good = "", True
        for _ in range(self._network.limits.redirects + 1):
            if obey:
                self._rules_of(address, patience).check(address)
            reply = self._asked(address, headers, patience, most, pause=obey)
            if reply.status not in _REDIRECTS or not reply.header("location"):
                return address, reply, moved
            address = _redirected(address, reply)
            for_good = for_good and reply.status in _FOR_GOOD
            moved = address.url if for_good else moved
        raise Refused(f"leads on more than {self._network.limits.redirects} times, at last to {address.url[:200]}")

    def _rules_of(self, address: Address, patience: Patience) -> robots.Rules:
        """What the robots.txt of an address's host says; it is asked for once a run."""
        known = self._rules.get(address.origin)
        if known is None:
            try:
                place = parse("/robots.txt", address.url)
                known = robots.rules(self._follow(place, {}, patience, robots.LARGEST, obey=False)[1])
            except Refused as reason:
                patience.left()
                known = robots.Rules(reason=str(reason))
            self._rules[address.origin] = known
        return known

    def _asked(
        self, address: Address, headers: Mapping[str, str], patience: Patience, most: int, *, pause: bool
    ) -> Reply:
        """What a host answers, asked again a few times while it is busy or the connection breaks."""
        attempt = 1
        while True:
            last = attempt == self._network.limits.tries
            wait = 2 ** (attempt - 1) * (0.5 + self._network.chance())
            try:
                reply = self._once(address, headers, patience, most, pause=pause)
            except Passing:
                if last:
                    raise
            else:
                if last or reply.status not in _BUSY:
                    return reply
                wait = self._bearable(_retry_after(reply, wait), reply.status)
            self._network.sleep(min(wait, patience.left()))
            attempt += 1

    def _once(
        self, address: Address, headers: Mapping[str, str], patience: Patience, most: int, *, pause: bool
    ) -> Reply:
        network = self._network
        with self._turn(address.host, network.limits.pause if pause else 0):
            machines = places(address, network.resolve, local=network.local)
            said = {"User-Agent": network.agent, "Accept-Encoding": "gzip", "Connection": "close", **headers}
            return exchange(address, machines, said, most=most, patience=patience, trust=lambda: self._trust)

    def _bearable(self, wait: float, status: int) -> float:
        if wait > self._network.limits.patience:
            raise Refused(f"answers {_phrase(status)}, and wants to be asked again in {wait:.0f} s")
        return wait

    @contextmanager
    def _turn(self, host: str, pause: float) -> Iterator[None]:
        """One request at a time to a host, and a pause between two of them."""
        with self._guard:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            wait = turn.free - self._network.clock()
            if wait > 0:
                self._network.sleep(wait)
            try:
                yield
            finally:
                turn.free = self._network.clock() + pause

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return self._network.trust()


class _Turn:
    """Whose turn it is at a host, and from when on it may be asked again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free = float("-inf")


def _redirected(address: Address, reply: Reply) -> Address:
    """Where an answer leads; http.client has read the bytes of its headers as Latin-1."""
    location = reply.header("location").encode("latin-1", "replace").decode("utf-8", "replace")
    following = parse(location, address.url)
    if address.scheme == "https" and following.scheme == "http":
        raise Refused(f"leads from https to http, to {following.url[:200]}")
    return following


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _retry_after(reply: Reply, otherwise: float) -> float:
    """How many seconds a host wants to be left alone; a date is reckoned by the host's own clock."""
    said = reply.header("retry-after").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        then, now = (parsedate_to_datetime(text).timestamp() for text in (said, reply.header("date")))
    except (ValueError, TypeError, OverflowError):
        return otherwise
    return max(0.0, then - now)
