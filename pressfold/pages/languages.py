"""Languages: the list of all, a page for each, and its months."""

from collections.abc import Iterator
from itertools import islice

from pressfold.language import Tag, direction, own_name
from pressfold.pages.address import language_address
from pressfold.pages.frame import NEWEST, Site, language_feeds, language_link
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.view import Link, Page
from pressfold.pages.view.html import LinksView, ListView


def languages_page(site: Site) -> Iterator[Page]:
    """`/languages/`."""
    heading = site.section("languages").text
    yield Page(
        address="languages/",
        layout="links.html",
        view=LinksView(
            frame=site.frame(heading, "languages/", section="languages"),
            heading=heading,
            groups=(("", tuple(language_link(Tag(tag)) for tag in site.catalog.names("language"))),),
        ),
    )


def language_pages(site: Site, lang: str) -> Iterator[Page]:
    """`/languages/<tag>/`, in that language, where an article is in it."""
    tag, group, folder = Tag(lang), f"language/{lang}", language_address(lang)
    items = tuple([site.item(card, tag) for card in islice(site.catalog.newest(group), NEWEST)])
    if not items:
        return
    feeds = language_feeds(tag)
    yield Page(
        address=folder,
        layout="list.html",
        view=ListView(
            frame=site.frame(
                own_name(tag),
                folder,
                lang=tag,
                feeds=(feeds,),
                trail=(site.section("languages", tag),),
                section="languages",
            ),
            heading=Link(text=own_name(tag), lang=tag, dir=direction(tag)),
            items=items,
            months=month_links(site, group, folder, tag),
            feeds=feeds,
        ),
    )


def language_months(site: Site, lang: str, month: str) -> Iterator[Page]:
    """`/languages/<tag>/2026-02/`."""
    tag = Tag(lang)
    here, feeds, above = language_link(tag), language_feeds(tag), site.section("languages", tag)
    folder = language_address(lang)
    yield from month_pages(site, f"language/{lang}", month, folder, here, (above,), "languages", feeds, tag)
