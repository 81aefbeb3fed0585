"""An address, made once: lower-case ASCII words that every file system, host and person can type."""

import re
from collections.abc import Container
from typing import NewType

from pressfold.problem import refuse

Slug = NewType("Slug", str)

LONGEST = 60  # bytes: a folder name, and a line of a terminal
_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Names that Windows keeps for devices, with any extension.
_RESERVED = frozenset("con prn aux nul".split()) | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}


def slug(text: str, fallback: str) -> Slug:
    """Words of the text in ASCII, at most 60 bytes, cut at a word; `fallback` where the text has none."""
    from anyascii import anyascii  # its tables are read only where an address is made

    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", anyascii(text[:400])).lower())
    cut = "-".join(words)[: LONGEST + 1]
    if len(cut) > LONGEST:
        cut = cut.rpartition("-")[0] or cut[:LONGEST]
    cut = cut.strip("-")
    return Slug(cut if cut and cut not in _RESERVED else f"{cut}-{fallback}".strip("-"))


def distinct(wanted: Slug, suffix: str, taken: Container[str]) -> Slug:
    """`wanted`, or where that is taken `wanted` and as much of the suffix as tells the two apart."""
    for length in (0, *range(6, len(suffix) + 1)):
        tail = "-" + suffix[:length] if length else ""
        candidate = Slug(wanted[: LONGEST - len(tail)].rstrip("-") + tail)
        if candidate not in taken:
            return candidate
    raise ValueError(f"{wanted!r} with {suffix!r} is taken")


def check_slug(text: str, path: str, line: int, what: str = "slug") -> Slug:
    """A slug that a person wrote. Raises Problems when it would not do as an address."""
    if not _FORM.fullmatch(text) or len(text) > LONGEST or text in _RESERVED:
        raise refuse(path, line, f"{text!r} is no {what}", f"write it as {slug(text, 'x')!r}")
    return Slug(text)
