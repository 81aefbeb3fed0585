"""Feeds: well formed whatever the text, the same bytes twice, and no date but the view's."""

import json
import re
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pressfold.feeds import FORMATS, Feed, content, mark
from pressfold.pages.view import Link
from pressfold.pages.view.machines import FeedItem, FeedView

RLM = "\u200f"
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
HARD = [
    "]]>",
    "a]]>b",
    "]]\x00>",
    "\x00",
    "\x0b",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff\ud800",
    "<b>&amp;",
    "&",
    '"',
    "\r\n",
]
TEXTS = st.one_of(
    st.sampled_from(HARD),
    st.lists(st.one_of(st.sampled_from(HARD), st.text()), max_size=4).map("".join),
    st.text(st.characters(exclude_categories=[])),
)
WORDS = TEXTS.map(lambda text: "a" + text)


def _item(number: int = 1, **given: Any) -> FeedItem:
    fields: dict[str, Any] = {
        "id": f"urn:test:{number}",
        "title": f"Title {number}",
        "address": f"articles/a-{number}/",
        "lang": "en",
        "dir": "ltr",
        "published": "2026-01-10T08:00:00Z",
        "updated": "2026-01-11T09:00:00Z",
        "summary": "Summary",
        "text": None,
        "author": "",
        "companies": ("Microsoft",),
        "source": None,
        "credit": "",
    }
    return FeedItem(**{**fields, **given})


def _view(*items: FeedItem, **given: Any) -> FeedView:
    fields: dict[str, Any] = {
        "base_url": "https://digest.example/news/",
        "folder": "companies/microsoft/",
        "id": "urn:test:feed",
        "title": "Digest",
        "description": "About",
        "lang": "en",
        "author": "Editors",
        "copyright": "",
        "home": "https://digest.example/news/companies/microsoft/",
        "updated": "2026-01-11T09:00:00Z",
        "items": items,
    }
    return FeedView(**{**fields, **given})


def _body(item: FeedItem) -> str:
    return f"<p>{item.title}</p>"


def _written(form: str, view: FeedView, body: Callable[[FeedItem], str] = _body) -> bytes:
    return FORMATS[form](Feed(view, [body(item) for item in view.items]))


@given(st.lists(st.tuples(WORDS, TEXTS, TEXTS, WORDS, TEXTS), max_size=3), WORDS, WORDS)
def test_every_feed_is_well_formed_for_any_text(
    texts: list[tuple[str, str, str, str, str]], title: str, author: str
) -> None:
    items = [
        _item(number, title=head, summary=summary, author=by, companies=(company,), credit=html)
        for number, (head, summary, by, company, html) in enumerate(texts)
    ]
    view = _view(*items, title=title, description=title, author=author, copyright=author)
    body = lambda item: item.credit  # noqa: E731
    for data in (_written("rss", view, body), _written("atom", view, body)):
        root = etree.fromstring(data)
        assert len([*root.iter("item", ATOM + "entry")]) == len(texts)
    assert len(json.loads(_written("json", view, body))["items"]) == len(texts)


