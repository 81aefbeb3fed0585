"""Languages: the list of all, a page for each, and its months."""

from collections.abc import Iterator

from pressfold.language import direction, name, own_name
from pressfold.pages.frame import NEWEST, Site, language_feeds, language_link
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.view import Link, LinksView, ListView, Page

ABOVE = Link(text="Languages", address="languages/", lang="en")


def language_pages(site: Site) -> Iterator[Page]:
    """`/languages/`, `/languages/<tag>/` and `/languages/<tag>/2026-02/`."""
    reader = site.config.language
    yield Page(
        address="languages/",
        layout="links.html",
        view=LinksView(
            frame=site.frame("Languages", "languages/", section="languages"),
            heading="Languages",
            groups=(("", tuple(language_link(tag) for tag in site.catalog.languages)),),
        ),
    )
    for tag, articles in site.catalog.languages.items():
        folder = f"languages/{tag}/"
        feeds = language_feeds(tag)
        here = language_link(tag)
        yield Page(
            address=folder,
            layout="list.html",
            view=ListView(
                frame=site.frame(name(tag, reader), folder, feeds=(feeds,), trail=(ABOVE,), section="languages"),
                heading=Link(text=own_name(tag), lang=tag, dir=direction(tag)),
                items=tuple(site.item(article) for article in articles[:NEWEST]),
                months=month_links(site, folder, articles),
                feeds=feeds,
            ),
        )
        yield from month_pages(site, folder, here, (ABOVE,), articles, "languages", feeds)
