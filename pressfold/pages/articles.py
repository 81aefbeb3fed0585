"""An article's page, and the old addresses that lead to it."""

from collections.abc import Iterator, Sequence

from pressfold.card import Card
from pressfold.language import direction
from pressfold.pages.address import article_address, source_address, story_address
from pressfold.pages.calendar import shown_day
from pressfold.pages.frame import Site, known_text, picture_of
from pressfold.pages.view import Link, Page
from pressfold.pages.view.html import ArticleView, RedirectView


def article_pages(site: Site, path: str) -> Iterator[Page]:
    """`/articles/<slug>/` of an article that is out, and a page at each of its `redirects`."""
    card = site.catalog.card(path)
    if card is None:
        return
    yield _page(site, card)
    for old in card.redirects:
        target = Link(text=card.title, address=article_address(card), lang=card.lang)
        frame = site.frame(card.title, old, lang=card.lang, indexed=False)
        yield Page(address=old, layout="redirect.html", view=RedirectView(frame=frame, target=target), source=card.path)


def _page(site: Site, card: Card) -> Page:
    told = site.catalog.others(card)
    language, address = card.lang, article_address(card)
    original = _original(card, told)
    return Page(
        address=address,
        layout="article.html",
        source=card.path,
        changed=card.updated_day or card.added_day,
        view=ArticleView(
            frame=site.frame(
                card.title,
                address,
                description=card.summary or card.title,
                lang=language,
                trail=_trail(site, card),
                section="companies",
                about=card.companies[0] if card.companies else "",
                picture=picture_of(card),
            ),
            item=site.item(card, language, told),
            standfirst=card.standfirst,
            text=known_text(card.text, card.path),
            whole=card.whole,
            source=source_link(card),
            fellows=Link(text=card.source_name, address=source_address(card.source)) if card.source else None,
            original=_link(original) if original and original is not card else None,
            versions=_versions(card, told, original) if original and told else (),
            author=card.author,
            published=shown_day(card.day, language) if card.date else None,
            added=shown_day(card.added_day, language),
            updated=shown_day(card.updated_day, language) if card.updated else None,
            mentions=tuple([site.registry[slug].name for slug in card.mentions]),
            tags=card.tags,
            note=card.note,
            translated=card.translated,
            review=card.review,
            story=Link(text=card.story, address=story_address(card.story)) if told else None,
            imported=card.imported,
        ),
    )


def _trail(site: Site, card: Card) -> tuple[Link, ...]:
    """The way to an article: through the company that it is about first."""
    return site.way(card.companies[0], card.lang) if card.companies else ()


def _original(card: Card, told: Sequence[Card]) -> Card | None:
    """The original of an article that is a translation; itself where it is one."""
    if not card.original:
        return card
    return next((one for one in told if one.slug == card.original and not one.original), None)


def _versions(card: Card, told: Sequence[Card], original: Card) -> tuple[Link, ...]:
    """The original and its translations, of those into one language the first by id; none where the article is left out."""
    found = {original.lang: original}
    for one in sorted((card, *told), key=lambda one: one.id):
        if one.original == original.slug:
            found.setdefault(one.lang, one)
    return tuple([_link(found[lang]) for lang in sorted(found)]) if len(found) > 1 and found[card.lang] is card else ()


def _link(card: Card) -> Link:
    return Link(text=card.title, address=article_address(card), lang=card.lang, dir=direction(card.lang))


def source_link(card: Card) -> Link | None:
    """The source, as far as it is known."""
    if not card.source_name and not card.source_url:
        return None
    return Link(text=card.source_name or card.source_url.split("/")[2], address=card.source_url or None)
