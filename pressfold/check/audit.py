"""Looks at files of the output, many at once: what parallel processes do while a site is checked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from pressfold.check.feeds import NAMES, Feed, UnreadableError, ids_of, judge_alike, judge_feed, judge_since, read_feed
from pressfold.check.finding import Wrong
from pressfold.check.hosts import Weight
from pressfold.check.links import judge_page
from pressfold.check.machines import is_machine, judge_machine
from pressfold.check.manifest import judge_file, mark_of
from pressfold.check.page import scan
from pressfold.check.places import Places
from pressfold.survey import digest

_COPIED = ("media/", "static/", "pagefind/")  # files that are published as they are, whatever stands in them
_PAGES_AT_HAND = 64  # whose ids are kept: links with a fragment lead to few


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """All that looking at a file needs to know: plain values, which another process can be given."""

    folder: Path
    base_url: str
    listed: Mapping[str, str]
    known: Mapping[str, str] | None  # ids of articles by their addresses
    against: Path | None  # the output as it was published before
    published: Mapping[str, str]  # ids as readers know them, by what they name


class Seen(NamedTuple):
    """What came of a chunk of files."""

    files: int
    weight: Weight
    wrong: list[Wrong]
    ids: dict[str, str]  # that feeds give, by what they name


class Auditor:
    """Judges files one by one, and the feeds of a folder together."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._places = Places(asked.base_url, asked.listed)
        self._ids = lru_cache(_PAGES_AT_HAND)(self._ids_of)

    def look(self, groups: Sequence[Sequence[str]]) -> Seen:
        """Judge groups of files: most are of one file, the feeds of a folder are one."""
        weight, wrong, ids = Weight(), list[Wrong](), dict[str, str]()
        for paths in groups:
            feeds: dict[str, Feed] = {}
            for path in paths:
                weight = weight.plus(self._weigh(path))
                wrong += self._judge(path, feeds)
            if feeds:
                wrong += judge_alike(paths[0].rpartition("/")[0] + "/" * ("/" in paths[0]), feeds)
            for name, feed in feeds.items():
                ids |= ids_of(paths[0].rpartition("/")[0] + "/" * ("/" in paths[0]) + name, feed)
        return Seen(sum(map(len, groups)), weight, wrong, ids)

    def _weigh(self, path: str) -> Weight:
        try:
            size = (self._asked.folder / path).stat().st_size
        except OSError:
            return Weight()
        return Weight(size, size, path)

    def _judge(self, path: str, feeds: dict[str, Feed]) -> Iterator[Wrong]:
        """What is wrong with a file; a feed that can be read is noted among the `feeds`."""
        mark, place = self._asked.listed[path], self._asked.folder / path
        copied = path.startswith(_COPIED)
        page = path.endswith(".html") and not copied
        name = path.rpartition("/")[2]
        feed = name in NAMES and not copied
        if not (page or feed or is_machine(path)):
            yield from judge_file(path, mark, mark_of(place))
            return
        try:
            data = place.read_bytes()
        except OSError:
            yield from judge_file(path, mark, None)
            return
        yield from judge_file(path, mark, digest(data))
        if page:
            yield from judge_page(path, scan(data), self._places, self._ids)
        elif feed:
            yield from self._feed(path, name, data, feeds)
        else:
            yield from judge_machine(path, data, self._places)

    def _feed(self, path: str, name: str, data: bytes, feeds: dict[str, Feed]) -> Iterator[Wrong]:
        try:
            feeds[name] = feed = read_feed(name, data)
        except UnreadableError as error:
            yield Wrong(path, error.line, error.message, "no reader can show it: build again")
            return
        yield from judge_feed(path, feed, self._places, self._asked.known)
        yield from judge_since(path, feed, self._published(path, name))

    def _published(self, path: str, name: str) -> Mapping[str, str]:
        """The ids as they were published before, as far as anybody knows."""
        if not self._asked.against:
            return self._asked.published
        try:
            return ids_of(path, read_feed(name, (self._asked.against / path).read_bytes()))
        except (OSError, UnreadableError):
            return {}

    def _ids_of(self, path: str) -> Collection[str]:
        try:
            return scan((self._asked.folder / path).read_bytes()).ids.keys()
        except OSError:
            return ()
