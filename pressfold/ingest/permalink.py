"""What an address says by itself: whether a line is one, and the day that stands in its path."""

import datetime as dt
import re

import msgspec

from pressfold.ingest.lexicon import key

_ADDRESS = re.compile(r"(?:([^:]{2,24}):\s*)?(https?://[^\s<>\"]{4,300})")
_DAY = re.compile(r"/(20\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
# What stands before the address of the article itself.
_LABELS = frozenset(
    "source url link permalink via quelle lien fonte fuente enlace źródło zdroj forrás bron kilde källa lähde kaynak "
    "источник джерело πηγή المصدر الرابط منبع מקור קישור 来源 來源 原文 出典 출처 원문 स्रोत".split()
)


class Address(msgspec.Struct, frozen=True):
    """The address that a line consists of; `labelled` when a word before it says that the text comes from there."""

    url: str
    labelled: bool


def address(text: str) -> Address | None:
    """The address in a line that says nothing else."""
    match = _ADDRESS.fullmatch(text.strip())
    if not match or (match[1] and key(match[1]) not in _LABELS):
        return None
    return Address(match[2], bool(match[1]))


def day_of(url: str) -> dt.date | None:
    """The whole day in an address's path: /2026/02/11/, /2026-02-11-, /20260211/."""
    match = _DAY.search(url)
    try:
        return dt.date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None
