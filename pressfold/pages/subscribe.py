"""Feeds: of the site, of each company and each language, in three formats; the page of them for people, and their OPML."""

import uuid
from collections.abc import Iterator, Sequence

from pressfold.article import Article
from pressfold.company import Company
from pressfold.language import direction, own_name
from pressfold.moment import iso
from pressfold.pages.articles import published_text, source_link
from pressfold.pages.frame import Site, article_address, company_address, language_feeds, text
from pressfold.pages.view import FeedItem, Feeds, FeedsView, FeedView, OpmlView, Page

FORMATS = {"feed.xml": "rss", "atom.xml": "atom", "feed.json": "json"}
DAYS = 14  # a feed also holds what joined within so many days of its newest ...
MOST = 500  # ... but never more than this: a first import of a whole archive is no news
_NEVER = "1970-01-01T00:00:00Z"  # the date of a feed without items: any other would be the clock's


def feed_pages(site: Site, declared: Sequence[Company]) -> Iterator[Page]:
    """Every feed, `/feeds/` and `/feeds.opml`.

    A company that content/companies/ declares keeps its feed when its last article goes: a reader that asks for it
    finds it empty, not gone.
    """
    config, catalog = site.config, site.catalog
    companies = {slug: (group.company, group.about) for slug, group in catalog.companies.items()}
    for company in declared:
        companies.setdefault(company.slug, (company, ()))
    by_company: list[Feeds] = []
    yield from _feeds(site, site.feeds, catalog.articles, config.description, config.language, config.feed_id)
    for slug, (company, articles) in sorted(companies.items(), key=lambda pair: (pair[1][0].name.casefold(), pair[0])):
        feeds = Feeds(title=company.name, folder=company_address(slug), paged=bool(articles))
        by_company.append(feeds)
        yield from _feeds(site, feeds, articles, f"{config.title}: {company.name}", config.language)
    by_language: list[Feeds] = []
    for tag, articles in catalog.languages.items():
        feeds = language_feeds(tag)
        by_language.append(feeds)
        yield from _feeds(site, feeds, articles, f"{config.title}: {own_name(tag)}", tag)
    all_groups = (("", (site.feeds,)), ("Companies", tuple(by_company)), ("Languages", tuple(by_language)))
    groups = tuple((heading, members) for heading, members in all_groups if members)
    frame = site.frame("Feeds", "feeds/", section="feeds")
    yield Page(address="feeds/", layout="feeds.html", view=FeedsView(frame=frame, groups=groups))
    yield Page(
        address="feeds.opml",
        layout="feeds.opml",
        view=OpmlView(title=config.title, base_url=config.base_url, groups=groups),
    )


def _feeds(
    site: Site, feeds: Feeds, articles: Sequence[Article], description: str, language: str, feed_id: str = ""
) -> Iterator[Page]:
    chosen = newest(articles, site.config.feed_limit)
    items = tuple(_item(site, article) for article in chosen)
    config = site.config
    title = config.title if not feeds.folder else f"{feeds.title} – {config.title}"
    for file, form in FORMATS.items():
        yield Page(
            address=feeds.folder + file,
            layout=form,
            view=FeedView(
                base_url=config.base_url,
                folder=feeds.folder,
                id=feed_id or _feed_id(config.feed_id, feeds.folder),
                title=title,
                description=description or title,
                lang=language,
                author=config.author or config.title,
                copyright=config.copyright,
                home=config.base_url + (feeds.folder if articles or not feeds.folder else ""),
                updated=max((item.updated for item in items), default=_NEVER),
                items=items,
            ),
        )


def _feed_id(site: str, folder: str) -> str:
    """The id of a feed within the site: it stays while the site's id and the folder's name do."""
    if site.startswith("urn:uuid:"):
        return uuid.uuid5(uuid.UUID(site), folder).urn
    return f"{site}#{folder.strip('/')}"


def newest(articles: Sequence[Article], limit: int) -> list[Article]:
    """The `limit` that joined last, and what joined within two weeks of the newest; newest first."""
    ordered = sorted(articles, key=lambda article: (-article.added.timestamp(), article.id))
    return [
        article
        for place, article in enumerate(ordered[: max(limit, MOST)])
        if place < limit or (ordered[0].added - article.added).total_seconds() <= DAYS * 86400
    ]


def _item(site: Site, article: Article) -> FeedItem:
    source = source_link(article)
    when = site.day(article.date, article.lang) if article.date else None
    return FeedItem(
        id=article.id,
        title=article.title,
        address=article_address(article),
        lang=article.lang,
        dir=direction(article.lang),
        published=iso(article.added),
        updated=iso(max(article.added, article.updated or article.added)),
        summary=article.summary if site.body_mode(article) != "link" else "",
        text=text(published_text(site, article), article.path),
        author=article.author,
        companies=tuple(site.group(slug).company.name for slug in article.companies),
        source=source,
        credit=" · ".join(part for part in (source.text if source else "", when.text if when else "") if part),
    )
