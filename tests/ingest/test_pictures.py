"""Which pictures of a page are its article's, where they stand, and what is kept of them."""

import base64
import struct
import zlib

import pytest

from pressfold.config import Config
from pressfold.drafting import _without_pictures
from pressfold.ingest import pictures
from pressfold.ingest.describe import Desk, describe
from pressfold.ingest.draft import Draft, Raw
from pressfold.ingest.html import extract
from pressfold.ingest.naming import Namer
from pressfold.registry import built_in
from tests.ingest.test_describe import NOW

FIRST = (
    "Several hundred workers of the plant have asked the company to drop its contract with the agency, a letter says."
)
SECOND = "The company did not answer on Tuesday, and the workers said that they would wait for another week before they walk out."
THIRD = "A spokesperson said that the company respects the views of those who work for it, and that there are ways to be heard."


def png(width: int = 640, height: int = 400, grey: int = 120) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([grey]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


SAVED = {f"a_files/{number}.png": png(grey=number) for number in range(30)} | {"a_files/tiny.png": png(60, 60)}


def beside(name: str) -> bytes:
    return SAVED.get(name, b"")


def page(*parts: str, head: str = "") -> bytes:
    meta = f'<meta charset="utf-8">{head}<title>Workers ask for an answer</title>'
    article = f"<article><h1>Workers ask for an answer</h1>{''.join(parts)}</article>"
    return f"<html lang=en><head>{meta}</head><body><main>{article}</main></body></html>".encode()


def data(stated: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "A", {stated}}}</script>'


def p(text: str) -> str:
    return f"<p>{text}</p>"


def img(number: int | str, more: str = "") -> str:
    return f'<img src="a_files/{number}.png" alt="Number {number}"{more}>'


def figure(number: int | str, caption: str) -> str:
    return f"<figure>{img(number)}<figcaption>{caption}</figcaption></figure>"


def shown(draft: Draft) -> list[tuple[int, str, str]]:
    """(blocks before it, what it shows, what stands below it) of each picture that is kept."""
    return [(one.place, one.words, one.caption) for one in draft.pictures]


def test_a_picture_stands_where_it_stood_with_its_caption_and_not_twice() -> None:
    found = extract(page(p(FIRST), figure(1, "The plant. Photo: A. Roe"), p(SECOND), img(1), img(2), p(THIRD)), beside)
    assert shown(found) == [(1, "Number 1", "The plant. Photo: A. Roe"), (2, "Number 2", "")]
    assert [one.data for one in found.pictures] == [SAVED["a_files/1.png"], SAVED["a_files/2.png"]]
    assert not [out for out in found.left_out if out.role in ("caption", "picture")]


def test_blocks_that_begin_alike_are_told_apart_by_their_order() -> None:
    again = FIRST + " It was the second one."
    nested = f"<div><div>{p(FIRST)}</div></div>"
    found = extract(page(nested, p(again), p(SECOND), img(1), p(again + " And the last."), img(2), p(THIRD)), beside)
    assert shown(found) == [(3, "Number 1", ""), (4, "Number 2", "")]


def test_before_the_text_only_one_with_a_caption_or_that_the_page_names_is_the_articles() -> None:
    assert shown(extract(page(img(1), p(FIRST), p(SECOND), p(THIRD)), beside)) == []
    assert shown(extract(page(figure(1, "The plant"), p(FIRST), p(SECOND), p(THIRD)), beside)) == [
        (0, "Number 1", "The plant")
    ]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:image" content="https://paper.example/img/1-1200x630.png?w=3">',
        '<meta name="twitter:image" content="/img/1.jpg">',
        data('"image": ["https://paper.example/1_800.jpg"]'),
        data('"image": {"@type": "ImageObject", "url": "https://paper.example/1.jpg"}'),
        data('"thumbnailUrl": "https://paper.example/1.webp"'),
    ],
)
def test_the_picture_that_the_page_states_to_be_the_articles_stands_above_it_and_not_twice(head: str) -> None:
    for parts in ((img(2), img(1), p(FIRST), p(SECOND), p(THIRD)), (p(FIRST), img(1), p(SECOND), img(1), p(THIRD))):
        found = extract(page(*parts, head=head), beside)
        assert found.image
        assert (found.image.data, found.image.words) == (SAVED["a_files/1.png"], "Number 1")
        assert shown(found) == []


def test_the_stated_picture_is_known_among_other_sizes_and_where_a_program_scales_it() -> None:
    head = '<meta property="og:image" content="https://paper.example/_next/image?url=%2Fimg%2F1.jpg&w=1200">'
    scaled = '<img src="a_files/2.png" srcset="/_next/image?url=%2Fimg%2F1-640x400.jpg&w=640 1x" alt="The gate">'
    other = '<img src="a_files/3.png" srcset="/_next/image?url=%2Fimg%2Fother.jpg&w=640 1x" alt="Other">'
    found = extract(page(p(FIRST), other, p(SECOND), scaled, p(THIRD), head=head), beside)
    assert found.image
    assert (found.image.data, found.image.words) == (SAVED["a_files/2.png"], "The gate")
    assert shown(found) == [(1, "Other", "")]


