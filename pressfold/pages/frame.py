"""What pages share: the frame round them, and an article as lists show it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from pressfold.card import Card
from pressfold.catalog import AT_HAND, Catalog
from pressfold.company import Company
from pressfold.config import Config
from pressfold.faces import settable
from pressfold.language import Tag, direction, name, own_name
from pressfold.pages.address import article_address, card_address, company_address, language_address, story_address
from pressfold.pages.calendar import month_name, shown_day
from pressfold.pages.view import Feeds, Frame, Item, Link, Picture, Text
from pressfold.published import digest
from pressfold.registry import Registry
from pressfold.slug import Slug
from pressfold.textpage import TextPage
from pressfold.words import N_, Tongue, Words

NEWEST = 50  # how many a first page holds; the rest stand in its months
PART = 200  # how many a page of a month, or of a story, holds at most
BESIDE = 12  # how many tellings stand beside one; the rest stand on the story's page
SECTIONS = {  # the parts of the site, as the menu has them; it leaves sources to the foot
    "companies": N_("Companies"),
    "stories": N_("Stories"),
    "languages": N_("Languages"),
    "sources": N_("Sources"),
    "archive": N_("Archive"),
    "search": N_("Search"),
    "feeds": N_("Feeds"),
    "about": N_("About"),
}
_MADE_UP = frozenset({"title", "summary"})


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What every page family needs besides its subject; `declared` are the companies of content/companies/."""

    config: Config
    catalog: Catalog
    registry: Registry
    declared: Mapping[Slug, Company]
    texts: Sequence[TextPage]
    words: Words
    preview: bool = False  # a site to look at, which has no search index
    _links: dict[Slug, Link] = msgspec.field(default_factory=dict)  # made once: they stand in every list
    _ways: dict[tuple[Slug, Tag], tuple[Link, ...]] = msgspec.field(default_factory=dict)
    _cards: dict[str, Link | None] = msgspec.field(default_factory=dict)
    _items: dict[tuple[str, Tag], Item] = msgspec.field(
        default_factory=dict
    )  # so do these, without what stands beside them

    def frame(
        self,
        title: str,
        address: str,
        *,
        description: str = "",
        lang: Tag | None = None,
        feeds: Sequence[Feeds] = (),
        trail: Sequence[Link] = (),
        section: str = "",
        absolute: bool = False,
        indexed: bool = True,
        about: str = "",
        picture: Picture | None = None,
    ) -> Frame:
        """The frame of one page; its language and its description are the site's unless the page has its own.

        `about` is the slug of the company that it is about first.
        """
        language = lang or self.config.language
        return Frame(
            site=self.config.title,
            base_url=self.config.base_url,
            title=title,
            description=description or self.config.description,
            address=address,
            lang=language,
            dir=direction(language),
            words=self.tongue(language).tag,
            feeds=(self.feeds, *feeds),
            copyright=self.config.copyright,
            trail=tuple(trail),
            section=section,
            absolute=absolute,
            indexed=indexed,
            card=self.card(about) if indexed else None,
            picture=picture,
            search=self.config.search != "none",
        )

    def tongue(self, lang: Tag | None = None) -> Tongue:
        """The theme's words for a page in a language: in that language, in the site's, or in English."""
        own = self.config.language
        return self.words.of(self.words.language(lang or own, own))

    def section(self, name: str, lang: Tag | None = None) -> Link:
        """A part of the site, as it is called on a page in a language."""
        tongue = self.tongue(lang)
        return Link(text=tongue(SECTIONS[name]), address=f"{name}/", lang=tongue.tag)

    @property
    def feeds(self) -> Feeds:
        """The site's own feeds."""
        language = self.config.language
        return Feeds(title=self.config.title, folder="", lang=language, dir=direction(language))

    def card(self, slug: str = "") -> Link | None:
        """The social card of a company, else of the site; None where there is none."""
        if not self.config.cards:
            return None
        if slug not in self._cards:
            name = self.company(slug).name if slug else self.config.title
            own = Link(text=name, address=card_address(slug)) if settable(name) else None
            self._cards[slug] = own or (self.card() if slug else None)
        return self._cards[slug]

    def item(self, card: Card, lang: Tag | None = None, others: Iterable[Card] = ()) -> Item:
        """An article in a list of a page in `lang` (the site's language when None)."""
        reader = lang or self.config.language
        if others and (beside := tuple([self.item(other, lang) for other in islice(others, BESIDE)])):
            return self._item(card, reader, beside)
        key = card.path, reader
        found = self._items.get(key)
        if found is None:
            if len(self._items) == AT_HAND:
                self._items.clear()
            found = self._items[key] = self._item(card, reader, ())
        return found

    def _item(self, card: Card, reader: Tag, beside: tuple[Item, ...]) -> Item:
        return Item(
            title=card.title,
            address=article_address(card),
            lang=card.lang,
            dir=direction(card.lang),
            language=name(card.lang, reader),
            day=shown_day(card.day, reader),
            dated=card.date != "",
            companies=tuple([self.company_link(slug) for slug in card.companies]),
            source=card.source_name,
            summary=card.summary,
            unconfirmed=not _MADE_UP.isdisjoint(card.review),
            story=story_address(card.story) if beside else "",
            others=beside,
        )

    def clusters(self, cards: Iterable[Card], most: int) -> tuple[tuple[Item, ...], bool]:
        """(the newest stories of a list, each once: its newest telling, the others within; whether there are more)."""
        shown: dict[str, Item] = {}
        for card in cards:
            key = f"story {card.story}" if card.story else card.id
            if key in shown:
                continue
            if len(shown) == most:
                return tuple(shown.values()), True
            shown[key] = self.item(card, others=self.catalog.others(card))
        return tuple(shown.values()), False

    def company(self, slug: str) -> Company:
        """A company by its slug."""
        return self.registry[Slug(slug)]

    def company_link(self, slug: Slug) -> Link:
        """A company that has a page."""
        if slug not in self._links:
            self._links[slug] = Link(text=self.registry[slug].name, address=company_address(slug))
        return self._links[slug]

    def way(self, slug: Slug, lang: Tag) -> tuple[Link, ...]:
        """The breadcrumbs of what is about a company, on a page in a language."""
        key = slug, lang
        if key not in self._ways:
            self._ways[key] = (self.section("companies", lang), self.company_link(slug))
        return self._ways[key]

    def by_name(self, slugs: Iterable[str]) -> list[Slug]:
        """Companies in the order of their names."""
        return sorted(map(Slug, slugs), key=lambda slug: (self.registry[slug].name.casefold(), slug))


def language_link(tag: Tag) -> Link:
    """A language by its own name, in its own direction."""
    return Link(text=own_name(tag), address=language_address(tag), lang=tag, dir=direction(tag))


def language_feeds(tag: Tag) -> Feeds:
    """The feeds of a language."""
    return Feeds(title=own_name(tag), folder=language_address(tag), lang=tag, dir=direction(tag))


def text(markdown: str, path: str) -> Text | None:
    """A body by its hash; None where there is none."""
    return known_text(digest(markdown) if markdown else "", path)


def picture_of(card: Card) -> Picture | None:
    """The picture above an article."""
    image = card.image
    return Picture(address=image.file, words=image.alt, caption=image.caption) if image else None


def known_text(digest: str, path: str) -> Text | None:
    """A body whose hash is known; None where there is none."""
    return Text(digest=digest, path=path) if digest else None


def month_link(folder: str, month: str, lang: Tag) -> Link:
    """A month below a folder."""
    return Link(text=month_name(month, lang), address=f"{folder}{month}/", lang=lang, dir=direction(lang))
