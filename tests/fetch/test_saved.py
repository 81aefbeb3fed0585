"""What was fetched, as a file of the inbox."""

import codecs

import pytest

from pressfold.fetch.address import parse
from pressfold.fetch.request import Answer
from pressfold.fetch.saved import file_bytes, file_name, text_bytes

URL = "https://example.org/news/some-letter"
HTML = "<!doctype html><title>A</title><p>Zażółć"


def answer(body: bytes, kind: str = "", url: str = URL) -> Answer:
    """An answer with a Content-Type."""
    return Answer(address=parse(url), body=body, kind=kind)


def test_name_is_of_host_and_path() -> None:
    assert file_name(parse(URL), ".html") == "example-org-news-some-letter-334353.html"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/",
        "http://example.org/a",
        "https://example.org/A",
        "https://example.org/a?b",
        "https://example.org/a/" + "b" * 300,
    ],
)
def test_no_two_addresses_have_one_name(other: str) -> None:
    first, second = (file_name(parse(url), ".html") for url in ("https://example.org/a", other))
    assert first != second
    assert len(second) < 80


# The bytes.


def lead(url: str = URL) -> bytes:
    """The comment that browsers write when they save a page."""
    return f"<!-- saved from url=({len(url):04}){url} -->\n".encode()


def test_saved_page_keeps_its_address() -> None:
    data = b'<!doctype html><meta charset="iso-8859-2"><p>\xb1'
    assert file_bytes(answer(data, "text/html; charset=iso-8859-2"), ".html") == lead() + data
    assert lead().startswith(b"<!-- saved from url=(0036)https://")


def test_address_can_never_end_the_comment() -> None:
    page = file_bytes(answer(b"<p>a", "text/html", "https://example.org/a--b-->c?--!>"), ".html")
    assert page == lead("https://example.org/a%2D%2Db%2D%2D%3Ec?%2D%2D!%3E") + b"<p>a"


@pytest.mark.parametrize(
    ("stored", "charset"),
    [("iso-8859-2", "ISO-8859-2"), ("cp1250", "windows-1250"), ("utf-8", '"utf-8"'), ("utf-16", "utf-16")],
)
def test_encoding_that_only_the_header_says_is_utf8_from_here_on(stored: str, charset: str) -> None:
    data = HTML.encode(stored)
    expected = codecs.BOM_UTF8 + lead() + HTML.encode()
    assert file_bytes(answer(data, f"text/html; charset={charset}"), ".html") == expected


def test_latin_1_is_what_browsers_take_it_for() -> None:
    page = file_bytes(answer("<p>“a”".encode("cp1252"), "text/html; charset=ISO-8859-1"), ".html")
    assert page == codecs.BOM_UTF8 + lead() + "<p>“a”".encode()


def test_mark_of_the_encoding_stays_in_front() -> None:
    data = codecs.BOM_UTF8 + HTML.encode()
    assert (
        file_bytes(answer(data, "text/html; charset=iso-8859-1"), ".html") == codecs.BOM_UTF8 + lead() + HTML.encode()
    )


@pytest.mark.parametrize(
    "charset", ["", "; charset=", "; charset=no-such", "; charset=rot13", "; charset=undefined", "; charset=\0", "; =x"]
)
def test_encoding_that_nobody_says_or_knows_is_left_to_import(charset: str) -> None:
    data = HTML.encode("cp1250")
    assert file_bytes(answer(data, f"text/html{charset}"), ".html") == lead() + data


def test_feed_keeps_its_bytes_unless_only_the_header_says_their_encoding() -> None:
    data = "<rss>Zażółć</rss>"
    for sent, kind, kept in [
        (data.encode(), "text/xml; charset=utf-8", data.encode()),
        (data.encode(), "application/rss+xml", data.encode()),
        (data.encode("cp1250"), "text/xml; charset=windows-1250", codecs.BOM_UTF8 + data.encode()),
    ]:
        assert text_bytes(answer(sent, kind), ".xml") == kept


def test_other_files_keep_their_bytes() -> None:
    data = "Zażółć".encode("cp1250")
    assert file_bytes(answer(data, "text/plain"), ".txt") == data
    assert file_bytes(answer(data, "text/plain; charset=cp1250"), ".txt") == codecs.BOM_UTF8 + "Zażółć".encode()
    assert file_bytes(answer(data, "message/rfc822; charset=cp1250"), ".eml") == data
    assert file_bytes(
        answer(b'<?xml version="1.0" encoding="cp1250"?><rss/>', "text/xml; charset=latin1"), ".xml"
    ).startswith(b"<?xml")
