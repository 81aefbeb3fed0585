"""When a saved page was published, as far as it says so: never the clock, never a date in the running text."""

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from pressfold.config import ENGLISH
from pressfold.ingest import jsonld
from pressfold.ingest.dates import find_day
from pressfold.ingest.labels import is_later
from pressfold.ingest.page import Page, aside, properties, words
from pressfold.language import base, parse_tag
from pressfold.moment import Day, parse_day

# Meta elements that say when an article was published; what says when it was changed is none of them.
_META = (
    "article:published_time article:published og:article:published_time datepublished og:published_time article.published "
    "publishdate publish-date publish_date publication_date pubdate published_at parsely-pub-date sailthru.date "
    "shareaholic:article_published_time og:release_date citation_publication_date citation_date citation_online_date "
    "dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date date release_date created"
).split()
_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|/((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)"
)
_LOOSE = re.compile(r"((?:19|20)\d\d)[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)")
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:date|datum|data|fecha|published?|posted|pubdate|timestamp|dateline|tarih|time)(?:$|[\s_-])"
)


def dated(page: Page) -> tuple[Day | None, str]:
    """(when it was published, where that is from): metadata, the page's address, or beside, in a place for dates."""
    stated = next((day for text in _stated(page) if (day := parse(text))), None)
    if stated:
        return stated, "metadata"
    if found := _in_address(page.address):
        return found, "address"
    found = _beside(page)
    return found, "beside" if found else ""


def _stated(page: Page) -> Iterator[str]:
    yield from _texts(page.article, "datePublished")
    for name in _META:
        yield from page.meta.get(name, ())[:1]
    for node in page.nodes:
        if {"WebPage", "ItemPage"} & set(jsonld.kinds(node)):
            yield from _texts(node, "datePublished")
    for name in ("datePublished", "dateCreated", "created", "issued"):
        for element in properties(page, name):
            yield _written(element)
            break
    yield from _texts(page.article, "dateCreated")
    yield from _times(page)


def _texts(node: jsonld.Node, name: str) -> list[str]:
    stated = node.get(name)
    return [text for text in (stated if isinstance(stated, list) else [stated]) if isinstance(text, str)][:1]


def _written(element: Any) -> str:
    """A date as an element states it, for machines or for people."""
    return element.get("content") or element.get("datetime") or element.get("title") or words(element)[:100]


def _times(page: Page) -> list[str]:
    """What time elements and microformats say outside comments and teasers: the published one; else the only day."""
    found = [n for n in page.tree.xpath("//time | //abbr[@title]")[:200] if not aside(n)]
    for node in found:
        named = set(re.split(r"[\s_]+", node.get("class", "").lower()))
        if node.get("pubdate") is not None or named & {"published", "entry-date", "dt-published", "post-date"}:
            return [_written(node)]
    times = [n.get("datetime", "") for n in found if n.tag == "time" and "updated" not in n.get("class", "").lower()]
    days = {str(day)[:10]: text for text in times if text and (day := parse(text))}
    return list(days.values()) if len(days) == 1 else []


def parse(text: str) -> Day | None:
    """A date in any of the forms in which systems write them for machines; a time without an offset counts as its day."""
    text = text.strip()
    for form in (text, text[:10]):
        try:
            return parse_day(form)
        except ValueError:
            continue
    try:
        sent = parsedate_to_datetime(text)
        return sent.replace(microsecond=0) if sent.tzinfo and 1970 <= sent.year <= 9998 else sent.date()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    match = _LOOSE.match(text)
    return _day(*match.groups()) if match else find_day(text, ENGLISH) if len(text) <= 60 else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_address(address: str) -> dt.date | None:
    match = _ADDRESS.search(urlsplit(address).path)
    return _day(*(part for part in match.groups() if part)) if match else None


def _beside(page: Page) -> dt.date | None:
    """The day in the first element that is named as a date's place; a label that speaks of a change makes it none."""
    try:
        lang = base(parse_tag(page.lang))
    except ValueError:
        lang = ENGLISH
    for node in page.tree.xpath("//*[@class or @id]")[:20_000]:
        if node.tag in ("body", "html") or not _NAMED.search(f"{node.get('class', '')} {node.get('id', '')}".lower()):
            continue
        text = words(node) if len(node) < 10 else ""
        if 6 <= len(text) <= 80 and not is_later(text) and not aside(node) and (day := find_day(text, lang)):
            return day
    return None
