"""Stories: what at least two articles tell."""

from collections.abc import Iterator

from pressfold.language import direction
from pressfold.pages.address import part_address, story_address
from pressfold.pages.frame import NEWEST, PART, Site
from pressfold.pages.view import Link, Page
from pressfold.pages.view.html import StoriesView, StoryView


def stories_page(site: Site) -> Iterator[Page]:
    """`/stories/` with the newest: older ones are reached from their articles."""
    newest = site.catalog.stories(NEWEST + 1)
    told = [site.catalog.tellings(slug) for slug in newest[:NEWEST]]
    yield Page(
        address="stories/",
        layout="stories.html",
        view=StoriesView(
            frame=site.frame(site.section("stories").text, "stories/", section="stories"),
            items=tuple([site.item(lead, others=others) for lead, *others in told]),
            more=len(newest) > NEWEST,
        ),
    )


def story_pages(site: Site, slug: str) -> Iterator[Page]:
    """`/stories/<slug>/`, where at least two articles tell it."""
    told = site.catalog.tellings(slug)
    if not told:
        return
    lead, oldest = told[-1], told[::-1]
    parts = [oldest[start : start + PART] for start in range(0, len(oldest), PART)]
    links = tuple(
        Link(text=str(number), address=part_address(story_address(slug), number)) for number in range(1, len(parts) + 1)
    )
    for link, part in zip(links, parts, strict=True):
        address = str(link.address)
        yield Page(
            address=address,
            layout="story.html",
            view=StoryView(
                frame=site.frame(
                    lead.title,
                    address,
                    description=lead.summary or lead.title,
                    trail=(site.section("stories"),),
                    section="stories",
                ),
                heading=Link(text=lead.title, lang=lead.lang, dir=direction(lead.lang)),
                items=tuple([site.item(card) for card in part]),
                parts=tuple(other for other in links if other is not link),
            ),
        )
