"""Stories: what at least two articles tell."""

from collections.abc import Iterator

from pressfold.language import direction
from pressfold.pages.frame import Site
from pressfold.pages.view import Link, Page, StoriesView, StoryView

ABOVE = Link(text="Stories", address="stories/", lang="en")


def story_pages(site: Site) -> Iterator[Page]:
    """`/stories/` and `/stories/<slug>/`."""
    stories = site.catalog.stories
    yield Page(
        address="stories/",
        layout="stories.html",
        view=StoriesView(
            frame=site.frame("Stories", "stories/", section="stories"),
            items=tuple(site.item(told[0], others=told[1:]) for told in stories.values()),
        ),
    )
    for slug, told in stories.items():
        lead = told[-1]
        yield Page(
            address=f"stories/{slug}/",
            layout="story.html",
            view=StoryView(
                frame=site.frame(lead.title, f"stories/{slug}/", trail=(ABOVE,), section="stories"),
                heading=Link(text=lead.title, lang=lead.lang, dir=direction(lead.lang)),
                items=tuple(site.item(article) for article in reversed(told)),
            ),
        )
