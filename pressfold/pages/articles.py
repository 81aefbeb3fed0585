"""An article's page, and the old addresses that lead to it."""

from collections.abc import Iterator

from pressfold import markup
from pressfold.article import Article
from pressfold.company import Registry
from pressfold.pages.frame import Site, article_address, text
from pressfold.pages.view import ArticleView, Link, Page, RedirectView


def article_pages(site: Site, registry: Registry) -> Iterator[Page]:
    """`/articles/<slug>/` of every article, and a page at each of its `redirects`."""
    for article in site.catalog.articles:
        yield _page(site, article, registry)
        for old in article.redirects:
            target = Link(text=article.title, address=article_address(article), lang=article.lang)
            frame = site.frame(article.title, old, lang=article.lang, indexed=False)
            yield Page(
                address=old, layout="redirect.html", view=RedirectView(frame=frame, target=target), source=article.path
            )


def _page(site: Site, article: Article, registry: Registry) -> Page:
    told = site.catalog.tellings(article)
    language, address = article.lang, article_address(article)
    published = published_text(site, article)
    item = site.item(article, language, told)
    return Page(
        address=address,
        layout="article.html",
        source=article.path,
        view=ArticleView(
            frame=site.frame(article.title, address, description=item.summary, lang=language, section=""),
            item=item,
            standfirst="" if _says(published, item.summary) else item.summary,
            text=text(published, article.path),
            whole=published == article.body,
            source=source_link(article),
            author=article.author,
            published=site.day(article.date, language) if article.date else None,
            added=site.day(article.added, language),
            updated=site.day(article.updated, language) if article.updated else None,
            mentions=tuple(registry[slug].name for slug in article.mentions),
            tags=article.tags,
            note=article.note,
            translated=article.translated,
            review=article.review,
            story=Link(text=str(article.story), address=f"stories/{article.story}/") if told else None,
            imported=str(article.origin.get("file", "")),
        ),
    )


def published_text(site: Site, article: Article) -> str:
    """As much of the body as may be published."""
    mode = site.body_mode(article)
    return article.body if mode == "full" else markup.excerpt(article.body) if mode == "excerpt" else ""


def _says(body: str, summary: str) -> bool:
    """Whether a text says the summary itself, word for word, so that it need not be said twice on a page."""
    letters = "".join(filter(str.isalnum, summary))
    return letters in "".join(filter(str.isalnum, body))


def source_link(article: Article) -> Link | None:
    """The source, as far as it is known."""
    if not article.source_name and not article.source_url:
        return None
    name = article.source_name or article.source_url.split("/")[2]
    return Link(text=name, address=article.source_url or None)
