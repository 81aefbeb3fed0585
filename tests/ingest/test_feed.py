"""Feeds of every dialect: their items, each known by a name that stays, and what a feed says of each."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ingest import feed
from pressfold.ingest.draft import Draft, Raw, Unreadable

LONG = "Several hundred workers of Microsoft have asked the company to drop its contract with the agency."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Daily &amp; Post</title><link>https://daily.example/</link><language>pl</language>
<item><title>A &lt;b&gt;letter&lt;/b&gt;</title><link>/a/1?utm_source=rss</link><guid isPermaLink="false">17</guid>
<pubDate>Tue, 03 Feb 2026 10:00:00 +0100</pubDate><dc:creator>Ada Lis</dc:creator><category>Labour</category>
<description>What the letter says of it all.</description>
<content:encoded><![CDATA[<p>{LONG}</p><blockquote><p>We cannot go on.</p></blockquote><p>Share</p>
<p>The post <a href="/a/1">A letter</a> appeared first on <a href="/">Daily</a>.</p>]]></content:encoded></item>
<item><title>Teaser</title><link>https://daily.example/a/2</link><guid>https://daily.example/?p=2</guid>
<description>{LONG} And then it goes on […]</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>An Atom feed</title><id>tag:daily.example,2026:f</id>
<entry xml:lang="ar"><id>tag:daily.example,2026:1</id><title type="html">One &amp;amp; two</title>
<link rel="alternate" href="https://daily.example/1"/><published>2026-02-03T10:00:00Z</published><updated>2026-02-05T10:00:00Z</updated>
<author><name>Ada Lis</name></author><author><name>Bo Ek</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p></div></content></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "A JSON feed",
    "language": "de",
    "authors": [{"name": "Bo Ek"}],
    "items": [
        {
            "id": "1",
            "url": "https://daily.example/1",
            "title": "Eins",
            "content_text": f"{LONG}\n\nMore < that.",
            "tags": ["x"],
        },
        {
            "id": 2,
            "content_html": f"<p>{LONG}</p>",
            "date_published": "2026-02-03T10:00:00+01:00",
            "author": {"name": "Cy"},
        },
    ],
}


def raws(text: str | bytes) -> tuple[Raw, ...]:
    return feed.unpack(
        Raw("inbox/feed.xml", text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    )


def drafts(text: str | bytes) -> list[Draft]:
    return [feed.extract(raw.data) for raw in raws(text)]


def test_an_item_of_rss_says_what_the_feed_says() -> None:
    first, second = drafts(RSS)
    assert (first.title, first.title_from, first.author, first.lang) == ("A letter", "metadata", "Ada Lis", "pl")
    assert (first.source_name, first.source_url) == ("Daily & Post", "https://daily.example/a/1")
    assert first.date == dt.datetime(2026, 2, 3, 9, tzinfo=dt.UTC)
    assert [(part.kind, part.text) for part in first.blocks] == [("paragraph", LONG), ("quote", "We cannot go on.")]
    assert [out.role for out in first.left_out] == ["button", "repeated"]
    assert (first.standfirst, first.given, first.partial) == (
        "What the letter says of it all.",
        {"tags": ["Labour"]},
        False,
    )
    assert (second.title, second.partial, second.date, second.standfirst) == ("Teaser", True, None, "")


def test_an_item_of_atom_says_what_the_feed_says() -> None:
    (draft,) = drafts(ATOM)
    assert (draft.title, draft.author, draft.lang) == ("One & two", "Ada Lis, Bo Ek", "ar")
    assert (draft.date, draft.source_name) == (dt.datetime(2026, 2, 3, 10, tzinfo=dt.UTC), "An Atom feed")
    assert [part.text for part in draft.blocks] == [LONG]


def test_an_item_of_a_json_feed_says_what_the_feed_says() -> None:
    first, second = drafts(json.dumps(JSON))
    assert (first.title, first.author, first.lang, first.date) == ("Eins", "Bo Ek", "de", None)
    assert [part.text for part in first.blocks] == [LONG, "More < that."]
    assert (second.author, second.given) == ("Cy", {})
    assert second.date == dt.datetime(2026, 2, 3, 9, tzinfo=dt.UTC)


def test_an_item_is_known_by_its_guid_alone_where_that_is_an_address_else_within_its_feed() -> None:
    first, second = raws(RSS)
    assert (first.part, second.part) == ("https://daily.example/ 17", "https://daily.example/?p=2")
    (again,) = feed.unpack(Raw("inbox/other/name.xml", ATOM.encode()))
    assert again.key == raws(ATOM)[0].key
    assert first.key != second.key


def test_items_of_one_guid_are_told_apart_by_link_and_title() -> None:
    items = "".join(
        f"<item><guid>x</guid><title>T{n % 500}</title><description>{LONG}</description></item>" for n in range(1000)
    )
    assert len(raws(f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>")) == 500


def test_items_that_are_alike_but_for_their_text_are_all_there() -> None:
    items = "".join(f"<item><guid>x</guid><description>{LONG} {n % 500}</description></item>" for n in range(1000))
    assert len(raws(f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>")) == 500


@pytest.mark.parametrize("item", ["<item><guid>{}</guid></item>", "<guid>{}</guid>"])
def test_a_feed_of_very_many_items_is_refused_rather_than_cut(item: str) -> None:
    items = "".join(item.format(n) for n in range(feed.MOST + 1))
    found = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>"
    with pytest.raises(
        Unreadable, match=f"a feed of more than {feed.MOST} items" if "item" in item else "without items"
    ):
        raws(found)


def test_what_a_feed_says_once_cannot_fill_the_memory() -> None:
    item = '{"id": %d, "content_text": "x"}'
    items = ",".join(item % n for n in range(1000))
    with pytest.raises(Unreadable, match="come to more than 32 MiB"):
        raws(f'{{"version": "https://jsonfeed.org/version/1", "language": "{"x" * 100_000}", "items": [{items}]}}')


def test_halves_of_characters_do_no_harm() -> None:
    half = r"\ud800"
    text = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "{half}", "items": [{{"id": "{half}", "url": "{half}",
    "title": "A {half} title", "content_html": "<p>{LONG} {half}</p>", "summary": "{half}", "language": "{half}",
    "tags": ["{half}"], "authors": [{{"name": "{half}"}}], "date_published": "{half}"}}]}}"""
    (found,) = drafts(text)
    assert (found.title, found.lang) == ("A title", "\ufffd")
    found.blocks[0].text.encode("utf-8")


