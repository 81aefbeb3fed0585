"""The catalog: grouping loses nothing and doubles nothing, and the order is never the clock's."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressfold.article import Article
from pressfold.card import Card
from pressfold.catalog import ARCHIVE, Catalog, Due, groups
from pressfold.config import Config
from pressfold.language import Tag
from pressfold.moment import Day, day, start
from pressfold.published import card
from pressfold.slug import Slug, name_slug
from tests.planning import ALL, catalog_of

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC)
CONFIG = Config(title="T", base_url="https://digest.example/", timezone="Europe/Warsaw")
SLUGS = st.lists(st.sampled_from([Slug("a"), Slug("b"), Slug("c")]), unique=True).map(tuple)
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
            source_name=draw(st.sampled_from(["", "The Paper", "THE PAPER", "A.b"])),
            original=draw(st.sampled_from([None, None, Slug("n0"), Slug("n1"), Slug("x")])),
            draft=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


def _catalog(articles: list[Article], due: Due = ALL) -> Catalog:
    return catalog_of(articles, CONFIG, due)


def _all(catalog: Catalog) -> dict[str, list[Card]]:
    """Every group with its members."""
    kinds = [
        f"{kind}/{name}"
        for kind in ("language", "company", "mention", "source", "story")
        for name in catalog.names(kind)
    ]
    return {group: list(catalog.newest(group)) for group in (ARCHIVE, *kinds)}


@given(_collections())
def test_every_article_stands_once_in_each_of_its_groups_and_in_no_other(articles: list[Article]) -> None:
    held = _all(_catalog(articles))
    cards = [card(article, CONFIG) for article in articles]
    expected: dict[str, list[str]] = {ARCHIVE: []}
    for one in cards:
        for group in groups(one):
            expected.setdefault(group, []).append(one.id)
    assert {group: sorted(one.id for one in members) for group, members in held.items()} == {
        group: sorted(ids) for group, ids in expected.items()
    }
    by_id = {one.id: one for one in cards}
    assert all(one == by_id[one.id] for members in held.values() for one in members)


@given(_collections())
def test_groups_are_the_archive_the_language_the_companies_the_source_and_the_story(articles: list[Article]) -> None:
    for article in articles:
        found = groups(card(article, CONFIG))
        about = {f"company/{slug}" for slug in article.companies}
        named = {f"mention/{slug}" for slug in article.mentions if slug not in article.companies}
        told = {f"story/{article.story}"} if article.story else set()
        source = {f"source/{name_slug(article.source_name, 'source')}"} if article.source_name else set()
        assert set(found) == {ARCHIVE, f"language/{article.lang}", *about, *named, *source, *told}
        assert len(found) == len(set(found))


@given(_collections())
def test_months_part_a_group_and_count_it(articles: list[Article]) -> None:
    catalog = _catalog(articles)
    for group, members in _all(catalog).items():
        months = catalog.months(group)
        assert list(months) == sorted(months, reverse=True)
        assert [one for month in months for one in catalog.month(group, month)] == members
        assert months == {month: len(catalog.month(group, month)) for month in months}
        assert catalog.count(group) == len(members)
        assert catalog.spread(group) == Counter((one.month, one.lang) for one in members)
    assert catalog.months_of("company") == {
        name: catalog.months(f"company/{name}") for name in catalog.names("company")
    }


@given(_collections())
def test_every_group_is_newest_first(articles: list[Article]) -> None:
    by_id = {article.id: article for article in articles}
    for members in _all(_catalog(articles)).values():
        happened = [start(by_id[one.id].happened, WARSAW) for one in members]
        assert happened == sorted(happened, reverse=True)


@given(_collections())
def test_feeds_are_ordered_by_joining(articles: list[Article]) -> None:
    joined = _catalog(articles).joined(ARCHIVE, 5)
    expected = sorted(articles, key=lambda article: (-article.added.timestamp(), article.id))[:5]
    assert [one.id for one in joined] == [article.id for article in expected]


@given(_collections())
def test_story_is_what_two_articles_tell(articles: list[Article]) -> None:
    catalog = _catalog(articles)
    told = {name: [one.id for one in catalog.tellings(name)] for name in catalog.names("story")}
    for name, ids in told.items():
        expected = sorted(article.id for article in articles if article.story == name)
        assert sorted(ids) == (expected if len(expected) > 1 else [])
    assert set(catalog.stories(99)) == {name for name, ids in told.items() if ids}
    assert catalog.stories(1) == catalog.stories(99)[:1]
    for article in articles:
        others = [one.id for one in catalog.others(card(article, CONFIG))]
        assert others == [id_ for id_ in told.get(str(article.story), []) if id_ != article.id]


@given(_collections(), st.data())
def test_order_of_entering_does_not_matter(articles: list[Article], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(articles))
    assert _all(_catalog(list(shuffled))) == _all(_catalog(articles))
    assert _catalog(list(shuffled)).stories(99) == _catalog(articles).stories(99)


@given(_collections(), _collections(), st.data())
def test_what_came_and_went_leaves_no_trace(old: list[Article], new: list[Article], data: st.DataObject) -> None:
    """Entering, changing and dropping in any order ends where entering what is left begins."""
    catalog = _catalog(old)
    before = {one.path: card(one, CONFIG) for one in old}
    for article in new:
        ((was, now),) = catalog.put([card(article, CONFIG)], ALL)
        assert (was, now) == (before.get(article.path), card(article, CONFIG))
        before[article.path] = card(article, CONFIG)
    gone = data.draw(st.lists(st.sampled_from([*before]), unique=True)) if before else []
    assert catalog.drop([*gone, "content/articles/none.md"]) == [before[path] for path in gone]
    left = {article.path: article for article in [*old, *new] if article.path not in gone}
    assert _all(catalog) == _all(_catalog([*left.values()]))
    assert catalog.outline("company") == _catalog([*left.values()]).outline("company")
    assert catalog.astray() == _catalog([*left.values()]).astray()
    assert sorted(catalog.paths()) == sorted(left)


def test_day_orders_first_then_joining_then_the_id() -> None:
    late = dt.datetime(2026, 1, 11, 8, tzinfo=dt.UTC)
    articles = [
        _article("old", date=dt.date(2025, 12, 1), added=late),
        _article("b", date=dt.date(2026, 1, 5)),
        _article("a", date=dt.date(2026, 1, 5)),
        _article("later", date=dt.date(2026, 1, 5), added=late),
        _article("undated"),
    ]
    catalog = _catalog(articles)
    assert [one.title for one in catalog.newest(ARCHIVE)] == ["undated", "later", "a", "b", "old"]
    assert [path.rpartition("/")[2] for path in catalog.paths()] == ["undated.md", "later.md", "a.md", "b.md", "old.md"]


def test_outline_of_a_kind_tells_count_newest_day_and_languages() -> None:
    about = (Slug("a"),)
    articles = [
        _article("x", companies=about, date=dt.date(2026, 1, 5)),
        _article("y", companies=about, lang=Tag("ar"), date=dt.date(2026, 1, 7)),
    ]
    assert _catalog(articles).outline("company") == {"a": (2, "2026-01-07", ["ar", "en"])}


def test_first_of_each_group_of_a_kind_is_its_newest() -> None:
    articles = [
        _article("x", source_name="The Paper", date=dt.date(2026, 1, 5)),
        _article("y", source_name="THE PAPER", date=dt.date(2026, 1, 7)),
        _article("z", source_name="A Blog", date=dt.date(2026, 1, 6)),
        _article("none"),
    ]
    firsts = [(one.source, one.source_name, count) for one, count in _catalog(articles).firsts("source")]
    assert firsts == [("a-blog", "A Blog", 1), ("the-paper", "THE PAPER", 2)]


@pytest.mark.parametrize("held", [0, 3])
def test_a_catalog_that_is_filled_has_the_same_tables_as_one_that_grows(held: int) -> None:
    cards = [card(_article(f"n{number}"), CONFIG) for number in range(9)]
    grown, filled = _catalog([]), _catalog([])
    grown.put(cards, ALL)
    filled.put(cards[:held], ALL)
    with filled.filling():
        filled.put(cards[held:], ALL)
    schemas = [[*one._database.execute("select name, sql from sqlite_master order by name")] for one in (grown, filled)]
    assert schemas[0] == schemas[1]
    assert _all(grown) == _all(filled)
    assert grown.joined(ARCHIVE, 5) == filled.joined(ARCHIVE, 5)


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
    assert card(_article("x", date=date), CONFIG).month == month


@given(_collections(), st.booleans(), st.booleans())
def test_every_article_is_published_or_held_back(articles: list[Article], drafts: bool, future: bool) -> None:
    catalog = _catalog(articles, Due(now=NOW, drafts=drafts, future=future))
    published, held = list(catalog.newest(ARCHIVE)), catalog.held()
    assert sorted(one.id for one in (*published, *held)) == sorted(article.id for article in articles)
    by_id = {article.id: article for article in articles}
    for one in published:
        date = by_id[one.id].date
        assert drafts or not by_id[one.id].draft
        assert future or date is None or start(date, WARSAW) <= NOW
    if drafts and future:
        assert not held


DUE = st.builds(
    Due,
    now=st.integers(-40, 40).map(lambda days: NOW + dt.timedelta(days=days)),
    drafts=st.booleans(),
    future=st.booleans(),
)


@given(_collections(), DUE)
def test_a_translation_is_astray_unless_its_original_stands_beside_it_in_another_language(
    articles: list[Article], due: Due
) -> None:
    catalog = _catalog(articles, due)
    cards = {one.slug: one for article in articles if not due.holds(one := card(article, CONFIG))}

    def right(article: Article) -> bool:
        original = cards.get(article.original) if article.original else None
        return bool(
            original
            and not original.original
            and article.story
            and (original.story, original.lang != article.lang) == (article.story, True)
        )

    assert [one.path for one in catalog.astray()] == sorted(a.path for a in articles if a.original and not right(a))


@given(_collections(), DUE, DUE)
def test_articles_turn_when_the_clock_or_what_is_asked_for_does(
    articles: list[Article], first: Due, second: Due
) -> None:
    """Also when the clock is set back."""
    catalog = _catalog(articles, first)
    turned = catalog.turned(second)
    catalog.put(turned, second)
    assert _all(catalog) == _all(_catalog(articles, second))
    assert catalog.held() == _catalog(articles, second).held()
    assert catalog.turned(second) == []
    assert all(first.holds(one) is not second.holds(one) for one in turned)


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
    config = Config(title="T", base_url="https://digest.example/", timezone=zone)
    assert Due(now=NOW).holds(card(_article("x", date=date), config)) is expected


def test_articles_of_one_id_are_twins() -> None:
    paths = [f"content/articles/2026/0{number}/a.md" for number in (3, 1, 2)]
    catalog = _catalog([_article("x", path=path) for path in paths] + [_article("other")])
    assert catalog.twins() == [(paths[2], paths[1]), (paths[0], paths[1])]


@given(_collections())
def test_face_of_a_card_is_the_same_whatever_the_body_says(articles: list[Article]) -> None:
    for article in articles:
        one = card(replace(article, body="Words.", summary="Said."), CONFIG)
        other = card(replace(article, body="Other words. Said.", summary="Said."), CONFIG)
        assert one.face == other.face
        assert one.text != other.text
        assert card(replace(article, title="Another"), CONFIG).face != one.face


def test_day_of_an_article_is_told_where_the_site_is() -> None:
    late = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)
    one = card(_article("x", date=late, added=late, updated=late), CONFIG)
    assert (one.day, one.added_day, one.updated_day) == ("2026-02-01",) * 3
    assert day(late, WARSAW).isoformat() == one.day
