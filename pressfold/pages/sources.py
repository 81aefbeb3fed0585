"""Sources: the list of all, a page for each from which an article comes, and its months."""

from collections.abc import Iterator, Sequence
from itertools import islice

from pressfold.card import Card
from pressfold.pages.address import source_address
from pressfold.pages.calendar import shown_day
from pressfold.pages.frame import NEWEST, Site
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.view import Link, Page
from pressfold.pages.view.html import ListView, SourceRow, SourcesView


def sources_page(site: Site) -> Iterator[Page]:
    """`/sources/`."""
    rows = [
        SourceRow(source=_link(newest), count=count, latest=shown_day(newest.day, site.config.language))
        for newest, count in site.catalog.firsts("source")
    ]
    rows.sort(key=lambda row: (row.source.text.casefold(), row.source.address))
    frame = site.frame(site.section("sources").text, "sources/", section="sources")
    yield Page(address="sources/", layout="sources.html", view=SourcesView(frame=frame, rows=tuple(rows)))


def source_pages(site: Site, slug: str) -> Iterator[Page]:
    """`/sources/<slug>/`, where an article names it. Of several spellings the newest article's is shown."""
    group, folder = f"source/{slug}", source_address(slug)
    cards = list(islice(site.catalog.newest(group), NEWEST))
    if not cards:
        return
    name = cards[0].source_name
    yield Page(
        address=folder,
        layout="list.html",
        view=ListView(
            frame=site.frame(name, folder, trail=(site.section("sources"),), section="sources"),
            heading=Link(text=name),
            items=tuple([site.item(card) for card in cards]),
            months=month_links(site, group, folder),
            origin=_origin(cards),
        ),
    )


def source_months(site: Site, slug: str, month: str) -> Iterator[Page]:
    """`/sources/<slug>/2026-02/`. The spelling is the month's own: one that comes later changes no earlier month."""
    group = f"source/{slug}"
    for newest in site.catalog.month(group, month)[:1]:
        here, above = _link(newest), site.section("sources")
        yield from month_pages(site, group, month, source_address(slug), here, (above,), "sources")


def _link(card: Card) -> Link:
    return Link(text=card.source_name, address=source_address(card.source))


def _origin(cards: Sequence[Card]) -> Link | None:
    """The website on which all of some articles were published, as far as their addresses say; None where they differ."""
    found = {_website(card.source_url) for card in cards if card.source_url}
    (website,) = found if len(found) == 1 else ("",)
    return Link(text=website.partition("://")[2], address=f"{website}/") if website else None


def _website(url: str) -> str:
    """`https://gram.pl` of an address; empty where it is not plain which website that is."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    return "" if "@" in host else f"{scheme}://{host}".lower()
