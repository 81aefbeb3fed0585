"""What a robots.txt allows."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.fetch.address import Refused, parse
from pressfold.fetch.exchange import Reply
from pressfold.fetch.robots import rules


def allows(text: str, path: str) -> bool:
    """Whether a robots.txt lets us ask for a path."""
    try:
        rules(Reply(status=200, headers={}, body=text.encode())).check(parse(f"https://example.org{path}"))
    except Refused as reason:
        assert str(reason) == "the robots.txt of example.org forbids it"
        return False
    return True


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("User-agent: *\nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /feeds/\n", "/feeds/a.xml", True),
        ("User-agent: *\nDisallow: /*?\n", "/a?b", False),
        ("User-agent: *\nDisallow: /*?\n", "/a", True),
        ("User-agent: *\nDisallow: /*.xml$\n", "/a.xml", False),
        ("User-agent: *\nDisallow: /*.xml$\n", "/a.xml?b", True),
        ("User-agent: *\nAllow: /\nUser-agent: Pressfold\nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow: /\nUser-agent: pressfold\nDisallow: /private\n", "/a", True),
        ("User-agent: Other\nDisallow: /\n", "/a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("<!doctype html><title>No such page</title>", "/a", True),
    ],
)
def test_rules_are_read(text: str, path: str, allowed: bool) -> None:
    assert allows(text, path) is allowed


def test_bytes_that_are_no_text_forbid_nothing() -> None:
    rules(Reply(status=200, headers={}, body=bytes(range(256)) * 100)).check(parse("https://example.org/"))


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 451])
def test_without_a_robots_txt_all_is_allowed(status: int) -> None:
    rules(Reply(status=status, headers={})).check(parse("https://example.org/"))


@pytest.mark.parametrize("status", [304, 429, 500, 503])
def test_while_a_host_is_out_of_order_nothing_is(status: int) -> None:
    with pytest.raises(Refused) as raised:
        rules(Reply(status=status, headers={})).check(parse("https://example.org/"))
    assert str(raised.value) == f"its robots.txt answers {status}, so that nothing is asked now"


@given(
    st.binary(max_size=300)
    | st.text("*$/a-:\n#", max_size=100).map(lambda text: f"user-agent: *\ndisallow: {text}".encode())
)
def test_any_bytes_are_rules(data: bytes) -> None:
    with suppress(Refused):
        rules(Reply(status=200, headers={}, body=data)).check(parse("https://example.org/a/b?c=%C4%85"))


def test_hostile_wildcards_take_no_time() -> None:
    assert allows("User-agent: *\nDisallow: /" + "*a" * 200 + "*b\n", "/" + "a" * 2000)
