"""The picture above an article: where it is shown, what goes with it, and what is said where it is not there."""

import json
from typing import Any

import pytest
from lxml import etree, html

from pressfold.image import Image, published
from tests.conftest import Site, article, ok
from tests.ingest.test_pictures import png

PATH = "content/articles/2026/02/letter.md"
FILE = "content/media/the gate.png"
IMAGE = "{file: ../../../media/the gate.png, alt: A crowd & a gate, caption: The gate <on Monday>}"
ADDRESS = "https://digest.example/news/media/the%20gate.png"
SHOWN = article("A letter", image=IMAGE)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shown(site: Site) -> Site:
    """A site of one article with a picture above it."""
    (site.root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (site.root / FILE).write_bytes(png())
    site.write({PATH: SHOWN})
    ok(site.build())
    return site


def _page(site: Site) -> Any:
    return html.document_fromstring((site.output / "articles/letter/index.html").read_bytes())


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("../../../media/a.jpg", "media/a.jpg"),
        ("../../../media/x/../b.AVIF", "media/b.AVIF"),
        ("//host.example/media/a.jpg", None),
        ("../../media/a.jpg", None),
        ("https://host.example/../../../../../media/a.jpg", None),
        ("", None),
    ],
)
def test_a_picture_has_an_address_where_it_lies_in_the_folder_of_media(file: str, address: str | None) -> None:
    assert published(Image(file, "a"), PATH) == (Image(address, "a") if address else None)


def test_it_stands_above_the_text_with_its_words_and_caption(shown: Site) -> None:
    (figure,) = _page(shown).xpath("//article/figure")
    (picture,) = figure.iter("img")
    assert dict(picture.attrib) == {"src": "../../media/the%20gate.png", "alt": "A crowd & a gate"}
    assert figure.findtext("figcaption") == "The gate <on Monday>"
    ok(shown.run("check"))


def test_it_goes_with_links_in_the_place_of_the_card_and_with_the_article_in_feeds(shown: Site) -> None:
    page = _page(shown)
    assert page.xpath("//meta[@property='og:image']/@content") == [ADDRESS]
    assert page.xpath("//meta[@property='og:image:alt']/@content") == ["A crowd & a gate"]
    assert page.xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]
    (data,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(data.text)["image"] == ADDRESS
    (item,) = json.loads((shown.output / "feed.json").read_bytes())["items"]
    assert item["image"] == ADDRESS
    rss, atom = (etree.parse(shown.output / name) for name in ("feed.xml", "atom.xml"))
    for text in (
        item["content_html"],
        rss.findtext(".//item/description"),
        atom.findtext(f".//{ATOM}entry/{ATOM}content"),
    ):
        assert f'<figure><img src="{ADDRESS}" alt="A crowd &amp; a gate">' in text
        assert "<figcaption>The gate &lt;on Monday&gt;</figcaption>" in text


def test_an_excerpt_is_published_without_it(shown: Site) -> None:
    shown.write({PATH: SHOWN.replace("\nimage:", "\nbody: excerpt\nimage:")})
    ok(shown.build())
    assert not _page(shown).xpath("//article/figure")
    assert "the%20gate" not in (shown.output / "feed.json").read_text("utf-8")


def test_a_file_that_is_not_there_is_told_with_its_line_until_it_is_back(shown: Site) -> None:
    (shown.root / FILE).unlink()
    line = SHOWN.split("\n").index(f"image: {IMAGE}") + 1
    hint = "bring the file back, or take the picture out of the front matter"
    said = f"{PATH}:{line}: 'image' names {FILE}, which is not there ({hint})"
    for _ in range(2):
        found = shown.build()
        assert (found.code, found.err.split("\n")[0]) == (1, said)
    (shown.root / FILE).write_bytes(png())
    ok(shown.build())
