"""Pages taken apart: whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from pressfold.check.page import Way, scan

PAGE = b"""<!doctype html>
<html lang=en><head><title> A title </title>
<meta http-equiv="content-security-policy" content="default-src 'none'">
<meta http-equiv=refresh content="0; URL='../new/'">
<meta property="og:image" content="https://a.example/p.png">
<link rel="preload stylesheet" href=a.css><link rel=canonical href=https://a.example/>
<script type="application/ld+json">{"url": "<a href='no/'>"}</script><script>x = "<a href=no/>"</script></head>
<body><!-- <a href="no/"> --><h1 id=a>One &lt;a href="no/"></h1><p id='b'>href="no/" <a href='x/?a=1&amp;b=2#c'>x</a>
<img src=p.png srcset="q.png 1x, r.png 2x" alt="<img src=no>" style="color:red"><form action=ask data-bundle=s.js></form>
<svg><use href="#i"/></svg><a name=old onclick=x()>y</a>"""


def test_what_stands_on_a_page_is_seen_and_no_text_is_taken_for_it() -> None:
    page = scan(PAGE)
    assert (page.lang, page.title, page.headings, page.policy) == ("en", "A title", (8,), "default-src 'none'")
    assert page.ids == {"a": 1, "b": 1}
    assert set(page.ways) == {
        Way("../new/", 4), Way("https://a.example/p.png", 5), Way("a.css", 6, True), Way("https://a.example/", 6),
        Way("x/?a=1&b=2#c", 8), Way("p.png", 9, True), Way("q.png", 9, True), Way("r.png", 9, True), Way("ask", 9),
        Way("s.js", 9, True), Way("#i", 10, True),
    }  # fmt: skip
    assert page.inline == (("script-src", 7), ("style-src", 9), ("script-src", 10))


@given(st.binary(max_size=200) | st.text("<>/=\"' ahrefidsc!-?&;\0\x80é", max_size=80).map(str.encode))
def test_anything_can_be_taken_apart(data: bytes) -> None:
    scan(data)
