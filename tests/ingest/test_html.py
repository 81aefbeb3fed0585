"""Saved pages: what the page says of itself, and the article's blocks."""

import pytest

from pressfold.ingest.draft import Unreadable
from pressfold.ingest.html import extract, is_page
from pressfold.markup import write

P = "<p>Several hundred workers of the plant asked the board to explain a contract, and they wait for an answer in June.</p>"
HEAD = """
<meta property="og:title" content="A letter at the plant - The Paper"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2026-03-03T08:00:00+01:00"><meta name="author" content="Jane Roe">
<link rel="canonical" href="https://paper.example/letter">
"""


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
