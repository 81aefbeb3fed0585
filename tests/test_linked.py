"""What pages say of themselves to machines: what is known and nothing else, and no text that ends its element."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pressfold.article import Article
from pressfold.company import Company
from pressfold.config import Config
from pressfold.language import Tag
from pressfold.linked import linked_data
from pressfold.pages.view import Page
from pressfold.slug import Slug
from tests.conftest import Site, article
from tests.planning import pages_of, site_of

BASE = "https://digest.example/news/"
CONFIG = Config(title="The digest", base_url=BASE, description="What it is.")
GOOGLE = Company(slug=Slug("google"), name="Google")
SITE = {"@type": "WebSite", "@id": BASE}
ABOUT = {"@type": "Organization", "@id": f"{BASE}companies/google/", "name": "Google"}


def _article(**given: Any) -> Article:
    fields: dict[str, Any] = {
        "path": "content/articles/2026/01/a.md",
        "id": "urn:a",
        "title": "A letter",
        "lang": Tag("ar"),
    }
    return Article(**{**fields, "added": dt.datetime(2026, 1, 10, 8, tzinfo=dt.UTC), "body": "Words.", **given})


def _pages(*articles: Article) -> dict[str, Page]:
    return {page.address: page for page in pages_of(site_of(articles, CONFIG, {GOOGLE.slug: GOOGLE}))}


def _said(page: Page) -> dict[str, Any]:
    """What stands in the element, as a browser and a JSON parser read it."""
    (element,) = html.fragments_fromstring(str(linked_data(page.view)))
    assert (element.tag, dict(element.attrib), element.tail) == ("script", {"type": "application/ld+json"}, None)
    said: dict[str, Any] = json.loads(element.text)
    assert said.pop("@context") == "https://schema.org"
    return said


def test_an_article_says_no_more_than_is_known() -> None:
    assert _said(_pages(_article(body_mode="link"))["articles/a/"]) == {
        "@type": "NewsArticle",
        "headline": "A letter",
        "inLanguage": "ar",
        "isPartOf": SITE,
    }


def test_an_article_says_when_by_whom_from_where_and_about_whom() -> None:
    told = _article(
        date=dt.date(2026, 1, 9),
        updated=dt.datetime(2026, 2, 1, 8, tzinfo=dt.UTC),
        companies=(GOOGLE.slug,),
        source_name="The Paper",
        source_url="https://paper.example/1?a=b&c",
        author="Robin Sample",
    )
    assert _said(_pages(told)["articles/a/"]) == {
        "@type": "NewsArticle",
        "headline": "A letter",
        "inLanguage": "ar",
        "isPartOf": SITE,
        "datePublished": "2026-01-09",
        "dateModified": "2026-02-01",
        "author": {"@type": "Person", "name": "Robin Sample"},
        "creditText": "The Paper",
        "isBasedOn": "https://paper.example/1?a=b&c",
        "isAccessibleForFree": True,
        "about": [ABOUT],
        "mainEntityOfPage": {
            "@type": "WebPage",
            "breadcrumb": {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Companies", "item": f"{BASE}companies/"},
                    {"@type": "ListItem", "position": 2, "name": "Google", "item": f"{BASE}companies/google/"},
                    {"@type": "ListItem", "position": 3, "name": "A letter"},
                ],
            },
        },
    }


def test_a_list_says_what_it_is_part_of_and_its_breadcrumbs() -> None:
    assert _said(_pages(_article(companies=(GOOGLE.slug,)))["companies/google/2026-01/"]) == {
        "@type": "CollectionPage",
        "name": "Google: January 2026",
        "inLanguage": "en",
        "isPartOf": SITE,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Companies", "item": f"{BASE}companies/"},
                {"@type": "ListItem", "position": 2, "name": "Google", "item": f"{BASE}companies/google/"},
                {"@type": "ListItem", "position": 3, "name": "Google: January 2026"},
            ],
        },
    }


def test_a_company_page_is_about_the_company_and_a_text_is_a_page() -> None:
    pages = _pages(_article(companies=(GOOGLE.slug,)))
    assert _said(pages["companies/google/"])["about"] == ABOUT
    assert _said(pages["about/"])["@type"] == "WebPage"


def test_the_front_page_is_the_site_that_all_others_are_part_of() -> None:
    said = {**SITE, "name": "The digest", "inLanguage": "en", "description": "What it is."}
    assert _said(_pages()[""]) == said


def test_versions_say_of_what_they_are_translations_and_into_what() -> None:
    original = _article(story=Slug("s"))
    translated = {"story": Slug("s"), "original": Slug("a"), "body": "Other words."}
    pages = _pages(
        original,
        _article(path="content/articles/2026/01/b.md", id="urn:b", lang=Tag("pl"), **translated),
        _article(path="content/articles/2026/01/c.md", id="urn:c", lang=Tag("pl"), **translated),
        _article(path="content/articles/2026/01/d.md", id="urn:d", lang=Tag("de"), story=Slug("s")),
    )
    a, b, c, d = (_said(pages[f"articles/{name}/"]) for name in "abcd")
    works = {name: {"@type": "NewsArticle", "@id": f"{BASE}articles/{name}/"} for name in "ab"}
    assert (a["@id"], a["workTranslation"], "translationOfWork" in a) == (works["a"]["@id"], [works["b"]], False)
    assert (b["@id"], b["translationOfWork"], "workTranslation" in b) == (works["b"]["@id"], works["a"], False)
    assert ("@id" in c, c["translationOfWork"]) == (False, works["a"])  # the second into one language
    assert not {"@id", "translationOfWork", "workTranslation"} & d.keys()


MARKS = ["</script>", "<!--", "<script", "]]>", "&lt;", "\\u003c", "\\", '"', "\u2028", "\u2029", " "]
HOSTILE = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.sampled_from(MARKS)).map("".join))


@given(HOSTILE, HOSTILE)
def test_no_text_ends_the_element_and_every_text_is_read_as_it_was(title: str, author: str) -> None:
    view = _pages(_article(title=title, author=author))["articles/a/"].view
    written = str(linked_data(view))
    inner = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>&\u2028\u2029")
    said = json.loads(inner)
    assert (said["headline"], said.get("author", {}).get("name", "")) == (title, author)


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028 & \\u003c \\"])
def test_every_page_of_a_hostile_site_says_one_thing_that_is_json(site: Site, title: str) -> None:
    fields = {"id": "urn:a", "companies": "[google]", "author": f"'{title}'", "source": f"{{name: '{title}'}}"}
    site.write({"config.yaml": f"title: '{title}'\nbase_url: {BASE}\n"})
    site.write({"content/articles/2026/01/a.md": article(title, **fields)})
    built = site.build()
    assert built.code == 0, built.err
    pages = [html.document_fromstring(data) for name, data in site.tree().items() if name.endswith(".html")]
    assert len(pages) > 15
    for page in pages:
        (script,) = page.xpath("//script[not(@src)]")
        assert script.get("type") == "application/ld+json"
        assert json.loads(script.text)["@type"]
