"""The catalog: grouping loses nothing and doubles nothing, and the order is never the clock's."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.article import Article
from pressfold.catalog import due, group, is_future, newest_first
from pressfold.company import Company
from pressfold.language import Tag
from pressfold.moment import Day, day
from pressfold.slug import Slug

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC)
REGISTRY = {
    Slug(slug): Company(slug=Slug(slug), name=name) for slug, name in [("a", "Zeta"), ("b", "alpha"), ("c", "Mid")]
}
SLUGS = st.lists(st.sampled_from([*REGISTRY]), unique=True).map(tuple)
MOMENTS = st.integers(0, 120 * 86400).map(
    lambda seconds: dt.datetime(2025, 11, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
)
DAYS: st.SearchStrategy[Day | None] = st.one_of(st.none(), st.dates(dt.date(2025, 11, 1), dt.date(2026, 3, 1)), MOMENTS)


def _article(name: str, **given: object) -> Article:
    fields: dict[str, object] = {
        "path": f"content/articles/2026/01/{name}.md",
        "id": f"urn:{name}",
        "title": name,
        "lang": Tag("en"),
        "added": dt.datetime(2026, 1, 10, 8, tzinfo=dt.UTC),
    }
    return Article(**{**fields, **given})  # type: ignore[arg-type]


@st.composite
def _collections(draw: st.DrawFn) -> list[Article]:
    return [
        _article(
            f"n{number}",
            lang=Tag(draw(st.sampled_from(["en", "pl", "ar"]))),
            added=draw(MOMENTS),
            date=draw(DAYS),
            companies=draw(SLUGS),
            mentions=draw(SLUGS),
            story=draw(st.sampled_from([None, Slug("s"), Slug("t"), Slug(f"n{number}")])),
            draft=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


@given(_collections())
def test_every_article_stands_once_in_the_list_its_language_and_its_month(articles: list[Article]) -> None:
    catalog = group(articles, REGISTRY, WARSAW)
    ids = sorted(article.id for article in articles)
    assert sorted(article.id for article in catalog.articles) == ids
    assert sorted(article.id for members in catalog.languages.values() for article in members) == ids
    assert sorted(article.id for members in catalog.months(articles).values() for article in members) == ids
    assert all(article.lang == tag for tag, members in catalog.languages.items() for article in members)


@given(_collections())
def test_companies_hold_every_article_about_them_once(articles: list[Article]) -> None:
    catalog = group(articles, REGISTRY, WARSAW)
    about = sorted((slug, article.id) for article in articles for slug in article.companies)
    assert sorted((slug, article.id) for slug, held in catalog.companies.items() for article in held.about) == about
    assert all(held.company is REGISTRY[slug] for slug, held in catalog.companies.items())


@given(_collections())
def test_mention_stands_apart_where_the_company_has_articles_of_its_own(articles: list[Article]) -> None:
    catalog = group(articles, REGISTRY, WARSAW)
    expected = sorted(
        (slug, article.id)
        for article in articles
        for slug in article.mentions
        if slug not in article.companies and slug in catalog.companies
    )
    assert sorted((slug, a.id) for slug, held in catalog.companies.items() for a in held.mentions) == expected


@given(_collections())
def test_story_is_what_two_articles_tell(articles: list[Article]) -> None:
    catalog = group(articles, REGISTRY, WARSAW)
    told: dict[str, set[str]] = {}
    for article in articles:
        if article.story:
            told.setdefault(article.story, set()).add(article.id)
    assert {slug: {a.id for a in members} for slug, members in catalog.stories.items()} == {
        slug: members for slug, members in told.items() if len(members) > 1
    }
    for article in articles:
        others = told.get(article.story or "", {article.id}) - {article.id}
        assert {other.id for other in catalog.tellings(article)} == others


@given(_collections(), st.data())
def test_order_of_the_files_does_not_matter(articles: list[Article], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(articles))
    assert group(shuffled, REGISTRY, WARSAW) == group(articles, REGISTRY, WARSAW)


@given(_collections())
def test_every_group_is_newest_first(articles: list[Article]) -> None:
    catalog = group(articles, REGISTRY, WARSAW)
    groups = [catalog.articles, *catalog.languages.values(), *catalog.stories.values()]
    groups += [held.about for held in catalog.companies.values()] + [
        held.mentions for held in catalog.companies.values()
    ]
    for members in groups:
        assert list(members) == sorted(members, key=lambda article: newest_first(article, WARSAW))
    months = list(catalog.months(catalog.articles))
    assert months == sorted(months, reverse=True)


def test_companies_are_sorted_by_name_and_languages_by_tag() -> None:
    articles = [_article("x", companies=(Slug("a"), Slug("b"), Slug("c"))), _article("y", lang=Tag("ar"))]
    catalog = group(articles, REGISTRY, WARSAW)
    assert list(catalog.companies) == ["b", "c", "a"]
    assert list(catalog.languages) == ["ar", "en"]


def test_day_orders_first_then_joining_then_the_id() -> None:
    late = dt.datetime(2026, 1, 11, 8, tzinfo=dt.UTC)
    articles = [
        _article("old", date=dt.date(2025, 12, 1), added=late),
        _article("b", date=dt.date(2026, 1, 5)),
        _article("a", date=dt.date(2026, 1, 5)),
        _article("later", date=dt.date(2026, 1, 5), added=late),
        _article("undated"),
    ]
    catalog = group(articles, REGISTRY, WARSAW)
    assert [article.title for article in catalog.articles] == ["undated", "later", "a", "b", "old"]


@pytest.mark.parametrize(
    ("date", "month"),
    [
        (dt.date(2026, 2, 1), "2026-02"),
        (dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC), "2026-02"),
        (dt.datetime(2026, 1, 31, 22, 30, tzinfo=dt.UTC), "2026-01"),
        (None, "2026-01"),
    ],
)
def test_month_is_that_of_the_date_in_the_sites_zone(date: Day | None, month: str) -> None:
    article = _article("x", date=date)
    assert group([article], REGISTRY, WARSAW).month(article) == month


@given(_collections(), st.booleans(), st.booleans())
def test_every_article_is_published_or_held_back(articles: list[Article], drafts: bool, future: bool) -> None:
    published, held = due(articles, NOW, WARSAW, drafts=drafts, future=future)
    assert sorted(a.id for a in (*published, *held)) == sorted(a.id for a in articles)
    for article in published:
        assert drafts or not article.draft
        assert future or not is_future(article.date, NOW, WARSAW)
    if drafts and future:
        assert not held


@pytest.mark.parametrize(
    ("date", "zone", "expected"),
    [
        (None, "UTC", False),
        (dt.date(2026, 2, 2), "UTC", False),
        (dt.date(2026, 2, 3), "UTC", True),
        (dt.date(2026, 2, 2), "America/New_York", True),
        (NOW, "UTC", False),
        (NOW + dt.timedelta(seconds=1), "UTC", True),
    ],
)
def test_date_is_future_until_it_begins_where_the_site_is(date: Day | None, zone: str, expected: bool) -> None:
    assert is_future(date, NOW, ZoneInfo(zone)) is expected


@given(DAYS.filter(lambda date: date is not None))
def test_article_of_the_past_is_never_future_again(date: Day) -> None:
    if not is_future(date, NOW, WARSAW):
        assert not is_future(date, NOW + dt.timedelta(days=1), WARSAW)
        assert day(date, WARSAW) <= day(NOW, WARSAW)
