"""The bytes of the pictures that came with a page: which are a picture's, and one to be looked at."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from urllib.parse import unquote

import msgspec

from pressfold.ingest.draft import Picture

# The bytes of a file that was saved with a page, by the address that the page has for it; none where it was not saved.
Beside = Callable[[str], bytes]

LARGEST = 4 * 2**20  # bytes of one
_LONG, _SHORT = 200, 100  # pixels: what is smaller is an icon, a face beside a name, or counts readers
_KINDS = (
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "avif"),
)


def nothing(_: str) -> bytes:
    """What was saved with a page that came alone."""
    return b""


class Saved(msgspec.Struct, frozen=True):
    """What came with a page: what reads the files beside it, and the pictures that it holds in itself as addresses.

    Such a one has its number in its place: `inside:0`.
    """

    beside: Beside
    inside: Sequence[str]

    def read(self, address: str) -> bytes:
        """The bytes of a picture; none where they did not come with the page, or are no picture's."""
        number = re.fullmatch(r"inside:(\d+)", address)
        data = _decoded("".join(self.inside[int(number[1]) :][:1])) if number else self.beside(address)
        return data if _ending(data) else b""

    def first(self, addresses: Iterable[str]) -> bytes:
        """The bytes of the first picture that is here, to be looked at and not too large; none where there is none."""
        found = (self.read(address) for address in addresses)
        return next((data for data in found if data and len(data) <= LARGEST and is_large(data)), b"")


def picture(data: bytes, words: str, caption: str, place: int = 0) -> Picture:
    """A picture of an article, named by its bytes."""
    return Picture(f"{hashlib.sha256(data).hexdigest()[:16]}.{_ending(data)}", data, words, caption, place)


def is_large(data: bytes) -> bool:
    """Whether a picture is one to be looked at."""
    import imagesize

    try:
        width, height = imagesize.get(BytesIO(data))
    except Exception:  # noqa: BLE001 - it reads what strangers made
        return False
    return bool(max(width, height) >= _LONG and min(width, height) >= _SHORT)


def _ending(data: bytes) -> str:
    """The ending of a picture's name, by its first bytes; empty for what is none that every browser shows."""
    return next((ending for pattern, ending in _KINDS if pattern.match(data)), "")


def _decoded(address: str) -> bytes:
    head, _, data = address.partition(",")
    try:
        return base64.b64decode(unquote(data)) if head.lower().endswith(";base64") else b""
    except (binascii.Error, ValueError):
        return b""
