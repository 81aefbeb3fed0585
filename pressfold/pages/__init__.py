"""Every page that there will be, by its subject: address, layout, typed view. One file a page family.

A subject is what some pages are about, as a text: `front`, `article/<path>`, `company/<slug>`, `company/<slug>/2026-02`.
Pages change only when their subject does, so a build plans only those subjects that a change touches.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pressfold.card import Card
from pressfold.catalog import ARCHIVE, Catalog
from pressfold.pages.archive import archive_months, archive_page
from pressfold.pages.articles import article_pages
from pressfold.pages.companies import companies_page, company_months, company_pages
from pressfold.pages.frame import Site
from pressfold.pages.front import front_page
from pressfold.pages.languages import language_months, language_pages, languages_page
from pressfold.pages.machines import machine_pages, sitemap_months, sitemap_pages
from pressfold.pages.search import search_page
from pressfold.pages.serving import serving_pages
from pressfold.pages.sources import source_months, source_pages, sources_page
from pressfold.pages.stories import stories_page, story_pages
from pressfold.pages.subscribe import LARGEST, feed_pages, subscribe_pages
from pressfold.pages.texts import text_pages
from pressfold.pages.view import Page
from pressfold.pages.view.machines import Address

SITEMAP = "sitemap"  # drawn last: it names what the others are
INDEX = "index"  # has no pages, but the files of the search index
# In the order in which they may appear: a page never before what it links to. `article` is the one kind whose name is a
# path; a kind whose functions take a month has subjects with one.
_FAMILIES: dict[str, Sequence[Callable[..., Iterator[Page]]]] = {
    "article": (article_pages,),
    INDEX: (),
    "texts": (text_pages,),
    "story": (story_pages,),
    "stories": (stories_page,),
    "company": (company_pages, company_months),
    "companies": (companies_page,),
    "language": (language_pages, language_months),
    "languages": (languages_page,),
    "source": (source_pages, source_months),
    "sources": (sources_page,),
    "archive": (archive_page, archive_months),
    "search": (search_page,),
    "front": (front_page,),
    "feed": (feed_pages,),
    "subscribe": (subscribe_pages,),
    "machines": (machine_pages,),
    "serving": (serving_pages,),
    SITEMAP: (sitemap_pages, sitemap_months),
}
RANK = {kind: place for place, kind in enumerate(_FAMILIES)}
ALWAYS = (
    *(
        "texts",
        "stories",
        "companies",
        "languages",
        "sources",
        ARCHIVE,
        "search",
        "front",
        "feed",
        "subscribe",
        "machines",
        "serving",
    ),
    *(INDEX, SITEMAP),
)
_DATED = (ARCHIVE, SITEMAP)  # of these a subject's name is a month; of others the month stands behind the name


def kind(subject: str) -> str:
    """The family of a subject."""
    return subject.partition("/")[0]


def plan(site: Site, subject: str, others: Sequence[Address] = ()) -> Iterator[Page]:
    """The pages about a subject; `others` are the pages that are no articles, for the sitemap."""
    family, _, name = subject.partition("/")
    if family == "article":
        return article_pages(site, name)
    if subject == SITEMAP:
        return sitemap_pages(site, others)
    functions, parts = _FAMILIES[family], name.split("/") if name else []
    if not functions:
        return iter(())
    if family == "feed":
        return feed_pages(site, *parts)
    return functions[-1 if len(parts) > (family not in _DATED) else 0](site, *parts)


def subjects(catalog: Catalog, declared: Iterable[str] = ()) -> Iterator[str]:
    """Every subject of a site; `declared` are the companies of content/companies/, which have feeds in any case."""
    yield from ALWAYS
    yield from (f"article/{path}" for path in catalog.paths())
    yield from (f"story/{name}" for name in catalog.names("story"))
    for family in ("company", "language", "source"):
        for name in catalog.names(family):
            yield f"{family}/{name}"
            yield from (f"{family}/{name}/{month}" for month in catalog.months(f"{family}/{name}"))
    for family, also in (("company", declared), ("language", ())):
        yield from (f"feed/{family}/{name}" for name in sorted({*catalog.names(family), *also}))
    for month in catalog.months(ARCHIVE):
        yield f"archive/{month}"
        yield f"{SITEMAP}/{month}"


def touched(catalog: Catalog, before: Card | None, after: Card | None) -> Iterator[str]:
    """The subjects that an article's coming, going or change touches; the catalog holds what is out now.

    Its story's other tellings show it too: `beside` names them, and is asked before the change and after it.
    """
    cards = [card for card in (before, after) if card]
    yield INDEX
    for card in cards:
        yield f"article/{card.path}"
        feeds = {ARCHIVE: "feed", f"language/{card.lang}": f"feed/language/{card.lang}"}
        feeds |= {f"company/{slug}": f"feed/company/{slug}" for slug in card.companies}
        yield from (feed for group, feed in feeds.items() if not catalog.later(group, card, LARGEST))
    if any(card.redirects for card in cards):
        yield "serving"
    if before and after and before.face == after.face:
        return  # other words in its body: no list shows them
    for card in cards:
        yield from ("front", f"{ARCHIVE}/{card.month}", SITEMAP, f"{SITEMAP}/{card.month}")
        yield from (f"language/{card.lang}", f"language/{card.lang}/{card.month}")
        yield from (f"company/{slug}" for slug in (*card.companies, *card.mentions))
        yield from (f"company/{slug}/{card.month}" for slug in card.companies)
        yield from ("companies",) if card.companies else ()
        yield from (f"source/{card.source}", f"source/{card.source}/{card.month}", "sources") if card.source else ()
        yield from beside(catalog, card)
    if _named(before) != _named(after):
        yield from ("subscribe", "languages", "search", "serving")
    if (before and before.month) != (after and after.month):
        yield from (ARCHIVE, "search")


def beside(catalog: Catalog, card: Card) -> Iterator[str]:
    """The subjects that show an article as another telling of their story."""
    for other in catalog.others(card):
        yield from ("stories", f"story/{card.story}", f"article/{other.path}")
        yield from (f"company/{slug}" for slug in other.companies)


def _named(card: Card | None) -> set[str]:
    return {*card.companies, card.lang} if card else set()
