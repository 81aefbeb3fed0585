"""Bytes with a checksum: what SQLite does not notice when a disk or a person changes its file."""

import zlib

_LENGTH = 4


def seal(data: bytes) -> bytes:
    """The bytes with their checksum."""
    return data + zlib.crc32(data).to_bytes(_LENGTH, "big")


def opened(sealed: bytes) -> bytes:
    """The bytes that were sealed. Raises ValueError where they are others."""
    data = sealed[:-_LENGTH]
    if zlib.crc32(data).to_bytes(_LENGTH, "big") != sealed[-_LENGTH:]:
        raise ValueError("the bytes are not those that were sealed")
    return data
