"""The front page: the newest story, then the newest stories by the company that they are about, each once."""

from collections.abc import Iterable, Iterator

from pressfold.catalog import ARCHIVE
from pressfold.pages.frame import NEWEST, Site
from pressfold.pages.view import Item, Link, Page
from pressfold.pages.view.html import FrontView, Section

OF_ONE = 6  # stories of one company; what else is new of it stands on its page


def front_page(site: Site) -> Iterator[Page]:
    """The front page. It changes with every new article, and says so to no other page."""
    items, more = site.clusters(site.catalog.newest(ARCHIVE), NEWEST)
    yield Page(
        address="",
        layout="front.html",
        view=FrontView(
            frame=site.frame(site.config.title, "", description=site.config.description),
            description=site.config.description,
            lead=items[0] if items else None,
            sections=tuple(sections(items[1:])),
            more=more,
        ),
    )


def sections(items: Iterable[Item]) -> Iterator[Section]:
    """Stories by the company that they are about first, in the order of each company's first story."""
    found: dict[Link | None, list[Item]] = {}
    for item in items:
        found.setdefault(item.companies[0] if item.companies else None, []).append(item)
    for company, told in found.items():
        yield Section(company=company, items=tuple(told[:OF_ONE]), more=len(told) > OF_ONE)
