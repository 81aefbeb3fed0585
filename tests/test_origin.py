"""The address that an article came from: two ways to write it are one, and what is another article's stays another."""

import pytest

from pressfold.origin import origin

PLAIN = "example.org/news/strike?id=7&page=2"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/strike?id=7&page=2",
        "http://www.example.org/news/strike/?page=2&id=7",
        "https://EXAMPLE.org:443/news/strike?id=7&page=2#comments",
        "https://user@example.org./news/strike?utm_source=feed&id=7&UTM_Medium=rss&page=2&fbclid=x&ref=home",
        "https://example.org/news/%73trike?id=7&page=2&xtor=RSS-1",
    ],
)
def test_ways_to_write_one_address(url: str) -> None:
    assert origin(url) == PLAIN


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/strike?id=8&page=2",
        "https://example.org/news/Strike?id=7&page=2",
        "https://m.example.org/news/strike?id=7&page=2",
        "https://example.com/news/strike?id=7&page=2",
    ],
)
def test_other_addresses(url: str) -> None:
    assert origin(url) not in ("", PLAIN)


@pytest.mark.parametrize(
    "url", ["", "https://example.org/", "https://example.org/?utm_source=x", "https://[", "no address"]
)
def test_what_names_no_article(url: str) -> None:
    assert origin(url) == ""


def test_letters_of_any_script_stand_as_they_are_asked_for() -> None:
    assert origin("https://example.org/новости/1") == origin(
        "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1"
    )
