"""A catalog and all pages of a few articles, on plain values."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pressfold.article import Article
from pressfold.catalog import SCHEMA, Catalog, Due
from pressfold.company import Company
from pressfold.config import Config
from pressfold.layouts import Layouts
from pressfold.pages import SITEMAP, kind, plan, subjects
from pressfold.pages.frame import Site
from pressfold.pages.view import Page
from pressfold.pages.view.machines import Address
from pressfold.published import card
from pressfold.registry import Registry
from pressfold.slug import Slug
from pressfold.textpage import TextPage
from pressfold.words import Words

ALL = Due(now=dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC), drafts=True, future=True)


def catalog_of(articles: Iterable[Article], config: Config, due: Due = ALL) -> Catalog:
    """A catalog in memory that holds these articles."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(SCHEMA)
    catalog = Catalog(database)
    catalog.put([card(article, config) for article in articles], due)
    return catalog


def site_of(
    articles: Iterable[Article],
    config: Config,
    registry: Mapping[Slug, Company],
    declared: Sequence[Company] = (),
    texts: Sequence[TextPage] = (),
) -> Site:
    """A site of these articles."""
    return Site(
        config=config,
        catalog=catalog_of(articles, config),
        registry=Registry(registry, {}, {}),
        declared={company.slug: company for company in declared},
        texts=texts,
        words=Words({}),
    )


def pages_of(site: Site) -> list[Page]:
    """Every page of a site, the sitemaps last."""
    asked = [subject for subject in subjects(site.catalog, site.declared) if subject != SITEMAP]
    pages = [(subject, page) for subject in asked for page in plan(site, subject)]
    others = [
        Address(address=page.address, changed=page.listed)
        for subject, page in pages
        if kind(subject) != "article" and page.listed is not None
    ]
    return [page for _, page in pages] + list(plan(site, SITEMAP, others))


def layouts_of(*folders: Path) -> Layouts:
    """The layouts of a folder; of two, the first stands before the theme's."""
    return Layouts(folders, ("layouts", "theme") if len(folders) > 1 else ("layouts",)[: len(folders)])
