"""The search in a real browser: any way to write a word finds it, by filters, without another host, under its policy."""

import gzip
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pressfold.folding import RULES, fold
from scripts.shots import served as folder_served
from tests.conftest import PROJECT, Site, article, ok

pytestmark = pytest.mark.browser

FOLDER = "content/articles/2026/01"
TEXTS = {
    "arabic": article(
        "رسالة داخلية في Salesforce",
        lang="ar",
        companies="[salesforce]",
        date="2025-11-03",
        summary="يتداول موظفون رسالة موجهة إلى الإدارة.",
        body="يتداول مُوَظَّفُون في شركة Salesforce رسالة إلى أحمد، ويطلبون جوابًا.",
        source="{name: الجريدة, url: 'https://a.example/'}",
    ),
    "polish": article("List z Łodzi", lang="pl", companies="[google]", body="Pracownicy napisali gęślą jaźń."),
    "chinese": article("谷歌员工致信管理层", lang="zh", companies="[google]", body="员工联名致信公司，要求终止合同。"),
    "english": article("A letter at Google", companies="[google]", body="Nobody wrote an <b>answer</b> & left."),
    "french": article("Une lettre", lang="fr", companies="[salesforce]", body="L’article d’hier est une œuvre."),
    "hostile": article(
        "<img src=x onerror=alert(1)>", companies="[google]", summary="</script><script>alert(2)</script>"
    ),
    **{f"many-{number}": article(f"Number {number}", body="Crowded words.") for number in range(45)},
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site below a path, as hosts serve it: the address of its front page."""
    where = tmp_path_factory.mktemp("served")
    site = Site(where / "site").write({f"{FOLDER}/{name}.md": text for name, text in TEXTS.items()})
    with folder_served(where / "web") as root:
        address = f"{root}my/pagefind-news/"
        site.write({"config.yaml": f"title: A test digest\nbase_url: {address}\nsearch: pagefind\n"})
        ok(site.build("--output", str(where / "web" / "my" / "pagefind-news")))
        yield address


@pytest.fixture
def tab(served: str, browser: Any) -> Iterator[Any]:
    """A page that says nothing on its console, breaks no policy, and asks nobody but its own host."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(served) else said.append(request.url))
    yield page
    context.close()
    assert said == []


def _found(tab: Any, served: str, asked: str) -> list[str]:
    """The titles that a question in the address finds."""
    tab.goto(f"{served}search/?{asked}")
    tab.locator("#found:not(:empty)").wait_for()
    titles: list[str] = tab.locator("#results .headline").all_inner_texts()
    return titles


@pytest.mark.parametrize(("query", "title"), [
    ("موظفون", "رسالة داخلية في Salesforce"),
    ("مُوَظَّفُون", "رسالة داخلية في Salesforce"),
    ("احمد", "رسالة داخلية في Salesforce"),
    ("إحمد", "رسالة داخلية في Salesforce"),
    ("الى رساله", "رسالة داخلية في Salesforce"),
    ("الجريده", "رسالة داخلية في Salesforce"),
    ("lodzi", "List z Łodzi"),
    ("ŁODZI", "List z Łodzi"),
    ("gesla jazn", "List z Łodzi"),
    ("pracow", "List z Łodzi"),
    ("致信公司", "谷歌员工致信管理层"),
    ("终止", "谷歌员工致信管理层"),
    ("管", "谷歌员工致信管理层"),
    ("oeuvre", "Une lettre"),
    ("hier", "Une lettre"),
    ('"an answer"', "A letter at Google"),
])  # fmt: skip
def test_a_word_is_found_however_it_is_written(served: str, tab: Any, query: str, title: str) -> None:
    tab.goto(f"{served}search/")
    tab.get_by_role("searchbox", name="Search all articles").fill(query)
    tab.locator("#results .headline", has_text=title).wait_for()
    assert tab.locator("#found").inner_text() == "1 article"
    assert tab.locator("#results .headline").count() == 1
    assert "q=" in tab.url


@pytest.mark.parametrize("query", ["qqqq", "letter qqqq", "谷合", '"answer an"', "lodzianin", "ar ltr html"])
def test_what_no_article_says_is_not_found(served: str, tab: Any, query: str) -> None:
    tab.goto(f"{served}search/?company=google")
    tab.locator("#results .headline").first.wait_for()
    tab.get_by_role("searchbox").fill(query)
    tab.get_by_text("Nothing found.").wait_for()
    assert tab.locator("#results li").count() == 0


@pytest.mark.parametrize("lang", ["zh", "ja", "th"])
def test_chinese_is_found_on_a_page_in_a_language_by_which_pagefind_would_cut_it(
    served: str, tab: Any, lang: str
) -> None:
    def with_language(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('<html lang="en"', f'<html lang="{lang}"'))

    tab.route("**/search/*", with_language)
    assert _found(tab, served, "q=致信公司") == ["谷歌员工致信管理层"]
    assert tab.evaluate("document.documentElement.lang") == lang


def test_a_question_without_words_asks_nothing(served: str, tab: Any) -> None:
    _found(tab, served, "q=letter")
    tab.get_by_role("searchbox").fill(" … ")
    tab.locator("#found:empty").wait_for()
    assert tab.locator("#results li").count() == 0


@pytest.mark.parametrize(("asked", "titles"), [
    ("q=google&language=pl", {"List z Łodzi"}),
    ("q=google&language=en&year=2026", {"A letter at Google", "<img src=x onerror=alert(1)>"}),
    ("q=salesforce&company=salesforce&year=2025", {"رسالة داخلية في Salesforce"}),
    ("company=salesforce", {"Une lettre", "رسالة داخلية في Salesforce"}),
    ("q=letter&company=nobody", {"A letter at Google"}),
])  # fmt: skip
def test_a_search_is_narrowed_by_company_language_and_year(served: str, tab: Any, asked: str, titles: set[str]) -> None:
    assert set(_found(tab, served, asked)) == titles


def test_filters_are_chosen_by_keyboard_and_kept_in_the_address(served: str, tab: Any) -> None:
    assert len(_found(tab, served, "q=google")) == 4
    tab.get_by_role("searchbox").focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "language"
    tab.get_by_label("Language").select_option("zh")
    tab.get_by_text("1 article", exact=True).wait_for()
    assert tab.url.endswith("?q=google&language=zh")
    tab.reload()
    tab.get_by_text("1 article", exact=True).wait_for()
    assert tab.get_by_label("Language").input_value() == "zh"


def test_a_result_has_its_own_direction_and_leads_to_its_article(served: str, tab: Any) -> None:
    _found(tab, served, "q=احمد")
    item = tab.locator("#results li").first
    title, summary = item.locator(".headline"), item.locator(".summary")
    for node in (title, summary):
        assert (node.get_attribute("lang"), node.get_attribute("dir")) == ("ar", "rtl")
        assert node.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert summary.inner_text() == "يتداول موظفون رسالة موجهة إلى الإدارة."  # as it was written, with its alefs
    assert item.locator(".meta").inner_text().split() == "November 3, 2025 Arabic الجريدة".split()
    assert tab.evaluate("document.documentElement.lang") == "en"
    item.locator(".kicker a").click()
    tab.wait_for_url("**/companies/salesforce/")
    tab.go_back()
    tab.locator("#results .headline a").first.click()
    tab.wait_for_url(f"{served}articles/arabic/")
    assert tab.locator("h1").inner_text() == "رسالة داخلية في Salesforce"


def test_many_results_come_by_twenty_and_the_newest_first_where_that_is_asked(served: str, tab: Any) -> None:
    assert len(_found(tab, served, "q=crowded&order=newest")) == 20
    assert tab.locator("#found").inner_text() == "45 articles"
    more = tab.get_by_role("button", name="More results")
    more.click()
    tab.locator("#results li").nth(39).wait_for()
    assert tab.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#results li')[20]")
    more.click()
    tab.locator("#results li").nth(44).wait_for()
    assert not more.is_visible()


def test_what_articles_say_is_never_read_as_html(served: str, tab: Any) -> None:
    _found(tab, served, "company=google")
    assert tab.locator("#results img, #results script").count() == 0
    assert tab.get_by_text("</script><script>alert(2)</script>").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_search_never_scrolls_sideways(served: str, tab: Any, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    _found(tab, served, "company=google")
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_without_javascript_the_page_says_so_and_offers_the_lists(served: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "search/")
    told = page.locator("noscript p")
    assert told.is_visible()
    assert "Searching needs JavaScript" in told.inner_text()
    assert not page.locator("form").is_visible()
    page.locator("noscript a", has_text="Languages").click()
    page.wait_for_url(served + "languages/")
    context.close()


def test_nothing_of_the_index_is_loaded_before_it_is_asked(served: str, tab: Any) -> None:
    asked: dict[str, int] = {}
    tab.on("response", lambda answer: asked.update({answer.url: len(gzip.compress(answer.body()))}))
    tab.goto(served + "search/", wait_until="networkidle")
    assert len(asked) >= 4
    assert not [url for url in asked if "pagefind/" in url.removeprefix(served)]
    assert sum(asked.values()) < 15_000  # the budget of docs/search.md


def test_only_the_search_may_run_webassembly(served: str, tab: Any) -> None:
    tab.goto(served)
    assert "wasm" not in tab.locator("meta[http-equiv]").get_attribute("content")
    assert tab.locator("script[src*=search]").count() == 0


def test_an_index_that_cannot_be_loaded_is_told(served: str, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(served + "search/?q=letter")
    page.get_by_text("The search could not be loaded.").wait_for()
    page.unroute("**/pagefind/**")
    page.get_by_role("searchbox").fill("letter at")
    page.get_by_text("1 article", exact=True).wait_for()
    context.close()


def test_the_browser_folds_as_the_index_is_folded(browser: Any) -> None:
    """Every character, and the texts of the corpus: by the very lines of the script that is served."""
    script = (PROJECT / "layouts" / "static" / "search.js").read_text("utf-8")
    lines = script[script.index("const rules") : script.index("const QUOTED")].replace("form.dataset.rules", "given")
    assigned = (chr(code) for code in range(sys.maxunicode + 1))
    texts = [f"x{ch}Σ 1" for ch in assigned if unicodedata.category(ch) not in ("Cn", "Cs", "Co")]
    texts += [path.read_text("utf-8", "replace") for path in sorted(Path(PROJECT, "tests", "corpus").glob("*.txt"))]
    page = browser.new_page()
    told = page.evaluate(f"([given, texts]) => {{ {lines} return texts.map(fold); }}", [json.dumps(RULES), texts])
    page.close()
    assert [(text, fold(text), other) for text, other in zip(texts, told, strict=True) if fold(text) != other] == []
