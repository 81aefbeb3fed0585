"""The pages in a real browser: direction, reflow, the policy they carry, and nothing asked of another host."""

import gzip
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scripts.shots import served as folder_served
from scripts.shots import shots
from tests.conftest import Site, article, ok, write

pytestmark = pytest.mark.browser

ARABIC = article(
    "رسالة داخلية في Salesforce",
    lang="ar",
    companies="[salesforce]",
    summary="يتداول موظفون في Salesforce رسالة موجهة إلى الإدارة.",
    body="يتداول موظفون في شركة Salesforce رسالة. " * 20 + "\n\n> نطلب جوابا.\n\n- أولا\n- ثانيا",
    story="letter",
    review="[title]",
)
ENGLISH = article(
    "A letter at Salesforce",
    companies="[salesforce]",
    mentions="[microsoft]",
    story="letter",
    body="Words. " * 200,
    source="{name: The Courier of the East, url: 'https://courier.example/letter'}",
)
HEBREW = article("מכתב בגוגל", lang="he", companies="[google]", body="עובדים כתבו מכתב. " * 30)
LONG = article(
    "W" * 90,
    lang="de",
    companies="[google]",
    body="`" + "x" * 300 + "`\n\n| a | b |\n|---|---|\n| " + "y" * 200 + " | z |",
)
UKRAINIAN = article(
    "Лист працівників Google",
    lang="uk",
    date="2025-11-05",
    companies="[google]",
    body="Працівники написали листа. " * 30,
)
CHINESE = article(
    "谷歌员工致信管理层",
    lang="zh",
    companies="[google]",
    note="Seen twice.",
    body="员工联名致信公司，要求终止合同。" * 30,
)
PAGES = ["", "articles/arabic/", "articles/english/", "articles/long/", "articles/hebrew/", "articles/ukrainian/",
         "articles/chinese/", "companies/", "companies/google/", "feeds/",
         "stories/letter/", "languages/ar/", "sources/",
         "sources/the-courier-of-the-east/", "archive/", "about/", "404.html"]  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A built site below a path, as hosts serve it: the address of its front page."""
    where = tmp_path_factory.mktemp("served")
    site = Site(where / "site")
    folder = "content/articles/2026/01"
    names = {
        "arabic": ARABIC,
        "english": ENGLISH,
        "hebrew": HEBREW,
        "long": LONG,
        "ukrainian": UKRAINIAN,
        "chinese": CHINESE,
    }
    site.write({f"{folder}/{name}.md": text for name, text in names.items()})
    with folder_served(where / "web") as root:
        site.write({"config.yaml": f"title: A test digest\nbase_url: {root}news/\ncards: true\n"})
        ok(site.build("--output", str(where / "web" / "news")))
        yield f"{root}news/"


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_only_its_own_host_and_breaks_no_policy(served: str, tab: Any, page: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    assert tab.goto(served + page).ok
    assert asked[0] == served + page
    assert all(url.startswith(served) for url in asked)
    assert said == []
    assert tab.locator("h1").count() == 1


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_never_scrolls_sideways(served: str, tab: Any, page: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(served + page)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(wide) <= 0


def test_an_arabic_article_runs_from_right_to_left(served: str, tab: Any) -> None:
    tab.goto(served + "articles/arabic/")
    assert tab.evaluate("getComputedStyle(document.querySelector('article p')).direction") == "rtl"
    box = tab.locator("h1").bounding_box()
    text = tab.evaluate(
        "(() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
        " return r.getBoundingClientRect().right })()"
    )
    assert abs(box["x"] + box["width"] - text) < 2  # the words begin at the right edge


def test_where_an_article_comes_from_is_said_beside_it(served: str, tab: Any) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(served + "articles/english/")
    box = tab.get_by_role("region", name="Where this comes from")
    assert "Date not known" in box.inner_text()
    assert box.bounding_box()["y"] < 900  # seen without scrolling


def test_an_arabic_title_in_an_english_list_keeps_its_direction(served: str, tab: Any) -> None:
    tab.goto(served + "archive/2026-01/")
    title = tab.locator("article [lang=ar][dir=rtl]").first
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert tab.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_a_companys_articles_over_time_are_a_picture_and_a_table(served: str, tab: Any) -> None:
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.goto(served + "companies/google/")
    picture = tab.get_by_role("img", name="Articles by month 4 articles from November 2025 to January 2026")
    box = picture.bounding_box()
    for text in picture.locator("text").all():
        inner = text.bounding_box()
        assert box["x"] <= inner["x"] <= inner["x"] + inner["width"] <= 320
    tab.locator("summary").focus()
    tab.keyboard.press("Enter")
    table = tab.get_by_role("table", name="Articles by month")
    assert table.get_by_role("row", name="November 2025").inner_text().split()[-1] == "1"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320  # the table scrolls in its own place
    table.get_by_role("link", name="November 2025").click()
    tab.wait_for_url("**/companies/google/2025-11/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_a_picture_stand_out_from_the_paper(served: str, tab: Any, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(served + "companies/google/")
    colours = """[...Array(6).keys()].map(number => {
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
        path.setAttribute("class", `series-${number + 1}`)
        document.querySelector(".timeline svg").append(path)
        return getComputedStyle(path).stroke
    })"""
    paper = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    found = tab.evaluate(colours)
    assert len(set(found)) == 6
    assert all(_contrast(colour, paper) >= 3 for colour in found)
    assert all(_contrast(one, other) >= 1.5 for one, other in pairwise(found))  # they are told apart without hue


def _contrast(one: str, other: str) -> float:
    """WCAG's, of two colours as a browser says them."""
    lights = sorted(_luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_dark_where_the_system_prefers_it(served: str, tab: Any, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(served)
    assert _dark(tab) is (scheme == "dark")


def test_a_reader_walks_from_the_front_page_to_an_article_and_back_by_keyboard(served: str, tab: Any) -> None:
    tab.goto(served)
    for _ in range(40):
        tab.keyboard.press("Tab")
        if "/articles/" in (tab.evaluate("document.activeElement.href") or ""):
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/articles/**")
    for _ in range(10):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.href") == served:
            break
    tab.keyboard.press("Enter")
    tab.wait_for_url(served)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(served: str, tab: Any) -> None:
    tab.goto(served + "articles/english/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"


def _dark(page: Any) -> bool:
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return sum(map(float, colour.removeprefix("rgb(").rstrip(")").split(","))) < 180


def test_the_readers_choice_of_dark_or_light_is_kept_from_page_to_page(served: str, tab: Any) -> None:
    tab.emulate_media(color_scheme="light")
    tab.goto(served)
    switch = tab.get_by_role("button", name="Dark colours")
    assert (switch.get_attribute("aria-pressed"), _dark(tab)) == ("false", False)
    switch.focus()
    tab.keyboard.press("Enter")
    assert (switch.get_attribute("aria-pressed"), _dark(tab)) == ("true", True)
    tab.goto(served + "companies/google/")
    assert _dark(tab)
    switch.click()
    assert not _dark(tab)
    tab.emulate_media(color_scheme="dark")  # what the system prefers was chosen, so the system is followed again
    tab.goto(served)
    assert _dark(tab)


def test_the_manifest_and_the_picture_of_a_page_are_there(served: str, tab: Any) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(served + "companies/google/")
    session = tab.context.new_cdp_session(tab)
    found = session.send("Page.getAppManifest")
    assert (found["url"], found["errors"], said) == (served + "site.webmanifest", [], [])
    assert '"A test digest"' in found["data"]
    picture = tab.locator("meta[property='og:image']").get_attribute("content")
    assert tab.request.get(picture).headers["content-type"] == "image/png"


def test_the_switch_of_colours_is_the_only_script_and_nothing_needs_it(served: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "articles/arabic/")
    assert page.locator("article").inner_text().count("يتداول") >= 20
    assert page.locator("script[src]").count() == page.locator("script:not([type])").count() == 1
    assert not page.get_by_role("button").is_visible()
    context.close()


@pytest.mark.parametrize("page", ["articles/arabic/", "articles/english/", "articles/chinese/"])
def test_what_an_article_weighs_beside_its_text_stays_within_the_budget(served: str, tab: Any, page: str) -> None:
    loaded: list[Any] = []
    tab.on("response", lambda response: loaded.append(response))
    tab.goto(served + page, wait_until="networkidle")
    weigh = {one.request.resource_type: len(gzip.compress(one.body(), 6)) for one in loaded}
    text = len(gzip.compress(tab.locator(".prose").inner_text().encode(), 6))
    assert weigh["document"] + weigh["stylesheet"] - text <= 14 * 1024
    assert weigh["script"] <= 1024


def test_pictures_are_taken_of_a_page_of_each_kind(browser: Any, tmp_path: Path) -> None:
    for address, turned in {
        "": "",
        "companies/": "",
        "companies/a/": "",
        "articles/a/": "",
        "articles/b/": ' dir="rtl"',
    }.items():
        write(tmp_path / "web", {f"{address}index.html": f"<!doctype html><html{turned}><p>{address}"})
    taken = [path.name for path in shots(browser, tmp_path / "web", tmp_path / "shots")]
    pages = ["01-front", "02-companies", "03-companies-a", "04-articles-a", "05-articles-b"]
    modes = ["phone-light", "phone-dark", "desktop-light", "desktop-dark"]
    assert taken == [f"{page}-{mode}.png" for mode in modes for page in pages]
    assert all((tmp_path / "shots" / name).read_bytes().startswith(b"\x89PNG") for name in taken)


def test_the_package_serves_as_a_plain_folder(served: str, tab: Any) -> None:
    tab.goto(served + "articles/english/")
    tab.locator("a[href$='companies/salesforce/']").first.click()
    tab.wait_for_url("**/companies/salesforce/")
    assert Path(tab.url.removeprefix(served)) == Path("companies/salesforce")
