"""Whom a run may ask at all: http and https, without credentials, and only machines that are public."""

import re
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

import msgspec

Resolver = Callable[[str, int], Sequence[str]]  # the addresses of a host's machines, the first to be tried first


class Refused(Exception):
    """What cannot be had from the network; its message is the reason, for a person."""


class Passing(Refused):
    """A reason that may be gone in a moment."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address that may be asked, in the form in which it is asked."""

    scheme: str
    host: str
    port: int
    target: str  # path and query

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{self.authority}" if self.port != usual else f"{self.scheme}://{self.bracketed}"

    @property
    def bracketed(self) -> str:
        """The host as it stands in an address."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"{self.bracketed}:{self.port}"

    @property
    def url(self) -> str:
        """All of it."""
        return self.origin + self.target


_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_KEPT = "/:?#[]@!$&'()*+,;=%~"  # what quoting leaves as it is


def parse(text: str, base: str = "") -> Address:
    """Read an address, relative to another where one is given. Raises Refused for one that may not be asked."""
    try:
        parts = urlsplit(urljoin(base, text.strip()))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused(f"{text[:80]!r} is no address") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(f"{text[:80]!r} is no http(s) address")
    if "@" in parts.netloc:
        raise Refused("a user's name or password stands in the address")
    if port == 0:
        raise Refused(f"{text[:80]!r} has no port that can be asked")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(
        scheme=parts.scheme,
        host=_host(host),
        port=port or (443 if parts.scheme == "https" else 80),
        target=quote(target, safe=_KEPT, errors="replace"),
    )


def _host(name: str) -> str:
    """A host's name as it is looked up; of an IPv6 address without its brackets."""
    if ":" in name:
        try:
            return str(IPv6Address(name))
        except ValueError:
            raise Refused(f"{name!r} is no host") from None
    try:
        known = name.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        known = ""
    if not _HOST.fullmatch(known):
        raise Refused(f"{name[:80]!r} is no host")
    return known


_UNICAST = ip_network("2000::/3")  # all that was ever given out; what is left of IPv6 is special
_NAT64 = ip_network("64:ff9b::/96")  # leads to the IPv4 address in its last bits
_SPECIAL_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_SPECIAL_4 = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24")))  # Python versions differ about these


def is_public(place: str) -> bool:
    """Whether an IP address is anyone's on the internet: not this machine's, its network's, nor one with a use of its own."""
    try:
        ip = ip_address(place)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        special = ip.is_multicast or ip.is_reserved or any(ip in network for network in _SPECIAL_4)
        return ip.is_global and not special
    inner = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
    if inner:
        return is_public(str(inner))
    return ip in _UNICAST and not any(ip in network for network in _SPECIAL_6)


def places(address: Address, resolve: Resolver, *, local: bool) -> list[str]:
    """The machines of a host that may be connected to; they are connected to as they stand here, and not looked up again.

    Raises Refused where there is none.
    """
    found = list(resolve(address.host, address.port))
    allowed = [place for place in found if local or is_public(place)]
    if not allowed:
        if not found:
            raise Refused(f"{address.host} leads nowhere")
        said = "is" if found[0] == address.host else f"leads to {found[0]}, which is"
        raise Refused(f"{address.host} {said} no public address; --allow-local permits it")
    return allowed
