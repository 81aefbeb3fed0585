"""Every kind of raw file through the command: feeds item by item, letters, mailboxes, other builders' Markdown, a pipe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pressfold.ingest.decode import LARGEST
from tests.conftest import CONFIG, NOW, Site, ok, told
from tests.e2e.test_import import LETTER, body, fields
from tests.ingest.test_feed import ATOM, RSS
from tests.ingest.test_foreign import BODY, HUGO
from tests.ingest.test_letter import PAGE, letter, mailbox
from tests.ingest.test_pictures import FIRST, SECOND, THIRD, png

CAPTION = "The letter on the door. Photo: A. Roe"
FEED = "content/inbox/fetched/daily.xml"


def titles(site: Site) -> list[str]:
    return sorted(fields(path)["title"] for path in site.articles())


def test_a_feed_gives_an_article_for_each_item_and_each_only_once(site: Site) -> None:
    site.write({FEED: RSS, "content/inbox/other.atom": ATOM})
    said = ok(site.run("import"))
    assert told(said).splitlines()[-1] == "3 imported, 0 known already in N s"
    assert titles(site) == ["A letter", "One & two", "Teaser"]
    site.write({"content/inbox/copy.xml": RSS})
    assert told(ok(site.run("import"))).startswith("0 imported, ")
    assert told(ok(site.build())).startswith("0 imported, ")
    assert told(ok(site.build())).startswith("0 imported, 0 written")


def saved_page(folder: Path, *more: str) -> Path:
    """A page as browsers save it, with a folder of what it shows and what ran in it."""
    figure = f'<figure><img src="./A%20page_files/2.png" alt="A door"><figcaption>{CAPTION}</figcaption></figure>'
    words = f"<p>{FIRST}</p>{figure}" + "".join(f"<p>{text}</p>" for text in (SECOND, THIRD, *more))
    page = folder / "A page.html"
    files = folder / "A page_files"
    files.mkdir(parents=True)
    files.joinpath("2.png").write_bytes(png())
    files.joinpath("ad.html").write_text(f"<p>{FIRST * 5}</p>")
    files.joinpath("app.js").write_text("let x = 1")
    head = '<meta charset="utf-8"><meta property="og:title" content="Workers ask for an answer">'
    page.write_text(f"<html lang=en><head>{head}</head><body><article>{words}</article></body></html>", "utf-8")
    return page


def test_the_pictures_of_a_saved_page_come_with_it(site: Site, tmp_path: Path) -> None:
    page = saved_page(tmp_path / "downloads")
    assert told(ok(site.run("import", str(page)))).endswith("1 imported, 0 known already in N s\n")
    (article,) = site.articles()
    (picture,) = (site.root / "content/media/imported").iterdir()
    assert picture.read_bytes() == png()
    line = f'![A door](../../../media/imported/{picture.name} "{CAPTION}")'
    assert line in body(article).split("\n\n")
    ok(site.build())
    (shown,) = (site.output / "articles").glob("*/index.html")
    assert f"<figcaption>{CAPTION}</figcaption></figure>" in shown.read_text("utf-8")
    assert (site.output / "media/imported" / picture.name).is_file()
    before = site.tree("content")
    assert told(ok(site.run("import", str(page.parent)))) == "0 imported, 1 known already in N s\n"
    assert told(ok(site.build())).startswith("0 imported, 0 written")
    assert site.tree("content") == before


def test_another_page_of_the_same_name_has_its_own_pictures(site: Site, tmp_path: Path) -> None:
    ok(site.run("import", str(saved_page(tmp_path / "one"))))
    other = saved_page(
        tmp_path / "two",
        *[
            f"Another {number}: the council of the town has met for a whole day, and what it said is not what was expected of it"
            for number in range(5)
        ],
    )
    other.with_name("A page_files").joinpath("2.png").write_bytes(png(grey=9))
    ok(site.run("import", str(other)))
    inbox = site.root / "content/inbox"
    assert (inbox / "A page_files/2.png").read_bytes() == png()
    assert (inbox / "A page-2/A page_files/2.png").read_bytes() == png(grey=9)
    assert len(list((site.root / "content/media/imported").iterdir())) == 2


def test_a_picture_that_an_editor_took_out_stays_out_and_a_site_may_leave_them_all(site: Site, tmp_path: Path) -> None:
    page = saved_page(tmp_path / "downloads")
    ok(site.run("import", str(page)))
    (article,) = site.articles()
    text = article.read_text("utf-8")
    article.write_text("".join(line for line in text.splitlines(keepends=True) if not line.startswith("![")), "utf-8")
    before = article.read_bytes()
    ok(site.run("import", "--again", "inbox/A page.html"))
    assert article.read_bytes() == before
    site.write({"config.yaml": CONFIG + "pictures: leave\n"})
    article.unlink()
    said = ok(site.run("import", "-v", "--again", "inbox/A page.html"))
    assert "left out (picture): The letter on the door." in said.out
    assert "![" not in article.read_text("utf-8")


def with_lead(page: Path) -> Path:
    """The page, which states one of its saved pictures, that it does not show, to be its article's."""
    meta = '<meta property="og:image" content="https://paper.example/img/hero.png?w=9">'
    page.write_text(page.read_text("utf-8").replace("</head>", f"{meta}</head>"), "utf-8")
    page.with_name("A page_files").joinpath("hero.png").write_bytes(png(grey=200))
    return page


