"""HTML that is nothing but an article: every word is kept, in blocks, and what is hostile costs no time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ingest.fragment import blocks, role
from pressfold.markup import Block, Span

HOME = "https://daily.example/news/"


def kinds(html: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in blocks(html, HOME)]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>One.</p><p>Two.</p>", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.<br><br>Two.<br>Three.", [("paragraph", "One."), ("paragraph", "Two. Three.")]),
        ("One. <br> \n <br/> Two.", [("paragraph", "One."), ("paragraph", "Two.")]),
        (
            "<blockquote><p>We.</p><p>And we.</p></blockquote>after",
            [("quote", "We."), ("quote", "And we."), ("paragraph", "after")],
        ),
        ("<ul><li>a<li><p>b</p></ul><ol><li>c</ol>", [("item", "a"), ("item", "b"), ("numbered", "c")]),
        ("<h1>T</h1><h4>S</h4>x", [("heading", "T"), ("heading", "S"), ("paragraph", "x")]),
        ("<script>x</script><p hidden>y</p><div style='display: NONE'>z</div>w", [("paragraph", "w")]),
        ("<table><tr><td>Name<td>Sum</table>", [("paragraph", "Name"), ("paragraph", "Sum")]),
        ("a &amp; b &lt;i&gt;", [("paragraph", "a & b <i>")]),
        ("", []),
        ("<p> </p>", []),
    ],
)
def test_a_fragment_is_read_as_blocks(html: str, wanted: list[tuple[str, str]]) -> None:
    assert kinds(html) == wanted


def test_marks_and_links_stay_on_their_words() -> None:
    (part,) = blocks('<p>One <b>two</b> <a href="../x?y=1">three</a> <a href="javascript:x">four</a></p>', HOME)
    assert part.spans == (
        Span("One "),
        Span("two", "strong"),
        Span(" "),
        Span("three", href="https://daily.example/x?y=1"),
        Span(" "),
        Span("four"),
    )
    assert all(
        not span.href for part in blocks('<a href="https://t.example/me">x</a>', links=False) for span in part.spans
    )


def test_levels_of_headings_begin_with_the_second() -> None:
    assert [part.level for part in blocks("<h1>a</h1><h2>b</h2><h3>c</h3>")] == [2, 2, 3]


@pytest.mark.parametrize(
    "html", ["<div>" * 100_000 + "x", "<b>" * 100_000 + "x", "<p" * 300_000, "x<br>" * 200_000, "&" * 2_000_000]
)
def test_a_hostile_fragment_is_read_in_no_time(html: str) -> None:
    begin = time.process_time()
    blocks(html)
    assert time.process_time() - begin < 10


@given(st.text())
def test_any_text_is_a_fragment(html: str) -> None:
    assert all(isinstance(part, Block) and part.text.strip() for part in blocks(html, HOME))


@given(st.lists(st.text("abc żя ה中", min_size=1).filter(str.strip), max_size=5))
def test_no_word_is_lost(texts: list[str]) -> None:
    html = "".join(f"<p>{text}</p>" for text in texts)
    assert [part.text for part in blocks(html)] == [" ".join(text.split()) for text in texts]


def test_what_a_site_puts_beside_a_text_is_told() -> None:
    assert role("Share on Facebook") == "button"
    assert role("Read also: another story") == "promotion"
    assert role("The company did not answer on Tuesday.") == ""
