"""Search: the page with its one box, and what the index is told of each article."""

import json
from collections.abc import Iterator

from pressfold.card import Card
from pressfold.catalog import ARCHIVE
from pressfold.language import Tag, direction, own_name
from pressfold.pages.frame import Site, known_text
from pressfold.pages.view import Page
from pressfold.pages.view.html import Choice, SearchView
from pressfold.pages.view.machines import RecordView


def search_page(site: Site) -> Iterator[Page]:
    """`/search/`, where the site has it."""
    if site.config.search == "none":
        return
    from pressfold.folding import RULES  # a build without search needs none of it

    catalog = site.catalog
    years = dict.fromkeys(month[:4] for month in catalog.months(ARCHIVE))
    yield Page(
        address="search/",
        layout="search.html",
        view=SearchView(
            frame=site.frame(site.section("search").text, "search/", section="search"),
            made=not site.preview,
            rules=json.dumps(RULES),  # in ASCII: they name characters that HTML may not hold
            companies=tuple(
                Choice(value=slug, text=site.company(slug).name) for slug in site.by_name(catalog.names("company"))
            ),
            languages=tuple(
                Choice(value=tag, text=own_name(Tag(tag)), lang=tag, dir=direction(Tag(tag)))
                for tag in catalog.names("language")
            ),
            years=tuple(Choice(value=year, text=year) for year in years),
        ),
    )


def record(site: Site, card: Card) -> RecordView:
    """What the index is told of an article: only what may be published of it."""
    shown = site.item(card)
    names = (*(link.text for link in shown.companies), card.source_name, card.author, *card.tags)
    return RecordView(
        shown=shown,
        when=shown.day.text if shown.dated else site.tongue()("added %(day)s") % {"day": shown.day.text},
        companies=card.companies,
        names=tuple(name for name in names if name),
        standfirst=card.standfirst,
        text=known_text(card.text, card.path),
    )
