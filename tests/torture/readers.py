"""What import promises of any bytes, a function for each kind of file: an article that a build takes, or a reason."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import msgspec

from pressfold import article as articles
from pressfold import registry as companies
from pressfold.config import Config
from pressfold.drafting import HEAD, drafted
from pressfold.ingest import feed
from pressfold.ingest.decode import LARGEST, clean, decode
from pressfold.ingest.describe import Desk
from pressfold.ingest.draft import Raw, Unreadable
from pressfold.ingest.fragment import blocks
from pressfold.ingest.letter import letters, name_of
from pressfold.ingest.naming import Namer
from pressfold.markup import check, write


@cache
def _desk() -> Desk:
    registry = companies.registry({})
    now = dt.datetime(2026, 2, 2, tzinfo=dt.UTC)
    return Desk(Config(title="T", base_url="https://digest.example/"), registry, Namer(registry), now)


def _article(raw: Raw) -> None:
    """An item is an article that says after it was written what it said before, or is refused for a reason."""
    try:
        article = drafted(_desk(), raw).article
    except Unreadable as reason:
        assert str(reason).isprintable() and str(reason)
        return
    check(article.body)
    file = articles.dump(article)
    assert len(file) - len(article.body) <= HEAD
    again = articles.load(file, article.path, _desk().registry)
    assert msgspec.structs.replace(again, origin=article.origin) == article
    file.encode("utf-8")


def _of(name: str) -> Callable[[bytes], None]:
    return lambda data: _article(Raw(f"inbox/a{name}", data))


def _feed(data: bytes) -> None:
    with suppress(Unreadable):
        items = feed.unpack(Raw("inbox/a.xml", data))
        assert len({raw.key for raw in items}) == len(items) <= feed.MOST
        for raw in items[:5]:
            _article(raw)


def _mailbox(data: bytes) -> None:
    for letter in _letters(data):
        _article(Raw("inbox/a.mbox", letter, name_of(letter), "letter"))


def _letters(data: bytes) -> Iterator[bytes]:
    found = list(letters(io.BytesIO(data), LARGEST))
    assert sum(map(len, found)) <= len(data)
    return iter(found[:5])


def _fragment(data: bytes) -> None:
    found = blocks(data.decode("utf-8", "surrogateescape"), "https://a.example/")
    assert all(block.text.strip() for block in found)
    write(found).encode("utf-8")


def _decode(data: bytes) -> None:
    with suppress(Unreadable):
        text = clean(decode(data))
        text.encode("utf-8")
        assert "\0" not in text


PROMISES: dict[str, Callable[[bytes], None]] = {
    "text": _of(".txt"),
    "page": _of(".html"),
    "archive": _of(".mhtml"),
    "markdown": _of(".md"),
    "feed": _feed,
    "letter": _of(".eml"),
    "mailbox": _mailbox,
    "fragment": _fragment,
    "decode": _decode,
}
