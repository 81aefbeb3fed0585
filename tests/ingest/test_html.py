"""Saved pages: what the page says of itself, and the article's blocks."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressfold.ingest.draft import Unreadable
from pressfold.ingest.html import extract, is_page
from pressfold.markup import write

P = "<p>Several hundred workers of the plant asked the board to explain a contract, and they wait for an answer in June.</p>"
HEAD = """
<meta property="og:title" content="A letter at the plant - The Paper"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2026-03-03T08:00:00+01:00"><meta name="author" content="Jane Roe">
<link rel="canonical" href="https://paper.example/letter">
"""

PIECES = (
    "<p> </p> <div> </div> <ul> <ol> <li> </ul> <table> <tr> <td> </table> <blockquote> </blockquote> <cite> </cite> <footer> "
    "<q> </q> <br> <h1> </h1> <h2> </h2> <pre> <code> </code> <b> </b> <script> </script> <!-- --> "
    "<a\nhref=x> </a> <time\ndatetime=2026-01-01>"
).split(" ")


def page(body: str, head: str = HEAD, lang: str = "en") -> bytes:
    return f'<!doctype html><html lang="{lang}"><head><title>x</title>{head}</head><body>{body}</body></html>'.encode()


ARTICLE = f"""
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>A letter at the plant</h1>{P}
<h2>What they ask</h2><p>They ask <a href="/three">three things</a> of <strong>the board</strong>, and want an answer:</p>
<ul><li>a date for it</li><li>a vote on it</li></ul><blockquote><p>We build vans, and we will go on building vans.</p></blockquote>
{P}</article><footer>Copyright</footer>
"""


def test_the_page_says_who_when_and_where() -> None:
    found = extract(page(ARTICLE))
    assert (found.title, found.title_from) == ("A letter at the plant", "metadata")
    assert (str(found.date), found.date_from) == ("2026-03-03 08:00:00+01:00", "metadata")
    assert (found.author, found.source_name, found.source_url) == (
        "Jane Roe",
        "The Paper",
        "https://paper.example/letter",
    )
    assert found.lang == "en"


def test_structure_survives() -> None:
    text = write(extract(page(ARTICLE)).blocks)
    assert "## What they ask" in text
    assert "- a date for it\n- a vote on it" in text
    assert "> We build vans, and we will go on building vans." in text
    assert "[three things](https://paper.example/three)" in text
    assert "**the board**" in text
    assert "Home" not in text
    assert "A letter at the plant" not in text


def test_json_ld_comes_before_anything_else() -> None:
    data = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",
    "headline": "The headline itself", "datePublished": "2026-04-05", "author": [{"name": "A"}, {"name": "B"}],
    "publisher": {"name": "Publisher"}}]}</script>"""
    found = extract(page(f"<article><h1>Another</h1>{P}{P}</article>", head=data))
    assert (found.title, str(found.date), found.author, found.source_name) == (
        "The headline itself",
        "2026-04-05",
        "A, B",
        "Publisher",
    )


def test_no_date_is_guessed() -> None:
    assert (
        extract(
            page(f"<article><h1>T</h1>{P}<p>On 3 May 2024 it began, they say, in the hall.</p></article>", head="")
        ).date
        is None
    )


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{broken</script>',
        '<script type="application/ld+json">[[[[{"@type": "NewsArticle"}]]]]</script>',
        '<meta property="article:published_time" content="yesterday"><link rel="canonical" href="javascript:alert(1)">',
    ],
)
def test_broken_metadata_does_no_harm(head: str) -> None:
    found = extract(page(ARTICLE, head=head))
    assert (found.date, found.source_url) == (None, "")
    assert found.title == "A letter at the plant"


@pytest.mark.parametrize("data", [b"<html><body></body></html>", page("<nav>Home</nav>", head="")])
def test_a_page_without_an_article_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        extract(data)


def test_a_page_is_known_by_its_beginning() -> None:
    assert is_page(b"\xef\xbb\xbf\n<!DOCTYPE html><html>")
    assert not is_page(b"Text about <html>")


HUGE = b"<!doctype html><html><head><title>T</title></head><body>"
ARTICLE_TOO = f"<article><h1>A letter at the plant</h1>{P}{P}</article>".encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HUGE + b"<div>" * 100_000 + P.encode(), "no article"),
        (HUGE + b"<p>a</p>" * 900_000, "elements"),
        (HUGE + b"<article><p>" + b"<b>word</b> <i>x</i> " * 380_000, "elements"),
        (HUGE + b"<article><p>" + b"word and more. " * 350_000, "MiB of text"),
        (HUGE + b"<article><p>" + b"&amp;" * 1_500_000, "no article"),
        (HUGE + b"<" * 3_000_000, "MiB of text"),
        (b"<html><head><title>x</title></head></html>", "no article"),
        (b"<html><frameset cols=50%,50%><frame src=a.html><frame src=b.html></frameset></html>", "frames"),
        (HUGE + b"<div id=root></div><script>" + b"var a=1;" * 1000 + b"</script>", "scripts make the page"),
        (HUGE + b"<article><h1>A letter</h1><p>Workers wrote a letter. Log in to read on.</p></article>", "fewer than"),
        (b"<html>" + b"\0" * 100_000, "binary"),
    ],
    ids="deep paragraphs marks one-paragraph references brackets bodiless frames scripts login nothings".split(),
)
def test_bad_page_is_refused_with_its_reason_in_bounded_time(data: bytes, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(Unreadable, match=reason):
        extract(data)
    assert time.process_time() - start < 10  # the slowest takes one second and a half


@pytest.mark.parametrize(
    "data",
    [
        HUGE + ARTICLE_TOO + b"<b>" * 100_000,
        HUGE + b"<p " + b"".join(b"a%d=x " % number for number in range(500_000)) + b"></p>" + ARTICLE_TOO,
        HUGE + ARTICLE_TOO.replace(b"June", b"June &#x0; &#xD800; &#x110000; &#9999999999; &#1; &#128;"),
        HUGE + ARTICLE_TOO.replace(b"workers", b"wor\0kers"),
        HUGE + ARTICLE_TOO + b"<!--" + b"x-" * 3_000_000,
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HUGE + ARTICLE_TOO + b"<p>&b;&b;</p>",
    ],
    ids=["marks", "attributes", "references", "nothings", "comment", "entities"],
)
def test_article_of_a_bad_page_is_found_in_bounded_time(data: bytes) -> None:
    start = time.process_time()
    assert "Several hundred workers of the plant" in extract(data).blocks[0].text
    assert time.process_time() - start < 10


def test_beginning_of_an_article_for_subscribers_is_none() -> None:
    wall = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    with pytest.raises(Unreadable, match="subscribers"):
        extract(page(f"<article><h1>A letter</h1>{P}</article>", head=wall))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "word ", "<", "&", "é", "\x00", "مرحبا "]), max_size=60).map("".join))
def test_no_page_brings_it_down(source: str) -> None:
    try:
        found = extract(f"<html><body><article>{P}{source}{P}</article>".encode())
    except Unreadable:
        return
    assert write(found.blocks)


def test_captions_stay_behind_with_their_pictures_and_are_named() -> None:
    figure = "<figure><img src='a.jpg' alt='x'><figcaption>The gate on Monday. Photo: Jane Roe</figcaption></figure>"
    found = extract(page(f"<article><h1>A letter</h1>{P}{figure}{P}</article>"))
    assert ("caption", "The gate on Monday. Photo: Jane Roe") in [(out.role, out.text) for out in found.left_out]
    assert not any("gate on Monday" in block.text for block in found.blocks)
