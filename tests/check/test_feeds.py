"""Feeds as they are read: all three formats alike, and whatever else lies there is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.check.feeds import NAMES, UnreadableError, read_feed


@pytest.mark.parametrize("name", NAMES)
@given(
    data=st.binary(max_size=100)
    | st.text("<>/?!&;#x8 rsfedatomchnli{}[]:\"',1.0\0", max_size=80).map(str.encode)
    | st.sampled_from([b"<rss version='2.0'/>", b"{}", b"[]", b"null", b'{"version": 1}', b"<feed/>", b"[" * 100_000])
)
def test_what_is_no_feed_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_feed(name, data)


def test_an_entity_asks_for_no_file() -> None:
    evil = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>'
    assert "root" not in read_feed("feed.xml", evil).title
