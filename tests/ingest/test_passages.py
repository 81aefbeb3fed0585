"""What of a page's structure survives: quotations and who said them, lists, tables, headings, code, broken lines."""

from pressfold.ingest.html import extract
from pressfold.markup import Block, write

P = "<p>Several hundred workers of the plant asked the board to explain a contract, and they wait for an answer in June.</p>"


def blocks(inside: str) -> tuple[Block, ...]:
    """The blocks between two paragraphs of an article."""
    article = f"<article><h1>A letter</h1>{P}{inside}{P}</article>"
    return extract(f"<!doctype html><html><head><title>x</title></head><body>{article}</body></html>".encode()).blocks[
        1:-1
    ]


def written(inside: str) -> str:
    """The same as Markdown."""
    return write(blocks(inside))


def test_quotation_of_several_paragraphs_with_its_speaker() -> None:
    quote = "<p>We build vans.</p><p>We will go on building vans, whatever the board decides.</p>"
    expected = (
        "> We build vans.\n>\n> We will go on building vans, whatever the board decides.\n>\n> — Jane Roe, fitter"
    )
    assert written(f"<blockquote>{quote}<cite>Jane Roe, fitter</cite></blockquote>") == expected
    assert written(f"<blockquote>{quote}<footer>— <cite>Jane Roe, fitter</cite></footer></blockquote>") == expected
    assert written(f"<blockquote>{quote}<p>– Jane Roe, fitter</p></blockquote>") == expected


def test_title_cited_inside_a_quotation_is_no_speaker() -> None:
    text = "<blockquote><p>They sang <cite>The Internationale</cite> at the gate, all of them, for an hour.</p></blockquote>"
    assert written(text) == "> They sang The Internationale at the gate, all of them, for an hour."


def test_quotation_within_a_sentence_keeps_its_marks() -> None:
    assert "The board called it “a letter” and no more" in written(
        "<p>The board called it <q>a letter</q> and no more was said on that day.</p>"
    )


def test_nested_lists_stay_nested_and_numbered_ones_numbered() -> None:
    listed = "<ol><li>A date for the answer<ul><li>in June, please</li><li>in writing</li></ul></li><li>A vote on it</li></ol>"
    assert written(listed) == "1. A date for the answer\n    - in June, please\n    - in writing\n2. A vote on it"


def test_table_is_read_by_its_rows() -> None:
    rows = "".join(
        f"<tr><td>{town}</td><td>{vans}</td></tr>"
        for town, vans in (("Town", "Vans"), ("Leeds", "1,200"), ("Ulm", "12"))
    )
    assert written(f"<table>{rows}</table>") == "- Town | Vans\n- Leeds | 1,200\n- Ulm | 12"


def test_table_that_lays_the_page_out_is_no_table() -> None:
    found = blocks(
        f"<table><tr><td>{P}</td><td><p>The board did not answer the letter on the day it came to it.</p></td></tr></table>"
    )
    assert {block.kind for block in found} == {"paragraph"}


def test_headings_keep_their_level() -> None:
    text = f"<h2>What they ask</h2>{P}<h3>By when</h3>{P}<h4>And who</h4>"
    assert [(b.text, b.level) for b in blocks(text) if b.kind == "heading"] == [
        ("What they ask", 2),
        ("By when", 3),
        ("And who", 4),
    ]


def test_lines_stay_broken_but_a_break_behind_a_sentence_parts_paragraphs() -> None:
    verse = "<p>We build the vans,<br>we drive the vans,<br>we know the way.</p>"
    assert written(verse) == "We build the vans,  \nwe drive the vans,  \nwe know the way."
    assert (
        written("<p>They wrote a long letter to the board in May.<br><br>The board has not read it yet.</p>").count(
            "\n\n"
        )
        == 1
    )


def test_links_and_code_in_a_line() -> None:
    text = written(
        '<p>They read <a href="https://paper.example/a">the contract</a> and ran <code>make vans</code> for a week.</p>'
    )
    assert text == "They read [the contract](https://paper.example/a) and ran `make vans` for a week."
    assert "javascript" not in written(
        '<p>They read <a href="javascript:alert(1)">the contract</a> for a week, they say to us.</p>'
    )


def test_figures_in_a_list_are_the_articles() -> None:
    assert "- 1,200" in written(
        "<table><tr><td>1,200</td></tr><tr><td>Leeds</td><td>12</td></tr></table><ul><li>1,200</li><li>vans</li></ul>"
    )
