"""A feed's view to RSS 2.0 and Atom (by feedgen) and JSON Feed 1.1. No clock: every date comes from the view.

Two things feedgen does not do are added as an extension of it: the language of an Atom entry, and no guess at a date.
What readers do with right-to-left text is answered here too: they decide its direction by the first strong
character, so a title or a text that begins with a Latin word gets a right-to-left mark before it.
"""

import datetime as dt
import html as entities
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import msgspec
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator

from pressfold.pages.view import FeedItem, FeedView

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARK = "\u200f"
_LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")  # what XML may hold
_TAG_OR_CHARACTER = re.compile(r"<[^<>]*>|(.)", re.DOTALL)

Body = Callable[[FeedItem], str]


class _Language(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """xml:lang on the feed."""


class _EntryLanguage(BaseEntryExtension):  # type: ignore[misc]
    """xml:lang on an Atom entry, dc:language on an RSS item."""

    def __init__(self) -> None:
        self.language = ""

    def extend_atom(self, entry: Any) -> Any:
        entry.set(_XML_LANG, self.language)
        return entry


def mark(text: str, direction: str) -> str:
    """The text, after a right-to-left mark where its first strong character would turn it round."""
    if direction != "rtl":
        return text
    bare = (found[1] for found in _TAG_OR_CHARACTER.finditer(text) if found[1])
    strong = next((kind for kind in map(unicodedata.bidirectional, bare) if kind in ("L", "R", "AL")), "R")
    return _MARK + text if strong == "L" else text


def rss(view: FeedView, body: Body) -> bytes:
    """RSS 2.0, full text in content:encoded, language in dc:language."""
    return bytes(_generator(view, body, "feed.xml").rss_str(pretty=True))


def atom(view: FeedView, body: Body) -> bytes:
    """Atom, full text as HTML, language in xml:lang."""
    return bytes(_generator(view, body, "atom.xml").atom_str(pretty=True))


def _generator(view: FeedView, body: Body, file: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.register_extension("pressfold", _Language, _EntryLanguage, atom=True, rss=False)
    feed.id(view.id)
    feed.title(_clean(view.title))
    feed.subtitle(_clean(view.description))
    kind = "application/rss+xml" if file == "feed.xml" else "application/atom+xml"
    feed.link(href=view.base_url + view.folder + file, rel="self", type=kind)
    feed.link(href=view.home, rel="alternate")  # RSS takes the last one for its <link>
    feed.language(view.lang)
    feed.author(name=_clean(view.author))
    feed.generator("Pressfold")
    feed.updated(dt.datetime.fromisoformat(view.updated))
    if view.copyright:
        feed.rights(_clean(view.copyright))
    for item in view.items:
        _entry(feed, view, item, _clean(body(item)), form=file)
    return feed


def _entry(feed: FeedGenerator, view: FeedView, item: FeedItem, content: str, *, form: str) -> None:
    entry = feed.add_entry(order="append")
    entry.id(item.id)
    entry.guid(item.id, permalink=False)
    entry.title(_clean(mark(item.title, item.dir)))
    entry.link(href=view.base_url + item.address)
    entry.published(dt.datetime.fromisoformat(item.published))
    entry.updated(dt.datetime.fromisoformat(item.updated))
    if item.summary:
        summary = _clean(mark(item.summary, item.dir))
        entry.summary(entities.escape(summary) if form == "feed.xml" else summary)  # HTML for RSS, text for Atom
    entry.content(content, type="CDATA" if form == "feed.xml" and "]]>" not in content else "html")
    entry.author(name=_clean(item.author or view.author))
    for company in item.companies:
        entry.category(term=_clean(company))
    entry.dc.dc_language(item.lang)
    entry.dc.dc_creator(_clean(item.author or view.author))
    entry.pressfold.language = item.lang


def _clean(text: str) -> str:
    """Without the characters that XML may not hold: one of them makes a feed unreadable for all."""
    return "".join(_LEGAL.findall(text))


def json_feed(view: FeedView, body: Body) -> bytes:
    """JSON Feed 1.1."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.description,
        "home_page_url": view.home,
        "feed_url": view.base_url + view.folder + "feed.json",
        "language": view.lang,
        "authors": [{"name": view.author}],
        "items": [_json_item(view, item, body(item)) for item in view.items],
    }
    # json indents in Python, msgspec in C; but msgspec writes no lone surrogate.
    written = json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")
    return msgspec.json.format(written, indent=1) + b"\n"


def _json_item(view: FeedView, item: FeedItem, content: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": item.id,
        "url": view.base_url + item.address,
        "title": mark(item.title, item.dir),
        "content_html": content,
        "date_published": item.published,
        "date_modified": item.updated,
        "language": item.lang,
        "authors": [{"name": item.author or view.author}],
    }
    if item.summary:
        entry["summary"] = mark(item.summary, item.dir)
    if item.companies:
        entry["tags"] = list(item.companies)
    if item.source and item.source.address:
        entry["external_url"] = item.source.address
    return entry


def content(item: FeedItem, html: str) -> str:
    """An item's HTML: the text in its language and direction, then where it comes from."""
    credit = ""
    if item.credit:
        source = item.source
        words = entities.escape(item.credit)
        link = f'<a href="{entities.escape(source.address)}">{words}</a>' if source and source.address else words
        credit = f"\n<p><small>{link}</small></p>"
    inner = html or (f"<p>{entities.escape(item.summary)}</p>" if item.summary else "")
    return f'<div lang="{item.lang}" dir="{item.dir}">{mark(inner, item.dir)}{credit}</div>'


FORMATS: dict[str, Callable[[FeedView, Body], bytes]] = {"rss": rss, "atom": atom, "json": json_feed}
