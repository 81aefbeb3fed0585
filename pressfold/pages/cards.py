"""Social cards: of the site, and of each company that has a page."""

from collections.abc import Iterator

from pressfold.faces import settable
from pressfold.language import direction, runs
from pressfold.pages.address import card_address
from pressfold.pages.frame import Site
from pressfold.pages.view import Page
from pressfold.pages.view.machines import SocialCardView


def card_page(site: Site, slug: str = "") -> Iterator[Page]:
    """The card of a company, else of the site; none where the site wants none, or no face has the letters of the name."""
    card, address, title = site.card(slug), card_address(slug), site.config.title
    if not card or card.address != address:
        return
    view = SocialCardView(
        name=" ".join(card.text.split()),
        dir=runs(card.text),
        title=" ".join(title.split()) if slug and settable(title) else "",
        title_dir=direction(site.config.language),
    )
    yield Page(address=address, layout="card.typ", view=view)
