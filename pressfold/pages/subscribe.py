"""Feeds: of the site, of each company and each language, in three formats; the page of them for people, and their OPML."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pressfold.card import Card
from pressfold.catalog import ARCHIVE
from pressfold.language import Tag, direction, own_name
from pressfold.pages.address import article_address, company_address
from pressfold.pages.articles import source_link
from pressfold.pages.calendar import shown_day
from pressfold.pages.frame import Site, known_text, language_feeds, picture_of
from pressfold.pages.view import Feeds, Page
from pressfold.pages.view.html import FeedsView
from pressfold.pages.view.machines import FeedItem, FeedView, OpmlView
from pressfold.slug import Slug

FORMATS = {"feed.xml": "rss", "atom.xml": "atom", "feed.json": "json"}
DAYS = 14  # a feed also holds what joined within so many days of its newest ...
MOST = 500  # ... but never more than this: a first import of a whole archive is no news
LARGEST = 1000  # no feed ever holds more: what so many joined after is in none
_NEVER = "1970-01-01T00:00:00Z"  # the date of a feed without items: any other would be the clock's


def feed_pages(site: Site, kind: str = "", name: str = "") -> Iterator[Page]:
    """The three feeds of the site, or of a company or a language.

    A company that content/companies/ declares keeps its feeds when its last article goes: a reader that asks for them
    finds them empty, not gone. Those of one that had other addresses stand there too, with the id that they always had.
    """
    config = site.config
    if kind == "company":
        yield from _company_feeds(site, name)
    elif kind == "language":
        tag = Tag(name)
        cards = newest(site.catalog.joined(f"language/{tag}", _most(site)), config.feed_limit)
        if cards:
            yield from _feeds(site, language_feeds(tag), cards, f"{config.title}: {own_name(tag)}", tag)
    else:
        cards = newest(site.catalog.joined(ARCHIVE, _most(site)), config.feed_limit)
        yield from _feeds(site, site.feeds, cards, config.description, config.language, config.feed_id)


def _company_feeds(site: Site, name: str) -> Iterator[Page]:
    company = site.registry.get(Slug(name))
    if not company or company.slug != name:
        return  # it is known no more, or by another name
    cards = newest(site.catalog.joined(f"company/{name}", _most(site)), site.config.feed_limit)
    if not cards and company.slug not in site.declared:
        return
    folder, config = company_address(name), site.config
    feeds = Feeds(title=company.name, folder=folder, paged=bool(cards))
    id_ = _feed_id(config.feed_id, company_address(company.first))
    for page in _feeds(site, feeds, cards, f"{config.title}: {company.name}", config.language, id_):
        yield page
        for old in company.old:
            yield replace(page, address=page.address.replace(folder, company_address(old), 1))


def subscribe_pages(site: Site) -> Iterator[Page]:
    """`/feeds/` and `/feeds.opml`."""
    config = site.config
    told = set(site.catalog.names("company"))
    by_company = tuple(
        Feeds(title=site.company(slug).name, folder=company_address(slug), paged=slug in told)
        for slug in site.by_name(told | set(site.declared))
    )
    by_language = tuple(language_feeds(Tag(tag)) for tag in site.catalog.names("language"))
    headings = [site.section(name).text for name in ("companies", "languages")]
    all_groups = (("", (site.feeds,)), *zip(headings, (by_company, by_language), strict=True))
    groups = tuple((heading, members) for heading, members in all_groups if members)
    frame = site.frame(site.section("feeds").text, "feeds/", section="feeds")
    yield Page(address="feeds/", layout="feeds.html", view=FeedsView(frame=frame, groups=groups))
    yield Page(
        address="feeds.opml",
        layout="feeds.opml",
        view=OpmlView(title=config.title, base_url=config.base_url, groups=groups),
    )


def _feeds(
    site: Site, feeds: Feeds, cards: Sequence[Card], description: str, language: str, feed_id: str = ""
) -> Iterator[Page]:
    items = tuple([_item(site, card) for card in cards])
    config = site.config
    title = config.title if not feeds.folder else f"{feeds.title} – {config.title}"
    view = FeedView(
        base_url=config.base_url,
        folder=feeds.folder,
        id=feed_id or _feed_id(config.feed_id, feeds.folder),
        title=title,
        description=description or title,
        lang=language,
        author=config.author or config.title,
        copyright=config.copyright,
        home=config.base_url + (feeds.folder if cards or not feeds.folder else ""),
        updated=max((item.updated for item in items), default=_NEVER),
        items=items,
    )
    for file, form in FORMATS.items():
        yield Page(address=feeds.folder + file, layout=form, view=view)


def _feed_id(site: str, folder: str) -> str:
    """The id of a feed within the site: it stays while the site's id and the folder's name do."""
    if site.startswith("urn:uuid:"):
        return uuid.uuid5(uuid.UUID(site), folder).urn
    return f"{site}#{folder.strip('/')}"


def _most(site: Site) -> int:
    return max(site.config.feed_limit, MOST)


def newest(cards: Sequence[Card], limit: int) -> list[Card]:
    """Of those that joined last, newest first: the first `limit`, and what joined within two weeks of the newest."""
    return [card for place, card in enumerate(cards) if place < limit or cards[0].joined - card.joined <= DAYS * 86400]


def _item(site: Site, card: Card) -> FeedItem:
    source = source_link(card)
    when = shown_day(card.day, card.lang).text if card.date else ""
    return FeedItem(
        id=card.id,
        title=card.title,
        address=article_address(card),
        lang=card.lang,
        dir=direction(card.lang),
        published=card.added,
        updated=max(card.added, card.updated, key=_instant) if card.updated else card.added,
        summary=card.summary,
        text=known_text(card.text, card.path),
        author=card.author,
        companies=tuple([site.registry[slug].name for slug in card.companies]),
        source=source,
        credit=" · ".join(part for part in (source.text if source else "", when) if part),
        picture=picture_of(card),
    )


def _instant(moment: str) -> float:
    return dt.datetime.fromisoformat(moment).timestamp()
