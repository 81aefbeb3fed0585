"""What the catalog keeps of an article: all that lists, pages and feeds say of it, and its text by hash alone."""

import hashlib
import re

import msgspec

from pressfold import markup
from pressfold.article import Article
from pressfold.config import Body, Config
from pressfold.language import Tag
from pressfold.moment import day, iso, start
from pressfold.slug import Slug


class Card(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An article as the site shows it, its days told where the site is. `moment` and `joined` are Unix seconds."""

    path: str
    id: str
    title: str
    lang: Tag
    date: str  # as its file says it; empty when not known
    day: str  # on which it happened: its date, else the day when it joined
    moment: int  # the same, for the order of lists
    added: str
    added_day: str
    joined: int  # the same, for the order of feeds
    updated: str
    updated_day: str
    companies: tuple[Slug, ...]
    mentions: tuple[Slug, ...]
    source_name: str
    source_url: str
    author: str
    summary: str
    standfirst: str  # the summary, unless the text itself says it
    tags: tuple[str, ...]
    story: str
    review: tuple[str, ...]
    translated: str
    draft: bool
    redirects: tuple[str, ...]
    note: str
    imported: str  # the raw file that it was imported from
    mode: Body  # how much of the body may be published ...
    text: str  # ... the hash of that, empty where it is nothing ...
    whole: bool  # ... and whether it is all of it

    @property
    def slug(self) -> Slug:
        """The last part of the article's address."""
        return Slug(self.path.rpartition("/")[2].removesuffix(".md"))

    @property
    def month(self) -> str:
        """The month in which it happened, `2026-02`."""
        return self.day[:7]

    @property
    def face(self) -> "Card":
        """What lists of articles can show of it: other words in its body change nothing there."""
        return msgspec.structs.replace(self, text="", whole=True, standfirst="")


def card(article: Article, config: Config) -> Card:
    """The card of an article, as far as the site, its source and itself let it be published."""
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
        companies=article.companies,
        mentions=article.mentions,
        source_name=article.source_name,
        source_url=article.source_url,
        author=article.author,
        summary=summary,
        standfirst="" if says(text, summary) else summary,
        tags=article.tags,
        story=article.story or "",
        review=article.review,
        translated=article.translated,
        draft=article.draft,
        redirects=article.redirects,
        note=article.note,
        imported=str(article.origin.get("file", "")),
        mode=mode,
        text=digest(text) if text else "",
        whole=text == article.body,
    )


def body_mode(article: Article, config: Config) -> Body:
    """The narrowest of what the site, the source and the article allow."""
    source = config.sources.get(article.source_name)
    allowed = {config.body, article.body_mode, source.body if source else "full"}
    return "link" if "link" in allowed else "excerpt" if "excerpt" in allowed else "full"


def published(body: str, mode: Body) -> str:
    """As much of a body as may be published."""
    return body if mode == "full" else markup.excerpt(body) if mode == "excerpt" else ""


_WORD = re.compile(r"[^\W_]+")


def says(text: str, summary: str) -> bool:
    """Whether a text says the summary itself, word for word, so that it need not be said twice on a page."""
    first = _WORD.search(summary)
    at = text.find(first[0]) if first else -1
    while first and at >= 0:
        said = zip(_WORD.finditer(summary), _WORD.finditer(text, at), strict=False)
        if all(word[0] == found[0] for word, found in said):
            return True
        at = text.find(first[0], at + 1)
    return not first


def digest(markdown: str) -> str:
    """The hash by which a Markdown text is known."""
    return hashlib.sha256(markdown.encode("utf-8", "replace")).hexdigest()
