"""A feed's view to RSS 2.0 and Atom (by feedgen) and JSON Feed 1.1. No clock: every date comes from the view.

What feedgen does not do is added as an extension of it: the language of an entry, and HTML as it is in RSS.
What readers do with right-to-left text is answered here too: they decide its direction by the first strong
character, so a title or a text that begins with a Latin word gets a right-to-left mark before it.
"""

import datetime as dt
import html as entities
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote

import msgspec
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem
from lxml.etree import CDATA

from pressfold.language import runs
from pressfold.pages.view import Picture
from pressfold.pages.view.machines import FeedItem, FeedView

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "http://purl.org/dc/elements/1.1/"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MARK = "\u200f"
_LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")  # what XML may hold
_TAG_OR_CHARACTER = re.compile(r"<[^<>]*>|(.)", re.DOTALL)


class _Atom(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Nothing for the feed itself."""


class _AtomEntry(BaseEntryExtension):  # type: ignore[misc]
    """xml:lang on an Atom entry."""

    language = ""

    def extend_atom(self, entry: Any) -> Any:
        entry.set(_XML_LANG, self.language)
        return entry


class _Rss(BaseExtension):  # type: ignore[misc]
    """The namespace of what items are given."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DC}


class _RssItem(BaseEntryExtension):  # type: ignore[misc]
    """dc:creator and dc:language on an RSS item; and its HTML unescaped, for people who look at it."""

    author = language = ""

    def extend_rss(self, entry: Any) -> Any:
        html = entry.find(_ENCODED)
        if html is not None and "]]>" not in html.text:
            html.text = CDATA(html.text)
        for name, said in (("creator", self.author), ("language", self.language)):
            xml_elem(f"{{{_DC}}}{name}", entry).text = said
        return entry


def mark(text: str, direction: str) -> str:
    """The text, after a right-to-left mark where its first strong character would turn it round."""
    if direction != "rtl":
        return text
    bare = (found[1] for found in _TAG_OR_CHARACTER.finditer(text) if found[1])
    return _MARK + text if runs(bare, "rtl") == "ltr" else text


def content(item: FeedItem, html: str, base_url: str) -> str:
    """An item's HTML: its picture, the text in its language and direction, then where it comes from."""
    credit = ""
    if item.credit:
        source = item.source
        words = entities.escape(item.credit)
        link = f'<a href="{entities.escape(source.address)}">{words}</a>' if source and source.address else words
        credit = f"\n<p><small>{link}</small></p>"
    inner = html or (f"<p>{entities.escape(item.summary)}</p>" if item.summary else "")
    shown = _figure(item.picture, base_url) if item.picture else ""
    return f'<div lang="{item.lang}" dir="{item.dir}">{shown}{mark(inner, item.dir)}{credit}</div>'


def _figure(picture: Picture, base_url: str) -> str:
    below = f"<figcaption>{entities.escape(picture.caption)}</figcaption>" if picture.caption else ""
    address = entities.escape(base_url + quote(picture.address))
    return f'<figure><img src="{address}" alt="{entities.escape(picture.words)}">{below}</figure>\n'


class Feed:
    """A feed in each of its formats; `contents` is the HTML of its items, in their order."""

    def __init__(self, view: FeedView, contents: Sequence[str]) -> None:
        self._view, self._contents = view, [_clean(content) for content in contents]

    def written(self, form: str) -> bytes:
        """In one of its formats, `rss`, `atom` or `json`."""
        return FORMATS[form](self)

    def rss(self) -> bytes:
        """RSS 2.0, full text in content:encoded, language in dc:language."""
        return bytes(self._at("feed.xml", "application/rss+xml").rss_str(pretty=True))

    def atom(self) -> bytes:
        """Atom, full text as HTML, language in xml:lang."""
        return bytes(self._at("atom.xml", "application/atom+xml").atom_str(pretty=True))

    def json(self) -> bytes:
        """JSON Feed 1.1."""
        view = self._view
        feed: dict[str, Any] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _clean(view.title),
            "description": _clean(view.description),
            "home_page_url": view.home,
            "feed_url": view.base_url + view.folder + "feed.json",
            "language": view.lang,
            "authors": [{"name": _clean(view.author)}],
            "items": [self._json_item(*given) for given in zip(view.items, self._contents, strict=True)],
        }
        return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"

    def _at(self, file: str, kind: str) -> FeedGenerator:
        """The generator, for one of its two formats."""
        view = self._view
        own = {"href": view.base_url + view.folder + file, "rel": "self", "type": kind}
        # RSS takes the last one for its <link>.
        self._generator.link([own, {"href": view.home, "rel": "alternate"}], replace=True)
        return self._generator

    @cached_property
    def _generator(self) -> FeedGenerator:
        view, feed = self._view, FeedGenerator()
        feed.register_extension("for_atom", _Atom, _AtomEntry, rss=False)
        feed.register_extension("for_rss", _Rss, _RssItem, atom=False)
        feed.id(view.id)
        feed.title(_clean(view.title))
        feed.subtitle(_clean(view.description))
        feed.language(view.lang)
        feed.author(name=_clean(view.author))
        feed.generator("Pressfold")
        feed.updated(dt.datetime.fromisoformat(view.updated))
        if view.copyright:
            feed.rights(_clean(view.copyright))
        for item, content in zip(view.items, self._contents, strict=True):
            self._enter(feed.add_entry(order="append"), item, content)
        return feed

    def _enter(self, entry: Any, item: FeedItem, content: str) -> None:
        entry.guid(item.id, permalink=False)
        entry.title(_clean(mark(item.title, item.dir)))
        entry.link(href=self._view.base_url + item.address)
        entry.published(dt.datetime.fromisoformat(item.published))
        entry.updated(dt.datetime.fromisoformat(item.updated))
        if item.summary:
            summary = _clean(mark(item.summary, item.dir))
            entry.description(entities.escape(summary))  # HTML for RSS ...
            entry.summary(summary)  # ... and text for Atom
        entry.content(content, type="html")
        entry.for_rss.author = _clean(item.author or self._view.author)
        entry.for_rss.language = entry.for_atom.language = item.lang
        entry.author(name=entry.for_rss.author)
        for company in item.companies:
            entry.category(term=_clean(company))

    def _json_item(self, item: FeedItem, content: str) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "id": item.id,
            "url": self._view.base_url + item.address,
            "title": _clean(mark(item.title, item.dir)),
            "content_html": content,
            "date_published": item.published,
            "date_modified": item.updated,
            "language": item.lang,
            "authors": [{"name": _clean(item.author or self._view.author)}],
        }
        if item.summary:
            entry["summary"] = _clean(mark(item.summary, item.dir))
        if item.picture:
            entry["image"] = self._view.base_url + quote(item.picture.address)
        if item.companies:
            entry["tags"] = [_clean(company) for company in item.companies]
        if item.source and item.source.address:
            entry["external_url"] = item.source.address
        return entry


def _clean(text: str) -> str:
    """Without the characters that XML may not hold: one of them makes a feed unreadable for all."""
    return text if text.isascii() and text.isprintable() else "".join(_LEGAL.findall(text))


FORMATS: dict[str, Callable[[Feed], bytes]] = {"rss": Feed.rss, "atom": Feed.atom, "json": Feed.json}
