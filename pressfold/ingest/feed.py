"""A feed (RSS, Atom, JSON Feed) to its items, and an item to a draft; full text where the feed has it."""

import hashlib
import html as entities
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from pressfold.ingest.address import clean, join
from pressfold.ingest.decode import LARGEST, decode, normalise
from pressfold.ingest.draft import Draft, LeftOut, Raw, Unreadable
from pressfold.ingest.fragment import blocks, role
from pressfold.markup import Block
from pressfold.moment import parse_day

KIND = "item"  # what a raw item of a feed is
MOST = 5000  # items; no feed that is read by people has as many
_ROOM = 4 * LARGEST  # bytes of all items; what a feed says once stands in each of them
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError)  # what feedparser raises for odd bytes
_ITEM = re.compile(rb"<(?:[a-z]{1,9}:)?(?:item|entry)[\s/>]", re.IGNORECASE)


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed says of one item; `content` is HTML, `guid` as the feed gives it."""

    guid: str = ""
    title: str = ""
    link: str = ""
    author: str = ""
    date: str = ""  # ISO 8601
    lang: str = ""
    content: str = ""
    summary: str = ""  # HTML too
    tags: tuple[str, ...] = ()
    source: str = ""


def unpack(raw: Raw) -> tuple[Raw, ...]:
    """The items of a feed, each a raw item of its own. Raises Unreadable where it is no feed.

    An item is known by its guid: by that alone where it is an address or a urn, else within its feed. Where several
    have one guid, link and title tell them apart, and where these are alike too, all that they say.
    """
    try:
        is_json = raw.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
        home, items = _json_feed(raw.data) if is_json else _xml_feed(raw.data)
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    if not items:
        raise Unreadable("a feed without items")
    _refuse_many(len(items))
    guids, twins = Counter(map(_guid, items)), Counter((_guid(item), item.link, item.title) for item in items)
    found: dict[str, Raw] = {}
    room = _ROOM
    for item in items:
        guid, data = _guid(item), msgspec.json.encode(item)
        part = guid if re.match(r"[a-z][a-z0-9+.-]*:\S", guid, re.IGNORECASE) else f"{home} {guid}"
        if guids[guid] > 1:
            part += f" {item.link} {item.title}"
        if twins[guid, item.link, item.title] > 1:
            part += f" {hashlib.sha256(data).hexdigest()}"
        part = " ".join(part.split())
        found.setdefault(part, Raw(raw.file, data, part, KIND))
        room -= len(part) + len(data)
        if room < 0:
            raise Unreadable(f"its items come to more than {_ROOM // 2**20} MiB")
    return tuple(found.values())


def _refuse_many(items: int) -> None:
    if items > MOST:
        raise Unreadable(f"a feed of more than {MOST} items")


def _guid(item: Item) -> str:
    return item.guid or item.link or item.title


def extract(data: bytes) -> Draft:
    """A draft of one item. Raises Unreadable where it has no text."""
    item = msgspec.json.decode(data, type=Item)
    full = blocks(item.content, item.link)
    short = blocks(item.summary, item.link)
    body = full or short
    words = sum(len(part.text.split()) for part in body)
    if words < 8 and not any(len(part.text) > 40 for part in body):
        raise Unreadable("no text in it")
    date = parse_day(item.date) if item.date else None
    standfirst = " ".join(part.text for part in short) if full and short != full[: len(short)] else ""
    kept, left = _parted(body, item.title)
    return Draft(
        blocks=kept,
        left_out=left,
        title=item.title,
        title_from="metadata" if item.title else "",
        standfirst=standfirst,
        author=item.author,
        date=date,
        date_from="metadata" if date else "",
        lang=item.lang,
        source_name=item.source,
        source_url=item.link,
        partial=not full or _goes_on(full),
        given={"tags": list(item.tags)} if item.tags else {},
    )


def _parted(body: tuple[Block, ...], title: str) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """(the article's blocks, the others): a heading that says the title again, and what the site puts behind each text."""
    kept: list[Block] = []
    left: list[LeftOut] = []
    for place, part in enumerate(body):
        again = (
            part.text.casefold() == title.casefold()
            if place == 0
            else place == len(body) - 1 and _signs_off(part, title)
        )
        taken = "repeated" if again else role(part.text)
        if taken:
            left.append(LeftOut(0, taken, part.text))
        else:
            kept.append(part)
    return (tuple(kept) or body), tuple(left)


def _signs_off(part: Block, title: str) -> bool:
    """Whether a last line only says where the text of this title first stood: so blogs' systems end their items."""
    return bool(title) and title in part.text and len(part.text.split()) <= len(title.split()) + 10


_HALF = re.compile("[\ud800-\udfff]")
_MORE = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|\[…\]|&hellip;)\W*$")


