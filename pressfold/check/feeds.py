"""Feeds as readers take them: each parses in its format, its entries are the articles' own, and all it names is there.

An id is how a reader knows an entry again (law 6): it must be its article's, and what it was when last published.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from pressfold.check.finding import Wrong
from pressfold.check.places import Places

NAMES = ("feed.xml", "atom.xml", "feed.json")
_ATOM = "{http://www.w3.org/2005/Atom}"
_LINKED = re.compile(r"""<[^<>]*?\s(?:href|src)="([^"]*)\"""")
_REMOTE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ARTICLE = re.compile(r"articles/[^/]+/$")


class Entry(NamedTuple):
    """An item of a feed: its id, its link, its line, and its HTML as far as it is looked at."""

    id: str
    link: str
    line: int
    html: str = ""


class Feed(NamedTuple):
    """What a feed says of itself, and its entries."""

    own: str  # its own address
    home: str
    title: str
    entries: tuple[Entry, ...]
    id: str = ""  # of the feed itself; Atom's alone has one


class UnreadableError(ValueError):
    """A feed that no reader can read: why, and in which line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def read_feed(name: str, data: bytes) -> Feed:
    """A feed in the format that its name says. Raises UnreadableError."""
    return {"feed.xml": _rss, "atom.xml": _atom, "feed.json": _json}[name](data)


def judge_feed(path: str, feed: Feed, places: Places, known: Mapping[str, str] | None) -> Iterator[Wrong]:
    """What is wrong with a feed; `known` are the ids of the articles by their addresses, None where nobody knows them.

    A company that had another slug has its feeds there too: the same, which name their new address.
    """
    own = places.base_url + path
    if feed.own != own and not places.same(feed.own, path):
        yield Wrong(path, 0, f"names {feed.own or 'no address'} as its own, not {own}", "readers would go there")
    if not feed.title:
        yield Wrong(path, 0, "has no title", "give the site a title")
    yield from _leads(path, 0, feed.home, places)
    for id_, count in Counter(entry.id for entry in feed.entries).items():
        if count > 1:
            yield Wrong(path, 0, f"has the id {id_} {count} times", "give each article its own id")
    for entry in feed.entries:
        yield from _entry(path, entry, places, known)


def _entry(path: str, entry: Entry, places: Places, known: Mapping[str, str] | None) -> Iterator[Wrong]:
    yield from _leads(path, entry.line, entry.link, places)
    address = entry.link.removeprefix(places.base_url)
    if not entry.id:
        yield Wrong(path, entry.line, f"gives {address} no id", "readers could not know it again")
    elif known is not None and address not in known:
        yield Wrong(path, entry.line, f"has an entry of {address}, which is no article of content/", "build again")
    elif known is not None and known[address] != entry.id:
        hint = "readers would show it once more: bring the article's id back, or build again"
        yield Wrong(path, entry.line, f"gives {address} the id {entry.id}, not its article's {known[address]}", hint)
    for url in dict.fromkeys(_LINKED.findall(entry.html)):
        if not _REMOTE.match(url):
            yield Wrong(
                path, entry.line, f"links to {url!r} in a text", "in a feed only a whole address leads anywhere"
            )
        else:
            yield from _leads(path, entry.line, url.replace("&amp;", "&"), places, inside=True)


def _leads(path: str, line: int, url: str, places: Places, *, inside: bool = False) -> Iterator[Wrong]:
    led = places.lead(url, path)
    if led.wrong:
        yield Wrong(path, line, led.wrong, led.hint, led.warning)
    elif not led.path and not inside:
        yield Wrong(path, line, f"links to {url or 'nothing'}, not to the site", "build again")


def judge_alike(folder: str, feeds: Mapping[str, Feed]) -> Iterator[Wrong]:
    """Whether the formats of one feed have the same entries."""
    first = next(iter(feeds), "")
    for name, feed in feeds.items():
        if [entry.id for entry in feed.entries] != [entry.id for entry in feeds[first].entries]:
            yield Wrong(folder + name, 0, f"has other entries than {first} beside it", "build again")


