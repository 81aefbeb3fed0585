"""What may be published of an article, and the card that says it."""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

from pressfold import image as images
from pressfold import markup
from pressfold.article import Article
from pressfold.card import Card
from pressfold.config import Config
from pressfold.moment import day, iso, start
from pressfold.registry import present
from pressfold.schema import one_line
from pressfold.slug import Slug, name_slug
from pressfold.source import Body

_NONE: Mapping[Slug, Slug] = MappingProxyType({})


def card(article: Article, config: Config, former: Mapping[Slug, Slug] = _NONE) -> Card:
    """The card of an article, as far as the site, its source and itself let it be published.

    `former` says under which slugs the companies stand now that had other ones.
    """
    zone = config.zone
    mode = body_mode(article, config)
    text = published(article.body, mode)
    summary = article.summary if mode != "link" else ""
    happened = article.happened
    return Card(
        path=article.path,
        id=article.id,
        title=article.title,
        lang=article.lang,
        date=iso(article.date) if article.date else "",
        day=day(happened, zone).isoformat(),
        moment=int(start(happened, zone).timestamp()),
        added=iso(article.added),
        added_day=day(article.added, zone).isoformat(),
        joined=int(article.added.timestamp()),
        updated=iso(article.updated) if article.updated else "",
        updated_day=day(article.updated, zone).isoformat() if article.updated else "",
        companies=present(article.companies, former),
        mentions=present(article.mentions, former),
        source_name=article.source_name,
        source_url=article.source_url,
        source=name_slug(article.source_name, "source") if article.source_name else "",
        author=article.author,
        summary=summary,
        standfirst="" if says(text, summary) else summary,
        tags=article.tags,
        story=article.story or "",
        review=article.review,
        translated=article.translated,
        original=article.original or "",
        draft=article.draft,
        redirects=article.redirects,
        note=article.note,
        imported=one_line(str(article.origin.get("file", ""))) or "",
        mode=mode,
        text=digest(text) if text else "",
        whole=text == article.body,
        image=images.published(article.image, article.path) if article.image and mode == "full" else None,
    )


def body_mode(article: Article, config: Config) -> Body:
    """The narrowest of what the site, the source and the article allow."""
    source = config.sources.get(article.source_name)
    allowed = {config.body, article.body_mode, source.body if source else "full"}
    return "link" if "link" in allowed else "excerpt" if "excerpt" in allowed else "full"


def published(body: str, mode: str) -> str:
    """As much of a body as may be published."""
    return body if mode == "full" else markup.excerpt(body) if mode == "excerpt" else ""


_WORD = re.compile(r"[^\W_]+")
_TRIES = 50  # places where a text can say the same, before all of it is compared at once: nearly always the first does


def says(text: str, summary: str) -> bool:
    """Whether a text says the summary itself, word for word, so that it need not be said twice on a page."""
    first = _WORD.search(summary)
    if not first:
        return True
    at = -1
    for _ in range(_TRIES):
        at = text.find(first[0], at + 1)
        if at < 0:
            return False
        following = _WORD.finditer(text, at)
        if all((found := next(following, None)) and found[0] == word[0] for word in _WORD.finditer(summary)):
            return True
    return f" {' '.join(_WORD.findall(summary))} " in f" {' '.join(_WORD.findall(text))} "


def digest(markdown: str) -> str:
    """The hash by which a Markdown text is known."""
    return hashlib.sha256(markdown.encode("utf-8", "replace")).hexdigest()