@given(st.lists(st.tuples(WORDS, TEXTS), max_size=3))
def test_same_view_is_the_same_bytes(texts: list[tuple[str, str]]) -> None:
    view = _view(*(_item(number, title=head, summary=more) for number, (head, more) in enumerate(texts)))
    for form in FORMATS:
        assert _written(form, view) == _written(form, view)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_html_of_an_item_arrives_as_it_was_in_every_format(html: str) -> None:
    view = _view(_item())
    found = [
        etree.fromstring(_written("rss", view, lambda _: html)).findtext(f"channel/item/{ENCODED}"),
        etree.fromstring(_written("atom", view, lambda _: html)).findtext(f"{ATOM}entry/{ATOM}content"),
        json.loads(_written("json", view, lambda _: html))["items"][0]["content_html"],
    ]
    assert found == [html] * 3


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_feed_reads_the_clock(form: str) -> None:
    text = _written(form, _view(_item(), _item(2, published="2026-01-02T08:00:00+01:00"))).decode()
    days = set(re.findall(r"\d{4}-\d\d-\d\d|\d\d [A-Z][a-z]{2} \d{4}", text))
    assert days <= {"2026-01-10", "2026-01-11", "2026-01-02", "10 Jan 2026", "11 Jan 2026", "02 Jan 2026"}


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feed_without_items_is_well_formed_and_dated_by_its_view(form: str) -> None:
    found = feedparser.parse(_written(form, _view(updated="1970-01-01T00:00:00Z")))
    assert (found.bozo, found.entries, found.feed.updated_parsed[:3]) == (False, [], (1970, 1, 1))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feed_is_read_by_a_feed_reader(form: str) -> None:
    source = Link(text="Gram.pl", address="https://gram.example/a")
    view = _view(
        _item(source=source, author="A. Writer", lang="pl"),
        _item(2, lang="ar", dir="rtl", title="رسالة"),
        copyright="©",
    )
    found = feedparser.parse(_written(form, view))
    assert not found.bozo
    assert (found.feed.title, found.feed.link, found.feed.language) == ("Digest", view.home, "en")
    assert [entry.id for entry in found.entries] == ["urn:test:1", "urn:test:2"]
    assert [entry.title for entry in found.entries] == ["Title 1", "رسالة"]
    assert found.entries[0].link == "https://digest.example/news/articles/a-1/"
    assert found.entries[0].published_parsed[:5] == (2026, 1, 10, 8, 0)
    assert found.entries[0].author == "A. Writer"
    assert [tag.term for tag in found.entries[0].tags] == ["Microsoft"]
    assert found.entries[0].content[0].value == "<p>Title 1</p>"
    assert found.feed.rights == "©"


def test_ids_stand_as_they_are_and_are_no_links() -> None:
    view = _view(_item(id="urn:uuid:A-b"))
    guid = etree.fromstring(_written("rss", view)).find("channel/item/guid")
    assert (guid.text, guid.get("isPermaLink")) == ("urn:uuid:A-b", "false")
    root = etree.fromstring(_written("atom", view))
    assert (root.findtext(ATOM + "id"), root.findtext(f"{ATOM}entry/{ATOM}id")) == ("urn:test:feed", "urn:uuid:A-b")
    assert json.loads(_written("json", view))["items"][0]["id"] == "urn:uuid:A-b"


def test_each_entry_tells_its_own_language() -> None:
    view = _view(_item(1, lang="pl"), _item(2, lang="ar", dir="rtl"), _item(3, lang="zh-Hant"), lang="en")
    expected = ["pl", "ar", "zh-Hant"]
    channel = etree.fromstring(_written("rss", view)).find("channel")
    assert channel.findtext("language") == "en"
    assert [item.findtext(DC + "language") for item in channel.iter("item")] == expected
    root = etree.fromstring(_written("atom", view))
    assert root.get(XML_LANG) == "en"
    assert [entry.get(XML_LANG) for entry in root.iter(ATOM + "entry")] == expected
    feed = json.loads(_written("json", view))
    assert (feed["language"], [item["language"] for item in feed["items"]]) == ("en", expected)


@pytest.mark.parametrize(("form", "file"), [("rss", "feed.xml"), ("atom", "atom.xml")])
def test_feed_knows_its_own_address_and_its_page(form: str, file: str) -> None:
    root = etree.fromstring(_written(form, _view()))
    (own,) = [link for link in root.iter(ATOM + "link") if link.get("rel") == "self"]
    assert own.get("href") == f"https://digest.example/news/companies/microsoft/{file}"
    if form == "rss":
        assert root.findtext("channel/link") == "https://digest.example/news/companies/microsoft/"