def ids_of(path: str, feed: Feed) -> dict[str, str]:
    """The ids by which readers know what a feed names: its articles' by their addresses, its own by its path."""
    return {**{_article(entry.link): entry.id for entry in feed.entries}, **({path: feed.id} if feed.id else {})}


def judge_since(path: str, feed: Feed, published: Mapping[str, str]) -> Iterator[Wrong]:
    """Whether the feed or an entry has another id than the one that was published."""
    lines = {_article(entry.link): entry.line for entry in feed.entries}
    for named, id_ in ids_of(path, feed).items():
        was = published.get(named, id_)
        if was != id_ and named == path:
            yield Wrong(
                path, 0, f"has another id than was published, {was}", "write the site's old id into config.yaml"
            )
        elif was != id_:
            hint = "every reader would show it once more: bring its id back"
            yield Wrong(path, lines[named], f"gives {named} another id than was published, {was}", hint)


def _article(link: str) -> str:
    """An article's address in the site, wherever the site stood then."""
    found = _ARTICLE.search(link)
    return found[0] if found else link


def parse_xml(data: bytes) -> Any:
    """XML, without asking anybody for anything. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(error.lineno or 0, f"is no XML: {error.msg}") from None


def parse_json(data: bytes) -> Any:
    """JSON. Raises UnreadableError."""
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise UnreadableError(error.lineno, f"is no JSON: {error.msg}") from None
    except (UnicodeDecodeError, RecursionError):
        raise UnreadableError(0, "is no JSON") from None


def _rss(data: bytes) -> Feed:
    root = parse_xml(data)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        raise UnreadableError(0, "is no RSS 2.0")
    own = [link.get("href", "") for link in channel.findall(f"{_ATOM}link") if link.get("rel") == "self"]
    entries = [Entry(_said(item, "guid"), _said(item, "link"), item.sourceline) for item in channel.findall("item")]
    return Feed("".join(own[:1]), _said(channel, "link"), _said(channel, "title"), tuple(entries))


def _atom(data: bytes) -> Feed:
    root = parse_xml(data)
    if root.tag != f"{_ATOM}feed" or not _said(root, f"{_ATOM}id") or not _said(root, f"{_ATOM}updated"):
        raise UnreadableError(0, "is no Atom feed with an id and a date")
    entries = [
        Entry(_said(entry, f"{_ATOM}id"), _atom_link(entry, "alternate"), entry.sourceline)
        for entry in root.findall(f"{_ATOM}entry")
    ]
    own, home = _atom_link(root, "self"), _atom_link(root, "alternate")
    return Feed(own, home, _said(root, f"{_ATOM}title"), tuple(entries), _said(root, f"{_ATOM}id"))


def _atom_link(element: Any, rel: str) -> str:
    links = element.findall(f"{_ATOM}link")
    return next((str(link.get("href", "")) for link in links if link.get("rel", "alternate") == rel), "")


def _said(element: Any, name: str) -> str:
    return str(element.findtext(name) or "").strip()


def _json(data: bytes) -> Feed:
    feed = parse_json(data)
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        raise UnreadableError(0, "is no JSON Feed")
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UnreadableError(0, "has no items")
    entries = [Entry(_word(item, "id"), _word(item, "url"), 0, _word(item, "content_html")) for item in items]
    odd = next((entry for entry in entries if _NO_XML.search(entry.html + entry.id)), None)
    if odd:
        raise UnreadableError(0, f"holds a character that XML forbids, in {odd.link}")
    return Feed(_word(feed, "feed_url"), _word(feed, "home_page_url"), _word(feed, "title"), tuple(entries))


def _word(of: Mapping[str, object], key: str) -> str:
    found = of.get(key, "")
    return found if isinstance(found, str) else ""
