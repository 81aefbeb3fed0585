"""Raw items to articles-to-be, in processes of their own with a budget of time and memory: what comes in is not trusted."""

import datetime as dt
import faulthandler
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from pressfold import company as companies
from pressfold.article import Article
from pressfold.company import Company
from pressfold.config import Config
from pressfold.ingest import feed
from pressfold.ingest.describe import Described, Desk, describe
from pressfold.ingest.draft import LeftOut, Raw, Unreadable
from pressfold.ingest.extract import extract
from pressfold.ingest.naming import Namer
from pressfold.slug import Slug
from pressfold.workers import Workers

T = TypeVar("T")
SECONDS = 60  # that an item may take; a long page takes one
MEMORY = 2 * 2**30  # bytes that a process may ask for beyond what its libraries take


class Drafted(msgspec.Struct, frozen=True):
    """What an item came to; its address is not settled yet, nor its story."""

    described: Described
    left_out: tuple[LeftOut, ...]

    @property
    def article(self) -> Article:
        """The article as far as it is decided."""
        return self.described.article


class Refused(msgspec.Struct, frozen=True):
    """Why an item became nothing, and what can be done."""

    reason: str
    hint: str = ""


class Drafting:
    """Makes drafts of raw items, many at once; to be used in a `with`. Not one of them stops the others."""

    def __init__(
        self,
        config: Config,
        own: Mapping[Slug, Company],
        now: dt.datetime,
        *,
        jobs: int,
        apart: Callable[[], AbstractContextManager[None]],
    ) -> None:
        make = partial(_desk, config, dict(own), now)
        self._workers = Workers(jobs, make, load=0, apart=apart, instead=_instead)

    def __enter__(self) -> "Drafting":
        self._workers.__enter__()
        return self

    def __exit__(self, *wrong: object) -> None:
        self._workers.__exit__(*wrong)  # type: ignore[arg-type]

    def items(self, raw: Raw) -> tuple[Raw, ...] | Refused:
        """The items of a feed's file."""
        (found,) = self._workers.map(_items, [raw])
        return found

    def draft(self, items: Iterable[Raw]) -> Iterator[tuple[Raw, Drafted | Refused]]:
        """What comes of each item, in order."""
        raws: deque[Raw] = deque()

        def noted() -> Iterator[Raw]:
            for raw in items:
                raws.append(raw)
                yield raw

        for drafted in self._workers.map(_draft, noted()):
            yield raws.popleft(), drafted


def _desk(config: Config, own: Mapping[Slug, Company], now: dt.datetime) -> Desk:
    _cap_memory()
    registry = companies.registry(own)
    return Desk(config, registry, Namer(registry), now)


def _cap_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not on every system
        import resource

        with Path("/proc/self/statm").open(encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))


def _draft(desk: Desk, raw: Raw) -> Drafted | Refused:
    return _bounded(lambda: _drafted(desk, raw))


def _drafted(desk: Desk, raw: Raw) -> Drafted:
    draft = extract(raw, desk.config)
    return Drafted(describe(draft, raw, desk, ()), draft.left_out)


def _items(_: Desk, raw: Raw) -> tuple[Raw, ...] | Refused:
    return _bounded(lambda: feed.unpack(raw))


def _bounded(work: Callable[[], T]) -> T | Refused:
    """What a piece of work comes to; where its time is up the process ends."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(SECONDS, exit=True, file=nowhere)
        try:
            return _tried(work)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _tried(work: Callable[[], T]) -> T | Refused:
    try:
        return work()
    except Unreadable as reason:
        return Refused(str(reason))
    except MemoryError:
        return Refused(f"it takes more than {MEMORY // 2**20} MiB to read")
    except Exception as fault:  # noqa: BLE001 - a text that we cannot foresee must not stop the rest of the inbox
        return Refused(f"{type(fault).__name__}: {fault}", "this is a fault of Pressfold's")


def _instead(_: Raw, code: int) -> Refused:
    """What comes of an item whose process ended."""
    if code == 1:  # so a process ends whose time is up
        return Refused(f"it takes more than {SECONDS} seconds to read")
    return Refused(f"the process that read it ended ({code})", "this is a fault of Pressfold's, or memory is short")