def test_the_stated_picture_counts_though_it_was_only_saved_with_the_words_that_the_page_states_below_it() -> None:
    image = '{"@type": "ImageObject", "contentUrl": "https://paper.example/x/5.png?w=9", "caption": "The &amp; gate"}'
    found = extract(page(p(FIRST), img(2), p(SECOND), p(THIRD), head=data(f'"image": [{image}]')), beside)
    assert found.image
    assert (found.image.data, found.image.caption) == (SAVED["a_files/5.png"], "The & gate")
    assert shown(found) == [(1, "Number 2", "")]


@pytest.mark.parametrize(
    "address",
    ["https://paper.example/only-there.jpg", "tiny.png", "http://[", "logo.png", "share-default.png"],
)
def test_no_picture_stands_above_where_it_was_not_saved_is_an_icon_or_the_sites_sign(address: str) -> None:
    saved = SAVED | {"a_files/logo.png": png(), "a_files/share-default.png": png()}
    head = f'<meta property="og:image" content="{address}">'
    parts = (p(FIRST), img("tiny"), p(SECOND), img("logo"), p(THIRD))
    assert extract(page(*parts, head=head), lambda name: saved.get(name, b"")).image is None


@pytest.mark.parametrize(
    "other",
    [
        img("tiny"),
        f"<a href='/another-article'>{img(1)}</a>",
        f"<div class='author-box'>{img(1)}</div>",
        f"<aside>{img(1)}</aside>",
        "<img class='avatar' src='a_files/1.png'>",
        "<img alt='no address'>",
    ],
)
def test_icons_faces_and_teasers_are_no_pictures_of_the_article(other: str) -> None:
    found = extract(page(p(FIRST), other, p(SECOND), p(THIRD)), beside)
    assert shown(found) == []


def test_a_picture_behind_the_last_paragraph_is_the_pages() -> None:
    assert shown(extract(page(p(FIRST), p(SECOND), p(THIRD), figure(1, "More of it")), beside)) == []


def test_a_picture_that_was_not_saved_is_named_with_its_caption_and_address() -> None:
    remote = '<figure><img src="https://paper.example/one.jpg"><figcaption>The plant</figcaption></figure>'
    found = extract(page(p(FIRST), remote, p(SECOND), p(THIRD)), beside)
    assert shown(found) == []
    left = [(out.role, out.text) for out in found.left_out if out.role in ("caption", "picture")]
    assert left == [
        ("caption", "The plant"),
        ("picture", "https://paper.example/one.jpg (it was not saved with the page)"),
    ]


def test_what_scripts_would_have_put_in_and_what_is_offered_in_sizes_is_found() -> None:
    lazy = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="a_files/1.png" alt="lazy">'
    sizes = '<picture><source srcset="a_files/2.png 2x, a_files/3.png 1x"><img alt="sizes"></picture>'
    found = extract(page(p(FIRST), lazy, p(SECOND), sizes, p(THIRD)), beside)
    assert [one.data for one in found.pictures] == [SAVED["a_files/1.png"], SAVED["a_files/2.png"]]


def test_a_picture_within_the_page_is_kept_and_what_is_none_is_not() -> None:
    inside = base64.b64encode(png(grey=7)).decode()
    script = base64.b64encode(b"<svg onload=alert(1)>" + b" " * 200).decode()
    found = extract(
        page(
            p(FIRST),
            f'<img alt="inside" src="data:image/png;base64,{inside}">',
            p(SECOND),
            f'<img src="data:image/svg+xml;base64,{script}"><img src="data:image/png;base64,{"A" * 81}=">',
            p(THIRD),
        )
    )
    assert shown(found) == [(1, "inside", "")]
    assert found.pictures[0].data == png(grey=7)


def test_there_are_bounds_to_how_many_and_how_large(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [part for number in range(25) for part in (p(f"{number}: {FIRST}"), img(number))]
    found = extract(page(*parts, p(SECOND)), beside)
    assert len(found.pictures) == pictures.MOST
    assert len([out for out in found.left_out if "too many" in out.text]) == 5
    monkeypatch.setattr(pictures, "LARGEST", 100)
    assert shown(extract(page(p(FIRST), img(1), p(SECOND), p(THIRD)), beside)) == []


def test_a_picture_parts_no_list_and_no_quotation_from_its_speaker() -> None:
    items = f"<ul><li>{FIRST}</li><li>{img(1)}</li><li>{SECOND}</li></ul>"
    assert shown(extract(page(p(THIRD), items, p("And " + FIRST)), beside)) == [(3, "Number 1", "")]


def test_an_article_shows_its_pictures_and_one_that_is_told_to_leave_them_names_them() -> None:
    draft = extract(page(p(FIRST), figure(1, 'A "letter" [here]'), p(SECOND), p(THIRD)), beside)
    desk = Desk(Config(title="T", base_url="https://digest.example/"), built_in(), Namer(built_in()), NOW)
    body = describe(draft, Raw("inbox/a.html", b"a"), desk, ()).article.body
    name = draft.pictures[0].name
    line = f'![Number 1](../../../media/imported/{name} "A &quot;letter&quot; &#91;here&#93;")'
    assert body.split("\n\n") == [FIRST, line, SECOND, THIRD]
    left = _without_pictures(draft)
    assert not left.pictures
    assert left.left_out[-1].text == 'A "letter" [here]'
