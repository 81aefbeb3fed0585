"""Pictures of articles over time: of bounded size, true to the catalog, and nobody's but the company's own."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from pressfold.article import Article
from pressfold.company import Company
from pressfold.config import Config
from pressfold.language import Tag
from pressfold.pages import plan
from pressfold.pages.calendar import period_name, short_month
from pressfold.pages.columns import HEIGHT, LINES, LOW, lines, outline, share, stacked
from pressfold.pages.frame import Site
from pressfold.pages.span import MOST, Span, span
from pressfold.pages.timeline import SERIES
from pressfold.pages.view import Page
from pressfold.pages.view.timeline import Mark, Step
from pressfold.render import render
from pressfold.slug import Slug
from tests.conftest import PROJECT
from tests.planning import layouts_of, site_of

ALPHA, BETA = Slug("alpha"), Slug("beta")
REGISTRY = {slug: Company(slug=slug, name=slug.title(), path="") for slug in (ALPHA, BETA)}
EN, AR = Tag("en"), Tag("ar")
TAGS = [Tag(tag) for tag in ("en", "ar", "pl", "de", "fr", "he", "it", "es")]
MONTHS = st.tuples(st.integers(1, 9999), st.integers(1, 12)).map(lambda found: f"{found[0]:04}-{found[1]:02}")
COLUMNS = st.integers(1, SERIES).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 400), min_size=width, max_size=width), min_size=1, max_size=MOST
    ).filter(lambda columns: any(map(any, columns)))
)


def _config(language: Tag = EN) -> Config:
    return Config(title="T", base_url="https://digest.example/", language=language)


def _article(name: str, day: str, lang: Tag = EN, companies: Sequence[Slug] = (ALPHA,)) -> Article:
    return Article(
        path=f"content/articles/{name}.md",
        id=f"urn:{name}",
        title=name,
        lang=lang,
        date=dt.date.fromisoformat(day),
        added=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        companies=tuple(companies),
    )


def _months(*days: tuple[str, str]) -> list[Article]:
    """Articles of (month, language)."""
    return [_article(f"n{number}", f"{month}-05", Tag(lang)) for number, (month, lang) in enumerate(days)]


def _site(articles: Sequence[Article], language: Tag = EN) -> Site:
    return site_of(articles, _config(language), REGISTRY)


def _page(articles: Sequence[Article], language: Tag = EN, subject: str = "company/alpha") -> Page:
    (page,) = plan(_site(articles, language), subject)
    return page


def _drawn(page: Page) -> Any:
    return html.fromstring(render(page, layouts_of(PROJECT / "layouts"), lambda _: "").decode())


# What months come to.


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-02", "2026-02", Span("month", 2026 * 12 + 1, 1)),
        ("2023-03", "2026-02", Span("month", 2023 * 12 + 2, 36)),
        ("2023-02", "2026-02", Span("quarter", 2023 * 4, 13)),
        ("2017-04", "2026-03", Span("quarter", 2017 * 4 + 1, 36)),
        ("2017-03", "2026-03", Span("year", 2017, 10)),
        ("1970-01", "2026-03", Span("year", 1991, 36)),
    ],
)
def test_a_stretch_of_time_is_told_in_the_shortest_periods_that_are_few_enough(
    first: str, last: str, expected: Span
) -> None:
    assert span([last, first]) == expected


@given(st.lists(MONTHS, min_size=1, max_size=5))
def test_periods_are_few_end_with_the_newest_and_hold_each_month_once(months: list[str]) -> None:
    found = span(months)
    assert 1 <= found.length <= MOST
    assert found.place(max(months)) == found.length - 1
    assert found.unit == "year" or found.place(min(months)) == 0
    starts = [found.begins(place) for place in range(found.length)]
    for month in months:
        place = found.place(month)
        assert place < 0 or starts[place] <= month
        assert place < 0 or place + 1 == found.length or month < starts[place + 1]


@pytest.mark.parametrize(
    ("unit", "lang", "expected"),
    [
        ("month", "en", "February 2026"),
        ("month", "pl", "luty 2026"),
        ("quarter", "en", "1st quarter 2026"),
        ("quarter", "ar", "الربع الأول 2026"),
        ("year", "ja", "2026年"),
    ],
)
def test_a_period_is_called_as_its_language_does(unit: str, lang: str, expected: str) -> None:
    assert period_name(unit, "2026-02" if unit == "month" else "2026-01", Tag(lang)) == expected


def test_short_months_do_not_depend_on_the_language_that_was_asked_for_before() -> None:
    asked = {tag: short_month("2026-02", Tag(tag)) for tag in ("he", "fa", "ja", "fr")}
    assert asked == {"he": "פבר׳", "fa": "فوریه", "ja": "2月", "fr": "févr."}


# How high columns are, and where they stand.


@given(COLUMNS, st.booleans())
def test_bars_stand_one_upon_the_other_and_are_together_as_high_as_their_sum(
    columns: list[list[int]], turned: bool
) -> None:
    series = stacked(columns, turned)
    most = max(map(sum, columns))
    for place, column in enumerate(columns):
        x = 2 * (len(columns) - place) - 1 if turned else 2 * place + 1
        bars = [bar for row in series for bar in row if bar.x == x]
        assert all(bar.height > 0 for bar in bars)
        assert all(upper.y == lower.y - lower.height for lower, upper in pairwise(bars))
        height = sum(bar.height for bar in bars)
        assert height - 1 < sum(column) * HEIGHT / most <= height <= HEIGHT
        assert not bars or bars[0].y == HEIGHT
    assert len(series) == len(columns[0])


@given(COLUMNS)
def test_time_runs_as_the_page_is_read(columns: list[list[int]]) -> None:
    there, back = stacked(columns, turned=False), stacked(columns, turned=True)
    width = 2 * len(columns)
    assert [[(width - bar.x, bar.y, bar.height) for bar in row] for row in back] == [
        [(bar.x, bar.y, bar.height) for bar in row] for row in there
    ]
    row = [sum(column) for column in columns]
    assert outline(row, max(row), turned=True) == outline(row, max(row), turned=False)[::-1]
    assert share(1, 4, turned=False) + share(1, 4, turned=True) == 100


@given(st.lists(st.integers(0, 400), min_size=1, max_size=MOST), st.integers(400, 5000))
def test_an_outline_is_as_wide_as_its_periods_and_shows_each_that_has_articles(row: list[int], most: int) -> None:
    steps = outline(row, most, turned=False)
    assert sum(step.width for step in steps) == len(row)
    assert all(one.height != other.height for one, other in pairwise(steps))
    heights = [step.height for step in steps for _ in range(step.width)]
    assert [height > 0 for height in heights] == [count > 0 for count in row]
    assert max(heights) <= LOW


@given(st.integers(1, 10**7))
def test_lines_are_few_and_stand_at_round_numbers(most: int) -> None:
    found = lines(most)
    counts = [int(mark.text) for mark in found]
    assert 1 <= len(counts) <= LINES
    assert counts == [counts[0] * number for number in range(1, len(counts) + 1)]
    assert str(counts[0]).rstrip("0") in ("1", "2", "5")
    assert all(0 <= mark.at < HEIGHT for mark in found)


# What a company's page shows.


@pytest.mark.parametrize(
    ("articles", "shown"),
    [
        ([("2026-01", "en"), ("2026-02", "en")], False),
        ([("2026-01", "en"), ("2026-01", "en"), ("2026-01", "ar")], False),
        ([("2026-01", "en"), ("2026-01", "en"), ("2026-02", "ar")], True),
        ([("1970-01", "en"), ("2026-01", "en"), ("2026-02", "ar")], False),  # one column, of the years that are shown
    ],
)
def test_too_few_articles_make_no_picture(articles: list[tuple[str, str]], shown: bool) -> None:
    page = _page(_months(*articles))
    assert (page.view.timeline is not None) is shown
    assert len(_drawn(page).xpath("//figure")) == shown


def test_a_picture_says_from_when_to_when_and_when_there_was_most() -> None:
    line = _page(_months(("2025-11", "en"), ("2026-02", "pl"), ("2026-02", "en"))).view.timeline
    assert (line.unit, line.length, line.count, line.most) == ("month", 4, 3, 2)
    assert (line.first.text, line.last.text, line.peak.text) == ("November 2025", "February 2026", "February 2026")
    assert [(series.language, series.count) for series in line.series] == [("English", 2), ("Polish", 1)]
    assert [(period.link.address, period.count, period.counts) for period in line.periods] == [
        ("companies/alpha/2026-02/", 2, (1, 1)),
        ("companies/alpha/2025-11/", 1, (1, 0)),
    ]
    assert [mark.text for mark in line.months] == ["Nov", "Dec", "Jan", "Feb"]
    assert line.years == (Mark(at=12.5, text="2025"), Mark(at=62.5, text="2026"))


def test_no_month_is_named_as_the_fullest_where_several_are() -> None:
    line = _page(_months(("2025-11", "en"), ("2025-12", "en"), ("2026-02", "en"))).view.timeline
    assert line.peak is None


def test_longer_stretches_are_told_by_quarters_which_have_no_page() -> None:
    line = _page(_months(("2019-06", "en"), ("2019-05", "en"), ("2026-02", "en"))).view.timeline
    assert (line.unit, line.length, line.months) == ("quarter", 28, ())
    assert [(period.link.text, period.link.address) for period in line.periods] == [
        ("1st quarter 2026", None),
        ("2nd quarter 2019", None),
    ]
    assert [mark.text for mark in line.years] == ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]


def test_languages_over_six_are_told_together() -> None:
    sizes = dict(zip(TAGS, (9, 8, 7, 6, 5, 4, 3, 2), strict=True))
    days = [(f"2025-{number + 1:02}", tag) for tag, size in sizes.items() for number in range(size)]
    line = _page(_months(*days)).view.timeline
    assert [series.count for series in line.series] == [9, 8, 7, 6, 5, 9]
    assert [series.language for series in line.series][4:] == ["French", ""]
    assert len(_page(_months(*(day for day in days if day[1] not in TAGS[6:]))).view.timeline.series) == SERIES


@st.composite
def _collections(draw: st.DrawFn) -> list[Article]:
    days = draw(st.lists(st.dates(dt.date(2015, 1, 1), dt.date(2026, 3, 1)), min_size=1, max_size=40))
    return [_article(f"n{n}", day.isoformat(), draw(st.sampled_from(TAGS))) for n, day in enumerate(days)]


@given(_collections())
@settings(max_examples=60)
def test_the_table_says_what_the_catalog_holds(articles: list[Article]) -> None:
    site = _site(articles)
    (page,) = plan(site, "company/alpha")
    line = page.view.timeline
    if line is None:
        return
    found = span([article.date.isoformat()[:7] for article in articles if article.date])
    expected: Counter[str] = Counter()
    for (month, _), count in site.catalog.spread("company/alpha").items():
        expected[found.name(found.place(month), EN)] += count
    assert {period.link.text: period.count for period in line.periods} == expected
    assert line.count == len(articles) == sum(series.count for series in line.series)
    assert all(sum(period.counts) == period.count for period in line.periods)
    assert [sum(column) for column in zip(*(period.counts for period in line.periods), strict=True)] == [
        series.count for series in line.series
    ]
    cells = [[cell.text_content() for cell in row] for row in _drawn(page).xpath("//figure//tbody/tr")]
    assert cells == [[period.link.text, *map(str, period.counts), str(period.count)] for period in line.periods]


def test_an_article_about_another_company_changes_nothing_here() -> None:
    articles = _months(("2025-11", "en"), ("2026-02", "pl"), ("2026-02", "en"))
    more = [*articles, _article("other", "2026-03-01", companies=(BETA,))]
    assert msgspec.json.encode(_page(more).view) == msgspec.json.encode(_page(articles).view)


@pytest.mark.parametrize("language", [EN, AR])
def test_a_picture_is_well_formed_and_named_and_asks_nothing_of_the_policy(language: Tag) -> None:
    page = _page(_months(("2025-11", "en"), ("2026-02", "pl"), ("2026-02", "en")), language)
    text = render(page, layouts_of(PROJECT / "layouts"), lambda _: "").decode()
    assert "style=" not in text
    for drawn in re.findall(r"<figure.*?</figure>", text, re.DOTALL):
        etree.fromstring(drawn)
    tree = html.fromstring(text)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    (picture,) = tree.xpath("//svg[@role='img']")
    named = [tree.get_element_by_id(one).text_content() for one in picture.get("aria-labelledby").split()]
    assert named[0] == "Articles by month"
    assert "3" in named[1]
    assert all(svg.get("aria-hidden") for svg in tree.xpath("//figure/ul//svg"))
    (table,) = tree.xpath("//figure/details//table")
    assert table.xpath("caption")
    assert {cell.get("scope") for cell in table.xpath("thead//th")} == {"col"}
    assert {cell.get("scope") for cell in table.xpath("tbody//th")} == {"row"}


def test_on_a_page_from_right_to_left_the_oldest_stands_on_the_right() -> None:
    articles = _months(("2025-11", "en"), ("2026-01", "en"), ("2026-02", "en"))
    there, back = _page(articles).view.timeline, _page(articles, AR).view.timeline
    assert [bar.x for bar in there.series[0].bars] == [1, 5, 7]
    assert [bar.x for bar in back.series[0].bars] == [7, 3, 1]
    assert [mark.at for mark in back.years] == [100 - mark.at for mark in there.years] == [87.5, 37.5]


# The list of all companies.


def test_the_pictures_in_the_list_share_months_and_heights() -> None:
    articles = [
        *_months(("2025-11", "en"), ("2026-01", "en"), ("2026-01", "ar")),
        _article("b", "2026-02-03", companies=(BETA,)),
    ]
    view = _page(articles, subject="companies").view
    scale = view.scale
    assert (scale.unit, scale.length, scale.most) == ("month", 4, 2)
    assert (scale.first.text, scale.last.text) == ("November 2025", "February 2026")
    half = LOW // 2
    assert [row.outline for row in view.rows] == [
        (Step(1, half), Step(1, 0), Step(1, LOW), Step(1, 0)),
        (Step(3, 0), Step(1, half)),
    ]
    turned = _page(articles, AR, "companies").view
    assert [row.outline for row in turned.rows] == [row.outline[::-1] for row in view.rows]
    assert all(svg.get("aria-hidden") for svg in _drawn(_page(articles, subject="companies")).xpath("//main//svg"))


def test_a_list_of_one_month_has_no_pictures() -> None:
    page = _page(_months(("2026-01", "en"), ("2026-01", "pl")), subject="companies")
    assert page.view.scale is None
    assert not _drawn(page).xpath("//main//svg")
    assert _page([], subject="companies").view.scale is None
