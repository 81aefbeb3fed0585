"""What machines read: sitemaps, robots.txt, the web manifest; and the page for an address that is not there."""

from collections.abc import Iterator, Sequence

from pressfold.card import Card
from pressfold.catalog import ARCHIVE
from pressfold.language import direction
from pressfold.pages.address import article_address
from pressfold.pages.cards import card_page
from pressfold.pages.frame import PART, Site
from pressfold.pages.view import Page
from pressfold.pages.view.html import NotFoundView
from pressfold.pages.view.machines import Address, ManifestView, RobotsView, SitemapView

FEW = 500  # articles in one sitemap; with more there is one for each month, so that none grows with the archive
OTHERS = "sitemap-pages.xml"  # the pages that are no articles, where those have sitemaps of their own
LARGEST = 50_000  # addresses in one sitemap, by sitemaps.org


def machine_pages(site: Site) -> Iterator[Page]:
    """`404.html`, `robots.txt`, `site.webmanifest`, and the site's social card."""
    say = site.tongue()
    frame = site.frame(say("Not found"), "404.html", absolute=True)
    yield Page(address="404.html", layout="404.html", view=NotFoundView(frame=frame))
    yield Page(address="robots.txt", layout="robots.txt", view=RobotsView(base_url=site.config.base_url))
    settings = site.config
    manifest = ManifestView(
        title=settings.title,
        description=settings.description,
        lang=settings.language,
        dir=direction(settings.language),
    )
    yield Page(address="site.webmanifest", layout="site.webmanifest", view=manifest)
    yield from card_page(site)


def many(site: Site) -> bool:
    """Whether the articles have sitemaps by month."""
    return site.catalog.count(ARCHIVE) > FEW


def sitemap_pages(site: Site, others: Sequence[Address]) -> Iterator[Page]:
    """`sitemap.xml` of all pages, `others` being those that are no article; an index once there are many articles."""
    if not many(site):
        listed = [_address(card) for card in site.catalog.newest(ARCHIVE)]
        yield _map(site, "sitemap.xml", [*listed, *others])
        return
    names: list[str] = []
    for number, start in enumerate(range(0, len(others), LARGEST), 1):
        names.append(OTHERS if number == 1 else _name("pages", number))
        yield _map(site, names[-1], others[start : start + LARGEST])
    for month, count in site.catalog.months(ARCHIVE).items():
        names += [_name(month, number) for number in range(1, (count - 1) // PART + 2)]
    view = SitemapView(base_url=site.config.base_url, pages=(), maps=tuple(names))
    yield Page(address="sitemap.xml", layout="sitemap.xml", view=view)


def sitemap_months(site: Site, month: str) -> Iterator[Page]:
    """The sitemaps of one month's articles, in parts that are counted from the oldest, like the archive's."""
    oldest = site.catalog.month(ARCHIVE, month)[::-1] if many(site) else []
    for number, start in enumerate(range(0, len(oldest), PART), 1):
        yield _map(site, _name(month, number), [_address(card) for card in oldest[start : start + PART]])


def _name(what: str, number: int) -> str:
    return f"sitemap-{what}.xml" if number == 1 else f"sitemap-{what}-{number}.xml"


def _map(site: Site, name: str, pages: Sequence[Address]) -> Page:
    view = SitemapView(base_url=site.config.base_url, pages=tuple(pages))
    return Page(address=name, layout="sitemap.xml", view=view)


def _address(card: Card) -> Address:
    return Address(address=article_address(card), changed=card.updated_day or card.added_day)
