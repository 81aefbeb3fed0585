"""What machines read: the sitemap and robots.txt; and the page for an address that is not there."""

from collections.abc import Iterator, Sequence

from pressfold.pages.frame import Site
from pressfold.pages.view import Address, ArticleView, NotFoundView, Page, RobotsView, SitemapView

LARGEST = 50_000  # addresses in one sitemap, by sitemaps.org


def machine_pages(site: Site, pages: Sequence[Page]) -> Iterator[Page]:
    """`404.html`, `robots.txt` and `sitemap.xml` of all the pages; an index of several once there are too many."""
    base_url = site.config.base_url
    frame = site.frame("Not found", "404.html", absolute=True, indexed=False)
    yield Page(address="404.html", layout="404.html", view=NotFoundView(frame=frame))
    yield Page(address="robots.txt", layout="robots.txt", view=RobotsView(base_url=base_url))
    listed = [_address(page) for page in pages if page.layout.endswith(".html") and page.view.frame.indexed]
    chunks = [tuple(listed[start : start + LARGEST]) for start in range(0, len(listed), LARGEST)]
    if len(chunks) == 1:
        yield Page(address="sitemap.xml", layout="sitemap.xml", view=SitemapView(base_url=base_url, pages=chunks[0]))
        return
    names = tuple(f"sitemap-{number}.xml" for number in range(1, len(chunks) + 1))
    yield Page(address="sitemap.xml", layout="sitemap.xml", view=SitemapView(base_url=base_url, pages=(), maps=names))
    for name, chunk in zip(names, chunks, strict=True):
        yield Page(address=name, layout="sitemap.xml", view=SitemapView(base_url=base_url, pages=chunk))


def _address(page: Page) -> Address:
    changed = (page.view.updated or page.view.added).iso if isinstance(page.view, ArticleView) else ""
    return Address(address=page.address, changed=changed)