def test_the_picture_that_a_page_states_stands_above_its_article_until_an_editor_takes_it_out(
    site: Site, tmp_path: Path
) -> None:
    ok(site.run("import", str(with_lead(saved_page(tmp_path / "downloads")))))
    (article,) = site.articles()
    file = fields(article)["image"].removeprefix("{file: ").removesuffix("}")
    assert (article.parent / file).read_bytes() == png(grey=200)
    ok(site.build("--strict"))
    (shown,) = (site.output / "articles").glob("*/index.html")
    assert shown.read_text("utf-8").count(file.rpartition("/")[2]) == 3  # for people, for links, for search engines
    text = article.read_text("utf-8")
    article.write_text("".join(line for line in text.splitlines(keepends=True) if "image:" not in line), "utf-8")
    before = article.read_bytes()
    ok(site.run("import", "--again", "inbox/A page.html"))
    assert article.read_bytes() == before


def test_a_teaser_is_under_review(site: Site) -> None:
    ok(site.write({FEED: RSS}).run("import"))
    teaser = next(path for path in site.articles() if fields(path)["title"] == "Teaser")
    assert "body" in fields(teaser)["review"]


def test_a_feed_that_goes_on_gives_its_new_items_and_changes_the_old_ones(site: Site) -> None:
    ok(site.write({FEED: RSS}).run("import"))
    before = {fields(path)["id"] for path in site.articles()}
    new = "<item><title>New</title><guid>n</guid><description>Something new has happened to it, says the firm.</description></item>"
    site.write({FEED: RSS.replace("<item>", new + "<item>", 1).replace("Several hundred", "Nine hundred")})
    said = ok(site.run("import"))
    assert "changed: summary, text" in said.out or "changed: text" in said.out
    assert titles(site) == ["A letter", "New", "Teaser"]
    assert before < {fields(path)["id"] for path in site.articles()}
    site.write({FEED: RSS.split("<item>")[0] + "</channel></rss>"})  # all items have left it
    site.run("import")
    assert len(site.articles()) == 3


def test_an_item_without_text_is_named_by_its_name_and_the_others_go_on(site: Site) -> None:
    item = "<item><title>Bare</title><guid>https://daily.example/bare</guid></item>"
    said = site.write({FEED: RSS.replace("<item>", item + "<item>", 1)}).run("import")
    assert (said.code, said.err) == (0, f"{FEED}: https://daily.example/bare: not imported: no text in it\n")
    assert len(site.articles()) == 2
    site.build()
    ok(site.build())  # it is said again only when the feed is another


def test_a_frozen_build_names_the_items_that_it_lacks(site: Site) -> None:
    said = site.write({FEED: RSS}).build("--frozen")
    assert (said.code, said.err.count("is not imported yet")) == (1, 2)
    ok(site.run("import"))
    assert site.build("--frozen").code == 0


def test_letters_and_mailboxes(site: Site) -> None:
    other = letter(
        "One more thing happened at Microsoft, and nobody knows why that is so.", Subject="B", **{"Message-ID": "<b@x>"}
    )
    one = letter(page=PAGE)
    site.write({"content/inbox/a.eml": one, "content/inbox/all.mbox": mailbox(one, other)})
    ok(site.run("import"))
    assert titles(site) == ["B", "List do zarządu"]
    assert told(ok(site.run("import"))).startswith("0 imported, ")


def test_a_mailbox_may_be_larger_than_any_item(site: Site) -> None:
    large = letter("x" * (LARGEST + 10), **{"Message-ID": "<large@x>"})
    said = site.write({"content/inbox/all.mbox": mailbox(large, letter(page=PAGE))}).run("import")
    assert said.err == "content/inbox/all.mbox: mid:large@x: not imported: larger than 8 MiB\n"
    assert len(site.articles()) == 1


def test_markdown_of_another_builder(site: Site) -> None:
    ok(site.write({"content/inbox/post.md": HUGO + BODY}).run("import"))
    (path,) = site.articles()
    given = fields(path)
    assert (given["author"], given["draft"], given["redirects"], given["extra"]) == (
        "Ada Lis, Bo Ek",
        "true",
        "[old/letter/]",
        "{mood: calm}",
    )
    assert body(path) == BODY.strip()


@pytest.mark.parametrize(
    ("data", "ending"),
    [(LETTER.encode(), "txt"), (letter(page=PAGE), "eml"), (RSS.encode(), "xml"), (mailbox(letter(page=PAGE)), "mbox"),
     (b"<!doctype html><html><body><article>" + b"<p>Words that stand here for a text of a page.</p>" * 9, "html"),
     ((HUGO + BODY).encode(), "md")],
)  # fmt: skip
def test_standard_input_is_told_by_how_it_begins(site: Site, data: bytes, ending: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(NOW)}
    command = [sys.executable, "-m", "pressfold", "import", "-", "--site", str(site.root)]
    done = subprocess.run(command, input=data, capture_output=True, env=environment, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    (file,) = (path for path in (site.root / "content/inbox").iterdir() if path.name[0] != ".")
    assert (file.suffix, file.read_bytes()) == (f".{ending}", data)
    assert site.articles()


def test_a_list_of_feeds_is_no_feed(site: Site) -> None:
    said = site.write({"content/inbox/subscriptions.xml": "<opml version='2.0'><body/></opml>"}).run("import")
    assert "a list of feeds, not a feed (put it at content/sources.opml, and run pressfold fetch)" in said.err


def test_a_text_of_two_hundred_megabytes_is_refused_unread(site: Site, tmp_path: Path) -> None:
    with (site.root / "content/inbox/large.txt").open("wb") as file:
        file.truncate(200_000_000)
    said = site.run("import")
    assert said.err == "content/inbox/large.txt: not imported: larger than 8 MiB\n"
