"""What a link shows where people share it: the pages' tags, the pictures that these name, the manifest and its icons."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pressfold.pages.view.machines import SocialCardView
from pressfold.problem import Problem, Problems
from pressfold.scaffold import make
from pressfold.settings import read_config
from pressfold.social import design, picture
from tests.conftest import CONFIG, PROJECT, Site, article, ok

BASE = "https://digest.example/news/"
CARDS = CONFIG + "cards: true\n"
SOURCE = (PROJECT / "layouts" / "card.typ").read_text("utf-8")
ARTICLES = "content/articles/2026/01"
LETTER = article("A letter", companies="[google, microsoft]", summary="Some <words>.")
LONE = article("Alone")


def card(name: str, title: str = "A test digest", direction: str = "ltr") -> bytes:
    return picture(SocialCardView(name=name, dir=direction, title=title, title_dir="ltr"), "card.typ", SOURCE)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">LL", png[16:24])


def tags(site: Site, address: str) -> dict[str, str]:
    """What a page says of itself; each thing once."""
    found: dict[str, str] = {}
    for meta in html.fromstring(site.page(address + "index.html").encode()).iter("meta"):
        name = meta.get("property") or meta.get("name")
        if name and name.startswith(("og:", "twitter:")):
            assert name not in found
            found[name] = meta.get("content")
    return found


def company(name: str) -> dict[str, str | bytes]:
    return {"content/companies/google.md": f"---\nname: '{name}'\n---\n"}


@pytest.fixture
def shared(site: Site) -> Site:
    return site.write({"config.yaml": CARDS, f"{ARTICLES}/letter.md": LETTER, f"{ARTICLES}/alone.md": LONE})


def test_pages_say_what_a_link_to_them_shows(shared: Site) -> None:
    ok(shared.build())
    assert tags(shared, "articles/letter/") == {
        "og:title": "A letter",
        "og:description": "Some <words>.",
        "og:type": "article",
        "og:url": BASE + "articles/letter/",
        "og:site_name": "A test digest",
        "og:image": BASE + "companies/google/card.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Google",
        "twitter:card": "summary_large_image",
    }
    for address, kind, image in [
        ("", "website", "card.png"),
        ("companies/google/", "website", "companies/google/card.png"),
        ("companies/microsoft/", "website", "companies/microsoft/card.png"),
        ("archive/2026-01/", "website", "card.png"),
        ("articles/alone/", "article", "card.png"),
    ]:
        found = tags(shared, address)
        assert (found["og:type"], found["og:image"], found["og:url"]) == (kind, BASE + image, BASE + address)
        assert size((shared.output / image).read_bytes()) == (1200, 630)
    assert "og:" not in shared.page("404.html")
    assert "card.png" not in shared.page("sitemap.xml")


def test_without_cards_the_picture_is_the_icon_and_none_is_drawn(shared: Site) -> None:
    ok(shared.write({"config.yaml": CONFIG}).build())
    found = tags(shared, "articles/letter/")
    image = found["og:image"].removeprefix(BASE)
    assert size((shared.output / image).read_bytes()) == (512, 512)
    assert (found["twitter:card"], "og:image:alt" in found) == ("summary", False)
    assert not list(shared.output.rglob("card.png"))


def test_cards_come_and_go_with_their_words_and_companies(shared: Site) -> None:
    ok(shared.build())
    first = shared.tree()
    ok(shared.write({f"{ARTICLES}/new.md": article("New", companies="[google]")}).build())
    assert {name: data for name, data in shared.tree().items() if name.endswith(".png")} == {
        name: data for name, data in first.items() if name.endswith(".png")
    }
    ok(shared.write(company("Alphabet")).build())
    after = shared.tree()
    assert after["companies/google/card.png"] != first["companies/google/card.png"]
    assert after["companies/microsoft/card.png"] == first["companies/microsoft/card.png"]
    (shared.root / ARTICLES / "letter.md").unlink()
    ok(shared.build())
    assert "companies/microsoft/card.png" not in shared.tree()
    assert "companies/google/card.png" in shared.tree()
    ok(shared.write({"config.yaml": CONFIG}).build())
    assert not list(shared.output.rglob("card.png"))


def test_a_card_is_drawn_again_only_where_it_changed(shared: Site) -> None:
    ok(shared.build())
    stood = shared.output / "companies" / "google" / "card.png"
    stood.touch()
    before = stood.stat().st_mtime_ns
    ok(shared.write({f"{ARTICLES}/new.md": article("New", companies="[google]")}).build())
    assert stood.stat().st_mtime_ns == before
    own = SOURCE.replace("#9c2a14", "#0b5394")
    ok(shared.write({"layouts/card.typ": own}).build())
    assert stood.stat().st_mtime_ns != before


def test_same_words_give_the_same_bytes_in_any_folder(shared: Site, tmp_path: Path) -> None:
    ok(shared.build())
    other = Site(tmp_path / "other").write({"config.yaml": CARDS, f"{ARTICLES}/letter.md": LETTER})
    ok(other.write({f"{ARTICLES}/alone.md": LONE}).build())
    assert other.tree() == shared.tree()


def test_a_name_that_no_face_has_is_shared_with_the_sites_card(shared: Site) -> None:
    ok(shared.write(company("字节跳动")).build())
    assert tags(shared, "companies/google/")["og:image"] == BASE + "card.png"
    assert not (shared.output / "companies" / "google" / "card.png").exists()
    ok(shared.write({"config.yaml": CARDS.replace("A test digest", "字节")}).build())
    assert "static/icon-512" in tags(shared, "companies/google/")["og:image"]
    assert size((shared.output / "companies/microsoft/card.png").read_bytes()) == (1200, 630)


def test_an_arabic_site_has_cards_in_arabic(site: Site) -> None:
    settings = CARDS.replace("A test digest", "عمّال التقنية") + "language: ar\n"
    site.write({"config.yaml": settings, f"{ARTICLES}/one.md": article("رسالة", lang="ar", companies="[google]")})
    ok(site.write(company("شركة Google (Alphabet) في 2026")).build())
    found = tags(site, "articles/one/")
    assert (found["og:image:alt"], found["og:title"]) == ("شركة Google (Alphabet) في 2026", "رسالة")
    assert size((site.output / "companies/google/card.png").read_bytes()) == (1200, 630)
    assert json.loads(site.page("site.webmanifest"))["dir"] == "rtl"


def test_letters_are_joined_and_a_right_to_left_name_stands_on_the_right() -> None:
    joined, apart = card("تيك", direction="rtl"), card("ت\u200cي\u200cك", direction="rtl")
    assert joined != apart
    assert card("תל אביב", direction="rtl") != card("תל אביב", direction="ltr")


@pytest.mark.parametrize("name", ["W" * 90, "Wort " * 300, "a\u200b" * 900, "x", "#panic(1) $x$ \\ *b* @q <l>"])
def test_any_name_can_be_set(name: str) -> None:
    assert size(card(name.strip(), title=name.strip())) == (1200, 630)


def test_markup_in_a_name_is_text() -> None:
    assert card("*b*") != card("b")
    assert card('#read("OFL.txt")') != card("")


def test_a_layout_that_typst_refuses_is_a_problem() -> None:
    view = SocialCardView(name="A", dir="ltr", title="", title_dir="ltr")
    with pytest.raises(Problems) as caught:
        picture(view, "card.typ", "#foo(")
    assert caught.value.problems == (Problem("layouts/card.typ", 0, "Typst says: unclosed delimiter"),)


def test_the_design_is_that_of_the_layout_and_the_faces() -> None:
    assert design(SOURCE) == design(SOURCE) != design(SOURCE + " ")


@pytest.mark.parametrize("title", ["A \"b\" <c> & 'd' \\ {{ e }} {% f %}", "</script>", "عمّال", "字节 🙂"])
def test_the_manifest_is_valid_for_any_title(site: Site, title: str) -> None:
    site.write({"config.yaml": CONFIG.replace("A test digest", json.dumps(title, ensure_ascii=False))})
    ok(site.build())
    manifest: dict[str, Any] = json.loads(site.page("site.webmanifest"))
    assert (manifest["name"], manifest["start_url"], manifest["scope"]) == (title, "./", "./")
    for icon in manifest["icons"]:
        wide, high = map(int, icon["sizes"].split("x"))
        assert size((site.output / icon["src"]).read_bytes()) == (wide, high)


def test_pages_name_the_manifest_and_an_icon_for_home_screens(shared: Site) -> None:
    ok(shared.build())
    page = html.fromstring(shared.page("articles/letter/index.html").encode())
    (manifest,) = page.xpath("//link[@rel='manifest']/@href")
    (icon,) = page.xpath("//link[@rel='apple-touch-icon']/@href")
    assert (shared.output / "articles/letter" / manifest).is_file()
    assert size((shared.output / "articles/letter" / icon).read_bytes()) == (180, 180)


def test_a_new_site_has_cards(tmp_path: Path) -> None:
    make(tmp_path / "new", "A digest", BASE)
    assert read_config(tmp_path / "new", {}).cards
