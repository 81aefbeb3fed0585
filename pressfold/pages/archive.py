"""The archive: every article, by month."""

from collections.abc import Iterator

from pressfold.catalog import ARCHIVE
from pressfold.pages.frame import Site
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.view import Link, Page
from pressfold.pages.view.html import LinksView


def archive_page(site: Site) -> Iterator[Page]:
    """`/archive/`: its months by year."""
    years: dict[str, list[Link]] = {}
    for link in month_links(site, ARCHIVE, "archive/"):
        years.setdefault(str(link.address).split("/")[1][:4], []).append(link)
    heading = site.section("archive").text
    yield Page(
        address="archive/",
        layout="links.html",
        view=LinksView(
            frame=site.frame(heading, "archive/", section="archive"),
            heading=heading,
            groups=tuple((year, tuple(links)) for year, links in years.items()),
        ),
    )


def archive_months(site: Site, month: str) -> Iterator[Page]:
    """`/archive/2026-02/`."""
    yield from month_pages(site, ARCHIVE, month, "archive/", Link(text=""), (site.section("archive"),), "archive")
