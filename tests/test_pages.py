"""Pages: every address of the design, each view its own, and what one new article may change."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pressfold.article import Article
from pressfold.company import Company
from pressfold.config import Config
from pressfold.language import Tag
from pressfold.memory import Drawn
from pressfold.pages import beside, subjects, touched
from pressfold.pages import plan as plan_subject
from pressfold.pages.frame import NEWEST, PART, Site
from pressfold.pages.front import OF_ONE
from pressfold.pages.subscribe import DAYS, MOST, newest
from pressfold.pages.texts import about
from pressfold.pages.view import Page
from pressfold.pages.view.machines import FeedView
from pressfold.problem import Problem
from pressfold.published import card, digest
from pressfold.redraw import clashes
from pressfold.slug import Slug
from pressfold.textpage import TextPage
from tests.planning import catalog_of, pages_of, site_of

CONFIG = Config(title="T", base_url="https://digest.example/news/", timezone="Europe/Warsaw")
NAMES = {"alpha": "Alpha", "beta": "beta", "gamma": "Gamma"}
REGISTRY = {Slug(slug): Company(slug=Slug(slug), name=name, path="") for slug, name in NAMES.items()}
ADDED = dt.datetime(2026, 1, 10, 8, tzinfo=dt.UTC)
FEEDS = ("feed.xml", "atom.xml", "feed.json")
ALWAYS = {"", "companies/", "stories/", "languages/", "archive/", "feeds/", "about/", "404.html", "robots.txt"}
ALWAYS |= {"site.webmanifest", "sources/", "sitemap.xml", "feeds.opml", *FEEDS}


def _article(name: str, **given: Any) -> Article:
    fields: dict[str, Any] = {
        "path": f"content/articles/2026/01/{name}.md",
        "id": f"urn:{name}",
        "title": f"Title {name}",
        "lang": Tag("en"),
        "added": ADDED,
        "body": f"Body {name}",
    }
    return Article(**{**fields, **given})


def _site(
    articles: Sequence[Article],
    config: Config = CONFIG,
    declared: Sequence[Company] = (),
    texts: Sequence[TextPage] = (),
) -> Site:
    return site_of(articles, config, REGISTRY, declared, texts)


def _plan(
    articles: Sequence[Article],
    config: Config = CONFIG,
    declared: Sequence[Company] = (),
    texts: Sequence[TextPage] = (),
) -> dict[str, Page]:
    return {page.address: page for page in pages_of(_site(articles, config, declared, texts))}


def _months(folder: str, pages: dict[str, Page]) -> list[str]:
    return [address for address in pages if address.startswith(f"{folder}2") and pages[address].layout == "list.html"]


def test_empty_site_has_its_own_pages_and_no_others() -> None:
    assert set(_plan([])) == ALWAYS


def test_few_articles_have_the_addresses_of_the_design() -> None:
    articles = [
        _article(
            "one", companies=(Slug("alpha"),), mentions=(Slug("beta"),), story=Slug("tale"), redirects=("old/one/",)
        ),
        _article("two", lang=Tag("pt-BR"), date=dt.date(2025, 12, 31), story=Slug("tale")),
        _article("three", story=Slug("three"), source_name="The Paper"),
    ]
    assert set(_plan(articles)) == ALWAYS | {
        "articles/one/",
        "articles/two/",
        "articles/three/",
        "old/one/",
        "companies/alpha/",
        "companies/alpha/2026-01/",
        *(f"companies/alpha/{feed}" for feed in FEEDS),
        "stories/tale/",
        "languages/en/",
        "languages/en/2026-01/",
        *(f"languages/en/{feed}" for feed in FEEDS),
        "languages/pt-BR/",
        "languages/pt-BR/2025-12/",
        *(f"languages/pt-BR/{feed}" for feed in FEEDS),
        "sources/the-paper/",
        "sources/the-paper/2026-01/",
        "archive/2026-01/",
        "archive/2025-12/",
    }


def test_page_is_a_file_of_its_own() -> None:
    paths = [page.path for page in _plan([_article("one")]).values()]
    assert {"index.html", "articles/one/index.html", "404.html", "feed.xml", "sitemap.xml"} <= set(paths)
    assert len(paths) == len(set(paths))


def test_month_is_that_of_the_date_in_the_sites_zone() -> None:
    late = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)
    assert _months("archive/", _plan([_article("one", date=late)])) == ["archive/2026-02/"]


@pytest.mark.parametrize(
    ("count", "sizes"), [(1, [1]), (PART, [PART]), (PART + 1, [PART, 1]), (2 * PART + 5, [PART, PART, 5])]
)
def test_month_over_200_is_split_counted_from_its_oldest(count: int, sizes: list[int]) -> None:
    articles = [_article(f"n{n:03}", added=ADDED + dt.timedelta(minutes=n)) for n in range(count)]
    pages = _plan(articles)
    addresses = ["archive/2026-01/", *(f"archive/2026-01/{number}/" for number in range(2, len(sizes) + 1))]
    assert sorted(_months("archive/", pages)) == addresses
    assert [len(pages[address].view.items) for address in addresses] == sizes
    shown = [item.title for address in addresses for item in reversed(pages[address].view.items)]
    assert shown == [article.title for article in articles]
    (group,) = pages["archive/"].view.groups
    assert [link.address for link in group[1]] == addresses


def test_full_part_of_a_month_never_changes() -> None:
    articles = [_article(f"n{n:03}", added=ADDED + dt.timedelta(minutes=n)) for n in range(2 * PART + 3)]
    before, after = _plan(articles[:-1]), _plan(articles)
    changed = {address for address in after if before.get(address) != after[address]}
    assert {address for address in changed if "2026-01/" in address} == {
        "archive/2026-01/3/",
        "languages/en/2026-01/3/",
    }


def test_first_page_holds_the_newest_and_links_the_months() -> None:
    articles = [
        _article(f"n{n:02}", companies=(Slug("alpha"),), added=ADDED - dt.timedelta(days=n)) for n in range(NEWEST + 5)
    ]
    pages = _plan(articles)
    for address in ("companies/alpha/", "languages/en/"):
        assert [item.title for item in pages[address].view.items] == [a.title for a in articles[:NEWEST]]
    assert [link.address for link in pages["companies/alpha/"].view.months] == [
        "companies/alpha/2026-01/",
        "companies/alpha/2025-12/",
        "companies/alpha/2025-11/",
    ]


def test_the_list_of_stories_does_not_grow_with_the_archive() -> None:
    def told(count: int) -> Page:
        return _plan([_article(f"{side}{n}", story=Slug(f"s{n}")) for n in range(count) for side in "ab"])["stories/"]

    some, many = told(NEWEST).view, told(3 * NEWEST).view
    assert (len(some.items), some.more, len(many.items), many.more) == (NEWEST, False, NEWEST, True)


def test_front_page_that_holds_all_says_so() -> None:
    tellings = [_article(f"n{n}", story=Slug("tale")) for n in range(3)]
    view = _plan(tellings)[""].view
    assert (len(view.lead.others), view.sections, view.more) == (2, (), False)


def test_front_page_groups_the_newest_by_company_and_the_company_with_the_newest_comes_first() -> None:
    companies = ["beta", "alpha", "beta", "", *["alpha"] * (NEWEST + 5)]
    articles = [
        _article(f"n{n:02}", companies=(Slug(slug),) if slug else (), added=ADDED - dt.timedelta(days=n))
        for n, slug in enumerate(companies)
    ]
    view = _plan(articles)[""].view
    assert (view.lead.title, view.more) == ("Title n00", True)
    found = [
        (section.company and section.company.address, len(section.items), section.more) for section in view.sections
    ]
    assert found == [("companies/alpha/", OF_ONE, True), ("companies/beta/", 1, False), (None, 1, False)]
    assert [item.title for item in view.sections[0].items[:2]] == ["Title n01", "Title n04"]


def test_tellings_stand_on_each_others_pages_and_on_that_of_their_story() -> None:
    articles = [
        _article("new", date=dt.date(2026, 1, 9), story=Slug("tale")),
        _article("old", date=dt.date(2026, 1, 3), story=Slug("tale"), lang=Tag("ar")),
        _article("alone", story=Slug("alone")),
    ]
    pages = _plan(articles)
    assert [other.title for other in pages["articles/new/"].view.item.others] == ["Title old"]
    assert pages["articles/old/"].view.story.address == "stories/tale/"
    assert pages["articles/alone/"].view.story is None
    story = pages["stories/tale/"].view
    assert (story.heading.text, story.heading.dir) == ("Title old", "rtl")
    assert [item.title for item in story.items] == ["Title old", "Title new"]


def test_mention_is_listed_apart_where_the_company_has_a_page() -> None:
    alpha, beta = Slug("alpha"), Slug("beta")
    pages = _plan([_article("one", companies=(alpha,), mentions=(beta,)), _article("two", mentions=(alpha,))])
    assert [item.title for item in pages["companies/alpha/"].view.items] == ["Title one"]
    assert [item.title for item in pages["companies/alpha/"].view.mentions] == ["Title two"]
    assert "companies/beta/" not in pages
    assert pages["articles/one/"].view.mentions == ("beta",)


def test_companies_are_listed_by_name_with_count_and_languages() -> None:
    articles = [
        _article("one", companies=(Slug("beta"), Slug("alpha"))),
        _article("two", companies=(Slug("beta"),), lang=Tag("pl"), date=dt.date(2026, 1, 20)),
    ]
    rows = _plan(articles)["companies/"].view.rows
    assert [(row.company.text, row.count, row.latest.iso) for row in rows] == [
        ("Alpha", 1, "2026-01-10"),
        ("beta", 2, "2026-01-20"),
    ]
    assert [link.lang for link in rows[1].languages] == ["en", "pl"]


def test_sources_are_listed_by_name_with_count_and_latest_day() -> None:
    articles = [
        _article("one", source_name="The Paper"),
        _article("two", source_name="the  PAPER", date=dt.date(2026, 1, 20)),
        _article("three", source_name="a blog"),
        _article("four"),
    ]
    rows = _plan(articles)["sources/"].view.rows
    assert [(row.source.text, row.source.address, row.count, row.latest.iso) for row in rows] == [
        ("a blog", "sources/a-blog/", 1, "2026-01-10"),
        ("the  PAPER", "sources/the-paper/", 2, "2026-01-20"),  # as its newest article writes it
    ]


def test_source_page_holds_the_newest_of_the_source_and_links_its_months() -> None:
    named = [
        _article(f"n{n:02}", source_name="The Paper", added=ADDED - dt.timedelta(days=n)) for n in range(NEWEST + 5)
    ]
    pages = _plan([*named, _article("other", source_name="A Blog"), _article("none")])
    view = pages["sources/the-paper/"].view
    assert [item.title for item in view.items] == [article.title for article in named[:NEWEST]]
    assert [link.address for link in view.months] == [
        f"sources/the-paper/{m}/" for m in ("2026-01", "2025-12", "2025-11")
    ]
    assert [link.address for link in view.frame.trail] == ["sources/"]
    assert [link.address for link in pages["sources/the-paper/2025-12/"].view.frame.trail] == [
        "sources/",
        "sources/the-paper/",
    ]
    assert pages["articles/n00/"].view.fellows.address == "sources/the-paper/"
    assert pages["articles/none/"].view.fellows is None


def test_another_spelling_that_comes_later_changes_no_earlier_month_of_a_source() -> None:
    old = _article("old", source_name="The Paper", date=dt.date(2025, 12, 1))
    new = _article("new", source_name="THE PAPER")
    changed = _changed(_plan([old]), _plan([old, new]))
    assert "sources/the-paper/" in changed
    assert "sources/the-paper/2025-12/" not in changed


@pytest.mark.parametrize("name", ["1843 Magazine", "2026-02", "2026", "20 Minuten"])
def test_source_whose_name_begins_like_a_month_has_its_page(name: str) -> None:
    pages = _plan([_article("one", source_name=name)])
    folder = f"sources/{card(_article('one', source_name=name), CONFIG).source}/"
    assert pages[folder].view.heading.text == name
    assert pages[f"{folder}2026-01/"].view.heading.text == "January 2026"


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["https://a.example/1", "https://a.example/2?x#y"], "https://a.example/"),
        (["https://A.example?1", "https://a.example#2"], "https://a.example/"),
        (["https://a.example:8443/1", ""], "https://a.example:8443/"),
        (["https://a.example/1", "https://b.example/2"], None),
        (["https://a.example/1", "http://a.example/2"], None),
        (["https://a.example@b.example/1"], None),
        (["", ""], None),
    ],
)
def test_website_of_a_source_is_that_of_all_its_articles(urls: list[str], expected: str | None) -> None:
    articles = [_article(f"n{n}", source_name="The Paper", source_url=url) for n, url in enumerate(urls)]
    origin = _plan(articles)["sources/the-paper/"].view.origin
    assert (origin.address if origin else None) == expected


def test_article_page_is_in_the_articles_language() -> None:
    page = _plan([_article("one", lang=Tag("ar"), date=dt.date(2026, 1, 9))])["articles/one/"]
    assert (page.view.frame.lang, page.view.frame.dir, page.view.frame.words) == ("ar", "rtl", "en")
    assert page.view.item.language == "العربية"
    assert page.view.published.iso == "2026-01-09"
    assert page.view.added.iso == "2026-01-10"


def test_body_is_known_by_its_hash_and_links_from_its_own_folder() -> None:
    article = _article("one")
    page = _plan([article])["articles/one/"]
    assert (page.view.text.digest, page.view.text.folder) == (digest(article.body), "articles/2026/01")
    assert page.view.text.path == article.path


@pytest.mark.parametrize(
    ("site", "own", "expected"),
    [
        ("full", "full", "full"),
        ("full", "excerpt", "excerpt"),
        ("excerpt", "full", "excerpt"),
        ("excerpt", "link", "link"),
        ("link", "full", "link"),
    ],
)
def test_narrowest_word_on_what_may_be_published_wins(site: Any, own: Any, expected: str) -> None:
    config = Config(title="T", base_url="https://a.example/", body=site)
    article = _article("one", body_mode=own, summary="Summary", body="\n\n".join(["word " * 70] * 3))
    pages = _plan([article], config)
    view, feed = pages["articles/one/"].view, pages["feed.xml"].view.items[0]
    assert view.whole is (expected == "full")
    assert (view.text is None) is (expected == "link")
    assert (view.item.summary, feed.summary) == (("", "") if expected == "link" else ("Summary", "Summary"))
    assert feed.text == view.text
    assert (view.text is not None and view.text.digest == digest(article.body)) is (expected == "full")


def test_old_address_leads_to_the_article_and_is_not_indexed() -> None:
    pages = _plan([_article("one", redirects=("old/one/",))])
    view = pages["old/one/"].view
    assert (pages["old/one/"].layout, view.target.address, view.frame.indexed) == (
        "redirect.html",
        "articles/one/",
        False,
    )
    listed = [page.address for page in pages["sitemap.xml"].view.pages]
    assert "old/one/" not in listed
    assert "404.html" not in listed
    assert {"", "articles/one/", "about/"} <= set(listed)


def _text(slug: str, **given: Any) -> TextPage:
    fields: dict[str, Any] = {"title": slug, "lang": None, "description": "", "body": "B", **given}
    return TextPage(slug=Slug(slug), path=f"content/pages/{slug}.md", **fields)


def test_written_about_page_stands_before_the_programs_own() -> None:
    assert _plan([])["about/"].view.text.digest == digest(about(_site([])).body)
    pages = _plan([], texts=[_text("about", title="Über"), _text("imprint", lang=Tag("ar"))])
    assert pages["about/"].view.heading == "Über"
    assert pages["imprint/"].view.frame.dir == "rtl"


# Two pages for one address.

ONE = "content/articles/2026/01/one.md"


def _clashes(articles: Sequence[Article], texts: Sequence[TextPage] = ()) -> tuple[Problem, ...]:
    site = _site(articles, texts=texts)
    asked = [subject for subject in subjects(site.catalog) if not subject.startswith("sitemap/")]
    pages = [(subject, page) for subject in asked for page in plan_subject(site, subject)]
    return tuple(clashes(Drawn(page.path, subject, page.source, "", "", page.listed) for subject, page in pages))


def _clash(path: str, address: str, who: str) -> tuple[Problem, ...]:
    return (Problem(path, 0, f"wants the address /{address}, which {who} has", "rename one of them"),)


def test_two_articles_of_one_name_are_a_problem() -> None:
    other = _article("one", path="content/articles/2025/12/one.md", id="urn:other")
    assert _clashes([_article("one"), other]) == _clash(ONE, "articles/one/", other.path)


def test_page_that_wants_an_address_of_the_site_is_a_problem() -> None:
    assert _clashes([], [_text("companies")]) == _clash(
        "content/pages/companies.md", "companies/", "a page of the site's own"
    )


def test_redirect_to_an_address_in_use_is_a_problem() -> None:
    two = _article("two", redirects=("articles/one/",), date=dt.date(2026, 1, 2))
    assert _clashes([_article("one"), two]) == _clash(two.path, "articles/one/", ONE)
    one = _article("one", redirects=("articles/two/",))
    assert _clashes([one, _article("two")]) == _clash(ONE, "articles/two/", two.path)


def test_addresses_that_differ_only_in_case_are_a_problem() -> None:
    assert _clashes([_article("one", redirects=("About/",))])[0].message.startswith("wants the address /")


@pytest.mark.parametrize("old", ["feed.xml/", "404.html/", "sitemap.xml/", "companies/alpha/feed.json/"])
def test_redirect_that_needs_a_folder_where_the_site_has_a_file_is_a_problem(old: str) -> None:
    (problem,) = _clashes([_article("one", companies=(Slug("alpha"),), redirects=(old,))])
    assert problem.path == ONE


# Feeds.


def test_feed_is_ordered_and_dated_by_joining() -> None:
    articles = [
        _article("late", added=ADDED + dt.timedelta(days=1), date=dt.date(2020, 1, 1)),
        _article("early", date=dt.date(2026, 1, 9), updated=ADDED + dt.timedelta(hours=1)),
    ]
    view = _plan(articles)["feed.xml"].view
    assert [(item.id, item.published, item.updated) for item in view.items] == [
        ("urn:late", "2026-01-11T08:00:00Z", "2026-01-11T08:00:00Z"),
        ("urn:early", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z"),
    ]
    assert view.updated == "2026-01-11T08:00:00Z"


def _chosen(articles: list[Article], limit: int) -> list[Article]:
    by_id = {article.id: article for article in articles}
    joined = catalog_of(articles, CONFIG).joined("archive", max(limit, MOST))
    return [by_id[one.id] for one in newest(joined, limit)]


@given(st.lists(st.integers(0, 60 * 24), max_size=12), st.integers(1, 6))
def test_feed_holds_the_limit_and_all_of_the_last_two_weeks(hours: list[int], limit: int) -> None:
    moments = [ADDED + dt.timedelta(hours=number) for number in hours]
    articles = [_article(f"n{number}", added=moment) for number, moment in enumerate(moments)]
    chosen = _chosen(articles, limit)
    last = max(moments, default=ADDED)
    wanted = {a.id for a in articles if last - a.added <= dt.timedelta(days=DAYS)}
    assert wanted <= {a.id for a in chosen}
    assert len(chosen) >= min(limit, len(articles))
    assert [a.added for a in chosen] == sorted((a.added for a in chosen), reverse=True)
    kept, left = {a.id for a in chosen}, [a for a in articles if a.id not in {c.id for c in chosen}]
    assert all(a.added <= min(c.added for c in chosen) for a in left)
    assert len(kept - wanted) == max(0, min(limit, len(articles)) - len(wanted))


def test_feed_never_holds_more_than_its_most() -> None:
    articles = [_article(f"n{n}", added=ADDED) for n in range(MOST + 20)]
    assert len(_chosen(articles, 50)) == MOST


def test_declared_company_without_articles_keeps_an_empty_feed() -> None:
    pages = _plan([], declared=[REGISTRY[Slug("alpha")]])
    assert set(pages) - ALWAYS == {f"companies/alpha/{feed}" for feed in FEEDS}
    view = pages["companies/alpha/feed.xml"].view
    assert (view.items, view.updated, view.home) == ((), "1970-01-01T00:00:00Z", CONFIG.base_url)


def test_every_feed_has_an_id_of_its_own_that_is_shared_by_its_formats() -> None:
    pages = _plan([_article("one", companies=(Slug("alpha"),)), _article("two", lang=Tag("pl"))])
    ids = {p.address.rpartition("/")[0]: p.view.id for p in pages.values() if isinstance(p.view, FeedView)}
    assert len(set(ids.values())) == len(ids) == 4
    for page in pages.values():
        if isinstance(page.view, FeedView):
            assert page.view.id == ids[page.address.rpartition("/")[0]]


# Law 2: a page holds only what is its own.

SLUGS = st.lists(st.sampled_from([*REGISTRY]), max_size=2, unique=True).map(tuple)
DAY = st.one_of(st.none(), st.dates(dt.date(2025, 11, 20), dt.date(2026, 1, 20)))


@st.composite
def _collections(draw: st.DrawFn) -> list[Article]:
    return [
        _article(
            f"n{number}",
            lang=draw(st.sampled_from([Tag("en"), Tag("pl"), Tag("ar")])),
            added=ADDED + dt.timedelta(hours=draw(st.integers(-900, 900))),
            date=draw(DAY),
            companies=draw(SLUGS),
            mentions=draw(SLUGS),
            story=draw(st.sampled_from([None, Slug("s"), Slug("t")])),
            original=draw(st.sampled_from([None, None, Slug("n0"), Slug("n1")])),
            source_name=draw(st.sampled_from(["", "The Paper", "the paper", "A.b", "A b"])),
            source_url=draw(st.sampled_from(["", "https://a.example/1", "https://b.example/1"])),
            redirects=draw(st.sampled_from([(), (f"old/n{number}/",)])),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


@given(_collections())
@settings(max_examples=150)
def test_versions_of_an_article_name_each_other_and_are_of_one_story_in_different_languages(
    articles: list[Article],
) -> None:
    pages, by_address = _plan(articles), {f"articles/{article.slug}/": article for article in articles}
    for address, article in by_address.items():
        versions = pages[address].view.versions
        found = [by_address[link.address] for link in versions]
        assert len(versions) != 1
        assert len({one.lang for one in found}) == len(found)
        for link, one in zip(versions, found, strict=True):
            assert pages[link.address].view.versions == versions
            assert (one.lang, one.story) == (link.lang, article.story)
        assert not found or article in found
        assert len([one for one in found if one.original is None]) == (1 if found else 0)
        assert len({one.original for one in found if one.original}) <= 1


def _feeds(folder: str) -> set[str]:
    return {folder + feed for feed in FEEDS}


def _may_change(new: Article, before: Site, after: Site) -> set[str]:
    """The addresses that one new article may touch: what is its own, and what lists it."""
    month = card(new, CONFIG).month
    allowed = {f"articles/{new.slug}/", *new.redirects, "", "companies/", "sitemap.xml", *_feeds("")}
    allowed |= {f"archive/{month}/", f"languages/{new.lang}/", f"languages/{new.lang}/{month}/"}
    allowed |= _feeds(f"languages/{new.lang}/")
    for slug in new.companies:
        allowed |= {f"companies/{slug}/", f"companies/{slug}/{month}/", *_feeds(f"companies/{slug}/")}
    allowed |= {f"companies/{slug}/" for slug in new.mentions}
    if new.source_name:
        source = f"sources/{card(new, CONFIG).source}/"
        allowed |= {"sources/", source, f"{source}{month}/"}
    if month not in before.catalog.months("archive"):
        allowed.add("archive/")
    tellings = after.catalog.others(card(new, CONFIG))
    if tellings:  # the other tellings name it, on their pages and where a list shows them as one story
        allowed |= {"stories/", f"stories/{new.story}/", *(f"articles/{other.slug}/" for other in tellings)}
        allowed |= {f"companies/{slug}/" for other in tellings for slug in other.companies}
    if new.lang not in before.catalog.names("language"):
        allowed |= {"languages/", "feeds/", "feeds.opml"}
    if set(new.companies) - set(before.catalog.names("company")):
        allowed |= {"feeds/", "feeds.opml"}
    return allowed


def _changed(before: dict[str, Page], after: dict[str, Page]) -> set[str]:
    return {
        address
        for address in before.keys() | after.keys()
        if address not in before
        or address not in after
        or msgspec.json.encode(before[address].view) != msgspec.json.encode(after[address].view)
    }


@given(_collections())
@settings(max_examples=150)
def test_one_new_article_changes_only_what_is_its_own(articles: list[Article]) -> None:
    *old, new = articles
    changed = _changed(_plan(old), _plan(articles))
    assert changed <= _may_change(new, _site(old), _site(articles))
    assert {f"articles/{new.slug}/", "sitemap.xml", "feed.xml", ""} <= changed


def _subjects_by_address(site: Site) -> dict[str, str]:
    return {page.address: s for s in subjects(site.catalog) if s != "sitemap" for page in plan_subject(site, s)}


@given(_collections(), st.data())
@settings(max_examples=200)
def test_whatever_a_change_alters_is_touched(articles: list[Article], data: st.DataObject) -> None:
    """An article comes, goes or changes in any way: every page that is another then has a subject that is touched."""
    at = data.draw(st.integers(0, len(articles) - 1))
    old = articles[at]
    (other,) = data.draw(_collections().filter(lambda found: len(found) == 1))
    new = data.draw(
        st.sampled_from([
            None,
            replace(old, body="Other words"),
            replace(old, title="Another title", summary="Said anew"),
            replace(old, updated=ADDED + dt.timedelta(days=40)),
            replace(old, story=other.story),
            replace(old, original=other.original),
            replace(other, path=old.path, id=old.id, redirects=()),
        ])
    )  # fmt: skip
    rest = articles[:at] + articles[at + 1 :]
    before, after = _site(articles), _site([*rest, new] if new else rest)
    gone, come = card(old, CONFIG), card(new, CONFIG) if new else None
    marked = {*beside(before.catalog, gone), *touched(after.catalog, gone, come)}
    subject_of = {**_subjects_by_address(before), **_subjects_by_address(after)}
    changed = _changed(
        {page.address: page for page in pages_of(before)}, {page.address: page for page in pages_of(after)}
    )
    assert {subject_of[address] for address in changed if address in subject_of} <= marked


@given(_collections(), st.data())
@settings(max_examples=50)
def test_plan_does_not_depend_on_the_order_of_the_files(articles: list[Article], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(articles))
    assert list(_plan(shuffled).items()) == list(_plan(articles).items())


@given(_collections())
@settings(max_examples=50)
def test_every_article_is_listed_once_in_the_archive_in_its_language_and_in_its_source(articles: list[Article]) -> None:
    pages = _plan(articles)
    for folder in ("archive/", "languages/", "sources/"):
        expected = sorted(article.title for article in articles if folder != "sources/" or article.source_name)
        shown = [
            item.title
            for address, page in pages.items()
            if address.startswith(folder) and page.layout == "list.html" and address.rstrip("/")[-3] == "-"
            for item in page.view.items
        ]
        assert sorted(shown) == expected


@given(_collections())
@settings(max_examples=50)
def test_every_address_that_a_page_links_to_has_a_page(articles: list[Article]) -> None:
    pages = _plan(articles)
    for page in pages.values():
        for found in _addresses(msgspec.to_builtins(page.view)):
            assert found in pages or "://" in found, f"{page.address} links to {found}"


def _addresses(view: Any) -> set[str]:
    """Every address of the site that stands in a view."""
    if isinstance(view, dict):
        own = {view["address"]} if isinstance(view.get("address"), str) else set()
        feeds = _feeds(view["folder"]) if "title" in view and "folder" in view else set()
        return own.union(feeds, *map(_addresses, view.values()))
    if isinstance(view, (list, tuple)):
        return set().union(*map(_addresses, view))
    return set()
