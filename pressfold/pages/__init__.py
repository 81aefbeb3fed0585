"""Every page that there will be: its address, its layout, its view. One file a page family."""

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

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


def plan(
    site: Site,
    registry: Registry,
    declared: Sequence[Company],
    texts: Sequence[TextPage],
    taken: Collection[str] = (),
) -> tuple[Page, ...]:
    """All pages, in the order in which they may appear: a page never before what it links to.

    `taken` are the paths of files that are no pages. Raises Problems where two want one address, or one wants a folder
    where another has its file.
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
    files = {path.casefold(): "a file of the site's own" for path in taken}
    problems: list[Problem] = []
    for page in sorted(pages, key=lambda page: page.source != ""):
        path = page.path.casefold()
        if path in files:
            problems.append(_clash(page, files[path]))
        files.setdefault(path, page.source or "a page of the site's own")
    for page in pages:
        folders = list(PurePosixPath(page.path.casefold()).parents)[:-1]
        problems += [_clash(page, files[str(folder)]) for folder in folders if str(folder) in files]
    if problems:
        raise Problems(problems)
    return tuple(pages)


def bodies(site: Site, declared: Sequence[Company], texts: Sequence[TextPage]) -> dict[str, tuple[str, str]]:
    """Every Markdown text that a page may show, and its file, by the text's hash: views carry the hash alone."""
    shown = [(published_text(site, article), article.path) for article in site.catalog.articles]
    shown += [(company.body, company.path) for company in declared] + [(page.body, page.path) for page in texts]
    return {digest(text): (text, path) for text, path in [*shown, (ABOUT, "")] if text}


def _clash(page: Page, other: str) -> Problem:
    return Problem(
        page.source or other, 0, f"wants the address /{page.address}, which {other} has", "rename one of them"
    )
