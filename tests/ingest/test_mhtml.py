"""A page that a browser saved in one file: its article, its address, its pictures."""

import base64

import pytest

from pressfold.config import Config
from pressfold.ingest.draft import Raw, Unreadable
from pressfold.ingest.extract import ending, extract
from tests.ingest.test_pictures import FIRST, SECOND, THIRD, png, shown

CONFIG = Config(title="T", base_url="https://digest.example/")
ADDRESS = "https://paper.example/2026/02/11/a-letter"
NAMES = (
    "Content-Location: https://paper.example/a.png",
    "Content-Location: https://paper.example/b.png",
    "Content-ID: <c@x>",
)
PICTURES = ("https://paper.example/a.png", "/b.png", "cid:c@x")
HEAD = f"""From: <Saved by Blink>
Snapshot-Content-Location: {ADDRESS}
Subject: A letter
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----M"

"""


def part(kind: str, name: str, data: bytes) -> str:
    """A part of an archive."""
    coded = base64.encodebytes(data).decode()
    return f"------M\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n{name}\n\n{coded}\n"


def archive(*pictures: str, charset: str = "utf-8") -> bytes:
    """An archive as Chromium writes it, with pictures between the paragraphs of the page."""
    images = "".join(
        f'<img src="{address}" alt="{address}"><p>{address[-5:]} is what the next picture is called. {SECOND}</p>'
        for address in pictures
    )
    article = f"<article><h1>L’été</h1><p>{FIRST}</p>{images}<p>{THIRD}</p></article>"
    page = f"<html lang=fr><head><title>L’été</title></head><body>{article}</body></html>"
    parts = [part(f"text/html; charset={charset}", f"Content-Location: {ADDRESS}", page.encode(charset))]
    parts += [part("image/png", name, png(grey=number)) for number, name in enumerate(NAMES)]
    return (HEAD + "".join(parts) + "------M--\n").replace("\n", "\r\n").encode()


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_the_page_is_read_as_if_it_had_been_saved_alone(charset: str) -> None:
    found = extract(Raw("inbox/a.mhtml", archive(charset=charset)), CONFIG)
    assert found.title == "L’été"
    assert found.source_url == ADDRESS
    assert found.paragraphs == (FIRST, THIRD)
    assert found.pictures == ()


def test_its_pictures_are_found_by_what_the_page_calls_them() -> None:
    found = extract(Raw("inbox/a.MHT", archive(*PICTURES)), CONFIG)
    assert [words for _, words, _ in shown(found)] == list(PICTURES)
    assert [one.data for one in found.pictures] == [png(grey=0), png(grey=1), png(grey=2)]


def test_what_comes_without_a_name_is_known_and_what_is_none_is_refused() -> None:
    assert ending(archive()) == ".mhtml"
    for data in (b"From: x\r\n\r\nwords", b"\0\1\2", archive()[:100]):
        with pytest.raises(Unreadable, match="no web page in it"):
            extract(Raw("inbox/a.mhtml", data), CONFIG)
