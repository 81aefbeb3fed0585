"""The front page: the newest stories, each once."""

from collections.abc import Iterator

from pressfold.pages.frame import NEWEST, Site
from pressfold.pages.view import FrontView, Page


def front_pages(site: Site) -> Iterator[Page]:
    """The front page. It changes with every new article, and says so to no other page."""
    items = site.clusters(site.catalog.articles, NEWEST)
    yield Page(
        address="",
        layout="front.html",
        view=FrontView(
            frame=site.frame(site.config.title, "", description=site.config.description),
            description=site.config.description,
            items=items,
            more=len({article.story or article.id for article in site.catalog.articles}) > len(items),
        ),
    )