def test_an_item_that_changed_keeps_its_key() -> None:
    one, other = raws(RSS)[0], raws(RSS.replace("Several", "Nine"))[0]
    assert one.key == other.key
    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><p>x", "not a feed"),
        ("<?xml version='1.0' encoding='\udc8b'?><rss/>", "not a feed"),
        ("", "not a feed"),
        ("{", "not JSON"),
        ('{"a": 1}', "JSON, but no JSON Feed"),
        ("[" * 100_000, "not a feed"),
        ('{"a":' * 100_000, "not JSON"),
        ("<rss version='2.0'><channel><title>F</title></channel></rss>", "a feed without items"),
        ("<?xml version='1.0'?><opml version='2.0'><body/></opml>", "a list of feeds, not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        raws(text)


def test_an_entity_bomb_unfolds_to_nothing() -> None:
    twice = [("ha" if n == 0 else f"&e{n - 1};") * 2 for n in range(40)]
    lines = "".join(f'<!ENTITY e{n} "{text}">' for n, text in enumerate(twice))
    item = "<channel><title>F</title><item><title>&e39;</title></item></channel>"
    bomb = f"<?xml version='1.0'?><!DOCTYPE rss [{lines}]><rss version='2.0'>{item}</rss>"
    assert sum(len(raw.data) for raw in raws(bomb)) < 10_000


def test_an_item_without_a_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text in it"):
        drafts("<rss version='2.0'><channel><title>F</title><item><title>T</title></item></channel></rss>")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        feed.unpack(Raw("inbox/f.xml", data))
    except Unreadable as reason:
        assert str(reason)
