"""The front page: the newest stories, each once."""

from collections.abc import Iterator

from pressfold.catalog import ARCHIVE
from pressfold.pages.frame import NEWEST, Site
from pressfold.pages.view import FrontView, Page


def front_page(site: Site) -> Iterator[Page]:
    """The front page. It changes with every new article, and says so to no other page."""
    items, more = site.clusters(site.catalog.newest(ARCHIVE), NEWEST)
    yield Page(
        address="",
        layout="front.html",
        view=FrontView(
            frame=site.frame(site.config.title, "", description=site.config.description),
            description=site.config.description,
            items=items,
            more=more,
        ),
    )