def test_json_feed_is_whole() -> None:
    source = Link(text="Gram.pl", address="https://gram.example/a")
    view = _view(_item(source=source, author="A"), _item(2, summary="", companies=()))
    first = {
        "id": "urn:test:1",
        "url": "https://digest.example/news/articles/a-1/",
        "title": "Title 1",
        "content_html": "<p>Title 1</p>",
        "date_published": "2026-01-10T08:00:00Z",
        "date_modified": "2026-01-11T09:00:00Z",
        "language": "en",
        "authors": [{"name": "A"}],
        "summary": "Summary",
        "tags": ["Microsoft"],
        "external_url": "https://gram.example/a",
    }
    feed = json.loads(_written("json", view))
    assert feed["items"][0] == first
    assert set(feed["items"][1]) == set(first) - {"summary", "tags", "external_url"}
    assert feed["items"][1]["authors"] == [{"name": "Editors"}]
    del feed["items"]
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Digest",
        "description": "About",
        "home_page_url": "https://digest.example/news/companies/microsoft/",
        "feed_url": "https://digest.example/news/companies/microsoft/feed.json",
        "language": "en",
        "authors": [{"name": "Editors"}],
    }


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("Microsoft ترفض", "rtl", RLM + "Microsoft ترفض"),
        ("2026: IBM ترفض", "rtl", RLM + "2026: IBM ترفض"),
        ("ترفض Microsoft", "rtl", "ترفض Microsoft"),
        ("«עובדי Google»", "rtl", "«עובדי Google»"),
        ("123 !", "rtl", "123 !"),
        ("", "rtl", ""),
        ("<p>ترفض</p>", "rtl", "<p>ترفض</p>"),
        ("<p>IBM ترفض</p>", "rtl", RLM + "<p>IBM ترفض</p>"),
        ("Microsoft", "ltr", "Microsoft"),
        ("ترفض", "ltr", "ترفض"),
    ],
)
def test_right_to_left_mark_stands_where_a_latin_word_would_turn_the_text_round(
    text: str, direction: str, expected: str
) -> None:
    assert mark(text, direction) == expected


@given(st.text(), st.sampled_from(["ltr", "rtl"]))
def test_marking_twice_is_marking_once_and_adds_nothing_else(text: str, direction: str) -> None:
    once = mark(text, direction)
    assert mark(once, direction) == once
    assert once.removeprefix(RLM) == text.removeprefix(RLM)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_marks_stand_in_the_feeds(form: str) -> None:
    data = _written(form, _view(_item(title="IBM ترفض", summary="SAP ترفض", dir="rtl", lang="ar"))).decode()
    assert RLM + "IBM" in data
    assert RLM + "SAP" in data


def test_content_says_its_language_and_direction_and_where_it_comes_from() -> None:
    source = Link(text="A & B", address="https://a.example/?b=c&d")
    item = _item(lang="ar", dir="rtl", source=source, credit="A & B · 9")
    assert content(item, "<p>نص</p>", "") == (
        '<div lang="ar" dir="rtl"><p>نص</p>\n'
        '<p><small><a href="https://a.example/?b=c&amp;d">A &amp; B · 9</a></small></p></div>'
    )


@pytest.mark.parametrize(
    ("given_", "html", "expected"),
    [
        ({"summary": "a < b"}, "", '<div lang="en" dir="ltr"><p>a &lt; b</p></div>'),
        ({"summary": ""}, "", '<div lang="en" dir="ltr"></div>'),
        ({"summary": "s"}, "<p>t</p>", '<div lang="en" dir="ltr"><p>t</p></div>'),
        (
            {"credit": "Gram", "source": Link(text="Gram")},
            "<p>t</p>",
            '<div lang="en" dir="ltr"><p>t</p>\n<p><small>Gram</small></p></div>',
        ),
    ],
)
def test_content_without_a_text_is_the_summary(given_: dict[str, Any], html: str, expected: str) -> None:
    assert content(_item(**given_), html, "") == expected


def test_a_summary_is_html_in_rss_and_text_in_atom() -> None:
    said = "<script>alert(1)</script> & more"
    view = _view(_item(summary=said))
    description = etree.fromstring(_written("rss", view)).findtext("channel/item/description")
    assert description == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"
    assert etree.fromstring(_written("atom", view)).findtext(f"{ATOM}entry/{ATOM}summary") == said


def test_one_feed_is_written_in_any_order_of_its_formats() -> None:
    view = _view(_item(), _item(2, lang="ar", dir="rtl"))
    one = Feed(view, ["<p>1</p>", "]]>"])
    for form in (*FORMATS, *reversed(FORMATS)):
        assert FORMATS[form](one) == FORMATS[form](Feed(view, ["<p>1</p>", "]]>"]))
