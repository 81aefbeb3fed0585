"""Whom a run may ask at all."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.fetch.address import Refused, is_public, parse, places


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org/"),
        (" HTTPS://Example.ORG.:443/A?b=c#d ", "https://example.org/A?b=c"),
        ("http://example.org:80?q", "http://example.org/?q"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://Müller.example/zażółć gęślą?<ą>", "https://xn--mller-kva.example/za%C5%BC%C3%B3%C5%82%C4%87%20g%C4%99%C5%9Bl%C4%85?%3C%C4%85%3E"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("http://[2001:0DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)  # fmt: skip
def test_address_is_brought_into_the_form_in_which_it_is_asked(text: str, url: str) -> None:
    assert parse(text).url == url
    assert parse(parse(text).url) == parse(text)


def test_address_is_read_relative_to_another() -> None:
    assert parse("../c?d", "https://example.org/a/b/").url == "https://example.org/a/c?d"
    assert parse("//other.example/c", "https://example.org/a").url == "https://other.example/c"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ftp://example.org/", "'ftp://example.org/' is no http(s) address"),
        ("file:///etc/passwd", "'file:///etc/passwd' is no http(s) address"),
        ("feed.xml", "'feed.xml' is no http(s) address"),
        ("https://me:secret@example.org/", "a user's name or password stands in the address"),
        ("https://@example.org/", "a user's name or password stands in the address"),
        ("https://example.org\\@evil.example/", "a user's name or password stands in the address"),
        ("https://", "'' is no host"),
        ("https://exa mple.org/", "'exa mple.org' is no host"),
        ("https://exa%6dple.org/", "'exa%6dple.org' is no host"),
        ("https://-a.example/", "'-a.example' is no host"),
        ("https://a..example/", "'a..example' is no host"),
        ("https://example.org:0/", "'https://example.org:0/' has no port that can be asked"),
        ("https://example.org:99999/", "'https://example.org:99999/' is no address"),
        ("http://[::1/", "'http://[::1/' is no address"),
        ("http://[fe80::zz]/", "'http://[fe80::zz]/' is no address"),
    ],
)
def test_address_that_may_not_be_asked_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused) as raised:
        parse(text)
    assert str(raised.value) == reason


@given(
    st.text()
    | st.text(max_size=30).map("http://{}".format)
    | st.text("ax:/@[]?#%.\\0 é", max_size=30).map("https://a{}".format)
)
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with suppress(Refused):
        found = parse(text)
        assert parse(found.url) == found
        assert found.url.isascii()
        assert not set(found.url) & set(' <>"\\\r\n\t')
        assert "@" not in found.origin


PERMITS = "; --allow-local permits it"
PUBLIC = "8.8.8.8 93.184.216.34 2606:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::808:808"
OTHERS = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.8.9.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8
    192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.2.3 240.0.0.1 255.255.255.255
    :: ::1 ::2 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1
    64:ff9b:1::808:808 100::1 2001::1 2001:2::1 2001:10::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 4000::1 5f00::1
    fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 localhost 127.1 2130706433
"""


@pytest.mark.parametrize("place", PUBLIC.split())
def test_machine_on_the_internet_is_public(place: str) -> None:
    assert is_public(place)


@pytest.mark.parametrize("place", OTHERS.split())
def test_machine_of_a_network_of_its_own_is_not(place: str) -> None:
    assert not is_public(place)


def test_only_public_machines_of_a_host_are_connected_to() -> None:
    found = parse("https://example.org/")
    assert places(found, lambda *_: ["10.0.0.1", "8.8.8.8", "::1"], local=False) == ["8.8.8.8"]
    assert places(found, lambda *_: ["10.0.0.1", "::1"], local=True) == ["10.0.0.1", "::1"]


@pytest.mark.parametrize(
    ("url", "machines", "reason"),
    [
        (
            "https://example.org/",
            ["10.0.0.1", "::1"],
            "example.org leads to 10.0.0.1, which is no public address" + PERMITS,
        ),
        ("http://127.0.0.1/", ["127.0.0.1"], "127.0.0.1 is no public address" + PERMITS),
        ("https://example.org/", [], "example.org leads nowhere"),
    ],
)
def test_host_without_a_public_machine_is_refused(url: str, machines: list[str], reason: str) -> None:
    with pytest.raises(Refused) as raised:
        places(parse(url), lambda *_: machines, local=False)
    assert str(raised.value) == reason
