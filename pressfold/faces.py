"""The faces that social cards are set in, and which texts can be set in them without a gap."""

import hashlib
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FACES = Path(__file__).parent / "data" / "fonts"
_STEERING = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_SETS = ("*-Bold.ttf", "*-Regular.ttf")  # of names and of titles: a text may stand in either


def settable(text: str) -> bool:
    """Whether every character has its letter in the faces; marks that only steer how a text runs need none."""
    words = [one for one in text if not (one.isspace() or one in _STEERING)]
    return words != [] and all(ord(one) in _covered() for one in words)


@cache
def mark() -> str:
    """The hash of the faces."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(FACES.glob("*.ttf")))).hexdigest()


@cache
def _covered() -> frozenset[int]:
    """The characters that names and titles alike can hold."""
    sets = [{c for path in FACES.glob(some) for c in characters(path.read_bytes())} for some in _SETS]
    return frozenset(set.intersection(*sets))


def characters(face: bytes) -> Iterator[int]:
    """The characters of a face: its table `cmap`, in format 4, as OpenType describes it."""
    (tables,) = struct.unpack_from(">H", face, 4)
    places = dict(struct.unpack_from(">4s4xL", face, 12 + 16 * number) for number in range(tables))
    (start,) = struct.unpack_from(">L", face, places[b"cmap"] + 8)  # of the first encoding
    at = places[b"cmap"] + start
    form, doubled = struct.unpack_from(">H4xH", face, at)
    assert form == 4
    ends = struct.unpack_from(f">{doubled // 2}H", face, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", face, at + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
