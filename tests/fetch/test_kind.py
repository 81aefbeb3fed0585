"""What an answer is."""

import codecs
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.fetch.address import Refused, parse
from pressfold.fetch.kind import ending, feed_ending
from pressfold.fetch.request import Answer
from pressfold.fetch.saved import file_bytes, text_bytes

URL = "https://example.org/news/some-letter"
HTML = "<!doctype html><title>A</title><p>Zażółć"
RSS = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<?xml-stylesheet href="a"?><rss version="2.0"/>'

PIECES = (
    b"<html><link ",
    b"<rss",
    b"<!DOCTYPE a [",
    b"<!--",
    b"\xff\xfe<\0",
    codecs.BOM_UTF8,
    b"<?xml encoding=",
    b"<meta charset=",
)


def answer(body: bytes, kind: str = "", url: str = URL) -> Answer:
    """An answer with a Content-Type."""
    return Answer(address=parse(url), body=body, kind=kind)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (RSS, ".xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', ".xml"),
        (b"\xef\xbb\xbf\n<atom:feed>", ".xml"),
        ('<?xml version="1.0" encoding="utf-16"?><rss/>'.encode("utf-16"), ".xml"),
        (b'<!DOCTYPE rss [<!ENTITY a "b>c">]>\n<rss>', ".xml"),
        (b'<rdf:RDF xmlns:rdf="x">', ".xml"),
        (b' {"version": "https://jsonfeed.org/version/1.1"}', ".json"),
        (b"\xef\xbb\xbf{}", ".json"),
    ],
)
def test_feed_is_known_by_what_it_holds(data: bytes, expected: str) -> None:
    assert feed_ending(answer(data)) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (HTML.encode(), "is no feed"),
        (b"<!doctype html>\n<html><rss>", "is a web page, and no feed"),
        (b"<opml>", "is no feed"),
        (b"<!-- " * 20_000, "is no feed"),
        (b"<!---->" * 9_000 + b"x", "is no feed"),
        (b"<! [" * 20_000, "is no feed"),
        (b"<" + b"a" * 100_000, "is no feed"),
        (bytes(range(256)), "is no feed"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as raised:
        feed_ending(answer(data))
    assert str(raised.value) == reason


SHEET = "<link rel='stylesheet' href='/a'>"
SCRIPT = "<link rel=alternate type=application/rss+xml href='javascript:alert()'>"
OTHER = "<link rel=alternate hreflang=pl href=/pl>"


@pytest.mark.parametrize(
    ("links", "named"),
    [
        (
            SHEET + "<LINK REL=\"Alternate x\" type=application/atom+xml\nhref='../f?a&amp;b'>",
            "https://example.org/f?a&b",
        ),
        (SCRIPT + "<link rel=alternate type=application/feed+json href=/b>", "https://example.org/b"),
        (OTHER + "<link rel=alternate type=application/rss+xml", ""),
    ],
)
def test_web_page_says_where_its_feed_is(links: str, named: str) -> None:
    with pytest.raises(Refused) as raised:
        feed_ending(answer(f"<html><head>{links}".encode()))
    assert str(raised.value) == "is a web page, and no feed" + (named and f"; it names {named}")


@pytest.mark.parametrize(
    ("body", "kind", "path", "expected"),
    [
        (HTML.encode(), "text/html; charset=utf-8", "/a", ".html"),
        (b"<p>words", "application/xhtml+xml", "/a.php", ".html"),
        (b"<html>", "text/plain", "/a.txt", ".html"),
        (b"<html>", "application/xml", "/a", ".html"),
        (RSS, "text/html", "/a", ".xml"),
        (b"<opml/>", "text/xml", "/a", ".xml"),
        (b"<a/>", "application/vnd.x+xml", "/a", ".xml"),
        (b"{}", "application/feed+json", "/a", ".json"),
        (b"{}", "application/json;charset=utf-8", "/a.php", ".json"),
        (b"# A", "text/markdown", "/a", ".md"),
        (b"From: a", "message/rfc822", "/a", ".eml"),
        (b"# A", "text/plain", "/README.md?raw=1", ".md"),
        (b"From: a", "application/octet-stream", "/a/letter.EML", ".eml"),
        (b"Words.", "text/plain; charset=iso-8859-2", "/a.php", ".txt"),
        (b"Words.", "", "/", ".txt"),
        ("Words.".encode("utf-16"), "text/plain", "/", ".txt"),
    ],
)
def test_ending_is_told_by_what_a_file_holds_and_is_called(body: bytes, kind: str, path: str, expected: str) -> None:
    assert ending(answer(body, kind, f"https://example.org{path}")) == expected


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"%PDF-1.7\0", "application/pdf", "is application/pdf, which import does not read"),
        (b"\x89PNG\0", "image/png", "is image/png, which import does not read"),
        (b"PK\0\0", "application/octet-stream", "is application/octet-stream, which import does not read"),
        (b"\0", "", "is no text, which import does not read"),
        (b" ", "text/html", "is empty"),
    ],
)
def test_what_import_does_not_read_is_refused(body: bytes, kind: str, reason: str) -> None:
    with pytest.raises(Refused) as raised:
        ending(answer(body, kind))
    assert str(raised.value) == reason


@pytest.mark.parametrize(
    "piece", [b"<link a", b"<meta a", b"a", b"a=", b"<link a='", b"<!-- ", b"<?", b"]", b"<![ ", b"<!a>"]
)
@pytest.mark.parametrize("begin", [b"", b"<html>", b"<html><link ", b"<!DOCTYPE a ["])
def test_no_file_takes_long_to_be_known(begin: bytes, piece: bytes) -> None:
    came = answer(begin + piece * 30_000, "text/html; charset=utf-8")
    start = time.process_time()
    with suppress(Refused):
        text_bytes(came, ending(came))
    with suppress(Refused):
        feed_ending(came)
    assert time.process_time() - start < 0.5


@given(
    st.binary(max_size=200) | st.sampled_from(PIECES).flatmap(lambda piece: st.binary().map(piece.__add__)),
    st.text(max_size=40),
)
def test_whatever_comes_is_saved_or_refused(body: bytes, kind: str) -> None:
    came = answer(body, kind)
    with suppress(Refused):
        assert file_bytes(came, ending(came)).endswith(body[-1:]) or came.kind
    with suppress(Refused):
        text_bytes(came, feed_ending(came))