def _goes_on(body: tuple[Block, ...]) -> bool:
    """Whether a text breaks off: its last words say that it goes on elsewhere."""
    return bool(_MORE.search(body[-1].text))


def _said(value: object) -> str:
    """A value as text, without halves of characters, which no file can hold."""
    return _HALF.sub("\ufffd", str(value or ""))


def _plain(html: object) -> str:
    """The words of a text that may hold markup, on one line."""
    text = str(html or "")
    if "<" in text:
        text = " ".join(part.text for part in blocks(text))
    return normalise(entities.unescape(text).replace("\n", " ")).strip()


# XML.


def _xml_feed(data: bytes) -> tuple[str, list[Item]]:
    """(the feed's own name, its items). feedparser reads every dialect, broken ones too, and joins relative addresses."""
    import feedparser

    if b"<opml" in data[:2000].lower():
        raise Unreadable("a list of feeds, not a feed (put it at content/sources.opml, and run pressfold fetch)")
    _refuse_many(sum(1 for _ in _ITEM.finditer(data)))  # before they are parsed, which would take half a minute
    try:
        feed = feedparser.parse(data, response_headers={"content-type": "application/xml"})
    except _BROKEN:
        raise Unreadable("not a feed") from None
    if not feed.get("version") and not feed.entries:
        raise Unreadable("not a feed")
    about: Mapping[str, Any] = feed.feed
    name, lang = _plain(about.get("title")), _said(about.get("language"))
    link = clean(_said(about.get("link")))
    return _said(about.get("id") or link or name), [_entry(entry, name, link, lang) for entry in feed.entries]


def _entry(entry: Mapping[str, Any], source: str, home: str, lang: str) -> Item:
    contents = [part for part in entry.get("content") or () if part.get("value")]
    content: Mapping[str, Any] = max(contents, key=lambda part: len(part["value"]), default={})
    detail = entry.get("summary_detail") or {}
    other = entry.get("source") or {}
    said = content.get("language") or detail.get("language") or (entry.get("title_detail") or {}).get("language")
    return Item(
        guid=_said(entry.get("id")),
        title=_plain(entry.get("title")),
        link=clean(join(home, _said(entry.get("link")))),
        author=", ".join(dict.fromkeys(filter(None, (_plain(one.get("name")) for one in entry.get("authors") or ())))),
        date=_moment(entry.get("published_parsed")),
        lang=_said(entry.get("dc_language") or entry.get("language") or said or lang),
        content=_html(content),
        summary=_said(entry.get("summary")) if entry.get("summary") != content.get("value") else "",
        tags=tuple(dict.fromkeys(filter(None, (_plain(tag.get("term")) for tag in entry.get("tags") or ())))),
        source=_plain(other.get("title")) or source,
    )


def _html(content: Mapping[str, Any]) -> str:
    value = _said(content.get("value"))
    return f"<p>{entities.escape(value)}</p>" if content.get("type") == "text/plain" else value


def _moment(parsed: Any) -> str:
    """A time as feedparser gives it, in UTC."""
    if not parsed:
        return ""
    year, month, day, hour, minute, second = parsed[:6]
    return _checked(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}Z")


def _checked(text: str) -> str:
    for candidate in (text, text[:10]):
        try:
            parse_day(candidate)
        except (ValueError, OverflowError):
            continue
        return candidate
    return ""


# JSON.


def _json_feed(data: bytes) -> tuple[str, list[Item]]:
    try:
        feed = json.loads(decode(data))
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        raise Unreadable("JSON, but no JSON Feed")
    given = feed.get("items")
    items = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    home = _said(feed.get("feed_url") or feed.get("home_page_url") or feed.get("title"))
    return home, [_json_item(item, feed) for item in items]


def _json_item(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Item:
    text = _said(item.get("content_text"))
    paragraphs = "".join(f"<p>{entities.escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    tags = item.get("tags")
    return Item(
        guid=_said(item.get("id")),
        title=_plain(item.get("title")),
        link=clean(_said(item.get("url"))) or clean(_said(item.get("external_url"))),
        author=", ".join(_authors(item) or _authors(feed)),
        date=_checked(_said(item.get("date_published"))),
        lang=_said(item.get("language") or feed.get("language")),
        content=_said(item.get("content_html")) or paragraphs,
        summary=entities.escape(_said(item.get("summary"))),
        tags=tuple(dict.fromkeys(filter(None, map(_plain, tags)))) if isinstance(tags, list) else (),
        source=_plain(feed.get("title")),
    )


def _authors(of: Mapping[str, Any]) -> list[str]:
    given = of.get("authors") or [of.get("author")]
    people = given if isinstance(given, list) else [given]
    return list(dict.fromkeys(filter(None, (_plain(one.get("name")) for one in people if isinstance(one, dict)))))
