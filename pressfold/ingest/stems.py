"""By what a picture is known again at another address: its name without size and kind."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

# Parts of names that say: a frame's picture, or somebody's face.
NO_PICTURE = frozenset("avatar logo icon emoji author share social ad ads advert promo sponsor gravatar byline".split())
_NO_NAME = NO_PICTURE | {"default", "placeholder"}  # of what a page states for want of a picture
_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_SIZED = re.compile(r"[-_]\d{2,4}(?:x\d{2,4})?$|-scaled$")  # one picture in several sizes


def path(address: str) -> str:
    """The path of an address; empty where it is none."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def is_picture(address: str) -> bool:
    """Whether an address is a picture's, by its ending."""
    return PurePosixPath(path(address)).suffix.lower() in _ENDINGS


def stems(addresses: Iterable[str]) -> frozenset[str]:
    """The names of pictures by which they are known again; a site's own sign has none."""
    found = (stem for address in addresses for stem in _stems(address))
    return frozenset(stem for stem in found if stem and _NO_NAME.isdisjoint(re.split(r"[\s_.-]+", stem)))


def is_one(addresses: Iterable[str], of: frozenset[str]) -> bool:
    """Whether one of a picture's addresses has one of some names."""
    return any(not of.isdisjoint(_stems(address)) for address in addresses)


def _stems(address: str) -> list[str]:
    """The names in its query, where a program scales it, else its own."""
    if address.startswith("inside:"):
        return []
    try:
        query = urlsplit(address).query
    except ValueError:
        return []
    inner = [value for _, value in parse_qsl(query) if is_picture(value)]
    return [_SIZED.sub("", PurePosixPath(path(one)).stem.lower()) for one in inner or [address]]
