"""Which address is the article's, and what of it only tracks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ingest.address import choose, clean, is_home, join
from pressfold.schema import is_web_address


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("https://a.example/b?utm_source=x&utm_medium=y", "https://a.example/b"),
        ("https://a.example/b?id=7&fbclid=Z&gclid=1#comments", "https://a.example/b?id=7"),
        ("https://a.example/?p=12&mc_cid=1", "https://a.example/?p=12"),
        ("https://a.example/utm_source=x", "https://a.example/utm_source=x"),
        ("javascript:alert(1)", ""),
        ("/b", ""),
        ("https://[", ""),
    ],
)
def test_tracking_is_taken_off(address: str, left: str) -> None:
    assert clean(address) == left


@given(st.text("htps:/.?&=#[]ab_utm% \n\x00", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    found = clean("https://" + text)
    assert found == "" or is_web_address(found)
    assert clean(found) == found
    assert isinstance(is_home(found), bool)
    assert isinstance(join("https://a.example/", text), str)


@pytest.mark.parametrize(
    ("stated", "saved", "chosen"),
    [
        (["https://a.example/x", "https://a.example/y"], "", "https://a.example/x"),
        (["/x"], "https://www.a.example/y?amp=1", "https://www.a.example/x"),
        (["https://a.example/x"], "https://m.a.example/y", "https://a.example/x"),
        (["https://b.example/x"], "https://a.example/y", "https://a.example/y"),
        (["https://b.co.uk/x"], "https://a.co.uk/y", "https://a.co.uk/y"),
        (["https://b.example/x"], "", "https://b.example/x"),
        (["https://a.example/"], "", ""),
        ([], "https://a.example/", ""),
        (["x"], "", ""),
    ],
)
def test_which_address_is_chosen(stated: list[str], saved: str, chosen: str) -> None:
    assert choose(stated, saved) == chosen
