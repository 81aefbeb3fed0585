"""The published articles, newest first, by company, language, month and story. Grouping loses nothing and doubles nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pressfold.article import Article
from pressfold.company import Company, Registry
from pressfold.language import Tag
from pressfold.moment import Day, day, start
from pressfold.slug import Slug

Articles = tuple[Article, ...]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Group:
    """What is told of one company: the articles about it, and those that only mention it."""

    company: Company
    about: Articles
    mentions: Articles


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every grouping of the published articles; each group is newest first."""

    zone: dt.tzinfo
    articles: Articles
    companies: Mapping[Slug, Group]
    languages: Mapping[Tag, Articles]
    stories: Mapping[Slug, Articles]

    def month(self, article: Article) -> str:
        """The month of an article, `2026-02`, in the site's time zone."""
        return day(article.happened, self.zone).isoformat()[:7]

    def months(self, articles: Iterable[Article]) -> dict[str, Articles]:
        """The articles by month, newest month first."""
        return _grouped((self.month(article), article) for article in articles)

    def tellings(self, article: Article) -> Articles:
        """The other articles of the same story."""
        return tuple(a for a in self.stories.get(article.story, ()) if a is not article) if article.story else ()


def group(articles: Iterable[Article], registry: Registry, zone: dt.tzinfo) -> Catalog:
    """Order and group the articles. Drafts and articles of the future must be held back before (see `due`)."""
    ordered = tuple(sorted(articles, key=lambda article: newest_first(article, zone)))
    about = _grouped((slug, article) for article in ordered for slug in article.companies)
    mentions = _grouped(
        (slug, article) for article in ordered for slug in article.mentions if slug not in article.companies
    )
    stories = _grouped((article.story, article) for article in ordered if article.story)
    return Catalog(
        zone=zone,
        articles=ordered,
        companies={
            slug: Group(registry[slug], about[slug], mentions.get(slug, ()))
            for slug in sorted(about, key=lambda slug: (registry[slug].name.casefold(), slug))
        },
        languages=dict(sorted(_grouped((article.lang, article) for article in ordered).items())),
        stories={slug: told for slug, told in stories.items() if len(told) > 1},
    )


def newest_first(article: Article, zone: dt.tzinfo) -> tuple[float, float, str]:
    """The order of lists: by the day it happened, then by when it joined, then by id; never by the clock."""
    return (-start(article.happened, zone).timestamp(), -article.added.timestamp(), article.id)


def due(
    articles: Iterable[Article], now: dt.datetime, zone: dt.tzinfo, *, drafts: bool, future: bool
) -> tuple[Articles, Articles]:
    """(published, held back): drafts and articles dated after now are held back unless they are asked for."""
    out: Articles = ()
    kept: list[Article] = []
    for article in articles:
        if (article.draft and not drafts) or (not future and is_future(article.date, now, zone)):
            out += (article,)
        else:
            kept.append(article)
    return tuple(kept), out


def is_future(date: Day | None, now: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether a date has not come yet where the site is."""
    return date is not None and start(date, zone) > now


def _grouped(pairs: Iterable[tuple[K, Article]]) -> dict[K, Articles]:
    found: dict[K, list[Article]] = {}
    for key, article in pairs:
        found.setdefault(key, []).append(article)
    return {key: tuple(articles) for key, articles in found.items()}
