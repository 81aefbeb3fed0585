"""Every page that there will be: its address, its layout, its view. One file a page family."""

from collections.abc import Sequence

from pressfold.company import Company, Registry
from pressfold.pages.archive import archive_pages
from pressfold.pages.articles import article_pages, published_text
from pressfold.pages.companies import company_pages
from pressfold.pages.frame import Site, digest
from pressfold.pages.front import front_pages
from pressfold.pages.languages import language_pages
from pressfold.pages.machines import machine_pages
from pressfold.pages.stories import story_pages
from pressfold.pages.subscribe import feed_pages
from pressfold.pages.texts import ABOUT, TextPage, text_pages
from pressfold.pages.view import Page
from pressfold.problem import Problem, Problems


def plan(site: Site, registry: Registry, declared: Sequence[Company], texts: Sequence[TextPage]) -> tuple[Page, ...]:
    """All pages, in the order in which they may appear: a page never before what it links to.

    Raises Problems where two pages want one address.
    """
    pages = [
        *article_pages(site, registry),
        *text_pages(site, texts),
        *story_pages(site),
        *company_pages(site),
        *language_pages(site),
        *archive_pages(site),
        *front_pages(site),
        *feed_pages(site, declared),
    ]
    pages += machine_pages(site, pages)
    taken: dict[str, Page] = {}
    problems: list[Problem] = []
    for page in pages:
        other = taken.setdefault(page.path.casefold(), page)
        if other is not page:
            problems.append(_clash(page, other))
    if problems:
        raise Problems(problems)
    return tuple(pages)


def bodies(site: Site, declared: Sequence[Company], texts: Sequence[TextPage]) -> dict[str, str]:
    """Every Markdown text that a page may show, by its hash: views carry the hash alone."""
    shown = [published_text(site, article) for article in site.catalog.articles]
    shown += [company.body for company in declared] + [page.body for page in texts] + [ABOUT]
    return {digest(text): text for text in shown if text}


def _clash(page: Page, other: Page) -> Problem:
    page, other = (page, other) if page.source else (other, page)
    who = other.source or "a page of the site's own"
    return Problem(
        page.source or "content", 0, f"wants the address /{page.address}, which {who} has", "rename one of them"
    )
