"""The archive: every article, by month."""

from collections.abc import Iterator

from pressfold.pages.frame import Site
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.view import Link, LinksView, Page

ABOVE = Link(text="Archive", address="archive/", lang="en")


def archive_pages(site: Site) -> Iterator[Page]:
    """`/archive/` and `/archive/2026-02/`."""
    years: dict[str, list[Link]] = {}
    for link in month_links(site, "archive/", site.catalog.articles):
        years.setdefault(str(link.address).split("/")[1][:4], []).append(link)
    yield Page(
        address="archive/",
        layout="links.html",
        view=LinksView(
            frame=site.frame("Archive", "archive/", section="archive"),
            heading="Archive",
            groups=tuple((year, tuple(links)) for year, links in years.items()),
        ),
    )
    yield from month_pages(site, "archive/", Link(text=""), (ABOVE,), site.catalog.articles, "archive")
