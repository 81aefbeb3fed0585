"""The feeds of a site's sources, fetched a few hosts at a time and put into the inbox where they have changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from pressfold import content
from pressfold.fetch.address import Refused, parse
from pressfold.fetch.kept import Kept, read_kept, write_kept
from pressfold.fetch.kind import feed_ending
from pressfold.fetch.request import NOTHING, Answer, Client, Network
from pressfold.fetch.saved import text_bytes
from pressfold.fetch.sources import Feed
from pressfold.fetch.together import together
from pressfold.problem import Problem
from pressfold.site import FETCHED
from pressfold.survey import digest

_FOLDER = FETCHED.removeprefix("content/")
HOSTS = 8  # that are asked at a time
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
T = TypeVar("T")
State = Literal["new", "changed", "unchanged", "failed"]
Alone = Callable[[], AbstractContextManager[object]]  # within it nobody else works on the site


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a source; `file` is below content/, `reason` says why nothing came."""

    name: str
    url: str
    state: State
    file: str = ""
    size: int = 0
    moved: str = ""
    reason: str = ""

    @property
    def problem(self) -> Problem:
        """A failure, as it is told."""
        return Problem(self.name, 0, f"not fetched: {self.reason}", self.url)


class _Sent(msgspec.Struct, frozen=True):
    """What a host sent, as a file and its ending; neither where nothing has changed."""

    answer: Answer
    data: bytes = b""
    ending: str = ""


def fetch(root: Path, feeds: Sequence[Feed], network: Network, alone: Alone) -> Iterator[Fetched]:
    """Fetch feeds; what came of each, as it comes. Not one of them stops the others."""
    before = read_kept(root)
    kept = dict(before)
    known = {feed.slug: before[feed.slug].known(root, feed.url) for feed in feeds if feed.slug in before}
    client = Client(network)

    def ask(feed: Feed) -> _Sent | str:
        return reasoned(lambda: _sent(client.get(feed.url, _ACCEPT, known.get(feed.slug, NOTHING))))

    for feed, sent in together(ask, by_host(feeds, lambda feed: feed.url), HOSTS):
        if isinstance(sent, str):
            yield Fetched(name=feed.name, url=feed.url, state="failed", reason=sent)
        else:
            came, kept[feed.slug] = _taken(root, feed, sent, kept.get(feed.slug), alone)
            yield came
    if kept != before:
        with alone():
            write_kept(root, kept)


def in_order(fetched: Sequence[Fetched], feeds: Sequence[Feed]) -> tuple[Fetched, ...]:
    """What came of some feeds, in the order of these."""
    place = {feed.name: number for number, feed in enumerate(feeds)}
    return tuple(sorted(fetched, key=lambda one: place[one.name]))


def by_host(items: Iterable[T], url: Callable[[T], str]) -> list[list[T]]:
    """Items in groups that ask one host, each in its order."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        with suppress(Refused):  # whoever asks will say so
            groups[parse(url(item)).host].append(item)
            continue
        groups[url(item)].append(item)
    return list(groups.values())


def reasoned(work: Callable[[], T]) -> T | str:
    """What work comes to, or the reason why it comes to nothing."""
    try:
        return work()
    except Refused as reason:
        return str(reason)
    except Exception as fault:  # noqa: BLE001 - what one host sends must not keep the others from being asked
        return f"{type(fault).__name__}: {fault} (this is a fault of Pressfold's)"


def _sent(answer: Answer) -> _Sent:
    if answer.body is None:
        return _Sent(answer)
    ending = feed_ending(answer)
    return _Sent(answer, text_bytes(answer, ending), ending)


def _taken(root: Path, feed: Feed, sent: _Sent, last: Kept | None, alone: Alone) -> tuple[Fetched, Kept]:
    """(what came of a feed, what is kept of it), its file written where it is another."""
    state: State = "unchanged"
    if not sent.ending and last:
        file, mark = last.file, last.digest
    else:
        file, mark = f"{_FOLDER}/{feed.slug}{sent.ending}", digest(sent.data)
        was = content.current(root, f"content/{file}")
        if was != mark:
            state = "changed" if was else "new"
            with alone():
                content.write(root / "content" / file, sent.data)
    known, moved = sent.answer.known, sent.answer.moved
    came = Fetched(name=feed.name, url=feed.url, state=state, file=file, size=len(sent.data), moved=moved)
    return came, Kept(url=feed.url, file=file, digest=mark, etag=known.etag, modified=known.modified)
